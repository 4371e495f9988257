//! The real steerable pyramid (Simoncelli & Freeman, "The steerable pyramid: a flexible architecture for multi-scale
//! derivative computation", 1995), in the Fourier domain: a picture as its finest detail, bands of some orientations in
//! octaves, and what is left of low frequency.
//!
//! The squares of all filters sum to 1 at every frequency, so that the same filters put the bands together again: the
//! pyramid of any size is taken apart and put together without loss.

mod filters;
mod nested;
mod quadrature;

use scumble_core::{Error, Result};

use self::filters::{Angular, Half, Radial};
pub(crate) use self::quadrature::{Quadrature, QuadraturePyramid};
use crate::fft::{Fft2, Value};
use crate::parallel;

/// One band: a plane at the size of its octave.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Width in values.
    pub width: usize,
    /// Height in values.
    pub height: usize,
    /// The values, row by row. Their size does not depend on the band's: a wave has the amplitude in it that it has in
    /// the picture.
    pub values: Vec<f64>,
}

/// The pyramid of pictures of one size.
#[derive(Debug)]
pub struct Pyramid {
    whole: Fft2,
    high: Radial,
    octaves: Vec<Octave>,
    /// Size of the low-pass residual.
    low: Fft2,
    orientations: usize,
}

#[derive(Debug)]
struct Octave {
    fft: Fft2,
    radial: Radial,
    angular: Vec<Angular>,
}

impl Pyramid {
    /// Most octaves and orientations.
    pub const MOST: usize = 8;

    /// The pyramid of pictures of `width × height` pixels, of `scales` octaves (0 to 8) with `orientations` bands each
    /// (1 to 8). An octave has half the sides of the one before, rounded up.
    ///
    /// # Errors
    /// `Fault::Parameter` if a number is out of range, `Fault::Limit` if a side is 0.
    pub fn new(width: usize, height: usize, scales: usize, orientations: usize) -> Result<Self> {
        crate::exemplar::check_size([width, height])?;
        if scales > Self::MOST {
            return Err(Error::parameter(format!("scales is {scales}, allowed is 0 to {}", Self::MOST)));
        }
        if !(1..=Self::MOST).contains(&orientations) {
            return Err(Error::parameter(format!("orientations is {orientations}, allowed is 1 to {}", Self::MOST)));
        }
        let sizes: Vec<[usize; 2]> =
            (0..=scales).map(|scale| [width, height].map(|side| side.div_ceil(1 << scale))).collect();
        let octave = |[width, height]: [usize; 2]| {
            let fft = Fft2::new(width, height);
            let angular = (0..orientations).map(|k| Angular::new(&fft, k, orientations)).collect();
            Octave { radial: Radial::new(&fft, 1.0), angular, fft }
        };
        let low = sizes.last().copied().unwrap_or([width, height]);
        let whole = Fft2::new(width, height);
        Ok(Self {
            high: Radial::new(&whole, 2.0),
            whole,
            octaves: sizes[..scales].iter().map(|size| octave(*size)).collect(),
            low: Fft2::new(low[0], low[1]),
            orientations,
        })
    }

    /// Number of bands: the octaves' and two residuals.
    fn count(&self) -> usize {
        self.octaves.len() * self.orientations + 2
    }

    /// The bands of a plane: the high-pass residual, at full size; each octave's, finest first, in order of orientation
    /// from horizontal waves on, by π / K; the low-pass residual.
    ///
    /// # Errors
    /// `Fault::Input` if there is not one value a pixel.
    pub fn analyse(&self, plane: &[f64]) -> Result<Vec<Band>> {
        check("a picture", plane.len(), &self.whole)?;
        let mut spectrum = self.whole.spectrum(plane);
        let mut bands = Vec::with_capacity(self.count());
        bands.push(band(&self.whole, self.whole.plane(self.high.high(&spectrum))));
        self.high.keep_low(&mut spectrum);
        let smaller = self.octaves.iter().skip(1).map(|octave| &octave.fft).chain([&self.low]);
        for (octave, next) in self.octaves.iter().zip(smaller) {
            let detail = octave.radial.high(&spectrum);
            for pair in octave.angular.chunks(2) {
                let through = |angular: &Angular| angular.through(&detail, false);
                let mut spectra = pair.iter().map(through);
                let mut both = spectra.next().unwrap_or_default();
                if let Some(second) = spectra.next() {
                    // Two real planes in one transform.
                    parallel::each(&mut both, |i, v| *v += Value::i() * second[i]);
                }
                let planes = octave.fft.two_planes(both).into_iter().take(pair.len());
                bands.extend(planes.map(|plane| band(&octave.fft, plane)));
            }
            octave.radial.keep_low(&mut spectrum);
            spectrum = nested::cropped(&spectrum, &octave.fft, next);
        }
        bands.push(band(&self.low, self.low.plane(spectrum)));
        Ok(bands)
    }

    /// The plane that bands of [`Pyramid::analyse`], changed or not, add up to.
    ///
    /// # Errors
    /// `Fault::Input` if bands are missing or of another size.
    pub fn synthesise(&self, bands: &[Band]) -> Result<Vec<f64>> {
        let ([high, oriented @ .., low], true) = (bands, bands.len() == self.count()) else {
            return Err(Error::input(format!("a pyramid of {} bands cannot be made of {}", self.count(), bands.len())));
        };
        check("the high-pass residual", high.values.len(), &self.whole)?;
        check("the low-pass residual", low.values.len(), &self.low)?;
        let mut spectrum = self.low.spectrum(&low.values);
        let mut smaller = &self.low;
        let octaves = self.octaves.iter().zip(oriented.chunks(self.orientations));
        for (octave, bands) in octaves.rev() {
            spectrum = nested::placed(&spectrum, smaller, &octave.fft);
            octave.radial.keep_low(&mut spectrum);
            let mut detail = vec![Value::default(); spectrum.len()];
            for (bands, angular) in bands.chunks(2).zip(octave.angular.chunks(2)) {
                bands.iter().try_for_each(|band| check("a band", band.values.len(), &octave.fft))?;
                let values: Vec<&[f64]> = bands.iter().map(|band| &band.values[..]).collect();
                for (angular, spectrum) in angular.iter().zip(spectra_of(&octave.fft, &values)) {
                    let back = angular.through(&spectrum, true);
                    parallel::each(&mut detail, |i, v| *v += back[i]);
                }
            }
            let detail = octave.radial.high(&detail);
            parallel::each(&mut spectrum, |i, v| *v += detail[i]);
            smaller = &octave.fft;
        }
        self.high.keep_low(&mut spectrum);
        let detail = self.high.high(&self.whole.spectrum(&high.values));
        parallel::each(&mut spectrum, |i, v| *v += detail[i]);
        Ok(self.whole.plane(spectrum))
    }
}

/// The spectra of planes; of two in one transform.
fn spectra_of(fft: &Fft2, planes: &[impl AsRef<[f64]>]) -> Vec<Vec<Value>> {
    match planes {
        [first, second] => {
            let both = fft.spectrum_of_two(first.as_ref(), Some(second.as_ref()));
            let part = |sign: f64, scale: Value| {
                parallel::made(both.len(), |i| (both[i] + both[fft.opposite(i)].conj() * sign) * scale)
            };
            vec![part(1.0, Value::new(0.5, 0.0)), part(-1.0, Value::new(0.0, -0.5))]
        }
        planes => planes.iter().map(|plane| fft.spectrum(plane.as_ref())).collect(),
    }
}

fn band(fft: &Fft2, values: Vec<f64>) -> Band {
    Band { width: fft.width(), height: fft.height(), values }
}

/// Refuses planes that do not fit the transform.
fn check(what: &str, count: usize, fft: &Fft2) -> Result<()> {
    if count == fft.area() {
        return Ok(());
    }
    Err(Error::input(format!("{what} of {}×{} values cannot hold {count}", fft.width(), fft.height())))
}
