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
        let mut sum = 0.0;
        for y in self.rows.0..self.rows.1 {
            let (first, second) = (row(y), row(y + self.down));
            for x in self.columns.0..self.columns.1 {
                let (first, second) = (first + column(x), second + column(x + self.right));
                let difference = plane[second] - plane[first];
                let slope = match self.penalty {
                    Penalty::Square => {
                        sum += f64::from(difference * difference);
                        2.0 * weight as f32 * difference
                    }
                    Penalty::Absolute => {
                        sum += f64::from(difference.abs());
                        if difference == 0.0 { 0.0 } else { weight as f32 * difference.signum() }
                    }
                };
                gradient[second] += slope;
                gradient[first] -= slope;
            }
        }
        sum * weight
    }
}
