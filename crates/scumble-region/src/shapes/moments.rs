//! Moments of areas.

use super::V2;
use crate::plane::principal;

/// The highest order.
pub(crate) const ORDER: usize = 4;

/// Moments of an area about its centroid, exact for polygons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moments {
    pub area: f64,
    pub centroid: V2,
    /// `E[x^p y^q]` about the centroid at `[p][q]`, for p + q up to [`ORDER`].
    pub central: [[f64; ORDER + 1]; ORDER + 1],
}

impl Moments {
    /// Of rings: outlines of positive area, holes of negative. None if they enclose nothing.
    pub fn new(rings: &[Vec<V2>]) -> Option<Self> {
        // Near the origin of coordinates, so that differences of large numbers do not arise.
        let origin = *rings.first()?.first()?;
        let about = sums(rings, origin);
        let area = about[0][0];
        if !(area.is_finite() && area > 0.0) {
            return None;
        }
        let centroid = [origin[0] + about[1][0] / area, origin[1] + about[0][1] / area];
        let mut central = sums(rings, centroid);
        central.iter_mut().flatten().for_each(|v| *v /= area);
        Some(Self { area, centroid, central })
    }

    /// With lengths multiplied by a factor, about the centroid as the origin.
    pub fn scaled(&self, factor: f64) -> Self {
        let mut scaled = self.mapped([[factor, 0.0], [0.0, factor]]);
        scaled.centroid = [0.0; 2];
        scaled
    }

    /// Covariance as eigenvalues, the larger first, and the direction of the larger in radians.
    pub fn axes(&self) -> (V2, f64) {
        principal(self.covariance())
    }

    /// `E[x²], E[xy], E[y²]`.
    pub fn covariance(&self) -> [f64; 3] {
        [self.central[2][0], self.central[1][1], self.central[0][2]]
    }

    /// After the linear map `a x + b y, c x + d y`.
    pub fn mapped(&self, [[a, b], [c, d]]: [V2; 2]) -> Self {
        let mut out = [[0.0; ORDER + 1]; ORDER + 1];
        for (p, row) in out.iter_mut().enumerate() {
            for (q, sum) in row.iter_mut().enumerate().take(ORDER + 1 - p) {
                // (a x + b y)^p (c x + d y)^q, multiplied out.
                for (i, j) in (0..=p).flat_map(|i| (0..=q).map(move |j| (i, j))) {
                    let first = choose(p, i) * power(a, i) * power(b, p - i);
                    let second = choose(q, j) * power(c, j) * power(d, q - j);
                    *sum += first * second * self.central[i + j][p + q - i - j];
                }
            }
        }
        Self { area: self.area * (a * d - b * c).abs(), centroid: self.centroid, central: out }
    }

    /// `E[(x + iy)³]` and `E[(x + iy)⁴]`, each as length and angle.
    pub fn complex(&self) -> [V2; 2] {
        let m = &self.central;
        let third = [m[3][0] - 3.0 * m[1][2], 3.0 * m[2][1] - m[0][3]];
        let fourth = [m[4][0] - 6.0 * m[2][2] + m[0][4], 4.0 * (m[3][1] - m[1][3])];
        [third, fourth].map(|[re, im]| [re.hypot(im), im.atan2(re)])
    }

    /// The symmetric map that makes the covariance the identity, and its inverse.
    pub fn whitening(&self) -> [[V2; 2]; 2] {
        let ([l1, l2], angle) = self.axes();
        let (sin, cos) = angle.sin_cos();
        let along = |a: f64, b: f64| {
            let cross = (a - b) * sin * cos;
            [[a * cos * cos + b * sin * sin, cross], [cross, a * sin * sin + b * cos * cos]]
        };
        let [s1, s2] = [l1, l2].map(|l| l.max(f64::MIN_POSITIVE).sqrt());
        [along(1.0 / s1, 1.0 / s2), along(s1, s2)]
    }
}

/// `∬ x^p y^q` about an origin by Green's theorem: along an edge, `x^(p+1) y^q / (p+1) dy` is a polynomial of degree five at most,
/// which Gauss's three points integrate exactly.
fn sums(rings: &[Vec<V2>], origin: V2) -> [[f64; ORDER + 1]; ORDER + 1] {
    const NODES: [f64; 3] = [-0.774_596_669_241_483_4, 0.0, 0.774_596_669_241_483_4];
    const WEIGHTS: [f64; 3] = [5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0];
    let mut sums = [[0.0; ORDER + 1]; ORDER + 1];
    for ring in rings {
        let Some(&last) = ring.last() else { continue };
        let mut from = last;
        for &to in ring {
            let dy = to[1] - from[1];
            if dy != 0.0 {
                for (node, weight) in NODES.iter().zip(WEIGHTS) {
                    let share = (node + 1.0) / 2.0;
                    let [x, y] = [0, 1].map(|k| from[k] + share * (to[k] - from[k]) - origin[k]);
                    let mut xs = x * weight * dy;
                    for (p, row) in sums.iter_mut().enumerate() {
                        let mut term = xs / (p + 1) as f64;
                        for sum in row.iter_mut().take(ORDER + 1 - p) {
                            *sum += term;
                            term *= y;
                        }
                        xs *= x;
                    }
                }
            }
            from = to;
        }
    }
    sums
}

fn choose(n: usize, k: usize) -> f64 {
    (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

fn power(base: f64, exponent: usize) -> f64 {
    base.powi(exponent as i32)
}
