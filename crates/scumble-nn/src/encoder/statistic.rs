//! Sums over positions of features. Every loss here is a function of such sums, so that a picture may be measured, and
//! its gradient computed, tile by tile.

use super::features::Features;
use super::layer::Layer;
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
    /// The sums of a map on the processor.
    pub(super) fn of(&self, features: &Map) -> Vec<f64> {
        match self.quantity {
            Quantity::Moments => moments(features, self.window),
            Quantity::Difference(target) => differences(features, self.window, target.map()),
        }
    }

    /// Adds the sums' gradient to that of a map on the processor, given the slope of a loss for each of the sums.
    pub(super) fn pull(&self, features: &Map, slope: &[f32], gradient: &mut Map) {
        match self.quantity {
            Quantity::Moments => add_moments_gradient(features, self.window, slope, gradient),
            Quantity::Difference(target) => {
                add_difference_gradient(features, self.window, target.map(), slope, gradient);
            }
        }
    }
}
