//! Heeger & Bergen's synthesis ("Pyramid-based texture analysis and synthesis", 1995): noise that is given the
//! exemplar's distribution of values and of every band of its steerable pyramid. Good for what is the same everywhere
//! and has no long lines: stone, grass, fur, paint. Bands are those of each principal axis of colour; pixels are given
//! the distribution of all three together, which the authors' are not.

use scumble_core::Result;
use scumble_image::Canvas;

use crate::exemplar;
pub use crate::marginals::Marginal;
use crate::marginals::{self, Rounds, Transform};
use crate::params::{MOST_ROUNDS, PyramidParams};
use crate::periodic::periodic;
use crate::planes::Planes;
use crate::pyramid::{Band, Pyramid};

/// By how much more than to match bands are changed, but in the last of all rounds that may be: the pyramid is redundant, and
/// bands lose most of a change again when they are put together. Own choice: as near as twice as many rounds of the authors'
/// come without.
const RELAXATION: f64 = 1.8;
/// Where no rounds are named: how near all bands' histograms shall come, of the pixels' deviation along their axis. Own choice:
/// nearer than that, what is left is seen no more, and takes many rounds.
const NEAR: f64 = 0.01;

impl Transform for Pyramid {
    fn relaxation(&self) -> f64 {
        RELAXATION
    }

    fn analyse(&self, plane: &[f64]) -> Result<Vec<Band>> {
        self.analyse(plane)
    }

    fn synthesise(&self, bands: &[Band]) -> Result<Vec<f64>> {
        self.synthesise(bands)
    }
}

/// A texture of `size`, width and height in pixels, with the histograms of the exemplar's [periodic
/// part](crate::periodic) and of its bands; tileable, values may leave 0 to 1. Along the principal axes of colour, pixels have
/// the exemplar's histogram exactly; colours together and bands have it nearly. Of an exemplar with transparency the largest
/// opaque rectangle counts. As many rounds as bring every band within 1 % of the pixels' deviation if none are named, 50 at
/// most.
///
/// `progress` is told the share done, up to 1, several times a round; when it says false, the texture is finished as it
/// stands.
///
/// # Errors
/// As [`PyramidParams::validate`]; `Fault::Limit` if a side of `size` is 0 or the picture too large;
/// `Fault::Input` if the exemplar is transparent everywhere.
pub fn heeger_bergen(
    exemplar: &Canvas,
    size: [usize; 2],
    params: &PyramidParams,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Planes> {
    params.validate()?;
    exemplar::check_size(size)?;
    let part = periodic(&exemplar::planes(exemplar)?);
    let [of_exemplar, of_texture] = pyramids([part.size(), size], params)?;
    let rounds =
        if params.rounds == 0 { Rounds::Until { near: NEAR, most: MOST_ROUNDS } } else { Rounds::All(params.rounds) };
    marginals::synthesise(&part, size, [&of_exemplar, &of_texture], rounds, seed, progress)
}

/// How far the histograms of a texture are from those of an exemplar's periodic part: of each principal axis of the
/// exemplar's colours, that of the pixels and then those of the bands, in the order of [`Pyramid::analyse`].
///
/// # Errors
/// As [`PyramidParams::validate`]; `Fault::Input` if the exemplar is transparent everywhere.
pub fn marginals(texture: &Planes, exemplar: &Canvas, params: &PyramidParams) -> Result<[Vec<Marginal>; 3]> {
    params.validate()?;
    let part = periodic(&exemplar::planes(exemplar)?);
    let [of_exemplar, of_texture] = pyramids([part.size(), texture.size()], params)?;
    marginals::compared(&part, texture, [&of_exemplar, &of_texture])
}

/// The pyramids of pictures of two sizes, with as many octaves as both have.
fn pyramids(sizes: [[usize; 2]; 2], params: &PyramidParams) -> Result<[Pyramid; 2]> {
    let scales = marginals::octaves(params.scales, sizes);
    let pyramid = |[width, height]: [usize; 2]| Pyramid::new(width, height, scales, params.orientations as usize);
    Ok([pyramid(sizes[0])?, pyramid(sizes[1])?])
}
