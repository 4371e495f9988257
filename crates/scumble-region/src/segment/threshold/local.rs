//! Means and deviations around pixels.

use rayon::prelude::*;

use crate::segment::Pixels;

/// Sums over the rectangle from the first pixel to each, of pixels that are seen: how many, of values, of their squares
/// (Crow 1984).
pub(super) struct Means {
    width: usize,
    height: usize,
    /// With a row and a column of zeros before.
    table: Vec<[f64; 3]>,
}

impl Means {
    pub fn new(pixels: &Pixels, luma: &[f32]) -> Self {
        let (width, height) = (pixels.width, pixels.height);
        let mut table = vec![[0.0; 3]; (width + 1) * (height + 1)];
        for y in 0..height {
            let mut row = [0.0; 3];
            for x in 0..width {
                let i = y * width + x;
                if !pixels.is_hidden(i) {
                    let v = f64::from(luma[i]);
                    row = add(row, [1.0, v, v * v], 1.0);
                }
                table[(y + 1) * (width + 1) + x + 1] = add(row, table[y * (width + 1) + x + 1], 1.0);
            }
        }
        Self { width, height, table }
    }

    /// 1 for pixels that are not darker than what `limit` makes of the mean and the deviation in the window of `side` pixels
    /// around them, cut at the picture's border; else 0.
    pub fn compare(&self, luma: &[f32], side: f64, limit: impl Fn(f64, f64) -> f64 + Sync) -> Vec<u32> {
        let reach = (side / 2.0) as usize;
        let mut out = vec![0; luma.len()];
        out.par_chunks_mut(self.width).zip(luma.par_chunks(self.width)).enumerate().for_each(|(y, (out, luma))| {
            for (x, (out, v)) in out.iter_mut().zip(luma).enumerate() {
                let [count, sum, squares] = self.sums(x, y, reach);
                let mean = sum / count.max(1.0);
                let variance = (squares / count.max(1.0) - mean * mean).max(0.0);
                // A flat window is light: its mean may be a last digit above its values.
                *out = u32::from(f64::from(*v) >= limit(mean, variance.sqrt()) - 1e-6);
            }
        });
        out
    }

    fn sums(&self, x: usize, y: usize, reach: usize) -> [f64; 3] {
        let [left, top] = [x, y].map(|v| v.saturating_sub(reach));
        let [right, bottom] = [(x, self.width), (y, self.height)].map(|(v, side)| (v + reach + 1).min(side));
        let at = |x: usize, y: usize| self.table[y * (self.width + 1) + x];
        let below = add(at(right, bottom), at(left, bottom), -1.0);
        add(below, add(at(right, top), at(left, top), -1.0), -1.0)
    }
}

fn add(a: [f64; 3], b: [f64; 3], sign: f64) -> [f64; 3] {
    [0, 1, 2].map(|i| a[i] + sign * b[i])
}
