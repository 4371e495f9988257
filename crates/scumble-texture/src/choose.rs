//! Which method suits an exemplar.

use scumble_image::Canvas;

use crate::params::TextureMethod;
use crate::structure::Structure;

/// Kurtosis of differences from which edges count as structure.
const EDGES: f64 = 4.5;
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
    let edges = structure.edges();
    let (method, reason) = match structure.period {
        _ if edges >= EDGES => (
            TextureMethod::Quilt,
            format!(
                "quilting keeps its edges: differences between neighbours have a kurtosis of {edges:.1}, random phase noise has 3"
            ),
        ),
        Some(period) if period.strength >= PERIODIC => (
            TextureMethod::Quilt,
            format!(
                "quilting keeps elements that repeat: the exemplar is alike to itself by {:.2} after {:.0} pixels",
                period.strength, period.length
            ),
        ),
        _ => (
            TextureMethod::Phase,
            format!(
                "random phase noise shows all there is: differences between neighbours have a kurtosis of {edges:.1}, nearly the 3 of noise"
            ),
        ),
    };
    Choice { method, reason: Some(reason) }
}
