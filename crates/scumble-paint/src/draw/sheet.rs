//! Some rows of a picture while it is painted.

use super::marks::Sample;
use super::noise::smooth;
use super::paper;
use super::ribbon::Grid;
use super::watercolour::{Wash, edge};
use crate::Painting;
use crate::painting::{Blend, BrushKind, Colour, Layer};

/// What is left of the height below fresh paint, as a share of its cover.
const CARRIED: f32 = 0.3;
/// Height of paper that the faintest strokes do not reach.
const HOLLOW: f32 = 0.4;

/// Rows of a picture, and of what lies on them.
pub(super) struct Sheet<'a> {
    /// Where they are.
    pub grid: Grid,
    /// Colours.
    pub pixels: &'a mut [[f32; 3]],
    /// Height of the paint; empty if nothing shows it.
    pub height: Vec<f32>,
    /// Washes' rims, if they show.
    pub wash: Option<Wash>,
    /// Height of paper and strength of its grain; empty if it has none.
    pub grain: Vec<f32>,
    grain_strength: f32,
    /// The share of the ground that shows; empty if strokes may leave it.
    bare: Vec<f32>,
    /// Where water flows; empty if nothing shows it.
    pub flow: Vec<f32>,
}

/// What a stroke leaves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub colour: Colour,
    pub alpha: f32,
    pub blend: Blend,
    pub thickness: f32,
    /// Whether no ground shows within the mark.
    pub closed: bool,
}

impl<'a> Sheet<'a> {
    /// Rows without strokes yet.
    pub fn new(painting: &Painting, grid: Grid, pixels: &'a mut [[f32; 3]]) -> Self {
        let (finish, unit) = (&painting.finish, painting.unit());
        let plane = |needed: bool| vec![0.0; if needed { pixels.len() } else { 0 }];
        let ground = |needed: bool, make: fn(u64, &Grid, f32) -> Vec<f32>| {
            if needed { make(painting.seed, &grid, unit) } else { Vec::new() }
        };
        Self {
            height: plane(finish.light.strength > 0.0 || finish.weave > 0.0),
            wash: (finish.rim > 0.0).then(|| Wash::new(&grid, unit, wetness(painting, &grid))),
            grain: ground(finish.grain > 0.0 || finish.density > 0.0, paper::grain),
            grain_strength: finish.grain,
            bare: if is_closed(painting) { vec![1.0; pixels.len()] } else { Vec::new() },
            flow: ground(finish.rim > 0.0 || finish.density > 0.0, paper::flow),
            grid,
            pixels,
        }
    }

    /// Whether paint is nothing but colour.
    pub fn is_plain(&self) -> bool {
        self.height.is_empty() && self.wash.is_none() && self.grain_strength == 0.0 && self.bare.is_empty()
    }

    /// Lays even paint on pixels of which the same share is covered.
    pub fn lay_evenly(&mut self, pixels: std::ops::Range<usize>, paint: &Paint, cover: f32) {
        if self.is_plain() {
            let a = paint.alpha * cover;
            for pixel in &mut self.pixels[pixels] {
                blend(pixel, paint.blend, paint.colour, a);
            }
        } else {
            for at in pixels {
                self.lay(at, paint, Sample { cover, height: 1.0, ..Sample::default() });
            }
        }
    }

    /// Lays paint on one pixel.
    pub fn lay(&mut self, at: usize, paint: &Paint, sample: Sample) {
        let washes = self.wash.as_mut().filter(|_| paint.blend == Blend::Multiply);
        let mut a = paint.alpha
            * match &washes {
                Some(wash) => edge(sample.cover, self.flow[at], wash.wet(at)),
                None => sample.cover,
            };
        if let Some(bare) = self.bare.get_mut(at) {
            if paint.closed {
                a += (paint.alpha * sample.within - a).max(0.0) * *bare;
            }
            *bare *= 1.0 - a;
        }
        if self.grain_strength > 0.0 {
            // The less there is, the less reaches the hollows.
            let hollow = 1.0 - smooth((self.grain[at] - HOLLOW * (1.0 - a)) / 0.4);
            a *= 1.0 - self.grain_strength * hollow;
        }
        if let Some(wash) = washes {
            wash.add(at, a);
        }
        if let Some(height) = self.height.get_mut(at) {
            *height += a * (sample.height * paint.thickness + (CARRIED - 1.0) * *height);
        }
        let colour = paint.colour.map(|v| (v + v * sample.tone).min(1.0));
        blend(&mut self.pixels[at], paint.blend, colour, a);
    }
}

/// How wet the paper is at each pixel; empty if it is dry.
fn wetness(painting: &Painting, grid: &Grid) -> Vec<f32> {
    let Some(wet) = &painting.finish.wet else { return Vec::new() };
    let [x, y] = [painting.width * grid.scale[0], painting.height * grid.scale[1]];
    let places = grid.rows.clone().flat_map(|y| (0..grid.width).map(move |x| (x as f32 + 0.5, y as f32 + 0.5)));
    places.map(|(column, row)| wet.at(column / x, row / y)).collect()
}

/// Whether some strokes close the ground that their marks leave.
fn is_closed(painting: &Painting) -> bool {
    let closes = |layer: &Layer| layer.closed && painting.brushes[layer.brush].kind == BrushKind::Bristle;
    painting.layers.iter().any(closes)
}

fn blend(pixel: &mut [f32; 3], blend: Blend, colour: Colour, a: f32) {
    for (below, colour) in pixel.iter_mut().zip(colour) {
        let above = match blend {
            Blend::Normal => colour,
            Blend::Multiply => *below * colour,
        };
        *below += a * (above - *below);
    }
}
