//! Ways to divide a picture into regions.
//!
//! | method | regions | connected |
//! |---|---|---|
//! | [`threshold`](threshold()) | dark and light, by one value, several, or a value a pixel | no |
//! | [`kmeans`](kmeans()) | pixels alike in colour, or in colour and texture | no |
//! | [`grow`](grow()) | what is like the colour around seeds | yes |
//! | [`mean_shift`](mean_shift()) | what drifts to one colour | yes |
//! | [`slic`](slic()), [`snic`](snic()) | superpixels: many regions of about the same size | yes |
//! | [`graph`](graph()) | as even as their surroundings let expect, with corners as neighbours too | at corners |
//! | [`watershed`](watershed()) | what gradients enclose | yes |
//!
//! [`Labels::components`] makes connected regions of others, [`clean`](crate::clean()) takes away those that are too small.
//!
//! Sizes are for a picture whose shorter side is 512 pixels and grow with it. Pixels whose opacity is 0 are one region of
//! their own, and say nothing about the others; a picture of such pixels alone is an error of the input. Results do not
//! depend on the number of threads.

mod features;
mod graph;
mod grid;
mod grow;
mod join;
mod kmeans;
mod lanes;
mod mean_shift;
mod pixels;
mod slic;
mod snic;
mod threshold;
mod watershed;

#[cfg(doc)]
use crate::Labels;

pub use graph::{GraphParams, graph};
pub use grow::{GrowParams, grow};
pub use kmeans::{Clusters, KMeansParams, kmeans};
pub use mean_shift::{MeanShiftParams, mean_shift};
pub use slic::{SlicParams, slic};
pub use snic::{SnicParams, snic};
pub use threshold::{ThresholdParams, otsu, threshold};
pub use watershed::{WatershedParams, watershed};

pub(crate) use features::{DIRECTIONS, energies};
pub(crate) use join::join_small;
pub(crate) use pixels::{BLOCK, Pixels, seen};

/// Of a pixel that belongs to no region yet.
const NONE: u32 = u32::MAX;

/// How much larger differences are in CIELAB, in which the literature gives its values, than in Oklab: between 100 along
/// lightness and 400 along hue and chroma; of small differences of random sRGB colours the median is 280.
const LAB: f32 = 250.0;

/// The pixels that share a side with one, those that exist.
fn neighbours(i: usize, width: usize, height: usize) -> impl Iterator<Item = usize> {
    let (x, y) = (i % width, i / width);
    let left = (x > 0).then(|| i - 1);
    let right = (x + 1 < width).then(|| i + 1);
    let above = (y > 0).then(|| i - width);
    let below = (y + 1 < height).then(|| i + width);
    [left, right, above, below].into_iter().flatten()
}
