//! The painted surface: what colour lies where and how thick, and the light that falls on it.

use image::RgbImage;

use super::colour::{Lab, encode_srgb};
use super::geometry::{Vec2, vec2};
use super::noise;

/// Cells of the surface along one pixel of the finished picture: the picture is painted larger
/// and averaged down, which smooths the edges of bristles.
pub const CELLS: usize = 2;

/// Colour and thickness of the paint, on a grid finer than the picture.
pub struct Surface {
    pub columns: usize,
    pub rows: usize,
    /// Colour of the topmost paint.
    pub paint: Vec<Lab>,
    /// Thickness of the paint; a full brush leaves about 1.
    pub relief: Vec<f32>,
    /// How far the tooth of the canvas stands out, 0 to 1: a dry brush colours only its tops.
    pub tooth: Vec<f32>,
    /// The stroke that last touched a cell, so that no stroke paints a cell twice.
    touched: Vec<u32>,
    strokes: u32,
}

impl Surface {
    /// A canvas of `width` × `height` picture pixels, toned with `ground`.
    pub fn new(width: usize, height: usize, ground: Lab, seed: u64) -> Self {
        let (columns, rows) = (width * CELLS, height * CELLS);
        let tooth: Vec<f32> = (0..columns * rows)
            .map(|cell| {
                let p = vec2((cell % columns) as f32, (cell / columns) as f32);
                let grain = noise::value(seed + 1, p * 0.45);
                0.55 * weave(seed, p) + 0.45 * grain
            })
            .collect();
        let paint = tooth.iter().map(|tooth| ground.lighter(0.05 * (tooth - 0.5))).collect();
        Self {
            columns,
            rows,
            paint,
            relief: vec![0.0; columns * rows],
            tooth,
            touched: vec![0; columns * rows],
            strokes: 0,
        }
    }

    /// Marks the start of a stroke for [`Surface::touch`].
    pub fn begin_stroke(&mut self) {
        self.strokes += 1;
    }

    /// The cell at `p` (in cells), unless outside or already touched by this stroke.
    pub fn touch(&mut self, p: Vec2) -> Option<usize> {
        if p.x < 0.0 || p.y < 0.0 {
            return None;
        }
        let (x, y) = (p.x as usize, p.y as usize);
        if x >= self.columns || y >= self.rows {
            return None;
        }
        let cell = y * self.columns + x;
        if self.touched[cell] == self.strokes {
            return None;
        }
        self.touched[cell] = self.strokes;
        Some(cell)
    }

    /// The finished picture: paint under raking light from the upper left, averaged down.
    pub fn finish(&self) -> RgbImage {
        let height = self.lit_height();
        let (width, rows) = (self.columns / CELLS, self.rows / CELLS);
        RgbImage::from_fn(width as u32, rows as u32, |x, y| {
            let mut sum = [0.0; 3];
            for dy in 0..CELLS {
                for dx in 0..CELLS {
                    let cell = (y as usize * CELLS + dy) * self.columns + x as usize * CELLS + dx;
                    let lit = self.lit(&height, cell);
                    for (sum, lit) in sum.iter_mut().zip(lit) {
                        *sum += lit;
                    }
                }
            }
            image::Rgb(sum.map(|v| encode_srgb(v / (CELLS * CELLS) as f32)))
        })
    }

    /// Linear light leaving one cell.
    fn lit(&self, height: &[f32], cell: usize) -> [f32; 3] {
        let (x, y) = (cell % self.columns, cell / self.columns);
        let at = |x: usize, y: usize| height[y * self.columns + x];
        let (left, right) = (x.saturating_sub(1), (x + 1).min(self.columns - 1));
        let (above, below) = (y.saturating_sub(1), (y + 1).min(self.rows - 1));
        let slope = vec2(at(right, y) - at(left, y), at(x, below) - at(x, above));
        // Rising towards the lower right means facing the light.
        let facing = slope.dot(vec2(0.6, 0.8));
        let shade = (1.0 + 0.8 * facing).clamp(0.55, 1.5);
        let gloss = 0.05 * (facing - 0.28).clamp(0.0, 0.8);
        let linear = self.paint[cell].to_linear();
        [linear[0].max(0.0) * shade + gloss, linear[1].max(0.0) * shade + gloss, linear[2].max(0.0) * shade + gloss]
    }

    /// Paint over weave, slightly blurred: paint is viscous and keeps no one-cell cliffs.
    fn lit_height(&self) -> Vec<f32> {
        let rough: Vec<f32> = self
            .relief
            .iter()
            .zip(&self.tooth)
            // Thick paint fills the weave.
            .map(|(relief, tooth)| relief + 0.5 * tooth / (1.0 + 2.2 * relief))
            .collect();
        let across = blur(&rough, self.columns, 1);
        blur(&across, self.columns, self.columns)
    }
}

/// A 1-2-1 blur along `stride`.
fn blur(values: &[f32], columns: usize, stride: usize) -> Vec<f32> {
    (0..values.len())
        .map(|i| {
            let inner = stride != 1 || (i % columns != 0 && (i + 1) % columns != 0);
            let before = if inner && i >= stride { i - stride } else { i };
            let after = if inner && i + stride < values.len() { i + stride } else { i };
            0.25 * values[before] + 0.5 * values[i] + 0.25 * values[after]
        })
        .collect()
}

/// Height of a plain-woven linen at `p` (in cells), 0 to 1, its threads a little uneven.
fn weave(seed: u64, p: Vec2) -> f32 {
    /// Cells from thread to thread.
    const PITCH: f32 = 5.0;
    let drift = |s: u64, q: Vec2| 0.9 * (noise::value(seed + s, q) - 0.5);
    let u = p.x / PITCH + drift(2, vec2(p.x * 0.02, p.y * 0.05));
    let v = p.y / PITCH + drift(3, vec2(p.x * 0.05, p.y * 0.02));
    let (warp, weft) = ((u * std::f32::consts::PI).sin(), (v * std::f32::consts::PI).sin());
    0.5 + 0.5 * warp * weft
}
