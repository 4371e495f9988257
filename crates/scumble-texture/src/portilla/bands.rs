//! The planes of an octave between which there are statistics.

use rayon::prelude::*;

use crate::fft::Value;
use crate::parallel;
use crate::pyramid::QuadraturePyramid;

/// Bands in quadrature, those of the first channel in order of orientation, then the next channel's.
pub(super) type Bands = Vec<Vec<Value>>;

/// The moduli of bands about their means, and the means.
pub(super) fn magnitudes(bands: &[Vec<Value>]) -> (Vec<Vec<f64>>, Vec<f64>) {
    let about_mean = |band: &Vec<Value>| {
        let mut plane = parallel::made(band.len(), |i| band[i].norm());
        let mean = parallel::mean(&plane);
        parallel::each(&mut plane, |_, v| *v -= mean);
        (plane, mean)
    };
    bands.par_iter().map(about_mean).unzip()
}

/// The real parts of bands.
pub(super) fn real(bands: &[Vec<Value>]) -> Vec<Vec<f64>> {
    bands.par_iter().map(|band| band.iter().map(|v| v.re).collect()).collect()
}

/// What lies above an octave, at its size.
#[derive(Default)]
pub(super) struct Coarser {
    /// The next octave's moduli about their means; none above the last octave.
    pub magnitudes: Vec<Vec<f64>>,
    /// Of the next octave, real and imaginary parts with the phase doubled: so a line's or an edge's phase turns as fast as in
    /// the octave itself. Above the last octave the low-pass residual as it is, and moved by a pixel each way.
    pub real: Vec<Vec<f64>>,
}

impl Coarser {
    /// Of the next octave's bands.
    pub fn of_bands(pyramid: &QuadraturePyramid, octave: usize, next: &[Vec<Value>]) -> Self {
        let large: Bands = next.par_iter().map(|band| pyramid.enlarged(octave, band.clone())).collect();
        let doubled = |band: &Vec<Value>| {
            let double = |v: &Value| if v.norm_sqr() > 0.0 { v * v / v.norm() } else { *v };
            let doubled: Vec<Value> = band.iter().map(double).collect();
            let parts: [fn(&Value) -> f64; 2] = [|v| v.re, |v| v.im];
            parts.map(|part| doubled.iter().map(part).collect::<Vec<f64>>())
        };
        Self { magnitudes: magnitudes(&large).0, real: large.par_iter().flat_map(doubled).collect() }
    }

    /// Of the low-pass residuals of all channels.
    pub fn of_low(pyramid: &QuadraturePyramid, octave: usize, low: &[Vec<f64>]) -> Self {
        let (width, height) = (pyramid.fft(octave).width(), pyramid.fft(octave).height());
        let around = |plane: &Vec<f64>| {
            let next = plane.iter().map(|v| Value::new(*v, 0.0)).collect();
            let large: Vec<f64> = pyramid.enlarged(octave, next).into_iter().map(|v| v.re).collect();
            let moved = |x: usize, y: usize| -> Vec<f64> {
                let at = |i: usize| large[(i / width + y) % height * width + (i % width + x) % width];
                (0..large.len()).map(at).collect()
            };
            [moved(0, 0), moved(1, 0), moved(width - 1, 0), moved(0, 1), moved(0, height - 1)]
        };
        Self { magnitudes: Vec::new(), real: low.par_iter().flat_map(around).collect() }
    }
}
