//! The best opacity together with the best colour.

use super::Moments;

/// Where a channel of the colour lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Inside,
    Black,
    Full,
}

/// Rounds after which the bracket is small enough, should no piece hold its own solution before.
const ROUNDS: usize = 24;

impl Moments {
    /// The opacity from `least` to 1 at which the change with the best colour (0 to 255 a channel) is least.
    ///
    /// In `α` and `m = α c` the change is a convex quadratic over the convex set `0 ≤ m ≤ 255 α`. With the best `m` it
    /// is convex in `α` and piecewise quadratic, one piece for each choice of the channels that are at a bound. The
    /// solution of a piece is the answer if it lies in that piece, else the next guess, kept in a bracket.
    pub fn opacity(&self, least: f64) -> f64 {
        let rises = |(linear, square): (f64, f64), alpha: f64| linear + square * alpha > 0.0;
        let piece_at = |alpha| self.piece(self.places(alpha));
        if self.kk <= 0.0 || !rises(piece_at(1.0), 1.0) {
            return 1.0;
        }
        if rises(piece_at(least), least) {
            return least;
        }
        let (mut low, mut high) = (least, 1.0);
        let mut alpha = self.free_opacity().clamp(low, high);
        for _ in 0..ROUNDS {
            let places = self.places(alpha);
            let (linear, square) = self.piece(places);
            let solution = -linear / square;
            if solution > low && solution < high && self.places(solution) == places {
                return solution;
            }
            if rises((linear, square), alpha) {
                high = alpha
            } else {
                low = alpha
            }
            alpha = if solution > low && solution < high { solution } else { (low + high) / 2.0 };
        }
        alpha
    }

    /// The best opacity if colours had no bounds: `1 − Σ Cov(t, b) / Σ Var(b)` for whole pixels.
    fn free_opacity(&self) -> f64 {
        let (linear, square) = self.piece([Place::Inside; 3]);
        if square > 0.0 { -linear / square } else { 1.0 }
    }

    /// The least change that any colour, even outside the bounds, and any opacity up to 1 could bring.
    pub(crate) fn bound(&self) -> f64 {
        let alpha = self.free_opacity().clamp(0.0, 1.0);
        let (linear, square) = self.piece([Place::Inside; 3]);
        let constant: f64 = (0..3).map(|c| (self.kt[c] - self.kb[c]).powi(2)).sum::<f64>() / self.kk;
        alpha * (2.0 * linear + alpha * square) - constant
    }

    fn places(&self, alpha: f64) -> [Place; 3] {
        let top = 255.0 * alpha * self.kk;
        [0, 1, 2].map(|c| {
            let m = self.kt[c] - self.kb[c] + alpha * self.kkb[c];
            if m < 0.0 {
                Place::Black
            } else if m > top {
                Place::Full
            } else {
                Place::Inside
            }
        })
    }

    /// Half the slope of the change, `linear + square · α`, where the channels are at the given places.
    fn piece(&self, places: [Place; 3]) -> (f64, f64) {
        let mut linear = self.ktb - self.kbb;
        let mut square = self.kkbb;
        for (c, place) in places.into_iter().enumerate() {
            let (r, u) = (self.kt[c] - self.kb[c], self.kkb[c]);
            match place {
                Place::Inside => {
                    linear -= r * u / self.kk;
                    square -= u * u / self.kk;
                }
                Place::Black => {}
                Place::Full => {
                    linear -= 255.0 * r;
                    square += 255.0 * (255.0 * self.kk - 2.0 * u);
                }
            }
        }
        (linear, square)
    }
}
