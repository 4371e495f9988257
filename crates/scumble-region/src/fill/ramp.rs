//! The linear change of colour that fits a region best.

use scumble_paint::painting::{Colour, Point, Ramp};

use crate::plane::principal;

/// Sums over a region's pixels from which its best linear colour follows.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    count: f64,
    place: [f64; 2],
    squares: [f64; 3],
    colour: [f64; 3],
    products: [[f64; 2]; 3],
}

impl Sums {
    /// Adds a pixel.
    pub fn add(&mut self, point: Point, colour: Colour) {
        let [x, y] = point.map(f64::from);
        self.count += 1.0;
        self.place[0] += x;
        self.place[1] += y;
        let squares = [x * x, x * y, y * y];
        self.squares.iter_mut().zip(squares).for_each(|(sum, v)| *sum += v);
        for ((sum, products), v) in self.colour.iter_mut().zip(&mut self.products).zip(colour) {
            let v = f64::from(v);
            *sum += v;
            products[0] += v * x;
            products[1] += v * y;
        }
    }

    /// The colour at the start of the ramp, and the ramp: colours `c₀ + g (p − p₀)` by least squares, of which the direction is
    /// kept in which they change most (the first singular vector of the slopes), from one end of the region to the other, `reach`
    /// on either side of its centre. None if the region's pixels do not span a plane, or hardly change.
    pub fn ramp(&self, reach: f32) -> Option<(Colour, Ramp)> {
        let n = self.count;
        if n < 3.0 {
            return None;
        }
        let [cx, cy] = self.place.map(|sum| sum / n);
        let [xx, xy, yy] =
            [self.squares[0] / n - cx * cx, self.squares[1] / n - cx * cy, self.squares[2] / n - cy * cy];
        let determinant = xx * yy - xy * xy;
        if determinant <= 1e-6 * (xx + yy).powi(2) {
            return None;
        }
        let mean = self.colour.map(|sum| sum / n);
        let slopes: [[f64; 2]; 3] = std::array::from_fn(|c| {
            let along = [self.products[c][0] / n - mean[c] * cx, self.products[c][1] / n - mean[c] * cy];
            [(yy * along[0] - xy * along[1]) / determinant, (xx * along[1] - xy * along[0]) / determinant]
        });
        // The 2×2 matrix of the slopes' products; its first eigenvector is the direction.
        let product = |i: usize, j: usize| slopes.iter().map(|slope| slope[i] * slope[j]).sum::<f64>();
        let (_, angle) = principal([product(0, 0), product(0, 1), product(1, 1)]);
        let direction = [angle.cos(), angle.sin()];
        let change = slopes.map(|slope| slope[0] * direction[0] + slope[1] * direction[1]);
        let reach = f64::from(reach);
        // Less than half a level of 255 from end to end cannot be seen.
        if change.iter().all(|v| (v * 2.0 * reach).abs() < 0.5 / 255.0) {
            return None;
        }
        let end =
            |sign: f64| change.iter().zip(mean).map(move |(v, mean)| (mean + sign * reach * v).clamp(0.0, 1.0) as f32);
        let colour = |sign: f64| -> Colour {
            let mut colour = [0.0; 3];
            colour.iter_mut().zip(end(sign)).for_each(|(to, v)| *to = v);
            colour
        };
        let place = |sign: f64| [(cx + sign * reach * direction[0]) as f32, (cy + sign * reach * direction[1]) as f32];
        Some((colour(-1.0), Ramp { from: place(-1.0), to: place(1.0), colour: colour(1.0) }))
    }
}
