//! Light on the relief of paint (after Hertzmann, "Fast paint texture", 2002). Flat paint keeps its colour.

use super::ribbon::Grid;
use crate::painting::Light;

/// How much of the light is diffuse, and how much shines.
const DIFFUSE: f32 = 0.55;
const SHINE: f32 = 0.025;
const GLOSS: i32 = 24;

/// A light and what it does to flat paint.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lamp {
    /// Towards the light.
    light: [f32; 3],
    /// Halfway between the light and the eye, which looks straight at the canvas.
    half: [f32; 3],
    flat: [f32; 2],
}

impl Lamp {
    pub fn new(light: Light) -> Self {
        let (sin, cos) = light.elevation.sin_cos();
        let (y, x) = light.azimuth.sin_cos();
        let light = [cos * x, cos * y, sin];
        let sum = [light[0], light[1], light[2] + 1.0];
        let length = sum.iter().map(|v| v * v).sum::<f32>().sqrt();
        let mut lamp = Self { light, half: sum.map(|v| v / length), flat: [0.0; 2] };
        lamp.flat = lamp.response([0.0; 2]);
        lamp
    }

    /// Diffuse and shining light on a slope. The diffuse part leaves out that steep paint faces away from the eye's axis, so that
    /// slopes to either side are lighter and darker by the same, and relief does not darken the picture.
    fn response(&self, slope: [f32; 2]) -> [f32; 2] {
        let length = (1.0 + slope[0] * slope[0] + slope[1] * slope[1]).sqrt();
        let towards = |way: [f32; 3]| -(slope[0] * way[0] + slope[1] * way[1]) / length;
        let half = (self.half[2] / length + towards(self.half)).max(0.0);
        [self.light[2] + towards(self.light), half.powi(GLOSS)]
    }

    /// By how much paint on a slope is lighter than flat paint: a factor, and what is added.
    pub fn shade(&self, slope: [f32; 2]) -> [f32; 2] {
        let [diffuse, shine] = self.response(slope);
        [1.0 + DIFFUSE * (diffuse - self.flat[0]), SHINE * (shine - self.flat[1]).max(0.0)]
    }
}

/// The slope of a relief over the rows in sight, at pixel `x` of row `y`, per `unit` of the frame.
pub(super) fn slope(relief: &[f32], grid: &Grid, x: usize, y: usize, unit: f32) -> [f32; 2] {
    let at = |x: usize, y: usize| relief[(y - grid.rows.start) * grid.width + x];
    let (left, right) = (x.saturating_sub(1), (x + 1).min(grid.width - 1));
    let (up, down) = (y.saturating_sub(1).max(grid.rows.start), (y + 1).min(grid.rows.end - 1));
    let per = |count: usize, scale: f32| scale * unit / count.max(1) as f32;
    [
        (at(right, y) - at(left, y)) * per(right - left, grid.scale[0]),
        (at(x, down) - at(x, up)) * per(down - up, grid.scale[1]),
    ]
}
