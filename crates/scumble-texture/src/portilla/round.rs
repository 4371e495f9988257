//! One round of the synthesis: all statistics imposed in turn, from the coarsest octave on.

use rayon::prelude::*;

use super::bands::{Bands, Coarser, magnitudes, real};
use super::lags;
use super::moments;
use super::statistics::{LowPass, Octave, Pixels, Statistics};
use crate::fft::Value;
use crate::parallel;
use crate::pyramid::{Quadrature, QuadraturePyramid};

/// Variance, of the channel's, from which a low-pass gets more than its variance.
const FAINT: f64 = 1e-4;

/// Channels of mean 0 moved towards the statistics. `progress` is told the share of the round done after every octave; when it
/// says false, there are none.
pub(super) fn round(
    pyramid: &QuadraturePyramid,
    channels: &[Vec<f64>],
    wanted: &Statistics,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Option<Vec<Vec<f64>>> {
    let mut parts: Vec<Quadrature> = channels.par_iter().map(|channel| pyramid.quadrature(channel)).collect();
    let scales = pyramid.scales();
    let mut planes: Vec<Vec<f64>> = parts.iter_mut().map(|part| std::mem::take(&mut part.low)).collect();
    impose_low(pyramid, scales, &mut planes, wanted);
    let mut next: Bands = Vec::new();
    for octave in (0..scales).rev() {
        let coarser = if octave + 1 == scales {
            Coarser::of_low(pyramid, octave, &planes)
        } else {
            Coarser::of_bands(pyramid, octave, &next)
        };
        let mut bands: Bands = parts.iter_mut().flat_map(|part| std::mem::take(&mut part.octaves[octave])).collect();
        impose_magnitudes(pyramid, octave, &mut bands, &wanted.octaves[octave], &coarser);
        let mut real = real(&bands);
        drop(bands);
        wanted.octaves[octave].real.impose(&mut real, &coarser.real);
        drop(coarser);
        let of_channels = real.par_chunks(pyramid.orientations()).zip(&planes);
        let raised: Vec<(Bands, Vec<f64>)> =
            of_channels.map(|(real, plane)| pyramid.raised(octave, real, plane)).collect();
        let (bands, raised): (Vec<Bands>, Vec<Vec<f64>>) = raised.into_iter().unzip();
        (next, planes) = (bands.into_iter().flatten().collect(), raised);
        impose_low(pyramid, octave, &mut planes, wanted);
        if !progress((scales - octave) as f64 / scales as f64) {
            return None;
        }
    }
    if scales == 0 && !progress(1.0) {
        return None;
    }
    let all = parts.par_iter_mut().zip(&planes).zip(wanted.high.par_iter().zip(&wanted.pixels));
    let finished = all.map(|((Quadrature { high, .. }, plane), (variance, pixels))| {
        moments::impose_variance(high, *variance);
        let mut channel = pyramid.finished(plane, high);
        impose_pixels(&mut channel, pixels);
        channel
    });
    Some(finished.collect())
}

/// Gives bands' moduli their statistics; phases stay.
fn impose_magnitudes(
    pyramid: &QuadraturePyramid,
    octave: usize,
    bands: &mut Bands,
    wanted: &Octave,
    coarser: &Coarser,
) {
    let (mut moduli, _) = magnitudes(bands);
    wanted.magnitudes.impose(&mut moduli, &coarser.magnitudes);
    bands.par_iter_mut().zip(moduli).enumerate().for_each(|(i, (band, mut plane))| {
        lags::impose(pyramid.fft(octave), &mut plane, &wanted.lags[i]);
        let mean = wanted.means[i];
        parallel::each(band, |at, value: &mut Value| {
            let length = value.norm();
            if length > 0.0 {
                *value *= (plane[at] + mean).max(0.0) / length;
            }
        });
    });
}

/// Gives each channel's low-pass at a level its statistics, or its variance alone where there is hardly anything.
fn impose_low(pyramid: &QuadraturePyramid, level: usize, planes: &mut [Vec<f64>], wanted: &Statistics) {
    let all = planes.par_iter_mut().zip(&wanted.low[level]).zip(&wanted.pixels);
    all.for_each(|((plane, LowPass { lags, skewness, kurtosis }), pixels)| {
        if lags.variance() > FAINT * pixels.variance {
            lags::impose(pyramid.fft(level), plane, lags);
            moments::impose(plane, *skewness, *kurtosis);
        } else {
            moments::impose_variance(plane, lags.variance());
        }
    });
}

/// Gives a channel its moments and range.
pub(super) fn impose_pixels(channel: &mut [f64], wanted: &Pixels) {
    let mean = parallel::mean(channel);
    parallel::each(channel, |_, v| *v += wanted.mean - mean);
    moments::impose_variance(channel, wanted.variance);
    moments::impose(channel, wanted.skewness, wanted.kurtosis);
    parallel::each(channel, |_, v| *v = v.clamp(wanted.range[0], wanted.range[1]));
}
