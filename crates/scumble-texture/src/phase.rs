//! Random phase noise (Galerne, Gousseau, Morel, "Random phase textures: theory and synthesis", 2011): textures that their
//! spectrum says all about, such as sand, paper, fabric and clouds. Where edges make a texture, as in bricks, they are lost,
//! since edges are waves in phase.
//!
//! Everything made here is tileable: it is a sum of waves that fit the sides a whole number of times. Values of a sum
//! of many waves are normally distributed, whatever the exemplar's are; clamping to 0 to 1 cuts the tails of that.

use std::f64::consts::TAU;

use rayon::prelude::*;
use rustfft::num_complex::Complex;
use scumble_core::{Result, Stream};
use scumble_image::Canvas;

use crate::exemplar;
use crate::fft::{Fft2, Value};
use crate::parallel;
use crate::periodic::periodic;
use crate::planes::Planes;

/// Share of a side over which the exemplar fades out at each end, where a texture of another size is made (own
/// choice; Galerne et al. fade likewise).
const TAPER: f64 = 0.1;
/// The stage under which phases are drawn.
pub(crate) const PHASES: u64 = 0x7068_6173;

/// Random phase noise: the waves of the exemplar, each moved by a random phase, the same for all channels so that colours stay
/// together. `size` is width and height in pixels; the result is tileable, values may leave 0 to 1.
///
/// Of an exemplar with transparency the largest opaque rectangle counts. Means are those of its [periodic
/// part](crate::periodic); at the exemplar's size, so are the spectrum's moduli and the covariance of channels. At other sizes
/// the exemplar is faded out at its borders and put into the larger picture, or folded into the smaller one, and its variance
/// made up for.
///
/// # Errors
/// `Fault::Limit` if a side of `size` is 0 or the picture too large; `Fault::Input` if the exemplar is transparent
/// everywhere.
pub fn random_phase(exemplar: &Canvas, size: [usize; 2], seed: u64) -> Result<Planes> {
    exemplar::check_size(size)?;
    let spot = Spot::new(&exemplar::planes(exemplar)?, size);
    Ok(spot.convolved(&phases(&spot.fft, seed, PHASES)))
}

/// An exemplar laid into a picture of another size, about zero.
pub(crate) struct Spot {
    pub fft: Fft2,
    pub mean: [f64; 3],
    /// Values of mean zero; of all channels together, the variance is the periodic part's.
    pub channels: [Vec<f64>; 3],
}

impl Spot {
    /// Takes the exemplar's periodic part. Sides that differ fade out and are wrapped around, so that a larger picture
    /// has it once and a smaller one samples its spectrum less densely.
    pub fn new(exemplar: &Planes, size: [usize; 2]) -> Self {
        let part = periodic(exemplar);
        let (from, fft) = (part.size(), Fft2::new(size[0], size[1]));
        let ramps = [0, 1].map(|i| ramp(from[i], from[i] != size[i]));
        let weight = |i: usize| ramps[0][i % from[0]] * ramps[1][i / from[0]];
        let total: f64 = ramps.iter().map(|ramp| ramp.iter().sum::<f64>()).product();
        let mut variances = [0.0; 2];
        let channels = part.channels().each_ref().map(|channel| {
            let mean = parallel::mean(channel);
            variances[0] += parallel::sum(channel, |v| (v - mean).powi(2)) / channel.len() as f64;
            let faded = channel.iter().enumerate().map(|(i, v)| v * weight(i)).sum::<f64>() / total;
            let mut laid = vec![0.0; fft.area()];
            for (i, v) in channel.iter().enumerate() {
                let (x, y) = (i % from[0] % size[0], i / from[0] % size[1]);
                laid[y * size[0] + x] += (v - faded) * weight(i);
            }
            variances[1] += parallel::sum(&laid, |v| v * v) / laid.len() as f64;
            laid
        });
        let scale = if variances[1] > 0.0 { (variances[0] / variances[1]).sqrt() } else { 0.0 };
        let channels = channels.map(|mut channel| {
            parallel::each(&mut channel, |_, v| *v *= scale);
            channel
        });
        Self { fft, mean: part.mean(), channels }
    }

    /// The spectra of red + i green and of blue.
    pub fn spectra(&self) -> [Vec<Value>; 2] {
        let [red, green, blue] = &self.channels;
        [self.fft.spectrum_of_two(red, Some(green)), self.fft.spectrum(blue)]
    }

    /// The picture whose spectrum is the spot's times `factors`, which must be the spectrum of a real plane.
    pub fn convolved(&self, factors: &[Value]) -> Planes {
        let spectra = self.spectra().map(|mut spectrum| {
            parallel::each(&mut spectrum, |i, value| *value *= factors[i]);
            spectrum
        });
        self.picture(spectra)
    }

    /// The picture of the spectra of red + i green and of blue, about the mean.
    pub fn picture(&self, [both, blue]: [Vec<Value>; 2]) -> Planes {
        let [red, green] = self.fft.two_planes(both);
        let mut channels = [red, green, self.fft.plane(blue)];
        for (channel, mean) in channels.iter_mut().zip(self.mean) {
            parallel::each(channel, |_, v| *v += mean);
        }
        Planes::new([self.fft.width(), self.fft.height()], channels)
    }
}

/// Weights along a side: 1, or rising and falling at the ends as a cosine does.
fn ramp(length: usize, fades: bool) -> Vec<f64> {
    let width = TAPER * length as f64;
    let weight = |i: usize| {
        let inside = (i.min(length - 1 - i) as f64 + 0.5) / width;
        if fades && inside < 1.0 { 0.5 - 0.5 * (std::f64::consts::PI * inside).cos() } else { 1.0 }
    };
    (0..length).map(weight).collect()
}

/// `exp(iθ)` of random phases with θ(−k) = −θ(k): 0 or π where a wave is its own opposite, and 0 for the mean.
pub(crate) fn phases(fft: &Fft2, seed: u64, stage: u64) -> Vec<Value> {
    let width = fft.width();
    let half = fft.height() / 2 + 1;
    let mut values: Vec<Value> = vec![Complex::default(); fft.area()];
    // The lower half holds a wave or its opposite of all; those of row 0 and the middle one hold both.
    values[..half * width].par_chunks_mut(parallel::BLOCK).enumerate().for_each(|(block, values)| {
        let mut stream = Stream::new(seed, stage);
        for (j, value) in values.iter_mut().enumerate() {
            let i = block * parallel::BLOCK + j;
            let opposite = fft.opposite(i);
            let draw = stream.uniform(i.min(opposite) as u64);
            *value = match i.cmp(&opposite) {
                _ if i == 0 => Complex::new(1.0, 0.0),
                std::cmp::Ordering::Equal => Complex::new(if draw < 0.5 { 1.0 } else { -1.0 }, 0.0),
                std::cmp::Ordering::Less => Complex::from_polar(1.0, TAU * draw),
                std::cmp::Ordering::Greater => Complex::from_polar(1.0, -TAU * draw),
            };
        }
    });
    let (drawn, rest) = values.split_at_mut(half * width);
    parallel::each(rest, |j, value| {
        let opposite = fft.opposite(half * width + j);
        *value = drawn[opposite].conj();
    });
    values
}

/// White noise of variance 1.
pub(crate) fn white(count: usize, seed: u64, stage: u64) -> Vec<f64> {
    let mut values = vec![0.0; count];
    values.par_chunks_mut(parallel::BLOCK).enumerate().for_each(|(block, values)| {
        let mut stream = Stream::new(seed, stage);
        values.iter_mut().enumerate().for_each(|(j, v)| *v = stream.normal((block * parallel::BLOCK + j) as u64));
    });
    values
}
