//! What a spectrum does not say about a texture: edges, and elements that repeat.

use scumble_image::Canvas;

use crate::autocorrelation::{Autocorrelation, Tone};

/// Levels of half the size each at which edges are looked for.
const SCALES: usize = 4;
/// Least number of differences whose distribution is measured.
const SAMPLES: usize = 64;
/// The shortest period in cells of the measured copy.
const SHORTEST: f64 = 4.0;
/// By how much a period's peak must rise above what lies before it.
const RISE: f64 = 0.12;
/// Of peaks nearly as high as the highest, the nearest counts.
const NEARLY: f64 = 0.8;

/// After which distance a texture repeats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Period {
    /// Distance in pixels; of textures that repeat in two directions, the longer one.
    pub length: f64,
    /// How alike the texture is to itself there, at most 1.
    pub strength: f64,
}

/// The structure of a texture.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Kurtosis of differences between neighbours, across and down, at the picture's size and at halves of it. A texture of
    /// random phase has 3 at most: its differences are normally distributed. Edges are few and large, and have more.
    pub kurtosis: Vec<[f64; 2]>,
    /// The period, if there is one.
    pub period: Option<Period>,
}

impl Structure {
    /// Of a picture's opaque parts.
    pub fn of(picture: &Canvas) -> Self {
        let mut tone = Tone::of(picture);
        let period = found_period(&tone);
        let mut kurtosis = Vec::new();
        for _ in 0..SCALES {
            let Some(both) = differences(&tone) else { break };
            kurtosis.push(both);
            tone = halved(&tone);
        }
        Self { kurtosis, period }
    }

    /// How much edges make of the texture: the largest kurtosis over sizes, of each the mean of both directions. 0 of a
    /// picture too small to say.
    pub fn edges(&self) -> f64 {
        self.kurtosis.iter().map(|[across, down]| 0.5 * (across + down)).fold(0.0, f64::max)
    }
}

/// After which distance a picture repeats, if it does.
pub fn period(picture: &Canvas) -> Option<Period> {
    found_period(&Tone::of(picture))
}

fn found_period(tone: &Tone) -> Option<Period> {
    let peaks = Autocorrelation::of(tone).peaks(SHORTEST, RISE);
    let length = |d: [i64; 2]| (d[0] as f64).hypot(d[1] as f64);
    // The nearest of the highest peaks, and the nearest of those in another direction.
    let nearest = |peaks: &[([i64; 2], f64)]| {
        let highest = peaks.first()?.1;
        let nearly = peaks.iter().take_while(|(_, value)| *value >= NEARLY * highest);
        nearly.min_by(|a, b| length(a.0).total_cmp(&length(b.0))).copied()
    };
    let (first, strength) = nearest(&peaks)?;
    let aslant = |d: [i64; 2]| {
        let cross = (d[0] * first[1] - d[1] * first[0]) as f64;
        // By 30 degrees or more.
        cross.abs() >= 0.5 * length(d) * length(first)
    };
    let others: Vec<_> = peaks.into_iter().filter(|(d, _)| aslant(*d)).collect();
    let longer = nearest(&others).map_or(0.0, |(d, _)| length(d)).max(length(first));
    Some(Period { length: longer * tone.cell as f64, strength })
}

/// Kurtosis of the differences across and down; `None` if too few cells are left.
fn differences(tone: &Tone) -> Option<[f64; 2]> {
    let [width, height] = tone.size;
    let along = |step: usize, fits: &dyn Fn(usize) -> bool| {
        let pairs = (0..width * height).filter(|i| fits(*i) && tone.known[*i] && tone.known[i + step]);
        let differences: Vec<f64> = pairs.map(|i| tone.values[i + step] - tone.values[i]).collect();
        let count = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / count;
        let moment = |power: i32| differences.iter().map(|v| (v - mean).powi(power)).sum::<f64>() / count;
        let variance = moment(2);
        // Differences that are all the same but for rounding have no distribution.
        let kurtosis = if variance > 1e-12 { moment(4) / (variance * variance) } else { 0.0 };
        (differences.len() >= SAMPLES).then_some(kurtosis)
    };
    let across = along(1, &|i| i % width + 1 < width)?;
    Some([across, along(width, &|i| i + width < width * height)?])
}

/// A picture in half the size, each cell the mean of four.
fn halved(tone: &Tone) -> Tone {
    let size = tone.size.map(|side| side / 2);
    let four = |i: usize| {
        let at = i / size[0] * 2 * tone.size[0] + i % size[0] * 2;
        [at, at + 1, at + tone.size[0], at + tone.size[0] + 1]
    };
    let cells = 0..size[0] * size[1];
    Tone {
        size,
        values: cells.clone().map(|i| four(i).iter().map(|at| tone.values[*at]).sum::<f64>() / 4.0).collect(),
        known: cells.map(|i| four(i).iter().all(|at| tone.known[*at])).collect(),
        cell: 2 * tone.cell,
    }
}
