//! The pyramid with bands in quadrature: each real band and, as its imaginary part, the same waves a quarter of a period on.
//! Their moduli say where there is structure, whatever its phase.

use rayon::prelude::*;
use scumble_core::Result;

use super::{Angular, Half, Octave, Pyramid, nested, spectra_of};
use crate::fft::{Fft2, Value};
use crate::parallel;

/// The bands of a plane.
#[derive(Debug, Clone)]
pub(crate) struct Quadrature {
    /// The high-pass residual, at full size.
    pub high: Vec<f64>,
    /// Of each octave, finest first, the bands in order of orientation.
    pub octaves: Vec<Vec<Vec<Value>>>,
    /// The low-pass residual.
    pub low: Vec<f64>,
}

/// The pyramid with bands in quadrature of pictures of one size.
#[derive(Debug)]
pub(crate) struct QuadraturePyramid {
    real: Pyramid,
    /// Of each octave and orientation.
    halves: Vec<Vec<Half>>,
}

impl QuadraturePyramid {
    /// Sizes and numbers as of [`Pyramid::new`].
    ///
    /// # Errors
    /// As [`Pyramid::new`].
    pub(crate) fn new(width: usize, height: usize, scales: usize, orientations: usize) -> Result<Self> {
        let real = Pyramid::new(width, height, scales, orientations)?;
        let of_octave = |octave: &Octave| (0..orientations).map(|k| Half::new(&octave.fft, k, orientations)).collect();
        Ok(Self { halves: real.octaves.iter().map(of_octave).collect(), real })
    }

    /// Number of octaves.
    pub(crate) fn scales(&self) -> usize {
        self.real.octaves.len()
    }

    /// Number of orientations.
    pub(crate) fn orientations(&self) -> usize {
        self.real.orientations
    }

    /// The transform of an octave's size; of the low-pass residual's behind the last.
    pub(crate) fn fft(&self, octave: usize) -> &Fft2 {
        self.real.octaves.get(octave).map_or(&self.real.low, |octave| &octave.fft)
    }

    /// The bands of a plane, of as many values as the pyramid's pictures have. Real parts are the bands of
    /// [`Pyramid::analyse`].
    pub(crate) fn quadrature(&self, plane: &[f64]) -> Quadrature {
        let mut spectrum = self.real.whole.spectrum(plane);
        let high = self.real.whole.plane(self.real.high.high(&spectrum));
        self.real.high.keep_low(&mut spectrum);
        let mut octaves = Vec::with_capacity(self.scales());
        for (i, octave) in self.real.octaves.iter().enumerate() {
            let detail = octave.radial.high(&spectrum);
            let band = |(angular, half): (&Angular, &Half)| {
                let mut band = angular.through(&detail, false);
                half.keep(&mut band);
                octave.fft.inverse(&mut band);
                band
            };
            octaves.push(octave.angular.par_iter().zip(&self.halves[i]).map(band).collect());
            octave.radial.keep_low(&mut spectrum);
            spectrum = nested::cropped(&spectrum, &octave.fft, self.fft(i + 1));
        }
        Quadrature { high, octaves, low: self.real.low.plane(spectrum) }
    }

    /// An octave's real bands with the imaginary parts that belong to them, and the plane at the octave's size that they make
    /// with the next one, a plane of the next octave's size.
    pub(crate) fn raised(&self, octave: usize, bands: &[Vec<f64>], next: &[f64]) -> (Vec<Vec<Value>>, Vec<f64>) {
        let Octave { fft, radial, angular } = &self.real.octaves[octave];
        let spectra: Vec<Vec<Value>> = bands.par_chunks(2).flat_map(|pair| spectra_of(fft, pair)).collect();
        let smaller = self.fft(octave + 1);
        let mut sum = nested::placed(&smaller.spectrum(next), smaller, fft);
        radial.keep_low(&mut sum);
        let back = |(angular, band): (&Angular, &Vec<Value>)| angular.through(band, true);
        let back: Vec<Vec<Value>> = angular.par_iter().zip(&spectra).map(back).collect();
        let detail: Vec<Value> = parallel::made(fft.area(), |i| back.iter().map(|band| band[i]).sum());
        let detail = radial.high(&detail);
        parallel::each(&mut sum, |i, v| *v += detail[i]);
        let both = self.halves[octave].par_iter().zip(spectra).map(|(half, mut band)| {
            half.keep(&mut band);
            fft.inverse(&mut band);
            band
        });
        (both.collect(), fft.plane(sum))
    }

    /// The plane that the finest octave's and the high-pass residual make.
    pub(crate) fn finished(&self, finest: &[f64], high: &[f64]) -> Vec<f64> {
        let mut sum = self.real.whole.spectrum(finest);
        self.real.high.keep_low(&mut sum);
        let detail = self.real.high.high(&self.real.whole.spectrum(high));
        parallel::each(&mut sum, |i, v| *v += detail[i]);
        self.real.whole.plane(sum)
    }

    /// A plane of the next octave's size at an octave's size, the same waves.
    pub(crate) fn enlarged(&self, octave: usize, mut next: Vec<Value>) -> Vec<Value> {
        let smaller = self.fft(octave + 1);
        smaller.forward(&mut next);
        let mut large = nested::placed(&next, smaller, self.fft(octave));
        self.fft(octave).inverse(&mut large);
        large
    }
}
