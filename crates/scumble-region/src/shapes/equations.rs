//! Normal equations of few unknowns.

/// The most unknowns: those of a triangle.
pub(super) const MOST: usize = 6;
/// The damping (Levenberg 1944), as a share of the equations' mean diagonal: of a triangle's six numbers one does nothing, as its area
/// is given.
const DAMPING: f64 = 1e-3;

/// Sums of products of slopes, and of slopes with what is to be explained by them.
#[derive(Debug)]
pub(super) struct Equations {
    squares: [[f64; MOST]; MOST],
    products: [f64; MOST],
    count: usize,
}

impl Equations {
    /// Of `count` unknowns, [`MOST`] at most.
    pub fn new(count: usize) -> Self {
        Self { squares: [[0.0; MOST]; MOST], products: [0.0; MOST], count: count.min(MOST) }
    }

    /// Adds an observation: how it changes with each unknown, its value, and how much it counts.
    pub fn add(&mut self, slopes: &[f64; MOST], value: f64, weight: f64) {
        for i in 0..self.count {
            self.products[i] += weight * slopes[i] * value;
            (0..self.count).for_each(|j| self.squares[i][j] += weight * slopes[i] * slopes[j]);
        }
    }

    /// The damped solution, by elimination; none if there is none. Beyond the unknowns it is 0.
    pub fn solved(mut self) -> Option<[f64; MOST]> {
        let Self { squares, products, count } = &mut self;
        let damping = DAMPING * (0..*count).map(|i| squares[i][i]).sum::<f64>() / *count as f64;
        (0..*count).for_each(|i| squares[i][i] += damping);
        for at in 0..*count {
            let pivot = squares[at][at];
            if !(pivot.is_finite() && pivot > 0.0) {
                return None;
            }
            for below in at + 1..*count {
                let factor = squares[below][at] / pivot;
                (at..*count).for_each(|k| squares[below][k] -= factor * squares[at][k]);
                products[below] -= factor * products[at];
            }
        }
        let mut out = [0.0; MOST];
        for at in (0..*count).rev() {
            let known: f64 = (at + 1..*count).map(|k| squares[at][k] * out[k]).sum();
            out[at] = (products[at] - known) / squares[at][at];
        }
        out.iter().all(|v| v.is_finite()).then_some(out)
    }
}
