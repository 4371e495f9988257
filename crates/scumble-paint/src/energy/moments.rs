//! The sums on which colour and opacity depend.

use super::Sums;

/// Sums over the pixels of a shape, by covered share `k`, source `t` and painting `b` in levels from 0 to 255; with
/// weights, each term is multiplied by its pixel's. Those that are single numbers are summed over the channels, except
/// `kk`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    /// k²
    pub kk: f64,
    /// k t
    pub kt: [f64; 3],
    /// k b
    pub kb: [f64; 3],
    /// k² b
    pub kkb: [f64; 3],
    /// k t b
    pub ktb: f64,
    /// k b²
    pub kbb: f64,
    /// k² b²
    pub kkbb: f64,
}

impl Moments {
    /// Adds a pixel.
    pub fn add(&mut self, weight: f64, k: f64, t: [u8; 3], b: [u8; 3]) {
        let (k1, k2) = (weight * k, weight * k * k);
        self.kk += k2;
        for c in 0..3 {
            let (t, b) = (f64::from(t[c]), f64::from(b[c]));
            self.kt[c] += k1 * t;
            self.kb[c] += k1 * b;
            self.kkb[c] += k2 * b;
            self.ktb += k1 * t * b;
            self.kbb += k1 * b * b;
            self.kkbb += k2 * b * b;
        }
    }

    /// Adds whole pixels.
    pub fn add_sums(&mut self, sums: &Sums) {
        self.kk += sums.n as f64;
        for c in 0..3 {
            let b = sums.b[c] as f64;
            self.kt[c] += sums.t[c] as f64;
            self.kb[c] += b;
            self.kkb[c] += b;
        }
        let bb = sums.bb as f64;
        self.ktb += sums.tb as f64;
        self.kbb += bb;
        self.kkbb += bb;
    }

    /// The best colour at an opacity, each channel from 0 to 255: `Σ a (t − b + a b) / Σ a²` with `a = α k`
    /// (least squares). Black if the shape covers nothing.
    pub fn colour(&self, alpha: f64) -> [f64; 3] {
        if self.kk * alpha <= 0.0 {
            return [0.0; 3];
        }
        let scale = 1.0 / (alpha * self.kk);
        [0, 1, 2].map(|c| ((self.kt[c] - self.kb[c] + alpha * self.kkb[c]) * scale).clamp(0.0, 255.0))
    }

    /// By how much the sum of squared differences changes with a colour and an opacity.
    pub fn change(&self, alpha: f64, colour: [f64; 3]) -> f64 {
        let mut linear = self.ktb - self.kbb;
        let mut square = self.kkbb;
        for (c, value) in colour.into_iter().enumerate() {
            linear -= value * (self.kt[c] - self.kb[c]);
            square += value * (value * self.kk - 2.0 * self.kkb[c]);
        }
        alpha * (2.0 * linear + alpha * square)
    }

    /// The opacity that is best for a colour, without limits; 1 if none matters.
    pub fn opacity_for(&self, colour: [f64; 3]) -> f64 {
        let at_one = self.change(1.0, colour);
        let at_half = self.change(0.5, colour);
        // change = l a + s a²
        let square = 2.0 * at_one - 4.0 * at_half;
        let linear = at_one - square;
        if square > 0.0 { -linear / (2.0 * square) } else { 1.0 }
    }
}

impl From<&Sums> for Moments {
    fn from(sums: &Sums) -> Self {
        let mut moments = Self::default();
        moments.add_sums(sums);
        moments
    }
}
