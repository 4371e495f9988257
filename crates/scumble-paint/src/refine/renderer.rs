//! Marks on a ground as a picture, and a loss of the picture as one of the marks.

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;

use super::cover::{Cover, Traced};
use super::mark::{Gradient, Mark, Node};
use crate::energy::Area;

/// Side of the squares that are worked on at the same time: fixed, so that sums do not depend on the number of threads.
const TILE: usize = 64;

/// A differentiable renderer of strokes: coverage rises evenly from 0 to 1 over the `softness` pixels about an outline, which over
/// one pixel is nearly the share of it that is covered; marks are laid in order.
///
/// Any loss of the picture moves the strokes: [`Renderer::render`], work out the loss's derivatives by the pixels, then
/// [`Renderer::backward`].
#[derive(Debug, Clone)]
pub struct Renderer {
    width: usize,
    height: usize,
    ground: [f64; 3],
    softness: f64,
}

/// A mark's derivatives in a tile.
struct Part {
    id: usize,
    nodes: Vec<Node>,
    colour: [f64; 3],
    alpha: f64,
}

/// A mark laid on a tile.
struct Laid {
    id: usize,
    cover: Cover,
    /// The colours below it.
    below: Vec<[f64; 3]>,
}

impl Renderer {
    /// A renderer of pictures of the given sides, on a ground of colours from 0 to 1, with edges `softness` pixels wide:
    /// 1 is as strokes are drawn, 3 pulls them farther.
    pub fn new(width: usize, height: usize, ground: [f64; 3], softness: f64) -> Self {
        Self { width: width.max(1), height: height.max(1), ground, softness }
    }

    /// Changes the width of edges, in pixels.
    pub(super) fn soften(&mut self, softness: f64) {
        self.softness = softness;
    }

    /// The picture as a canvas.
    ///
    /// # Errors
    /// `Fault::Input` if a mark is not made of finite numbers.
    pub fn render(&self, marks: &[Mark]) -> Result<Canvas> {
        let values = self.pixels(marks).into_iter().flatten().map(|v| v as f32).collect();
        Canvas::new(self.width, self.height, values)
    }

    /// The picture's colours, row by row, in double precision.
    pub fn pixels(&self, marks: &[Mark]) -> Vec<[f64; 3]> {
        let traced = self.trace(marks);
        let tiles: Vec<(Area, Vec<[f64; 3]>)> = self
            .tiles()
            .into_par_iter()
            .map(|tile| {
                let mut pixels = vec![self.ground; tile.width() * tile.height()];
                self.lay(marks, &traced, &tile, &mut pixels, |_| ());
                (tile, pixels)
            })
            .collect();
        let mut out = vec![[0.0; 3]; self.width * self.height];
        for (tile, pixels) in tiles {
            for (y, row) in (tile.y[0]..tile.y[1]).zip(pixels.chunks_exact(tile.width())) {
                out[y * self.width + tile.x[0]..y * self.width + tile.x[1]].copy_from_slice(row);
            }
        }
        out
    }

    /// The derivatives of a loss by the marks' numbers, one gradient a mark, from those by the picture's colours, row by
    /// row; missing ones count as 0.
    pub fn backward(&self, marks: &[Mark], by_pixels: &[[f64; 3]]) -> Vec<Gradient> {
        self.gradients(marks, |at, _| by_pixels.get(at).copied().unwrap_or_default())
    }

    /// The same for a loss that is a sum over pixels: `slope` tells its derivatives by a pixel, from the pixel's place in the row
    /// by row order and its colour.
    pub(super) fn gradients(
        &self,
        marks: &[Mark],
        slope: impl Fn(usize, [f64; 3]) -> [f64; 3] + Sync,
    ) -> Vec<Gradient> {
        let traced = self.trace(marks);
        let parts: Vec<Vec<Part>> =
            self.tiles().into_par_iter().map(|tile| self.pull(marks, &traced, &tile, &slope)).collect();
        let mut nodes: Vec<Vec<Node>> = traced.iter().map(|t| vec![Node::default(); t.nodes.len()]).collect();
        let mut paints = vec![([0.0; 3], 0.0); marks.len()];
        for part in parts.into_iter().flatten() {
            for (sum, node) in nodes[part.id].iter_mut().zip(&part.nodes) {
                *sum = Node { x: sum.x + node.x, y: sum.y + node.y, r: sum.r + node.r };
            }
            let (colour, alpha) = &mut paints[part.id];
            (0..3).for_each(|c| colour[c] += part.colour[c]);
            *alpha += part.alpha;
        }
        let gradients = marks.iter().zip(&nodes).zip(paints);
        gradients.map(|((mark, nodes), (colour, alpha))| Gradient { values: mark.pull(nodes), colour, alpha }).collect()
    }

    fn trace(&self, marks: &[Mark]) -> Vec<Traced> {
        marks.par_iter().map(|mark| Traced::new(mark, self.softness)).collect()
    }

    fn tiles(&self) -> Vec<Area> {
        let cut = |at: usize, side: usize| [at * TILE, ((at + 1) * TILE).min(side)];
        let columns = self.width.div_ceil(TILE);
        (0..columns * self.height.div_ceil(TILE))
            .map(|i| Area { x: cut(i % columns, self.width), y: cut(i / columns, self.height) })
            .collect()
    }

    /// Lays the marks that meet a tile, and tells each.
    fn lay(&self, marks: &[Mark], traced: &[Traced], tile: &Area, pixels: &mut [[f64; 3]], mut tell: impl FnMut(Laid)) {
        for (id, (mark, traced)) in marks.iter().zip(traced).enumerate() {
            if Traced::clip(traced.bounds, tile).is_empty() {
                continue;
            }
            let cover = traced.cover(tile);
            let mut below = Vec::with_capacity(cover.shares.len());
            each(&cover, tile, |i, at| {
                below.push(pixels[at]);
                let a = mark.alpha * cover.shares[i];
                for (value, colour) in pixels[at].iter_mut().zip(mark.colour) {
                    *value += a * (colour - *value);
                }
            });
            tell(Laid { id, cover, below });
        }
    }

    /// From the top mark down: what reaches each pixel of the marks below is what the marks above let through.
    fn pull(
        &self,
        marks: &[Mark],
        traced: &[Traced],
        tile: &Area,
        slope: impl Fn(usize, [f64; 3]) -> [f64; 3],
    ) -> Vec<Part> {
        let mut laid = Vec::new();
        let mut pixels = vec![self.ground; tile.width() * tile.height()];
        self.lay(marks, traced, tile, &mut pixels, |mark| laid.push(mark));
        let place = |i: usize| (tile.y[0] + i / tile.width()) * self.width + tile.x[0] + i % tile.width();
        let mut reaching: Vec<[f64; 3]> = pixels.iter().enumerate().map(|(i, pixel)| slope(place(i), *pixel)).collect();
        let mut parts = Vec::with_capacity(laid.len());
        while let Some(Laid { id, cover, below }) = laid.pop() {
            let (mark, traced) = (&marks[id], &traced[id]);
            let mut part = Part { id, nodes: vec![Node::default(); traced.nodes.len()], colour: [0.0; 3], alpha: 0.0 };
            let mut by_share = vec![0.0; below.len()];
            each(&cover, tile, |i, at| {
                let a = mark.alpha * cover.shares[i];
                let mut by_a = 0.0;
                for c in 0..3 {
                    let g = reaching[at][c];
                    by_a += g * (mark.colour[c] - below[i][c]);
                    part.colour[c] += g * a;
                    reaching[at][c] = g * (1.0 - a);
                }
                part.alpha += by_a * cover.shares[i];
                by_share[i] = by_a * mark.alpha;
            });
            traced.pull(&cover, &by_share, &mut part.nodes);
            parts.push(part);
        }
        parts
    }
}

/// Tells the pixels of a cover: their index in it, and in the tile.
fn each(cover: &Cover, tile: &Area, mut tell: impl FnMut(usize, usize)) {
    let (left, top) = (cover.area.x[0] - tile.x[0], cover.area.y[0] - tile.y[0]);
    let width = cover.area.width();
    for y in 0..cover.area.height() {
        let row = (top + y) * tile.width() + left;
        (0..width).for_each(|x| tell(y * width + x, row + x));
    }
}
