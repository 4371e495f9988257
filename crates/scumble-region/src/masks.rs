//! Regions as soft masks, for other methods.

use scumble_image::{Canvas, color};

use crate::Labels;
use crate::boxes::boxed;

/// Width of a border's blur, as a share of the shorter side.
const FEATHER: f64 = 0.015;
/// Radius of the guided filter in pixels at 512, and its regulariser, of luma from 0 to 1.
const RADIUS: f64 = 8.0;
const EPSILON: f32 = 1e-3;

/// Soft masks of regions in the size of a picture: 1 inside, 0 outside, and in between where the border is not sharp in the
/// picture. At every pixel that is seen the masks of all regions add up to 1; what is hidden, of opacity 0, has none.
///
/// A region's pixels are blurred by 1.5 % of the shorter side, then drawn to the picture's edges by the guided filter (He, Sun,
/// Tang 2013).
#[derive(Debug)]
pub struct Masks<'a> {
    labels: &'a Labels,
    size: [usize; 2],
    guide: Guide,
    feather: usize,
    /// Boxes of the regions with the room that blur and filter need.
    windows: Vec<Window>,
    /// The regions that are seen, the largest first.
    order: Vec<usize>,
    /// Sums of all regions' masks before they are made to add up.
    sums: Vec<f32>,
}

impl<'a> Masks<'a> {
    /// Masks of a picture's regions, found at any size.
    pub fn new(picture: &Canvas, labels: &'a Labels) -> Self {
        let size = [picture.width(), picture.height()];
        let shorter = size[0].min(size[1]) as f64;
        let radius = (RADIUS * f64::from(picture.size_unit())).round() as usize;
        let luma = picture.pixels().iter().map(|pixel| color::luma(*pixel)).collect();
        let feather = (FEATHER * shorter / 2.0).round() as usize;
        let windows = windows(labels, size, 3 * feather + 2 * radius + 2);
        let guide = Guide::new(luma, size, radius);
        let order = order(picture, labels);
        let mut masks = Self { labels, size, guide, feather, windows, order, sums: Vec::new() };
        let mut sums = vec![0.0; size[0] * size[1]];
        for region in masks.order.iter().copied() {
            masks.each(region, &masks.raw(region), |i, v| sums[i] += v);
        }
        masks.sums = sums;
        masks
    }

    /// The regions that are seen, the largest first.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The mask of a region that is seen, one value from 0 to 1 for each of the picture's pixels.
    pub fn mask(&self, region: usize) -> Vec<f32> {
        let mut mask = vec![0.0; self.size[0] * self.size[1]];
        self.each(region, &self.raw(region), |i, v| mask[i] = v / self.sums[i].max(f32::MIN_POSITIVE));
        mask
    }

    /// The values of a region's window and where they are in the picture.
    fn each(&self, region: usize, values: &[f32], mut sink: impl FnMut(usize, f32)) {
        let Some(window) = self.windows.get(region) else { return };
        for (row, values) in values.chunks(window.size()[0]).enumerate() {
            let start = (window.from[1] + row) * self.size[0] + window.from[0];
            values.iter().enumerate().for_each(|(x, v)| sink(start + x, *v));
        }
    }

    /// A mask before masks add up, in its window.
    fn raw(&self, region: usize) -> Vec<f32> {
        let Some(window) = self.windows.get(region) else { return Vec::new() };
        let [width, height] = window.size();
        let (labels, size) = (self.labels, self.size);
        // A smaller picture of labels is interpolated between the centres of its pixels.
        let place = |at: usize, to: usize, from: usize| {
            ((at as f32 + 0.5) * from as f32 / to as f32 - 0.5).clamp(0.0, from as f32 - 1.0)
        };
        let inside = |x: usize, y: usize| f32::from(labels.ids()[y * labels.width() + x] == region as u32);
        let mut soft = Vec::with_capacity(width * height);
        for y in window.from[1]..window.to[1] {
            let v = place(y, size[1], labels.height());
            let rows = [v as usize, (v as usize + 1).min(labels.height() - 1)];
            for x in window.from[0]..window.to[0] {
                let u = place(x, size[0], labels.width());
                let columns = [u as usize, (u as usize + 1).min(labels.width() - 1)];
                let mix = |y: usize| inside(columns[0], y) * (1.0 - u.fract()) + inside(columns[1], y) * u.fract();
                soft.push(mix(rows[0]) * (1.0 - v.fract()) + mix(rows[1]) * v.fract());
            }
        }
        // Three boxes are nearly a Gaussian.
        for _ in 0..3 {
            soft = boxed(&soft, window.size(), self.feather);
        }
        let mut mask = self.guide.filtered(&soft, window);
        mask.iter_mut().for_each(|v| *v = v.clamp(0.0, 1.0));
        mask
    }
}

/// The regions that are seen, the largest first.
fn order(picture: &Canvas, labels: &Labels) -> Vec<usize> {
    let mut seen = vec![picture.alpha().is_none(); labels.count()];
    let middle = |at: usize, count: usize, side: usize| (2 * at + 1) * side / (2 * count);
    if let Some(alpha) = picture.alpha() {
        for (i, id) in labels.ids().iter().enumerate() {
            let x = middle(i % labels.width(), labels.width(), picture.width());
            let y = middle(i / labels.width(), labels.height(), picture.height());
            seen[*id as usize] |= alpha[y * picture.width() + x] > 0.0;
        }
    }
    let sizes = labels.sizes();
    let mut order: Vec<usize> = (0..labels.count()).filter(|region| seen[*region]).collect();
    order.sort_by_key(|region| std::cmp::Reverse(sizes[*region]));
    order
}

/// A part of a picture: the first column and row, and those after the last.
#[derive(Debug, Clone, Copy)]
struct Window {
    from: [usize; 2],
    to: [usize; 2],
}

impl Window {
    fn size(&self) -> [usize; 2] {
        [0, 1].map(|k| self.to[k] - self.from[k])
    }

    /// That part of a plane.
    fn of(&self, plane: &[f32], width: usize) -> Vec<f32> {
        let rows = plane.chunks(width).skip(self.from[1]).take(self.size()[1]);
        rows.flat_map(|row| &row[self.from[0]..self.to[0]]).copied().collect()
    }
}

/// The boxes of regions in a picture of another size, with a margin.
fn windows(labels: &Labels, size: [usize; 2], margin: usize) -> Vec<Window> {
    let mut boxes = vec![Window { from: [usize::MAX; 2], to: [0; 2] }; labels.count()];
    for (i, id) in labels.ids().iter().enumerate() {
        let (place, known) = ([i % labels.width(), i / labels.width()], &mut boxes[*id as usize]);
        known.from = [0, 1].map(|k| known.from[k].min(place[k]));
        known.to = [0, 1].map(|k| known.to[k].max(place[k] + 1));
    }
    let of = [labels.width(), labels.height()];
    let grown = |known: Window| Window {
        from: [0, 1].map(|k| (known.from[k] * size[k] / of[k]).saturating_sub(margin + size[k].div_ceil(of[k]))),
        to: [0, 1].map(|k| (known.to[k] * size[k] / of[k] + margin + size[k].div_ceil(of[k])).min(size[k])),
    };
    boxes.into_iter().map(grown).collect()
}

/// A picture that masks are drawn to.
#[derive(Debug)]
struct Guide {
    values: Vec<f32>,
    size: [usize; 2],
    radius: usize,
    mean: Vec<f32>,
    variance: Vec<f32>,
}

impl Guide {
    fn new(values: Vec<f32>, size: [usize; 2], radius: usize) -> Self {
        let mean = boxed(&values, size, radius);
        let squares = boxed(&products(&values, &values), size, radius);
        let variance = squares.iter().zip(&mean).map(|(square, mean)| (square - mean * mean).max(0.0)).collect();
        Self { values, size, radius, mean, variance }
    }

    /// In every square the linear function of the guide nearest to the values; the mean of those that see a pixel. The values must
    /// be even towards the window's border, unless that is the picture's.
    fn filtered(&self, values: &[f32], window: &Window) -> Vec<f32> {
        let boxed = |values: &[f32]| boxed(values, window.size(), self.radius);
        let part = |plane: &[f32]| window.of(plane, self.size[0]);
        let (guide, guide_mean, variance) = (part(&self.values), part(&self.mean), part(&self.variance));
        let (mean, both) = (boxed(values), boxed(&products(values, &guide)));
        let slope: Vec<f32> =
            (0..mean.len()).map(|i| (both[i] - mean[i] * guide_mean[i]) / (variance[i] + EPSILON)).collect();
        let start: Vec<f32> = (0..mean.len()).map(|i| mean[i] - slope[i] * guide_mean[i]).collect();
        let (slope, start) = (boxed(&slope), boxed(&start));
        (0..mean.len()).map(|i| slope[i] * guide[i] + start[i]).collect()
    }
}

fn products(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}
