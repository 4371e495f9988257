//! Marks of bristles: lanes of paint side by side, each with a load of its own that comes and goes along the stroke.

use super::marks::{Sample, Table};
use super::noise::{mix, smooth, uniform};

/// Bristles of the narrowest stroke, and more for each unit of width.
const LEAST: f32 = 8.0;
const PER_UNIT: f32 = 0.5;
/// The most bristles.
const MOST: f32 = 160.0;
/// Ends are ragged by up to this share of the length, of a length of at most so many widths.
const RAGGED: f32 = 0.12;
const RAGGED_WIDTHS: f32 = 5.0;
/// The load's period as a share of the length, and its limits in widths.
const PERIOD: f32 = 0.15;
const PERIOD_WIDTHS: [f32; 2] = [0.6, 4.0];
/// The most periods of a stroke, however long and thin.
const MOST_PERIODS: f32 = 500.0;
/// The most rows and columns of a mark's table.
const MOST_ROWS: usize = 768;
const MOST_COLUMNS: usize = 4096;
/// Bristles that share a part of their load.
const CLUMP: usize = 3;
/// How dry a stroke is at its end: the load below which paint breaks off.
const DRY: f32 = 0.4;
/// The lowest ridge of a bristle, and by how much the highest is higher.
const RIDGE: [f32; 2] = [0.06, 0.5];
/// Bristles less far apart than this many units have lower ridges, so that none are steeper.
const SHALLOW: f32 = 1.5;
/// Units of size over which the paint rises from its sides.
const BEAD: f32 = 2.5;
/// How far a bristle's paint may be lighter or darker, as a share.
const TONE: f32 = 0.07;

/// The size of a mark in the painting's frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// From end to end.
    pub length: f32,
    /// Across.
    pub width: f32,
    /// The painting's unit of size.
    pub unit: f32,
    /// A pixel's side.
    pub pixel: f32,
}

/// Draws marks of bristles; reused from stroke to stroke.
#[derive(Debug, Clone, Default)]
pub(super) struct Bristles {
    lanes: Vec<Lane>,
    /// Of a row, the lanes in it and what they give to cover and height.
    shares: Vec<Share>,
    /// Where the shares of each row end.
    ends: Vec<usize>,
    tones: Vec<f32>,
    /// Of a column, each lane's cover and height.
    column: Vec<[f32; 2]>,
    /// Loads of lanes and of clumps at the noise's whole coordinates.
    knots: Vec<f32>,
}

#[derive(Debug, Clone, Copy)]
struct Lane {
    /// Its sides, as shares of the width.
    sides: [f32; 2],
    /// Where it starts, and how far before the end it stops.
    start: f32,
    stop: f32,
    /// How much cover is missing in the furrows beside it.
    furrow: f32,
    /// Height of its ridge above the paint's body.
    ridge: f32,
    /// By how much it dries sooner than others.
    dry: f32,
    tone: f32,
}

#[derive(Debug, Clone, Copy)]
struct Share {
    lane: usize,
    cover: f32,
    height: f32,
}

impl Bristles {
    /// Fills the table with the part `sight` (distances along the mark) of the mark that `key` decides.
    pub fn draw(&mut self, key: u64, size: Size, sight: [f32; 2], table: &mut Table) {
        let count = (LEAST + PER_UNIT * size.width / size.unit).min(MOST) as usize;
        let pitch = size.width / count as f32;
        // Where pixels are larger than bristles, a row is a pixel, and a column too.
        let rows = |step: f32, length: f32| (length / step).ceil().max(1.0) as usize;
        table.rows = rows(size.pixel / 1.5, size.width).min(8 * count).min(MOST_ROWS);
        table.columns = rows((size.pixel / 1.25).max(pitch * 0.4), size.length).min(MOST_COLUMNS);
        let column = |along: f32| (along / size.length * table.columns as f32).max(0.0) as usize;
        let end = (column(sight[1]) + 3).min(table.columns);
        table.held = column(sight[0]).saturating_sub(2).min(end - 1)..end;
        self.grow(key, size, count);
        self.share(table.rows, size);
        let ramp = (1.5 * pitch).max(size.pixel);
        let period = period(size);
        let knots = knots(size);
        let thirst = DRY * (0.35 + uniform(key, 1));
        table.samples.clear();
        for i in table.held.clone() {
            let s = (i as f32 + 0.5) / table.columns as f32;
            let along = s * size.length;
            let at = along / period;
            self.column.clear();
            for (lane, loads) in self.lanes.iter().zip(self.knots.chunks_exact(3 * knots)) {
                let own = knot_noise(&loads[..knots], at);
                let fine = knot_noise(&loads[knots..], 2.0 * at);
                let load = 0.66 * own + 0.34 * fine;
                let dry = thirst * s * s + lane.dry;
                let wet = smooth((load - dry) / 0.25 + 0.5);
                let ends = smooth((along - lane.start) / ramp) * smooth((size.length - lane.stop - along) / ramp);
                let cover = wet * ends;
                self.column.push([cover, cover * (0.6 + 0.4 * (2.0 * load - 1.0))]);
            }
            let mut from = 0;
            for (to, tone) in self.ends.iter().zip(&self.tones) {
                let mut sample = Sample { tone: *tone, ..Sample::default() };
                for share in &self.shares[from..*to] {
                    let [cover, height] = self.column[share.lane];
                    sample.cover += share.cover * cover;
                    sample.height += share.height * height;
                }
                sample.cover = sample.cover.min(1.0);
                table.samples.push(sample);
                from = *to;
            }
        }
    }

    /// Draws the lanes and their loads.
    fn grow(&mut self, key: u64, size: Size, count: usize) {
        let reach = size.length.min(RAGGED_WIDTHS * size.width) * RAGGED;
        let knots = knots(size);
        self.lanes.clear();
        self.knots.clear();
        let mut low = 0.0;
        for i in 0..count {
            let own = mix(key ^ mix(2 + i as u64));
            let clump = mix(key ^ mix(1 << 32 | (i / CLUMP) as u64));
            let jitter = 0.6 * (uniform(own, 0) - 0.5);
            let high = if i + 1 == count { 1.0 } else { (i as f32 + 1.0 + jitter) / count as f32 };
            let v = low + high - 1.0;
            // As much as a round end leaves out.
            let round = 0.4 * size.width * (1.0 - (1.0 - v * v).max(0.0).sqrt());
            self.lanes.push(Lane {
                sides: [low, high],
                start: round + reach * 0.6 * uniform(own, 1),
                stop: round + reach * uniform(own, 2),
                furrow: 0.5 * uniform(own, 3).powi(2),
                ridge: RIDGE[0] + RIDGE[1] * uniform(own, 6).powi(3),
                dry: 0.25 * v.powi(6) + 0.1 * uniform(own, 4).powi(3),
                tone: TONE * (uniform(own, 5) + uniform(clump, 5) - 1.0),
            });
            low = high;
            let load = |k: u64| 0.65 * uniform(own, k) + 0.35 * uniform(clump, k);
            self.knots.extend((0..3 * knots as u64).map(|k| load(16 + k)));
        }
    }

    /// Works out what each lane gives to each of `rows` rows.
    fn share(&mut self, rows: usize, size: Size) {
        let count = self.lanes.len();
        // Enough points to see every lane of a row.
        let points = (4 * count).div_ceil(rows);
        let shallow = (size.width / count as f32 / (SHALLOW * size.unit)).min(1.0);
        let bead = (BEAD * size.unit).min(0.3 * size.width) / size.width;
        self.shares.clear();
        self.ends.clear();
        self.tones.clear();
        let mut lane = 0;
        for row in 0..rows {
            let from = self.shares.len();
            let mut tone = 0.0;
            for point in 0..points {
                let part = 1.0 / points as f32;
                let v = (row as f32 + (point as f32 + 0.5) * part) / rows as f32;
                while self.lanes[lane].sides[1] <= v && lane + 1 < count {
                    lane += 1;
                }
                let own = self.lanes[lane];
                let t = ((v - own.sides[0]) / (own.sides[1] - own.sides[0])).clamp(0.0, 1.0);
                let ridge = 1.0 - (2.0 * t - 1.0).powi(2);
                let side = smooth(v.min(1.0 - v) / bead);
                // The paint's body runs smoothly from lane to lane.
                let beside = if t < 0.5 { lane.saturating_sub(1) } else { (lane + 1).min(count - 1) };
                let far = (t - 0.5).abs();
                let cover = part * (1.0 - own.furrow * (1.0 - ridge));
                let body = part * side * (1.0 - far) + part * side * shallow * own.ridge * (ridge - 0.67);
                self.give(from, Share { lane, cover, height: body });
                self.give(from, Share { lane: beside, cover: 0.0, height: part * side * far });
                tone += part * own.tone;
            }
            self.ends.push(self.shares.len());
            self.tones.push(tone);
        }
    }

    /// Adds to the shares from `from` on, of one row.
    fn give(&mut self, from: usize, share: Share) {
        match self.shares[from..].iter_mut().find(|held| held.lane == share.lane) {
            Some(held) => {
                held.cover += share.cover;
                held.height += share.height;
            }
            None => self.shares.push(share),
        }
    }
}

/// The load's period in the frame.
fn period(size: Size) -> f32 {
    let [low, high] = PERIOD_WIDTHS.map(|v| v * size.width);
    (PERIOD * size.length).clamp(low, high).max(size.length / MOST_PERIODS)
}

/// Whole coordinates of the load's noise.
fn knots(size: Size) -> usize {
    (size.length / period(size)) as usize + 3
}

/// Noise between knots; beyond the last it stays.
fn knot_noise(knots: &[f32], at: f32) -> f32 {
    let i = (at.max(0.0) as usize).min(knots.len() - 2);
    knots[i] + smooth(at - i as f32) * (knots[i + 1] - knots[i])
}
