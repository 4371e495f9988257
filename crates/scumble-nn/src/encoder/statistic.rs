//! Sums over positions of features. Every loss here is a function of such sums, so that a picture may be measured, and
//! its gradient computed, tile by tile.

use super::features::Features;
use super::layer::Layer;
use super::view::View;
use crate::kernel::Level;
use crate::ops::{Map, Window, add_difference_gradient, add_moments_gradient, differences, moments};

/// What is summed over a window of a layer's features F, C channels.
#[derive(Debug, Clone, Copy)]
pub enum Quantity<'a> {
    /// F·Fᵀ beside F·1: C·(C + 1) sums.
    Moments,
    /// (F−P)² and |F−P| against a target P of the window's shape: two sums.
    Difference(&'a Features),
}

/// Sums over a window of a layer.
#[derive(Debug, Clone, Copy)]
pub struct Statistic<'a> {
    /// The layer.
    pub layer: Layer,
    /// Its positions that count.
    pub window: Window,
    /// What is summed.
    pub quantity: Quantity<'a>,
}

impl Statistic<'_> {
    /// Whether the sums of rows add up to those of the whole layer, with what is known of the rows alone.
    pub(super) fn is_of_rows(&self) -> bool {
        matches!(self.quantity, Quantity::Moments)
    }

    /// The sums over what is shown of the layer; nothing if the window is elsewhere.
    pub(super) fn of(&self, view: View<'_>, level: Level) -> Option<Vec<f64>> {
        let window = view.window(self.window)?;
        Some(match self.quantity {
            Quantity::Moments => moments(view.map, window, level),
            Quantity::Difference(target) => {
                assert!(view.is_whole(), "a target is compared as a whole");
                differences(view.map, window, target.map())
            }
        })
    }

    /// Adds the sums' gradient to that of what is shown of the layer, given the slope of a loss for each of the sums.
    pub(super) fn pull(&self, view: View<'_>, slope: &[f32], gradient: &mut Map, level: Level) {
        let Some(window) = view.window(self.window) else { return };
        match self.quantity {
            Quantity::Moments => add_moments_gradient(view.map, window, slope, gradient, level),
            Quantity::Difference(target) => {
                assert!(view.is_whole(), "a target is compared as a whole");
                add_difference_gradient(view.map, window, target.map(), slope, gradient);
            }
        }
    }
}
