//! A finished painting at the size of a search, any stroke of which can be changed.
//!
//! Values are levels from 0 to 255, not rounded. What is changed is composited anew from the ground, in the area that
//! the stroke touched and touches; so the canvas and its squared difference to the source are, to the last bit, those
//! that composing the whole would give.

mod buckets;
mod linear;
mod mask;
mod polish;
mod slot;

use rayon::prelude::*;

use self::buckets::Buckets;
use super::Easel;
use crate::Painting;
use crate::painting::Stroke;
use crate::raster::{FINE, Scan};

pub use mask::{Area, Mask};
pub use polish::Polish;
pub use slot::{Depth, Slot};

/// A stroke of the stack.
#[derive(Debug, Clone, PartialEq)]
pub struct Coat {
    /// What it covers.
    pub mask: Mask,
    /// Red, green, blue, 0 to 255.
    pub colour: [f64; 3],
    /// Opacity, 0 to 1.
    pub alpha: f64,
}

impl Coat {
    /// A stroke with its mask.
    pub fn new(stroke: &Stroke, mask: Mask) -> Self {
        Self { mask, colour: stroke.colour.map(level), alpha: f64::from(stroke.alpha) }
    }
}

/// Strokes in order over a ground, what they look like, and the source.
#[derive(Debug, Clone)]
pub struct Stack {
    width: usize,
    height: usize,
    source: Vec<[f64; 3]>,
    weights: Option<Vec<f64>>,
    ground: [f64; 3],
    coats: Vec<Coat>,
    /// Strokes from the lowest.
    order: Vec<u32>,
    /// Each stroke's index in the order.
    rank: Vec<u32>,
    buckets: Buckets,
    canvas: Vec<[f64; 3]>,
    /// Weighted squared difference of each row.
    errors: Vec<f64>,
}

impl Stack {
    /// The strokes of a painting in front of an easel's source, as even paint with sharp edges.
    pub fn of(painting: &Painting, easel: &Easel) -> Self {
        let size = [easel.width(), easel.height()];
        Self::new(easel, painting.background.map(level), coats(painting, size))
    }

    /// Other strokes on the same ground, in front of the same source.
    #[must_use]
    pub fn with_strokes(&self, painting: &Painting) -> Self {
        let mut stack = self.clone();
        stack.stack_up(coats(painting, self.size()));
        stack
    }

    /// Strokes, from the lowest, over a ground of levels, before the source of an easel, with its weights.
    pub fn new(easel: &Easel, ground: [f64; 3], coats: Vec<Coat>) -> Self {
        let (width, height) = (easel.width(), easel.height());
        let mut stack = Self {
            width,
            height,
            source: easel.source().iter().map(|pixel| pixel.map(f64::from)).collect(),
            weights: easel.weights().map(|weights| weights.iter().map(|w| f64::from(*w)).collect()),
            ground,
            coats: Vec::new(),
            order: Vec::new(),
            rank: Vec::new(),
            buckets: Buckets::new(width, height),
            canvas: vec![ground; width * height],
            errors: vec![0.0; height],
        };
        stack.stack_up(coats);
        stack
    }

    /// Replaces all strokes.
    fn stack_up(&mut self, coats: Vec<Coat>) {
        self.coats = coats;
        self.buckets = Buckets::new(self.width, self.height);
        for (id, coat) in self.coats.iter().enumerate() {
            self.buckets.insert(id, &coat.mask.area());
        }
        self.order = (0..self.coats.len() as u32).collect();
        self.rank = self.order.clone();
        self.compose(self.whole());
    }

    /// Width and height in pixels.
    pub fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }

    /// Every pixel.
    pub fn whole(&self) -> Area {
        Area { x: [0, self.width], y: [0, self.height] }
    }

    /// The strokes, by the number each was given at first.
    pub fn coats(&self) -> &[Coat] {
        &self.coats
    }

    /// The strokes' numbers from the lowest.
    pub fn order(&self) -> impl Iterator<Item = usize> {
        self.order.iter().map(|id| *id as usize)
    }

    /// A stroke's place in the order, 0 the lowest.
    pub fn rank(&self, id: usize) -> usize {
        self.rank[id] as usize
    }

    /// The source's pixels.
    pub fn source(&self) -> &[[f64; 3]] {
        &self.source
    }

    /// The pixels' weights, if not all count the same.
    pub fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// The least and the largest colour that a stroke may be given: no further outside the range of the source's colours there than
    /// its transparency may ask for. What is seen of a stroke only through others would else become white, black or
    /// garish, and show as specks where a brush leaves gaps.
    pub fn bounds(&self, mask: &Mask, alpha: f64) -> [[f64; 3]; 2] {
        let area = mask.area();
        if area.is_empty() || alpha <= 0.0 {
            return [[0.0; 3], [255.0; 3]];
        }
        let beyond = 255.0 * (1.0 - alpha) / alpha;
        let rows = (area.y[0]..area.y[1]).flat_map(|y| &self.source[y * self.width..][area.x[0]..area.x[1]]);
        let [low, high] = rows.fold([[255.0f64; 3], [0.0f64; 3]], |[low, high], pixel| {
            [[0, 1, 2].map(|c| low[c].min(pixel[c])), [0, 1, 2].map(|c| high[c].max(pixel[c]))]
        });
        [low.map(|v| (v - beyond).max(0.0)), high.map(|v| (v + beyond).min(255.0))]
    }

    /// The painting's pixels.
    pub fn canvas(&self) -> &[[f64; 3]] {
        &self.canvas
    }

    /// The weighted sum of squared differences over pixels and channels, in levels.
    pub fn sse(&self) -> f64 {
        self.errors.iter().sum()
    }

    /// The sum of the pixels' weights: their number, if all count the same.
    pub fn weight(&self) -> f64 {
        self.weights.as_ref().map_or(self.source.len() as f64, |weights| weights.iter().sum())
    }

    /// Peak signal-to-noise ratio in dB, weighted; infinite if nothing differs.
    pub fn psnr(&self) -> f64 {
        let share = self.sse() / (self.weight() * 3.0 * 255.0 * 255.0);
        if share > 0.0 { -10.0 * share.log10() } else { f64::INFINITY }
    }

    /// The weighted squared difference of pixel `i` of the row-by-row order.
    pub fn error(&self, i: usize) -> f64 {
        let square = |c: usize| (self.source[i][c] - self.canvas[i][c]).powi(2);
        self.weight_of(i) * (square(0) + square(1) + square(2))
    }

    /// The strokes whose areas meet an area, from the lowest.
    pub fn touching(&self, area: &Area) -> Vec<usize> {
        let meeting = self.buckets.near(area).filter(|id| self.coats[*id].mask.area().meets(area));
        let mut ranks: Vec<u32> = meeting.map(|id| self.rank[id]).collect();
        ranks.sort_unstable();
        ranks.dedup();
        ranks.into_iter().map(|rank| self.order[rank as usize] as usize).collect()
    }

    /// Replaces a stroke, and puts it at another depth if one is given.
    pub fn replace(&mut self, id: usize, coat: Coat, depth: Option<Depth>) {
        let old = self.coats[id].mask.area();
        self.buckets.remove(id, &old);
        self.buckets.insert(id, &coat.mask.area());
        let new = coat.mask.area();
        self.coats[id] = coat;
        if let Some(depth) = depth {
            self.put(id, depth);
        }
        if old.grown(1, self.size()).meets(&new) {
            self.compose(old.with(new));
        } else {
            self.compose(old);
            self.compose(new);
        }
    }

    /// Replaces all colours, in levels, one a stroke.
    pub fn set_colours(&mut self, colours: &[[f64; 3]]) {
        for (coat, colour) in self.coats.iter_mut().zip(colours) {
            coat.colour = *colour;
        }
        self.compose(self.whole());
    }

    /// Keeps the strokes that `keep` says, and numbers them anew, from the lowest.
    pub fn retain(&mut self, keep: impl Fn(&Coat) -> bool) {
        let order = std::mem::take(&mut self.order);
        let mut coats: Vec<Option<Coat>> = std::mem::take(&mut self.coats).into_iter().map(Some).collect();
        let in_order = order.iter().filter_map(|id| coats[*id as usize].take());
        self.stack_up(in_order.filter(keep).collect());
    }

    /// Moves a stroke in the order.
    fn put(&mut self, id: usize, depth: Depth) {
        let from = self.rank[id] as usize;
        let to = match depth {
            Depth::Bottom => 0,
            Depth::Top => self.order.len() - 1,
            Depth::Above(other) => {
                let other = self.rank[other] as usize;
                if other < from { other + 1 } else { other }
            }
        };
        if from < to {
            self.order[from..=to].rotate_left(1);
        } else {
            self.order[to..=from].rotate_right(1);
        }
        for at in from.min(to)..=from.max(to) {
            self.rank[self.order[at] as usize] = at as u32;
        }
    }

    /// Composites an area anew.
    fn compose(&mut self, area: Area) {
        if area.is_empty() {
            return;
        }
        let mut pixels = vec![self.ground; area.width() * area.height()];
        self.lay(&self.touching(&area), &area, &mut pixels);
        for (y, row) in (area.y[0]..area.y[1]).zip(pixels.chunks_exact(area.width())) {
            let from = y * self.width;
            self.canvas[from + area.x[0]..from + area.x[1]].copy_from_slice(row);
            self.errors[y] = (from..from + self.width).map(|i| self.error(i)).sum();
        }
    }

    /// Lays strokes on the pixels of an area.
    fn lay(&self, ids: &[usize], area: &Area, pixels: &mut [[f64; 3]]) {
        for id in ids {
            let Coat { mask, colour, alpha } = &self.coats[*id];
            mask.within(area, |y, xs, cover| {
                let row = (y - area.y[0]) * area.width();
                for pixel in &mut pixels[row + xs.start - area.x[0]..row + xs.end - area.x[0]] {
                    for (below, colour) in pixel.iter_mut().zip(colour) {
                        *below += alpha * cover * (colour - *below);
                    }
                }
            });
        }
    }

    fn weight_of(&self, i: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[i])
    }
}

fn coats(painting: &Painting, size: [usize; 2]) -> Vec<Coat> {
    let scale = [size[0] as f32 / painting.width, size[1] as f32 / painting.height];
    let scan = || Scan::new(size[0], 0..size[1], FINE, scale);
    let strokes = painting.strokes.par_iter();
    strokes.map_init(scan, |scan, stroke| Coat::new(stroke, Mask::new(&stroke.geometry, scan))).collect()
}

/// A painting's value in levels.
fn level(value: f32) -> f64 {
    f64::from(value) * 255.0
}
