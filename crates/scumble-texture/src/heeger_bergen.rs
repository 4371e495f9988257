//! Heeger & Bergen's synthesis ("Pyramid-based texture analysis and synthesis", 1995): noise that is given the
//! exemplar's distribution of values and of every band of its steerable pyramid. Good for what is the same everywhere
//! and has no long lines: stone, grass, fur, paint. Bands are those of each principal axis of colour; pixels are given
//! the distribution of all three together, which the authors' are not.

use schemars::JsonSchema;
use scumble_core::{Result, within};
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use crate::exemplar;
pub use crate::marginals::Marginal;
use crate::marginals::{self, Rounds, Transform};
use crate::periodic::periodic;
use crate::planes::Planes;
use crate::pyramid::{Band, Pyramid};

/// Parameters of [`heeger_bergen`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeegerBergenParams {
    /// Octaves of the pyramid, fewer of pictures too small for them.
    #[schemars(range(min = 1, max = 8))]
    pub scales: u32,
    /// Orientations of an octave.
    #[schemars(range(min = 1, max = 8))]
    pub orientations: u32,
    /// How many times all histograms are matched: 5 are customary, more bring bands nearer. As many as bring every band within
    /// 1 % of the pixels' deviation if 0, 50 at most.
    #[schemars(range(min = 0, max = 50))]
    pub rounds: u32,
}

impl HeegerBergenParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("scales", self.scales, 1, 8)?;
        within("orientations", self.orientations, 1, 8)?;
        within("rounds", self.rounds, 0, 50)
    }
}

/// By how much more than to match bands are changed, in all rounds but the last: the pyramid is redundant, and bands
/// lose most of a change again when they are put together. Own choice: as near as twice as many rounds of the authors'
/// come without.
const RELAXATION: f64 = 1.8;
/// Where no rounds are named: how near all bands' histograms shall come, of the pixels' deviation (half of what was promised),
/// and the most rounds.
const NEAR: f64 = 0.01;
const MOST: u32 = 50;

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
/// part](crate::periodic) and of its bands; clamped to 0 to 1, opaque, tileable. Along the principal axes of colour,
/// pixels have the exemplar's histogram exactly, but for clamping, which concerns few; colours together and bands have
/// it nearly. Of an exemplar with transparency the largest opaque rectangle counts.
///
/// `progress` is told the share done, up to 1, several times a round; when it says false, the texture is finished as it
/// stands.
///
/// # Errors
/// As [`HeegerBergenParams::validate`]; `Fault::Limit` if a side of `size` is 0 or the picture too large;
/// `Fault::Input` if the exemplar is transparent everywhere.
pub fn heeger_bergen(
    exemplar: &Canvas,
    size: [usize; 2],
    params: &HeegerBergenParams,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Canvas> {
    heeger_bergen_unclamped(exemplar, size, params, seed, progress)?.to_canvas()
}

/// [`heeger_bergen`] in double precision and not clamped.
///
/// # Errors
/// As [`heeger_bergen`].
pub fn heeger_bergen_unclamped(
    exemplar: &Canvas,
    size: [usize; 2],
    params: &HeegerBergenParams,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Planes> {
    params.validate()?;
    exemplar::check_size(size)?;
    let part = periodic(&exemplar::planes(exemplar)?);
    let [of_exemplar, of_texture] = pyramids([part.size(), size], params)?;
    let rounds = if params.rounds == 0 { Rounds::Until { near: NEAR, most: MOST } } else { Rounds::All(params.rounds) };
    marginals::synthesise(&part, size, [&of_exemplar, &of_texture], rounds, seed, progress)
}

/// How far the histograms of a texture are from those of an exemplar's periodic part: of each principal axis of the
/// exemplar's colours, that of the pixels and then those of the bands, in the order of [`Pyramid::analyse`].
///
/// # Errors
/// As [`HeegerBergenParams::validate`]; `Fault::Input` if the exemplar is transparent everywhere.
pub fn marginals(texture: &Planes, exemplar: &Canvas, params: &HeegerBergenParams) -> Result<[Vec<Marginal>; 3]> {
    params.validate()?;
    let part = periodic(&exemplar::planes(exemplar)?);
    let [of_exemplar, of_texture] = pyramids([part.size(), texture.size()], params)?;
    marginals::compared(&part, texture, [&of_exemplar, &of_texture])
}

/// The pyramids of pictures of two sizes, with as many octaves as both have.
fn pyramids(sizes: [[usize; 2]; 2], params: &HeegerBergenParams) -> Result<[Pyramid; 2]> {
    let scales = marginals::octaves(params.scales, sizes);
    let pyramid = |[width, height]: [usize; 2]| Pyramid::new(width, height, scales, params.orientations as usize);
    Ok([pyramid(sizes[0])?, pyramid(sizes[1])?])
}
