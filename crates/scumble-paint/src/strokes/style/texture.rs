//! Marks of a brush, taken from a style picture.

use scumble_core::Result;
use scumble_image::{Canvas, color};

use super::statistics::{Statistics, reduced};
use crate::fields::{Fields, FieldsOptions, blur};
use crate::painting::{BrushKind, Point};

/// Shorter side in pixels to which larger pictures are reduced: bristles are finer than strokes.
const LOOK: usize = 1024;
/// Length and width of a patch, in widths of the style's marks.
const PATCH: [f32; 2] = [9.0, 3.0];
/// Mean coherence above which a patch is one of parallel streaks.
const COHERENT: f32 = 0.6;
/// Deviation of luma, without what is finer than half a mark, below which a patch holds no forms.
const EVEN: f32 = 0.08;
/// Deviation of luma, of what is finer than half a mark, below which a patch has no streaks.
const PLAIN: f32 = 0.006;
/// Share of the variance that must be between lanes, and the most that one lane may have, in mean ones.
const STREAKY: f32 = 0.35;
const ALONE: f32 = 6.0;
/// Opacity where a streak is as usual, and how much it differs by a deviation: paint covers, furrows show what is below.
const COVER: f32 = 0.88;
const RELIEF: f32 = 0.12;
/// Share of the length at which streaks end sooner or later, and of that and the width over which paint fades.
const RAGGED: f32 = 0.08;
const FADE: [f32; 2] = [0.04, 0.06];

/// Brushes whose marks are patches of a picture that hold parallel streaks and nothing else, straightened along their tangents,
/// the most parallel first; `most` at most, none if there are no such patches.
///
/// # Errors
/// If the picture cannot be reduced.
pub(super) fn brushes(picture: &Canvas, marks: &Statistics, most: usize) -> Result<Vec<BrushKind>> {
    let picture = reduced(picture, LOOK)?;
    let unit = picture.size_unit();
    let view = View::new(&picture, marks.width * unit)?;
    let mut taken: Vec<Point> = Vec::new();
    let mut brushes = Vec::new();
    for at in view.candidates() {
        if brushes.len() >= most {
            break;
        }
        let apart = |other: &Point| (other[0] - at[0]).hypot(other[1] - at[1]) >= view.patch[0];
        if taken.iter().all(apart)
            && let Some(patch) = view.straightened(at).filter(Patch::is_streaky)
        {
            taken.push(at);
            brushes.push(patch.brush());
        }
    }
    Ok(brushes)
}

/// A picture as far as streaks go.
struct View {
    size: [usize; 2],
    fields: Fields,
    /// Luma without what is coarser than half a mark.
    fine: Vec<f32>,
    /// How much the streaks around each pixel agree; 0 where a patch would not do.
    worth: Vec<f32>,
    /// Length and width of patches in pixels.
    patch: [f32; 2],
}

impl View {
    fn new(picture: &Canvas, mark: f32) -> Result<Self> {
        let (width, height) = (picture.width(), picture.height());
        let patch = PATCH.map(|v| v * mark);
        let options = FieldsOptions { blur: 1.0, spread: mark, ..FieldsOptions::new(1.0) };
        let fields = Fields::new(picture, &options)?;
        let luma: Vec<f32> = picture.pixels().iter().map(|pixel| color::luma(*pixel)).collect();
        let coarse = blur(&luma, width, mark / 2.0);
        let fine: Vec<f32> = luma.iter().zip(&coarse).map(|(luma, coarse)| luma - coarse).collect();
        // Around each pixel, as far as a patch reaches on the mean of its two ways.
        let around = |plane: Vec<f32>| blur(&plane, width, (patch[0] + patch[1]) / 8.0);
        let squares = |plane: &[f32]| plane.iter().map(|v| v * v).collect::<Vec<f32>>();
        let coherence =
            (0..width * height).map(|i| fields.coherence((i % width) as f32 + 0.5, (i / width) as f32 + 0.5));
        let coherence = around(coherence.collect());
        let (mean, square) = (around(coarse.clone()), around(squares(&coarse)));
        let energy = around(squares(&fine));
        let worth = (0..width * height)
            .map(|i| {
                let uneven = (square[i] - mean[i] * mean[i]).max(0.0).sqrt();
                let fits = coherence[i] > COHERENT && uneven < EVEN && energy[i].sqrt() > PLAIN;
                if fits { coherence[i] } else { 0.0 }
            })
            .collect();
        Ok(Self { size: [width, height], fields, fine, worth, patch })
    }

    /// Middles of patches, those with the most parallel streaks first.
    fn candidates(&self) -> Vec<Point> {
        let step = (self.patch[1] / 2.0).max(1.0);
        let places = |side: usize| (0..(side as f32 / step) as usize).map(move |i| (i as f32 + 0.5) * step);
        let mut found: Vec<(f32, Point)> = places(self.size[1])
            .flat_map(|y| places(self.size[0]).map(move |x| [x, y]))
            .map(|[x, y]| (self.worth[y as usize * self.size[0] + x as usize], [x, y]))
            .filter(|(worth, _)| *worth > 0.0)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.into_iter().map(|(_, at)| at).collect()
    }

    /// The patch along the tangents through a point; none if it would leave the picture.
    fn straightened(&self, middle: Point) -> Option<Patch> {
        let columns = self.patch[0].round().max(8.0) as usize;
        let rows = self.patch[1].round().max(4.0) as usize;
        let follow = |sign: f32| {
            let mut to = self.fields.tangent(middle[0], middle[1]).map(|v| sign * v);
            let mut at = middle;
            let mut path = vec![(at, to)];
            for _ in 0..columns / 2 {
                at = [at[0] + to[0], at[1] + to[1]];
                let [x, y] = self.fields.tangent(at[0], at[1]);
                let sign = 1.0f32.copysign(x * to[0] + y * to[1]);
                to = [sign * x, sign * y];
                path.push((at, to));
            }
            path
        };
        let back = follow(-1.0).into_iter().skip(1).map(|(at, to)| (at, to.map(|v| -v)));
        let path: Vec<(Point, Point)> = back.rev().chain(follow(1.0)).collect();
        let mut values = Vec::with_capacity(rows * path.len());
        for row in 0..rows {
            let across = row as f32 + 0.5 - rows as f32 / 2.0;
            for (at, to) in &path {
                values.push(self.at([at[0] - across * to[1], at[1] + across * to[0]])?);
            }
        }
        Some(Patch { values, width: path.len() })
    }

    /// The fine luma at a point, bilinear; none outside of the picture.
    fn at(&self, [x, y]: Point) -> Option<f32> {
        let [width, height] = self.size;
        let (x, y) = (x - 0.5, y - 0.5);
        if !(x >= 0.0 && y >= 0.0 && x < (width - 1) as f32 && y < (height - 1) as f32) {
            return None;
        }
        let (i, j) = (x as usize, y as usize);
        let (u, v) = (x - i as f32, y - j as f32);
        let row = |j: usize| self.fine[j * width + i] * (1.0 - u) + self.fine[j * width + i + 1] * u;
        Some(row(j) * (1.0 - v) + row(j + 1) * v)
    }
}

/// Fine luma along streaks, row by row.
struct Patch {
    values: Vec<f32>,
    width: usize,
}

impl Patch {
    /// Whether what differs does so from lane to lane rather than within lanes, and no lane stands alone as an outline does.
    fn is_streaky(&self) -> bool {
        let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
        let middle = mean(&self.values);
        let square = |v: &f32| (v - middle).powi(2);
        let lanes: Vec<f32> = self.values.chunks_exact(self.width).map(|row| square(&mean(row))).collect();
        let whole = self.values.iter().map(square).sum::<f32>() / self.values.len() as f32;
        let most = lanes.iter().copied().fold(0.0, f32::max);
        mean(&lanes) > STREAKY * whole && most < ALONE * mean(&lanes)
    }

    /// The patch as opacity: as usual paint is, more on light streaks, less in dark ones; ragged at the ends, where light streaks
    /// reach farther.
    fn brush(&self) -> BrushKind {
        let count = self.values.len() as f32;
        let mean = self.values.iter().sum::<f32>() / count;
        let deviation = (self.values.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / count).sqrt();
        let relief = |value: f32| ((value - mean) / deviation.max(f32::MIN_POSITIVE)).clamp(-2.0, 2.0);
        let rows = self.values.len() / self.width;
        let mut alpha = Vec::with_capacity(self.values.len());
        for (j, row) in self.values.chunks_exact(self.width).enumerate() {
            let v = (j as f32 + 0.5) / rows as f32;
            let side = smooth(v.min(1.0 - v) / FADE[1]);
            let lane = row.iter().map(|value| relief(*value)).sum::<f32>() / self.width as f32;
            let start = RAGGED * (0.5 - 0.5 * lane).clamp(0.0, 1.0);
            for (i, value) in row.iter().enumerate() {
                let s = (i as f32 + 0.5) / self.width as f32;
                let end = smooth((s.min(1.0 - s) - start) / FADE[0]);
                alpha.push((COVER + RELIEF * relief(*value)).clamp(0.0, 1.0) * side * end);
            }
        }
        BrushKind::Texture { alpha, width: self.width }
    }
}

/// 0 up to 0, 1 from 1 on, smooth between.
fn smooth(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
