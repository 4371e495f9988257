//! What lies on regions and behind them: shadows, hatching, dots.

use scumble_image::color::luma;
use scumble_paint::oklab;
use scumble_paint::painting::{Geometry, Painting, Point, Stroke};

use super::cell::Cell;
use super::level::{Composer, push};
use crate::fill::lines::{dots, hatching};
use crate::rules::Fill;

/// By how much lines of hatching and dots are darker than what they lie on, in Oklab's lightness.
const DARKER: f32 = 0.18;
/// Width of lines of hatching, as a share of their distance.
const LINE: f32 = 0.28;
/// Shadows are this many copies of a shape, each a little farther and of this opacity.
const SHADOWS: usize = 5;
const SHADE: f32 = 0.07;

impl Composer<'_> {
    /// What a shape throws on what is behind it.
    pub(super) fn shadow(&self, painting: &mut Painting, layer: usize, geometry: &Geometry) {
        let length = self.params.shadow as f32 * self.picture.size_unit();
        if length <= 0.0 {
            return;
        }
        for i in 1..=SHADOWS {
            let by = length * i as f32 / SHADOWS as f32;
            let geometry = geometry.moved([by * 0.6, by * 0.8]);
            painting.strokes.push(Stroke { layer, geometry, colour: [0.0; 3], alpha: SHADE, ramp: None });
        }
    }

    /// Lines and dots on a region.
    pub(super) fn marks(&self, painting: &mut Painting, layer: usize, cell: &Cell) {
        let unit = self.picture.size_unit();
        let [light, a, b] = oklab::from_srgb(cell.colour);
        let ink = oklab::to_srgb([(light - DARKER).max(0.05), a, b]);
        match cell.fill {
            Fill::Hatch { angle, spacing } => {
                let spacing = spacing as f32 * unit;
                for line in hatching(&cell.rings, (angle as f32).to_radians(), spacing, LINE * spacing) {
                    push(painting, layer, line, ink);
                }
            }
            Fill::Dots { spacing } => {
                let spacing = spacing as f32 * unit;
                for centre in dots(&cell.rings, spacing) {
                    let radius = 0.5 * spacing * (1.0 - self.luma_at(centre)).max(0.03).sqrt();
                    push(painting, layer, Geometry::Ellipse { centre, radii: [radius; 2], angle: 0.0 }, ink);
                }
            }
            _ => {}
        }
    }

    /// The brightness of the picture's pixel that holds a point of the frame, or of the nearest.
    fn luma_at(&self, [x, y]: Point) -> f32 {
        let (width, height) = (self.picture.width(), self.picture.height());
        let [x, y] = [(x.max(0.0) as usize).min(width - 1), (y.max(0.0) as usize).min(height - 1)];
        luma(self.picture.pixels()[y * width + x])
    }
}
