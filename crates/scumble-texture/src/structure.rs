//! What a spectrum does not say about a texture: edges, and elements that repeat.

use scumble_image::Canvas;

use crate::autocorrelation::{Autocorrelation, Tone};

/// Levels of half the size each at which edges are looked for.
const SCALES: usize = 4;
/// Least number of differences whose distribution is measured.
const SAMPLES: usize = 64;
/// Deviation of the noise that differences are measured under, a level of 256: where neighbours mostly have the same level, as
/// in skies, a few that differ by one are no edges.
const NOISE: f64 = 1.0 / 255.0;
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
    /// Skewness of differences between a cell and its four neighbours' mean, at the same sizes. A texture of random phase
    /// has 0; dark gaps have less, bright spots more.
    pub skewness: Vec<f64>,
    /// The period, if there is one.
    pub period: Option<Period>,
}

impl Structure {
    /// Of a picture's opaque parts.
    pub fn of(picture: &Canvas) -> Self {
        let mut tone = Tone::of(picture);
        let period = found_period(&tone);
        let (mut kurtosis, mut skewness) = (Vec::new(), Vec::new());
        for _ in 0..SCALES {
            let Some((both, skew)) = differences(&tone) else { break };
            kurtosis.push(both);
            skewness.push(skew);
            tone = halved(&tone);
        }
        Self { kurtosis, skewness, period }
    }

    /// How much edges make of the texture: the largest kurtosis over sizes, of each the mean of both directions. 0 of a
    /// picture too small to say.
    pub fn edges(&self) -> f64 {
        self.kurtosis.iter().map(|[across, down]| 0.5 * (across + down)).fold(0.0, f64::max)
    }

    /// How much gaps or spots do: the largest skewness over sizes, without its sign. 0 of a picture too small to say.
    pub fn spots(&self) -> f64 {
        self.skewness.iter().map(|skew| skew.abs()).fold(0.0, f64::max)
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

/// Kurtosis of the differences across and down, and skewness of those between cells and their neighbours' mean; `None` if too
/// few cells are left.
fn differences(tone: &Tone) -> Option<([f64; 2], f64)> {
    let [width, height] = tone.size;
    let (values, known) = (&tone.values, &tone.known);
    let along = |step: usize, fits: &dyn Fn(usize) -> bool| {
        let pairs = (0..width * height).filter(|i| fits(*i) && known[*i] && known[i + step]);
        Moments::of(pairs.map(|i| values[i + step] - values[i]).collect())
    };
    let across = along(1, &|i| i % width + 1 < width)?.kurtosis();
    let down = along(width, &|i| i + width < width * height)?.kurtosis();
    let inside = (0..width * height).filter(|i| {
        let (x, y) = (i % width, i / width);
        x > 0 && y > 0 && x + 1 < width && y + 1 < height
    });
    let around = |i: usize| [i - width, i - 1, i + 1, i + width];
    let all = inside.filter(|i| known[*i] && around(*i).iter().all(|at| known[*at]));
    let from_mean = |i: usize| values[i] - around(i).iter().map(|at| values[*at]).sum::<f64>() / 4.0;
    Some(([across, down], Moments::of(all.map(from_mean).collect())?.skewness()))
}

/// Central moments.
struct Moments {
    second: f64,
    third: f64,
    fourth: f64,
}

impl Moments {
    /// Of at least so many values that they say something.
    fn of(values: Vec<f64>) -> Option<Self> {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let moment = |power: i32| values.iter().map(|v| (v - mean).powi(power)).sum::<f64>() / count;
        (values.len() >= SAMPLES).then(|| Self { second: moment(2), third: moment(3), fourth: moment(4) })
    }

    /// With the noise added, whose fourth moment is three times its variance squared.
    fn kurtosis(&self) -> f64 {
        let noise = NOISE * NOISE;
        (self.fourth + 6.0 * self.second * noise + 3.0 * noise * noise) / (self.second + noise).powi(2)
    }

    /// With the noise added, which has none.
    fn skewness(&self) -> f64 {
        self.third / (self.second + NOISE * NOISE).powf(1.5)
    }
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
