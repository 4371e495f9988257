//! All colours at once.

use super::{Coat, Stack};
use crate::energy::{Mix, Paint};

/// How the colours of a finished painting are solved for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Polish {
    /// Steps of conjugate gradients, each two passes over all strokes.
    pub steps: usize,
    /// Times that this is done anew, with the colours that reached a bound kept there.
    pub rounds: usize,
}

impl Polish {
    /// Enough for the last hundredth of a dB.
    pub const USUAL: Self = Self { steps: 20, rounds: 2 };
}

impl Stack {
    /// The best colour of a stroke where it is, in closed form; with the best opacity if `alpha` is absent, or at that.
    pub fn best_mix(&self, id: usize, paint: &Paint, alpha: Option<f64>) -> Mix {
        let mask = &self.coats[id].mask;
        paint.mix_at(&self.slot_of(id, mask.area()).moments_of(mask), alpha)
    }

    /// Solves all colours together: least squares by conjugate gradients (CGLS), channel by channel, within [`Stack::bounds`], with
    /// masks, opacities and order as they are. Says by how much the sum of squared differences changes; it never rises.
    pub fn polish_colours(&mut self, polish: Polish) -> f64 {
        let first = self.sse();
        let bounds: Vec<_> = self.coats.iter().map(|coat| self.bounds(&coat.mask, coat.alpha)).collect();
        for _ in 0..polish.rounds {
            let (before, old) = (self.sse(), self.colours());
            let colours = self.solve(&old, &bounds, polish.steps);
            // As a painting keeps them.
            self.set_colours(&colours.iter().map(|colour| colour.map(stored)).collect::<Vec<_>>());
            if self.sse() >= before {
                self.set_colours(&old);
                break;
            }
        }
        self.sse() - first
    }

    fn colours(&self) -> Vec<[f64; 3]> {
        self.coats.iter().map(|coat: &Coat| coat.colour).collect()
    }

    fn solve(&self, start: &[[f64; 3]], bounds: &[[[f64; 3]; 2]], steps: usize) -> Vec<[f64; 3]> {
        let count = start.len();
        let mut residual: Vec<[f64; 3]> =
            self.source.iter().zip(&self.canvas).map(|(t, b)| [0, 1, 2].map(|c| t[c] - b[c])).collect();
        let mut slope = self.gradient(&residual);
        // What lies at a bound and would leave it stays.
        let free: Vec<[bool; 3]> = (0..count)
            .map(|i| {
                let [low, high] = bounds[i];
                [0, 1, 2].map(|c| if slope[i][c] > 0.0 { start[i][c] < high[c] } else { start[i][c] > low[c] })
            })
            .collect();
        keep(&mut slope, &free);
        let mut colours = start.to_vec();
        let mut way = slope.clone();
        let mut square = dot(&slope, &slope);
        for _ in 0..steps {
            let image = self.forward(&way);
            let length = self.weighted(&image, &image);
            let step = [0, 1, 2].map(|c| if length[c] > 0.0 { square[c] / length[c] } else { 0.0 });
            add(&mut colours, &way, step);
            add(&mut residual, &image, step.map(|v| -v));
            slope = self.gradient(&residual);
            keep(&mut slope, &free);
            let next = dot(&slope, &slope);
            for (way, slope) in way.iter_mut().zip(&slope) {
                for c in 0..3 {
                    let turn = if square[c] > 0.0 { next[c] / square[c] } else { 0.0 };
                    way[c] = slope[c] + turn * way[c];
                }
            }
            square = next;
        }
        // Clamped colours may be worse than the start; the best on the way to them is not, and lies within the bounds.
        let within = |i: usize| [0, 1, 2].map(|c| colours[i][c].clamp(bounds[i][0][c], bounds[i][1][c]) - start[i][c]);
        let way: Vec<[f64; 3]> = (0..count).map(within).collect();
        let residual: Vec<[f64; 3]> =
            self.source.iter().zip(&self.canvas).map(|(t, b)| [0, 1, 2].map(|c| t[c] - b[c])).collect();
        let image = self.forward(&way);
        let (gain, length) = (self.weighted(&image, &residual), self.weighted(&image, &image));
        let step = [0, 1, 2].map(|c| if length[c] > 0.0 { (gain[c] / length[c]).clamp(0.0, 1.0) } else { 0.0 });
        let mut colours = start.to_vec();
        add(&mut colours, &way, step);
        colours
    }

    fn gradient(&self, residual: &[[f64; 3]]) -> Vec<[f64; 3]> {
        match &self.weights {
            None => self.backward(residual),
            Some(weights) => {
                let weighted: Vec<[f64; 3]> = residual.iter().zip(weights).map(|(r, w)| r.map(|v| v * w)).collect();
                self.backward(&weighted)
            }
        }
    }

    /// Weighted products of pixels, summed a channel.
    fn weighted(&self, a: &[[f64; 3]], b: &[[f64; 3]]) -> [f64; 3] {
        let mut sums = [0.0; 3];
        for (i, (a, b)) in a.iter().zip(b).enumerate() {
            let weight = self.weight_of(i);
            (0..3).for_each(|c| sums[c] += weight * a[c] * b[c]);
        }
        sums
    }
}

/// A level as a painting stores it, from 0 to 1 in single precision.
fn stored(level: f64) -> f64 {
    f64::from((level / 255.0).clamp(0.0, 1.0) as f32) * 255.0
}

fn keep(values: &mut [[f64; 3]], free: &[[bool; 3]]) {
    for (value, free) in values.iter_mut().zip(free) {
        (0..3).filter(|c| !free[*c]).for_each(|c| value[c] = 0.0);
    }
}

fn dot(a: &[[f64; 3]], b: &[[f64; 3]]) -> [f64; 3] {
    let mut sums = [0.0; 3];
    for (a, b) in a.iter().zip(b) {
        (0..3).for_each(|c| sums[c] += a[c] * b[c]);
    }
    sums
}

fn add(values: &mut [[f64; 3]], way: &[[f64; 3]], step: [f64; 3]) {
    for (value, way) in values.iter_mut().zip(way) {
        (0..3).for_each(|c| value[c] += step[c] * way[c]);
    }
}
