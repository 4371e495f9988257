//! What a guide asks for: brightness.

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Filter, Light, color, resize};

use super::source::Source;

/// Brightness of the exemplar and of the guide, in 256 levels.
#[derive(Debug, Clone)]
pub(super) struct Tones {
    /// Of each pixel of the exemplar.
    pub exemplar: Vec<u8>,
    /// Of each pixel of the output: the guide's, spread like the exemplar's.
    pub wanted: Vec<u8>,
    /// The guide's opacity, if it is not opaque.
    pub alpha: Option<Vec<f32>>,
}

impl Tones {
    /// Of a guide for an output of `size`.
    ///
    /// # Errors
    /// As [`resize`]; `Fault::Input` if the guide is transparent everywhere.
    pub fn new(source: &Source<'_>, guide: &Canvas, size: [usize; 2]) -> Result<Self> {
        let guide = if [guide.width(), guide.height()] == size {
            guide.clone()
        } else {
            resize(guide, size[0], size[1], Filter::Lanczos, Light::Linear)?
        };
        let exemplar = tones(source.canvas);
        let opaque = |i: &usize| source.whole([i % source.size()[0], i / source.size()[0]], [1, 1]);
        let own = cumulated((0..exemplar.len()).filter(opaque).map(|i| exemplar[i]));
        let given = tones(&guide);
        let seen = |i: &usize| guide.alpha().is_none_or(|alpha| alpha[*i] > 0.0);
        if !(0..given.len()).any(|i| seen(&i)) {
            return Err(Error::input("the guide is transparent everywhere").hint("name a picture with opaque parts"));
        }
        let theirs = cumulated((0..given.len()).filter(seen).map(|i| given[i]));
        let table: Vec<u8> = (0..256).map(|level| matched(level, &theirs, &own)).collect();
        let wanted = given.iter().map(|level| table[usize::from(*level)]).collect();
        Ok(Self { exemplar, wanted, alpha: guide.alpha().map(<[f32]>::to_vec) })
    }
}

fn tones(canvas: &Canvas) -> Vec<u8> {
    canvas.pixels().iter().map(|p| (color::luma(*p).clamp(0.0, 1.0) * 255.0).round() as u8).collect()
}

/// The share of values below each level; at last of all values.
fn cumulated(values: impl Iterator<Item = u8>) -> [f64; 257] {
    let mut counts = [0.0f64; 257];
    values.for_each(|v| counts[usize::from(v) + 1] += 1.0);
    (1..257).for_each(|i| counts[i] += counts[i - 1]);
    let all = counts[256].max(1.0);
    counts.map(|count| count / all)
}

/// The level that has the rank among `to` which the middle of `level` has among `from`.
fn matched(level: usize, from: &[f64; 257], to: &[f64; 257]) -> u8 {
    let rank = 0.5 * (from[level] + from[level + 1]);
    to[1..].iter().position(|share| *share >= rank).unwrap_or(255) as u8
}
