//! What is measured of a texture.

use rayon::prelude::*;

use super::bands::{Bands, Coarser, magnitudes, real};
use super::covariances::Covariances;
use super::lags::Lags;
use super::moments::Moments;
use crate::fft::Value;
use crate::pyramid::{Quadrature, QuadraturePyramid};

/// The longest displacement of autocorrelations: a neighbourhood of 7×7 (Portilla & Simoncelli 2000).
const REACH: usize = 3;

/// The longest displacement on a level whose least side, of the exemplar or the texture, is that.
pub(super) fn reach(side: usize) -> usize {
    REACH.min(side.saturating_sub(1) / 2)
}

/// Of the pixels of a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pixels {
    /// Mean.
    pub mean: f64,
    /// Variance.
    pub variance: f64,
    /// Third standardised moment.
    pub skewness: f64,
    /// Fourth standardised moment.
    pub kurtosis: f64,
    /// The range of values.
    pub range: [f64; 2],
}

/// Of a channel's low-pass at one level.
#[derive(Debug, Clone, PartialEq)]
pub struct LowPass {
    /// Autocorrelation.
    pub lags: Lags,
    /// Third standardised moment.
    pub skewness: f64,
    /// Fourth standardised moment.
    pub kurtosis: f64,
}

/// Of an octave. Its planes are those of the first channel in order of orientation, then those of the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Octave {
    /// Mean modulus of each band.
    pub means: Vec<f64>,
    /// Autocorrelation of each band's modulus about its mean.
    pub lags: Vec<Lags>,
    /// Of moduli, with those of the next octave.
    pub magnitudes: Covariances,
    /// Of real parts, with real and imaginary parts of the next octave, phases doubled; in the last octave with the low-pass
    /// residual and itself moved by a pixel left, right, up and down.
    pub real: Covariances,
}

/// The joint statistics of a texture's channels (Portilla & Simoncelli, "A parametric texture model based on joint statistics
/// of complex wavelet coefficients", IJCV 40(1), 2000). Those between orientations and octaves are between all channels too,
/// as in the authors' program for colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// Of each channel.
    pub pixels: Vec<Pixels>,
    /// Variance of each channel's high-pass residual.
    pub high: Vec<f64>,
    /// Of the low-pass before each octave, finest first, and of the low-pass residual: of each channel.
    pub low: Vec<Vec<LowPass>>,
    /// Of each octave, finest first.
    pub octaves: Vec<Octave>,
}

impl Statistics {
    /// Of planes of the pyramid's size, whose means are 0. `reaches` are the longest displacements, of each octave and of the
    /// low-pass residual.
    pub(super) fn of(pyramid: &QuadraturePyramid, channels: &[Vec<f64>], reaches: &[usize]) -> Self {
        let mut parts: Vec<Quadrature> = channels.par_iter().map(|channel| pyramid.quadrature(channel)).collect();
        let of_low = |level: usize, planes: &[Vec<f64>]| -> Vec<LowPass> {
            planes.par_iter().map(|plane| LowPass::of(pyramid, level, plane, reaches[level])).collect()
        };
        let scales = pyramid.scales();
        let mut planes: Vec<Vec<f64>> = parts.iter_mut().map(|part| std::mem::take(&mut part.low)).collect();
        let mut low = vec![of_low(scales, &planes)];
        let mut octaves = Vec::with_capacity(scales);
        let mut coarser = Coarser::default();
        for octave in (0..scales).rev() {
            if octave + 1 == scales {
                coarser = Coarser::of_low(pyramid, octave, &planes);
            }
            let bands: Bands = parts.iter_mut().flat_map(|part| std::mem::take(&mut part.octaves[octave])).collect();
            let of_channels = bands.chunks(pyramid.orientations()).zip(&planes);
            planes = of_channels.map(|(bands, plane)| pyramid.raised(octave, &real(bands), plane).1).collect();
            low.push(of_low(octave, &planes));
            octaves.push(Octave::of(pyramid, octave, &bands, &coarser, reaches[octave]));
            if octave > 0 {
                coarser = Coarser::of_bands(pyramid, octave - 1, &bands);
            }
        }
        low.reverse();
        octaves.reverse();
        let high = parts.iter().map(|part| Moments::of(&part.high).variance).collect();
        Self { pixels: channels.iter().map(|channel| Pixels::of(channel)).collect(), high, low, octaves }
    }
}

impl Pixels {
    fn of(channel: &[f64]) -> Self {
        let moments = Moments::of(channel);
        let range = channel.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], v| [a.min(*v), b.max(*v)]);
        let (skewness, kurtosis) = (moments.skewness(), moments.kurtosis());
        Self { mean: moments.mean, variance: moments.variance, skewness, kurtosis, range }
    }
}

impl LowPass {
    fn of(pyramid: &QuadraturePyramid, level: usize, plane: &[f64], reach: usize) -> Self {
        let (fft, moments) = (pyramid.fft(level), Moments::of(plane));
        let lags = Lags::of(fft, &fft.spectrum(plane), reach);
        Self { lags, skewness: moments.skewness(), kurtosis: moments.kurtosis() }
    }
}

impl Octave {
    fn of(pyramid: &QuadraturePyramid, octave: usize, bands: &[Vec<Value>], coarser: &Coarser, reach: usize) -> Self {
        let fft = pyramid.fft(octave);
        let (moduli, means) = magnitudes(bands);
        let lags = moduli.par_iter().map(|plane| Lags::of(fft, &fft.spectrum(plane), reach)).collect();
        let magnitudes = Covariances::of(&moduli, &coarser.magnitudes);
        Self { means, lags, magnitudes, real: Covariances::of(&real(bands), &coarser.real) }
    }
}
