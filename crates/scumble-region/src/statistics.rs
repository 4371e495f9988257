//! What is known of each region.

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::fields::gradient::{self, Gradient};
use scumble_paint::oklab::Lab;
use serde::Serialize;

use crate::Labels;
use crate::clean::check_size;
use crate::segment::Pixels;

/// A region's place, shape, colour and texture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Region {
    /// Its number in the labels.
    pub id: u32,
    /// Pixels.
    pub area: usize,
    /// First column and row, and the ones after the last.
    pub bbox: [usize; 4],
    /// Mean position in pixels from the left and the top; the middle of the first pixel is (0.5, 0.5).
    pub centroid: [f64; 2],
    /// Covariance of positions, in squared pixels: xx, xy, yy. Of a single pixel 1/12, 0, 1/12, as a square has.
    pub covariance: [f64; 3],
    /// Mean of the encoded colours.
    pub mean: [f32; 3],
    /// Mean of the colours in Oklab.
    pub mean_oklab: Lab,
    /// Median of the encoded colours, channel by channel.
    pub median: [f32; 3],
    /// Texture: `√(mean ‖Δx‖² + mean ‖Δy‖²)`, the change of the encoded colour from a pixel to the next one along x and y,
    /// over pairs of pixels of the region; 0 to about 2.4.
    pub energy: f64,
    /// How much gradients agree in their direction, 0 to 1: the coherence of the structure tensor over pixels all of whose
    /// neighbours are of the region.
    pub anisotropy: f64,
    /// Whether it has pixels at the picture's border.
    pub touches_border: bool,
    /// Whether all its pixels have an opacity of 0.
    pub hidden: bool,
}

/// The regions of a picture, by number. Hidden pixels count with the colour of the nearest one that is seen.
///
/// # Errors
/// `Fault::Input` if labels and picture differ in size or no pixel is seen.
pub fn statistics(labels: &Labels, picture: &Canvas) -> Result<Vec<Region>> {
    check_size(labels, picture)?;
    let pixels = Pixels::new(picture)?;
    let view = View { labels, gradients: gradient::of_picture(&pixels.picture), pixels };
    let members = labels.members();
    Ok((0..labels.count()).into_par_iter().map(|region| view.region(region as u32, members.of(region))).collect())
}

struct View<'a> {
    labels: &'a Labels,
    pixels: Pixels<'a>,
    gradients: Vec<Gradient>,
}

impl View<'_> {
    /// The region with the given pixels, of which there is one at least.
    fn region(&self, id: u32, members: &[u32]) -> Region {
        let (width, height) = (self.labels.width(), self.labels.height());
        let count = members.len() as f64;
        let members = || members.iter().map(|i| *i as usize);
        let mut bbox = [usize::MAX, usize::MAX, 0, 0];
        // Sums of x, y; encoded colours; Oklab.
        let mut sums = [0.0f64; 8];
        let mut hidden = true;
        for i in members() {
            let (x, y) = (i % width, i / width);
            bbox = [bbox[0].min(x), bbox[1].min(y), bbox[2].max(x + 1), bbox[3].max(y + 1)];
            let [r, g, b] = self.pixels.picture.pixels()[i].map(f64::from);
            let [light, green, blue] = self.pixels.at(i).map(f64::from);
            let terms = [x as f64 + 0.5, y as f64 + 0.5, r, g, b, light, green, blue];
            sums.iter_mut().zip(terms).for_each(|(sum, v)| *sum += v);
            hidden &= self.pixels.is_hidden(i);
        }
        let means = sums.map(|sum| sum / count);
        let [x, y, ..] = means;
        let mut covariance = [0.0; 3];
        for i in members() {
            let (u, v) = ((i % width) as f64 + 0.5 - x, (i / width) as f64 + 0.5 - y);
            covariance.iter_mut().zip([u * u, u * v, v * v]).for_each(|(sum, term)| *sum += term);
        }
        let [xx, xy, yy] = covariance.map(|sum| sum / count);
        Region {
            id,
            area: members().len(),
            bbox,
            centroid: [x, y],
            covariance: [xx + 1.0 / 12.0, xy, yy + 1.0 / 12.0],
            mean: [2, 3, 4].map(|c| means[c] as f32),
            mean_oklab: [5, 6, 7].map(|c| means[c] as f32),
            median: [0, 1, 2].map(|c| median(members().map(|i| self.pixels.picture.pixels()[i][c]).collect())),
            energy: self.energy(id, members()),
            anisotropy: self.anisotropy(members().filter(|i| self.is_inside(id, *i))),
            touches_border: bbox[0] == 0 || bbox[1] == 0 || bbox[2] == width || bbox[3] == height,
            hidden,
        }
    }

    /// Whether the 3 × 3 around a pixel, from which its gradient comes, is of the region.
    fn is_inside(&self, id: u32, i: usize) -> bool {
        let (width, height, ids) = (self.labels.width(), self.labels.height(), self.labels.ids());
        let (x, y) = (i % width, i / width);
        let columns = x.saturating_sub(1)..(x + 2).min(width);
        (y.saturating_sub(1)..(y + 2).min(height))
            .all(|y| ids[y * width + columns.start..y * width + columns.end].iter().all(|other| *other == id))
    }

    /// The energy of a region's texture.
    fn energy(&self, id: u32, members: impl Iterator<Item = usize>) -> f64 {
        let (width, ids, colours) = (self.labels.width(), self.labels.ids(), self.pixels.picture.pixels());
        // Along x and y: pairs, and the sum of their squares.
        let mut sums = [[0.0f64; 2]; 2];
        for i in members {
            let next = [((i + 1) % width != 0).then_some(i + 1), Some(i + width)];
            for ([count, sum], next) in sums.iter_mut().zip(next) {
                let Some(next) = next.filter(|next| ids.get(*next) == Some(&id)) else { continue };
                *count += 1.0;
                *sum += colours[i].iter().zip(colours[next]).map(|(p, q)| f64::from(p - q).powi(2)).sum::<f64>();
            }
        }
        sums.map(|[count, sum]| sum / count.max(1.0)).iter().sum::<f64>().sqrt()
    }

    /// The coherence of the structure tensor over pixels.
    fn anisotropy(&self, inner: impl Iterator<Item = usize>) -> f64 {
        let mut sums = [0.0f64; 3];
        for i in inner {
            let Gradient { xx, xy, yy } = self.gradients[i];
            sums.iter_mut().zip([xx, xy, yy]).for_each(|(sum, v)| *sum += f64::from(v));
        }
        let [xx, xy, yy] = sums;
        let trace = xx + yy;
        if trace > 0.0 { ((xx - yy).hypot(2.0 * xy) / trace).min(1.0) } else { 0.0 }
    }
}

/// The value in the middle; of an even number of values the upper of the two.
fn median(mut values: Vec<f32>) -> f32 {
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}
