//! Where regions meet: superpixels have corners where the picture has none.

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::oklab::{self, Lab};

use crate::Labels;
use crate::boxes::boxed;

/// Rounds, in each of which a border may move by about a pixel.
const ROUNDS: usize = 16;
/// How far a pixel looks for other regions, and the deviation of the Gaussian by which they count, in pixels of the work.
const REACH: usize = 3;
const SIGMA: f32 = 2.0;
/// The deviation of colours around a region's, as a share of the distance of two regions' colours.
const SPREAD: f32 = 0.5;
/// Radius in pixels of the work and regulariser, the square of a distance in Oklab, of the filter that evens colours out.
const RADIUS: usize = 4;
const EVEN: f32 = 4e-4;

/// The colours of a picture, even between its edges, by which borders are moved.
#[derive(Debug)]
pub(super) struct Borders {
    colours: Vec<Lab>,
    /// Of each pixel whether its opacity is 0.
    hidden: Vec<bool>,
}

impl Borders {
    pub fn new(picture: &Canvas) -> Self {
        let size = [picture.width(), picture.height()];
        let labs: Vec<Lab> = picture.pixels().par_iter().map(|pixel| oklab::from_srgb(*pixel)).collect();
        let planes = [0, 1, 2].map(|c| labs.iter().map(|lab| lab[c]).collect::<Vec<f32>>());
        let even = planes.map(|plane| evened(&plane, size));
        let colours = (0..labs.len()).map(|i| [0, 1, 2].map(|c| even[c][i])).collect();
        let hidden = picture.alpha().map_or(vec![false; labs.len()], |alpha| alpha.iter().map(|a| *a <= 0.0).collect());
        Self { colours, hidden }
    }

    /// Moves borders to where the picture's colour is between those of two regions, and straightens them: in each round a
    /// pixel takes the region which is most likely by what lies around it (a Gaussian's share; Merriman, Bence, Osher 1992) and by
    /// its colour.
    pub fn settled(&self, labels: &Labels) -> Result<Labels> {
        let width = labels.width();
        let kernel: Vec<f32> =
            (0..=2 * REACH * REACH).map(|square| (-(square as f32) / (2.0 * SIGMA * SIGMA)).exp()).collect();
        let mut ids = labels.ids().to_vec();
        for _ in 0..ROUNDS {
            let means = self.means(&ids, labels.count());
            let before = ids.clone();
            ids.par_chunks_mut(width).enumerate().for_each(|(y, row)| {
                for (x, id) in row.iter_mut().enumerate() {
                    *id = self.likeliest(&before, [width, labels.height()], [x, y], &means, &kernel);
                }
            });
            if ids == before {
                break;
            }
        }
        Labels::new(width, labels.height(), ids)
    }

    /// The mean colours of regions.
    fn means(&self, ids: &[u32], count: usize) -> Vec<Lab> {
        let mut sums = vec![[0.0f64; 4]; count];
        for (id, [light, a, b]) in ids.iter().zip(&self.colours) {
            let terms = [1.0, f64::from(*light), f64::from(*a), f64::from(*b)];
            sums[*id as usize].iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
        }
        sums.into_iter().map(|[n, light, a, b]| [light, a, b].map(|sum| (sum / n.max(1.0)) as f32)).collect()
    }

    /// The region that a pixel belongs to.
    fn likeliest(
        &self,
        ids: &[u32],
        [width, height]: [usize; 2],
        [x, y]: [usize; 2],
        means: &[Lab],
        kernel: &[f32],
    ) -> u32 {
        let (at, own) = (y * width + x, ids[y * width + x]);
        let near = |v: usize, by: usize, side: usize| v.saturating_sub(by)..(v + by + 1).min(side);
        let differs = |y: usize| near(x, 1, width).any(|x| ids[y * width + x] != own);
        if self.hidden[at] || !near(y, 1, height).any(differs) {
            return own;
        }
        // Regions around, and their shares; the own one first, which stays where another is only as likely.
        let mut shares: Vec<(u32, f32)> = vec![(own, 0.0)];
        for v in near(y, REACH, height) {
            for u in near(x, REACH, width) {
                let i = v * width + u;
                if self.hidden[i] {
                    continue;
                }
                let weight = kernel[u.abs_diff(x).pow(2) + v.abs_diff(y).pow(2)];
                match shares.iter_mut().find(|(id, _)| *id == ids[i]) {
                    Some((_, share)) => *share += weight,
                    None => shares.push((ids[i], weight)),
                }
            }
        }
        let away = |id: u32| oklab::distance(self.colours[at], means[id as usize]).powi(2);
        let (mut best, mut share) = shares[0];
        for (id, other) in shares.into_iter().skip(1) {
            let apart = oklab::distance(means[best as usize], means[id as usize]).powi(2).max(f32::MIN_POSITIVE);
            let likelier = (other / share).ln() + (away(best) - away(id)) / (2.0 * SPREAD * SPREAD * apart);
            if likelier > 0.0 {
                (best, share) = (id, other);
            }
        }
        best
    }
}

/// A plane with what is small evened out: the guided filter (He, Sun, Tang 2013), guided by itself.
fn evened(plane: &[f32], size: [usize; 2]) -> Vec<f32> {
    let squares: Vec<f32> = plane.iter().map(|v| v * v).collect();
    let (mean, square) = (boxed(plane, size, RADIUS), boxed(&squares, size, RADIUS));
    let slope = |i: usize| {
        let variance = (square[i] - mean[i] * mean[i]).max(0.0);
        variance / (variance + EVEN)
    };
    let slopes: Vec<f32> = (0..plane.len()).map(slope).collect();
    let starts: Vec<f32> = slopes.iter().zip(&mean).map(|(slope, mean)| mean - slope * mean).collect();
    let (slopes, starts) = (boxed(&slopes, size, RADIUS), boxed(&starts, size, RADIUS));
    (0..plane.len()).map(|i| slopes[i] * plane[i] + starts[i]).collect()
}
