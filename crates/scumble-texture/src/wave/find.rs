//! The strongest wave of a picture.

use std::f64::consts::TAU;

use rustfft::num_complex::Complex64;

use crate::autocorrelation::Tone;
use crate::correlate::fast_length;
use crate::fft::{Fft2, frequency};
use crate::parallel;

/// The shortest wave in cells: shorter ones are hardly told from those of twice their frequency.
const SHORTEST: f64 = 4.0;
/// Rows that a picture must have. Of six, waves of photos were as steady as rows are.
const ROWS: f64 = 8.0;
/// The same if there is an overtone of theirs.
const ROWS_WITH_OVERTONE: f64 = 5.0;
/// How much power a wave must have for one of twice its frequency to be its overtone: joints a quarter as thick as rows have overtones
/// half as strong, thinner ones stronger ones.
const OVERTONE: f64 = 0.25;
/// From which share of the picture's variance on the strongest wave is rows: grass has 0.01, planks have 0.08.
const SHARE: f64 = 0.05;
/// The same for one of half its frequency, of which there may be fewer than eight rows. A quarter of a pavement has 0.15.
const SHARE_OF_HALF: f64 = 0.1;
/// The deviation of a flat picture: half a level of 256.
const FLAT: f64 = 0.5 / 255.0;

/// A picture's brightness without what changes slowly.
pub(super) struct Levelled<'a> {
    pub tone: &'a Tone,
    /// Of each cell; 0 where nothing is known.
    pub values: Vec<f64>,
    /// Larger than the picture by half its longer side, so that windows at one end do not reach the other: three deviations of
    /// the widest, in which a wave of a fifth of that side is measured.
    fft: Fft2,
}

impl<'a> Levelled<'a> {
    /// Without what changes slower than the longest wave that may be rows.
    pub fn of(tone: &'a Tone) -> Self {
        let pad = tone.size[0].max(tone.size[1]).div_ceil(2);
        let [width, height] = tone.size.map(|side| fast_length(side + pad));
        let mut levelled = Self { tone, values: Vec::new(), fft: Fft2::new(width, height) };
        let count = tone.size[0] * tone.size[1];
        let [mean, _] = tone.moments();
        let known = |i: usize| f64::from(u8::from(tone.known[i]));
        let value = |i: usize| Complex64::new(known(i) * (tone.values[i] - mean), known(i));
        let longest = tone.size[0].max(tone.size[1]) as f64 / ROWS;
        // Means of what is known.
        let slow = levelled.smoothed(parallel::made(count, value), longest / 2.0);
        levelled.values =
            parallel::made(count, |i| known(i) * (tone.values[i] - mean - slow[i].re / slow[i].im.max(1e-3)));
        levelled
    }

    /// The sum of squares.
    pub fn power(&self) -> f64 {
        self.values.iter().map(|v| v * v).sum()
    }

    /// Values, one a cell, under a Gaussian window of a deviation in cells.
    pub fn smoothed(&self, values: Vec<Complex64>, deviation: f64) -> Vec<Complex64> {
        let ([width, height], [wide, high]) = (self.tone.size, [self.fft.width(), self.fft.height()]);
        let mut plane = vec![Complex64::default(); wide * high];
        for (row, values) in plane.chunks_exact_mut(wide).zip(values.chunks_exact(width)) {
            row[..width].copy_from_slice(values);
        }
        self.fft.forward(&mut plane);
        let weight = |i: usize, side: usize| (-0.5 * (deviation * frequency(i, side)).powi(2)).exp();
        let [across, down] = [wide, high].map(|side| (0..side).map(|i| weight(i, side)).collect::<Vec<f64>>());
        parallel::each(&mut plane, |i, value| *value *= across[i % wide] * down[i / wide]);
        self.fft.inverse(&mut plane);
        plane.chunks_exact(wide).take(height).flat_map(|row| row[..width].iter().copied()).collect()
    }

    /// The wave of most power that may be rows, in periods a cell across and down, and the least share of the variance that it must
    /// have. Before it the one of half its frequency, if that has enough power: then the first is its overtone, as of thin joints.
    /// Nothing of flat pictures.
    pub fn waves(&self) -> Vec<([f64; 2], f64)> {
        let [width, height] = self.tone.size;
        if self.power() < (width * height) as f64 * FLAT * FLAT {
            return Vec::new();
        }
        let hann = |i: usize, side: usize| 0.5 - 0.5 * (TAU * (i as f64 + 0.5) / side as f64).cos();
        let windowed =
            parallel::made(width * height, |i| self.values[i] * hann(i % width, width) * hann(i / width, height));
        let spectrum = Fft2::new(width, height).spectrum(&windowed);
        let wave = |i: usize| [frequency(i % width, width), frequency(i / width, height)].map(|v| v / TAU);
        let rated = (0..(height / 2 + 1) * width).map(|i| (spectrum[i].norm_sqr(), wave(i)));
        let fits = |(_, wave): &(f64, [f64; 2])| self.rows(*wave) >= ROWS && wave[0].hypot(wave[1]) * SHORTEST <= 1.0;
        let Some((power, strongest)) = rated.clone().filter(fits).max_by(|a, b| a.0.total_cmp(&b.0)) else {
            return Vec::new();
        };
        // Less than a row and a half over the picture away from half of it.
        let near = |wave: &[f64; 2]| {
            self.rows(*wave) >= ROWS_WITH_OVERTONE && self.rows([0, 1].map(|i| wave[i] - 0.5 * strongest[i])) < 1.5
        };
        let half = rated.filter(|(_, wave)| near(wave)).max_by(|a, b| a.0.total_cmp(&b.0));
        let half = half.filter(|(half, _)| *half >= OVERTONE * power).map(|(_, wave)| (wave, SHARE_OF_HALF));
        half.into_iter().chain([(strongest, SHARE)]).collect()
    }

    /// How many rows of a wave the picture has.
    fn rows(&self, wave: [f64; 2]) -> f64 {
        let [width, height] = self.tone.size.map(|side| side as f64);
        wave[0].abs() * width + wave[1].abs() * height
    }
}
