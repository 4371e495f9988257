//! Total variation: differences between neighbouring pixels.

use rayon::prelude::*;

use crate::params::TvLoss;

/// What becomes of a difference.
#[derive(Debug, Clone, Copy)]
enum Penalty {
    Square,
    Absolute,
}

/// All differences of one direction over a plane.
#[derive(Debug, Clone, Copy)]
struct Direction {
    /// Rows and columns from one pixel to the other.
    down: isize,
    right: isize,
    /// Rows and columns of the first pixel; pixels beyond the border are those on it.
    rows: (isize, isize),
    columns: (isize, isize),
    weight: f64,
    penalty: Penalty,
}

/// The total variation, times `weight`, of three planes in the space they are optimised in. Its gradient is added.
///
/// # Panics
/// If the lengths are not those of three planes.
pub fn total_variation(x: &[f32], size: (usize, usize), form: TvLoss, weight: f64, gradient: &mut [f32]) -> f64 {
    let (width, height) = size;
    assert_eq!((x.len(), gradient.len()), (3 * width * height, 3 * width * height), "three planes");
    let directions = directions(size, form);
    let planes = x.par_chunks(width * height).zip(gradient.par_chunks_mut(width * height));
    let sums = planes.map(|(plane, gradient)| {
        let parts = directions.iter().map(|direction| direction.add(plane, size, weight, gradient));
        parts.sum::<f64>()
    });
    sums.collect::<Vec<f64>>().iter().sum()
}

fn directions((width, height): (usize, usize), form: TvLoss) -> Vec<Direction> {
    let (w, h) = (width as isize, height as isize);
    let values = (3 * width * height) as f64;
    let down = Direction {
        down: 1,
        right: 0,
        rows: (0, h - 1),
        columns: (0, w),
        weight: 1.0 / values,
        penalty: Penalty::Square,
    };
    let right = Direction { down: 0, right: 1, rows: (0, h), columns: (0, w - 1), ..down };
    match form {
        // Differences along the axes count a third, along the diagonals a twelfth, all twice; each is a mean, and the
        // diagonals reach one pixel over the border, which is repeated there.
        TvLoss::NinePoint => {
            let axis = 2.0 / 3.0 / values;
            let diagonal = 2.0 / 12.0 / (3 * (width + 1) * (height + 1)) as f64;
            let falling = Direction { right: 1, rows: (-1, h), columns: (-1, w), weight: diagonal, ..down };
            let rising = Direction { right: -1, columns: (0, w + 1), ..falling };
            vec![Direction { weight: axis, ..down }, Direction { weight: axis, ..right }, falling, rising]
        }
        TvLoss::MeanSquares => vec![down, right],
        TvLoss::AbsoluteSum => {
            [down, right].map(|d| Direction { weight: 1.0, penalty: Penalty::Absolute, ..d }).to_vec()
        }
        // Only pixels that have both neighbours.
        TvLoss::HalfSquares => {
            [down, right].map(|d| Direction { rows: (0, h - 1), columns: (0, w - 1), weight: 0.5, ..d }).to_vec()
        }
    }
}

impl Direction {
    /// The sum over a plane, weighted; adds its gradient.
    fn add(&self, plane: &[f32], (width, height): (usize, usize), weight: f64, gradient: &mut [f32]) -> f64 {
        let weight = weight * self.weight;
        let row = |y: isize| y.clamp(0, height as isize - 1) as usize * width;
        let column = |x: isize| x.clamp(0, width as isize - 1) as usize;
        // Columns of which both pixels are inside.
        let (left, end) = (0.max(-self.right), (width as isize).min(width as isize - self.right));
        let (left, end) = (left.max(self.columns.0), end.min(self.columns.1));
        let inside = (end - left).max(0) as usize;
        let mut slopes = vec![0.0; inside];
        let mut sum = 0.0;
        for y in self.rows.0..self.rows.1 {
            let (first, second) = (row(y), row(y + self.down));
            let (from, to) = (first + column(left), second + column(left + self.right));
            sum += self.slopes(&plane[from..][..inside], &plane[to..][..inside], weight, &mut slopes);
            gradient[to..].iter_mut().zip(&slopes).for_each(|(gradient, slope)| *gradient += slope);
            gradient[from..].iter_mut().zip(&slopes).for_each(|(gradient, slope)| *gradient -= slope);
            for x in (self.columns.0..left).chain(end.max(left)..self.columns.1) {
                let (first, second) = (first + column(x), second + column(x + self.right));
                let mut slope = [0.0];
                sum += self.slopes(&[plane[first]], &[plane[second]], weight, &mut slope);
                gradient[second] += slope[0];
                gradient[first] -= slope[0];
            }
        }
        sum * weight
    }

    /// The sum over pairs of pixels, and the slope of each for the second of them.
    fn slopes(&self, first: &[f32], second: &[f32], weight: f64, slopes: &mut [f32]) -> f64 {
        let pairs = first.iter().zip(second).zip(slopes);
        match self.penalty {
            Penalty::Square => {
                let factor = 2.0 * weight as f32;
                pairs.for_each(|((first, second), slope)| *slope = factor * (second - first));
                sum(first, second, |difference| difference * difference)
            }
            Penalty::Absolute => {
                let weight = weight as f32;
                pairs.for_each(|((first, second), slope)| {
                    let difference = second - first;
                    *slope = if difference == 0.0 { 0.0 } else { weight * difference.signum() };
                });
                sum(first, second, f32::abs)
            }
        }
    }
}

/// The sum of `of` the differences, in eight parts that do not wait for each other.
fn sum(first: &[f32], second: &[f32], of: impl Fn(f32) -> f32) -> f64 {
    let part = |first: &f32, second: &f32| f64::from(of(second - first));
    let ((firsts, first), (seconds, second)) = (first.as_chunks::<8>(), second.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (first, second) in firsts.iter().zip(seconds) {
        sums.iter_mut().zip(first.iter().zip(second)).for_each(|(sum, (first, second))| *sum += part(first, second));
    }
    sums.iter().sum::<f64>() + first.iter().zip(second).map(|(first, second)| part(first, second)).sum::<f64>()
}
