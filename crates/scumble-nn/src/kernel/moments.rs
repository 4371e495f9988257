//! Sums over positions of features and of their products, F·1 and F·Fᵀ, and the gradient through them.
//!
//! Both are matrix products with the convolution's register tile. For F·Fᵀ features are turned so that channels lie
//! side by side ([`turned`]); then one copy serves as both factors, and only tiles on and above the diagonal are computed
//! ([`gram`]). The gradient, (A + Aᵀ)·F + b·1ᵀ, takes them as they are ([`pull`]).

mod gram;
mod pull;
mod runs;
mod turned;

use super::lanes::Level;
use crate::ops::{Map, Window};

/// Sums over the window's positions, `[C, C + 1]`: F·Fᵀ, and F·1 in the last column.
///
/// # Panics
/// If the window reaches beyond the map.
pub fn moments(map: &Map, window: Window, level: Level) -> Vec<f64> {
    gram::moments(map, window, level)
}

/// Adds the gradient of [`moments`] to that of the map, given its result's, `[C, C + 1]`: (A + Aᵀ)·F + b·1ᵀ.
///
/// # Panics
/// If the window reaches beyond the map, or a length is not that of its shape.
pub fn add_moments_gradient(map: &Map, window: Window, slope: &[f32], gradient: &mut Map, level: Level) {
    pull::add(map, window, slope, gradient, level);
}
