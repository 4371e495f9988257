//! What a mark looks like along and across a stroke: tables of samples about as dense as pixels.

use std::ops::Range;

/// A sample of a mark.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sample {
    /// The share of the pixel that the mark covers, 0 to 1.
    pub cover: f32,
    /// Height of the paint, in units of the brush's thickness.
    pub height: f32,
    /// By which share the paint is lighter or darker.
    pub tone: f32,
    /// The share of the pixel that is within the mark, covered or not, where ground may not show.
    pub within: f32,
}

/// Samples of a mark, by position along it in `columns` and across it in rows; some columns may be left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// Columns of the whole mark.
    pub columns: usize,
    /// The columns held.
    pub held: Range<usize>,
    /// Samples of a column.
    pub rows: usize,
    /// Column by column.
    pub samples: Vec<Sample>,
}

impl Table {
    /// The sample at shares of the length and the width, linear between samples' middles.
    pub fn at(&self, s: f32, v: f32) -> Sample {
        let (i, p) = between(s, self.columns);
        let (j, q) = between(v, self.rows);
        let column = |i: usize| (i.clamp(self.held.start, self.held.end - 1) - self.held.start) * self.rows;
        let [a, b] = [column(i), column((i + 1).min(self.columns - 1))];
        let next = (j + 1).min(self.rows - 1);
        mix(mix(self.samples[a + j], self.samples[a + next], q), mix(self.samples[b + j], self.samples[b + next], q), p)
    }
}

/// The sample before a share of `count` samples, and how far on towards the next.
pub(super) fn between(share: f32, count: usize) -> (usize, f32) {
    let at = (share * count as f32 - 0.5).clamp(0.0, (count - 1) as f32);
    (at as usize, at - at.floor())
}

fn mix(a: Sample, b: Sample, t: f32) -> Sample {
    Sample {
        cover: a.cover + t * (b.cover - a.cover),
        height: a.height + t * (b.height - a.height),
        tone: a.tone + t * (b.tone - a.tone),
        within: 0.0,
    }
}

/// A brush's picture and its means over 2, 4, 8 … values along and across, each independently of the other.
#[derive(Debug)]
pub(super) struct Texture {
    /// Levels by reduction along, then across.
    levels: Vec<Vec<Level>>,
}

#[derive(Debug, Clone)]
struct Level {
    width: usize,
    values: Vec<f32>,
}

impl Texture {
    /// The levels of a picture of whole rows of `width` values.
    pub fn new(alpha: &[f32], width: usize) -> Self {
        let mut along = Level { width, values: alpha.to_vec() };
        let mut levels = Vec::new();
        loop {
            let mut across = vec![along.clone()];
            while let Some(last) = across.last().filter(|last| last.height() > 1) {
                across.push(last.half_as_high());
            }
            levels.push(across);
            if along.width == 1 {
                return Self { levels };
            }
            along = along.half_as_wide();
        }
    }

    /// The value at shares of the length and the width, of a level whose values are no denser than pixels of the given sides, as shares too.
    pub fn at(&self, s: f32, v: f32, pixel: [f32; 2]) -> f32 {
        let whole = &self.levels[0][0];
        let skip = |count: usize, pixel: f32| (pixel * count as f32).max(1.0).log2().round() as usize;
        let along = &self.levels[skip(whole.width, pixel[0]).min(self.levels.len() - 1)];
        let level = &along[skip(whole.height(), pixel[1]).min(along.len() - 1)];
        let (i, p) = between(s, level.width);
        let (j, q) = between(v, level.height());
        let right = (i + 1).min(level.width - 1);
        let row = |j: usize| {
            let values = &level.values[j * level.width..];
            values[i] + p * (values[right] - values[i])
        };
        let (above, below) = (row(j), row((j + 1).min(level.height() - 1)));
        above + q * (below - above)
    }
}

impl Level {
    fn height(&self) -> usize {
        self.values.len() / self.width
    }

    /// Means of two values side by side; a last one alone stays.
    fn half_as_wide(&self) -> Self {
        let rows = self.values.chunks(self.width);
        let values = rows.flat_map(|row| row.chunks(2).map(|pair| pair.iter().sum::<f32>() / pair.len() as f32));
        Self { width: self.width.div_ceil(2), values: values.collect() }
    }

    /// Means of two rows; a last one alone stays.
    fn half_as_high(&self) -> Self {
        let pairs = self.values.chunks(2 * self.width);
        let mean = |pair: &[f32], x: usize| {
            let below = pair.get(x + self.width).unwrap_or(&pair[x]);
            (pair[x] + below) / 2.0
        };
        let values = pairs.flat_map(|pair| (0..self.width).map(move |x| mean(pair, x)));
        Self { width: self.width, values: values.collect() }
    }
}
