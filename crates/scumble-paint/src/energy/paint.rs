//! Which colour and opacity a shape gets.

use super::Moments;

/// What a shape may be painted with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paint {
    /// The opacity in 255ths, 1 to 255; solved if absent.
    pub alpha: Option<u8>,
    /// The only colours allowed; any if empty.
    pub palette: Vec<[u8; 3]>,
}

/// A colour and an opacity, and what they change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mix {
    /// Red, green, blue, 0 to 255.
    pub colour: [f64; 3],
    /// Opacity, 0 to 1.
    pub alpha: f64,
    /// By how much the sum of squared differences changes.
    pub change: f64,
}

/// The least opacity that is solved for.
const LEAST: f64 = 1.0 / 255.0;

impl Paint {
    /// The best colour and opacity, without rounding.
    pub fn mix(&self, moments: &Moments) -> Mix {
        self.mix_at(moments, self.fixed())
    }

    /// The best colour at an opacity from 0 to 1, in place of [`Paint::alpha`]; with the best opacity if it is absent.
    pub fn mix_at(&self, moments: &Moments, alpha: Option<f64>) -> Mix {
        if self.palette.is_empty() {
            let alpha = alpha.unwrap_or_else(|| moments.opacity(LEAST));
            return Mix::new(moments, alpha, moments.colour(alpha));
        }
        let of = |colour: &[u8; 3]| {
            let colour = colour.map(f64::from);
            let alpha = alpha.unwrap_or_else(|| moments.opacity_for(colour).clamp(LEAST, 1.0));
            Mix::new(moments, alpha, colour)
        };
        let best = self.palette.iter().map(of).min_by(|a, b| a.change.total_cmp(&b.change));
        best.unwrap_or(Mix { colour: [0.0; 3], alpha: 1.0, change: 0.0 })
    }

    /// The best colour in whole levels and opacity in whole 255ths.
    pub fn mix_in_levels(&self, moments: &Moments) -> ([u8; 3], u8) {
        let mix = self.mix(moments);
        let alpha = (mix.alpha * 255.0).round().clamp(1.0, 255.0);
        let colour = if self.palette.is_empty() { moments.colour(alpha / 255.0) } else { mix.colour };
        (colour.map(|v| v.round() as u8), alpha as u8)
    }

    /// A bound below the change that [`Paint::mix`] finds, for much less work where there is one.
    pub(crate) fn bound(&self, moments: &Moments) -> f64 {
        if self.alpha.is_none() { moments.bound() } else { f64::NEG_INFINITY }
    }

    fn fixed(&self) -> Option<f64> {
        self.alpha.map(|alpha| f64::from(alpha) / 255.0)
    }
}

impl Mix {
    fn new(moments: &Moments, alpha: f64, colour: [f64; 3]) -> Self {
        Self { colour, alpha, change: moments.change(alpha, colour) }
    }
}
