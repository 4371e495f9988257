//! Rows: the wave that a texture of even rows is full of, and where in the exemplar rows begin (Takeda, Ina, Kobayashi 1982 for
//! the phase of fringes; Liu, Lin, Hays 2004 for textures that are nearly regular).

pub(crate) mod field;

use std::f64::consts::{PI, TAU};

use rustfft::num_complex::Complex64;
use scumble_image::Canvas;

use self::field::{Field, Sample};
use crate::autocorrelation::Tone;
use crate::fft::Fft2;

/// The shortest wave in cells of the measured copy.
const SHORTEST: f64 = 4.0;
/// The longest wave, of the exemplar's shorter side: one part of so many.
const LONGEST: f64 = 8.0;
/// The deviation of the Gaussian window in which the phase is taken, in wavelengths.
const WINDOW: f64 = 0.75;
/// How often rows are followed more closely.
const ROUNDS: usize = 3;
/// The deviation of a flat picture: half a level of 256.
const FLAT: f64 = 0.5 / 255.0;
/// From which share of the picture's variance on a wave is rows: a checkerboard's have 0.04, grass 0.01.
const SHARE: f64 = 0.03;
/// From which steadiness on rows are even. Of 22 paintings, photos and textures without even rows a page of text came nearest,
/// with 0.73; pavements, walls and planks have 0.9 and more.
const STEADY: f64 = 0.87;
/// What a field of a higher degree must leave at most of what steadiness lacks of 1: of straight rows it would follow the noise.
const BETTER: f64 = 1.0 / 3.0;
/// Cells from one sample of the wave's slope to the next, along a side.
const APART: usize = 4;

/// The wave of an exemplar's rows. Phases are in turns: 1 from one row to the next.
#[derive(Debug, Clone)]
pub(crate) struct Wave {
    /// The phase, over cells of the copy.
    field: Field,
    /// The same of each cell, but for whole turns.
    phases: Vec<f32>,
    size: [usize; 2],
    /// Pixels along a side of a cell.
    cell: usize,
    /// From one row to the next in the mean, in pixels.
    pub distance: f64,
}

impl Wave {
    /// Of a picture's brightness; `None` if it has no even rows, or eight of them at most.
    pub fn of(picture: &Canvas) -> Option<Self> {
        let tone = Tone::of(picture);
        let [width, height] = tone.size;
        let longest = width.min(height) as f64 / LONGEST;
        if longest < SHORTEST {
            return None;
        }
        // Windows at one end shall not reach the other.
        let padded = Fft2::new(width * 3 / 2, height * 3 / 2);
        let levels = level(&tone, longest, &padded);
        let variance: f64 = levels.iter().map(|v| v * v).sum();
        if variance < (width * height) as f64 * FLAT * FLAT {
            return None;
        }
        let begin = strongest(&tone, &levels, longest)?;
        let wavelength = 1.0 / begin[0].hypot(begin[1]);
        let window = WINDOW * wavelength;
        let size = tone.size.map(|side| side as f64);
        let mut field = Field::straight(size, begin);
        let mut wave = demodulated(&levels, &field, tone.size, window, &padded);
        let share = |wave: &[Complex64]| 2.0 * wave.iter().map(Complex64::norm_sqr).sum::<f64>() / variance;
        // Of rows in perspective it is not all yet.
        if share(&wave) < 0.5 * SHARE {
            return None;
        }
        let known = tone.known.iter().filter(|known| **known).count() as f64;
        let mut best: Option<(Field, f64)> = None;
        for degree in 1..=field::DEGREE {
            for _ in 0..ROUNDS {
                field = Field::of_slopes(size, degree, &slopes(&wave, &field, tone.size))?;
                wave = demodulated(&levels, &field, tone.size, window, &padded);
            }
            let sum: Complex64 = wave.iter().sum();
            // 1 of a wave that has one amplitude everywhere, and of rows that are nowhere off.
            let power: f64 = wave.iter().map(Complex64::norm_sqr).sum();
            let steadiness = sum.norm() / (known * power).sqrt();
            let better = best.as_ref().is_none_or(|(_, least)| 1.0 - steadiness <= BETTER * (1.0 - least));
            if better && share(&wave) >= SHARE {
                field.begin = sum.arg() / TAU;
                best = Some((field.clone(), steadiness));
                field.begin = 0.0;
            }
        }
        let (field, _) = best.filter(|(_, steadiness)| *steadiness >= STEADY)?;
        let phase = |i: usize| field.at([(i % width) as f64, (i / width) as f64]).rem_euclid(1.0) as f32;
        let phases = (0..width * height).map(phase).collect();
        let distance = wavelength * tone.cell as f64;
        Some(Self { field, phases, size: tone.size, cell: tone.cell, distance })
    }

    /// The phase at a pixel of the picture, but for whole turns.
    pub fn at(&self, [x, y]: [usize; 2]) -> f32 {
        let [column, row] = [(x / self.cell).min(self.size[0] - 1), (y / self.cell).min(self.size[1] - 1)];
        self.phases[row * self.size[0] + column]
    }

    /// By how many turns the phase grows a pixel, across and down, at a place given in pixels.
    pub fn slope(&self, place: [f64; 2]) -> [f64; 2] {
        let cell = self.cell as f64;
        self.field.slope(place.map(|v| v / cell)).map(|slope| slope / cell)
    }

    /// Whether rows run straight and at even distances.
    pub fn straight(&self) -> bool {
        self.field.degree == 1
    }
}

/// Brightness without what changes slower than waves of the `longest` do; 0 where nothing is known.
fn level(tone: &Tone, longest: f64, fft: &Fft2) -> Vec<f64> {
    let count = tone.size[0] * tone.size[1];
    let [mean, _] = tone.moments();
    let known = |i: usize| f64::from(u8::from(tone.known[i]));
    let value = |i: usize| Complex64::new(known(i) * (tone.values[i] - mean), known(i));
    // Means of what is known.
    let slow = smoothed((0..count).map(value).collect(), tone.size, longest / 2.0, fft);
    let rest = |i: usize| known(i) * (tone.values[i] - mean - slow[i].re / slow[i].im.max(1e-3));
    (0..count).map(rest).collect()
}

/// Values under a Gaussian window, 0 outside.
fn smoothed(values: Vec<Complex64>, [width, height]: [usize; 2], deviation: f64, fft: &Fft2) -> Vec<Complex64> {
    let [wide, high] = [fft.width(), fft.height()];
    let mut plane = vec![Complex64::default(); wide * high];
    for (row, values) in plane.chunks_exact_mut(wide).zip(values.chunks_exact(width)) {
        row[..width].copy_from_slice(values);
    }
    fft.forward(&mut plane);
    let weight = |i: usize, side: usize| {
        let frequency = i.min(side - i) as f64 / side as f64;
        (-2.0 * (PI * deviation * frequency).powi(2)).exp()
    };
    let [across, down] = [wide, high].map(|side| (0..side).map(|i| weight(i, side)).collect::<Vec<f64>>());
    for (row, down) in plane.chunks_exact_mut(wide).zip(&down) {
        row.iter_mut().zip(&across).for_each(|(value, across)| *value *= across * down);
    }
    fft.inverse(&mut plane);
    plane.chunks_exact(wide).take(height).flat_map(|row| row[..width].iter().copied()).collect()
}

/// The wave of most power in periods a cell, across and down.
fn strongest(tone: &Tone, levels: &[f64], longest: f64) -> Option<[f64; 2]> {
    let [width, height] = tone.size;
    let fft = Fft2::new(width, height);
    let hann = |i: usize, side: usize| 0.5 - 0.5 * (TAU * (i as f64 + 0.5) / side as f64).cos();
    let windowed: Vec<f64> =
        levels.iter().enumerate().map(|(i, v)| v * hann(i % width, width) * hann(i / width, height)).collect();
    let spectrum = fft.spectrum(&windowed);
    let frequency = |i: usize, side: usize| if 2 * i > side { i as f64 - side as f64 } else { i as f64 } / side as f64;
    let waves = (0..=height / 2).flat_map(|r| (0..width).map(move |q| r * width + q));
    let rated = waves.filter_map(|i| {
        let wave = [frequency(i % width, width), frequency(i / width, height)];
        let length = 1.0 / wave[0].hypot(wave[1]);
        (length >= SHORTEST && length <= longest && (wave[1] > 0.0 || wave[0] > 0.0))
            .then(|| (spectrum[i].norm_sqr(), wave))
    });
    let best = rated.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.0).then_some(best.1)
}

/// What of the brightness goes with a wave, in windows of a deviation: amplitude and phase beside the wave's.
fn demodulated(levels: &[f64], field: &Field, size: [usize; 2], deviation: f64, fft: &Fft2) -> Vec<Complex64> {
    let turned = |(i, v): (usize, &f64)| {
        let phase = field.at([(i % size[0]) as f64, (i / size[0]) as f64]);
        Complex64::from_polar(*v, -TAU * phase)
    };
    smoothed(levels.iter().enumerate().map(turned).collect(), size, deviation, fft)
}

/// The slopes of a wave that is `wave` beside `field`, each weighed by its power.
fn slopes(wave: &[Complex64], field: &Field, [width, height]: [usize; 2]) -> Vec<Sample> {
    let places = (0..height - 1).step_by(APART).flat_map(|y| (0..width - 1).step_by(APART).map(move |x| [x, y]));
    let sample = |[x, y]: [usize; 2]| {
        let at = y * width + x;
        let turn = |step: usize| (wave[at + step] * wave[at].conj()).arg() / TAU;
        let own = field.slope([x as f64, y as f64]);
        Sample {
            at: [x as f64, y as f64],
            slope: [own[0] + turn(1), own[1] + turn(width)],
            weight: wave[at].norm_sqr(),
        }
    };
    places.map(sample).collect()
}

#[cfg(test)]
mod tests;
