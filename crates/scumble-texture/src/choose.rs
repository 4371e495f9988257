//! Which method suits an exemplar.

use scumble_image::Canvas;

use crate::params::TextureMethod;
use crate::structure::{Period, Structure};

/// Kurtosis of differences from which edges count as structure.
const EDGES: f64 = 4.5;
/// Skewness from which gaps or spots do.
const SPOTS: f64 = 0.5;
/// Strength from which a period does.
const PERIODIC: f64 = 0.3;

/// A method and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The method, never `auto`.
    pub method: TextureMethod,
    /// Why it was chosen, in a sentence, if it was.
    pub reason: Option<String>,
}

/// Quilting for exemplars with edges or elements that repeat, which random phases would blur; random phase noise for
/// others, which it makes without a repeat or a seam.
pub fn choose(exemplar: &Canvas) -> Choice {
    let structure = Structure::of(exemplar);
    let (edges, spots) = (structure.edges(), structure.spots());
    let period = structure.period.filter(|period| period.strength >= PERIODIC);
    let (method, reason) = if edges >= EDGES {
        let why = format!("differences between neighbours have a kurtosis of {edges:.1}, random phase noise has 3");
        (TextureMethod::Quilt, format!("quilting keeps its edges: {why}"))
    } else if spots >= SPOTS {
        let why = format!("differences have a skewness of {spots:.1}, random phase noise has 0");
        (TextureMethod::Quilt, format!("quilting keeps its gaps and spots: {why}"))
    } else if let Some(Period { length, strength }) = period {
        let why = format!("it is alike to itself by {strength:.2} after {length:.0} pixels");
        (TextureMethod::Quilt, format!("quilting keeps elements that repeat: {why}"))
    } else {
        let why = format!("differences have a kurtosis of {edges:.1} and a skewness of {spots:.1}, as noise has");
        (TextureMethod::Phase, format!("random phase noise shows all there is: {why}"))
    };
    Choice { method, reason: Some(reason) }
}
