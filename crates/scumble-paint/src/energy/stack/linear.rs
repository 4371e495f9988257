//! The painting as a linear function of its colours, and the transpose of that.

use rayon::prelude::*;

use super::{Area, Coat, Stack};

/// Rows worked on at a time: fixed, so that sums do not depend on the number of threads.
const BAND: usize = 32;

impl Stack {
    /// The picture of colours, one a stroke, on a black ground.
    pub(super) fn forward(&self, colours: &[[f64; 3]]) -> Vec<[f64; 3]> {
        let mut pixels = vec![[0.0f64; 3]; self.source.len()];
        pixels.par_chunks_mut(BAND * self.width).enumerate().for_each(|(band, pixels)| {
            let area = self.band(band);
            for id in self.touching(&area) {
                let Coat { mask, alpha, .. } = &self.coats[id];
                mask.within(&area, |y, xs, cover| {
                    let row = (y - area.y[0]) * self.width;
                    for pixel in &mut pixels[row + xs.start..row + xs.end] {
                        for (below, colour) in pixel.iter_mut().zip(colours[id]) {
                            *below += alpha * cover * (colour - *below);
                        }
                    }
                });
            }
        });
        pixels
    }

    /// For each stroke, the sum of values, one a pixel and channel, times the share of the stroke that is seen there.
    pub(super) fn backward(&self, values: &[[f64; 3]]) -> Vec<[f64; 3]> {
        let bands = (0..self.height.div_ceil(BAND)).into_par_iter().map(|band| {
            let area = self.band(band);
            let values = &values[area.y[0] * self.width..area.y[1] * self.width];
            let mut through = vec![1.0; values.len()];
            let ids = self.touching(&area).into_iter().rev();
            ids.map(|id| {
                let Coat { mask, alpha, .. } = &self.coats[id];
                let mut sum = [0.0; 3];
                mask.within(&area, |y, xs, cover| {
                    let a = alpha * cover;
                    let row = (y - area.y[0]) * self.width;
                    for i in row + xs.start..row + xs.end {
                        let seen = a * through[i];
                        through[i] -= seen;
                        for c in 0..3 {
                            sum[c] += seen * values[i][c];
                        }
                    }
                });
                (id, sum)
            })
            .collect::<Vec<_>>()
        });
        let mut sums = vec![[0.0; 3]; self.coats.len()];
        for (id, sum) in bands.collect::<Vec<_>>().into_iter().flatten() {
            sums[id].iter_mut().zip(sum).for_each(|(total, part)| *total += part);
        }
        sums
    }

    fn band(&self, band: usize) -> Area {
        Area { x: [0, self.width], y: [band * BAND, ((band + 1) * BAND).min(self.height)] }
    }
}
