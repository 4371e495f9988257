//! The discrete Fourier transform of pictures of any size.

use std::sync::Arc;

use rayon::prelude::*;
use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

use crate::parallel::{self, BLOCK};

/// A number of a spectrum.
pub type Value = Complex<f64>;

/// Rows a strip of a transposition: their parts of a column of the source share cache lines.
const STRIP: usize = 16;

/// The transforms of one size. Spectra lie as pictures do: value (q, r) at `r · width + q` belongs to the wave of q
/// periods along the width and r along the height; q and `q − width` are the same.
pub struct Fft2 {
    width: usize,
    height: usize,
    rows: [Arc<dyn Fft<f64>>; 2],
    columns: [Arc<dyn Fft<f64>>; 2],
}

impl std::fmt::Debug for Fft2 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fft2 of {}×{}", self.width, self.height)
    }
}

impl Fft2 {
    /// The transforms of pictures of `width × height` pixels. Sides of 0 count as 1.
    pub fn new(width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        let mut planner = FftPlanner::new();
        let mut both = |length| [planner.plan_fft_forward(length), planner.plan_fft_inverse(length)];
        Self { width, height, rows: both(width), columns: both(height) }
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Number of pixels.
    pub fn area(&self) -> usize {
        self.width * self.height
    }

    /// Replaces values by their spectrum, `Σ v(x, y) exp(−2πi (qx / width + ry / height))`.
    ///
    /// # Panics
    /// If there is not one value a pixel.
    pub fn forward(&self, values: &mut [Value]) {
        self.both_ways(values, 0);
    }

    /// Replaces a spectrum by its values: the inverse of [`Fft2::forward`], divided by the number of pixels.
    ///
    /// # Panics
    /// If there is not one value a pixel.
    pub fn inverse(&self, values: &mut [Value]) {
        self.both_ways(values, 1);
        let scale = 1.0 / self.area() as f64;
        parallel::each(values, |_, value| *value *= scale);
    }

    /// The spectrum of a plane.
    ///
    /// # Panics
    /// If there is not one value a pixel.
    pub fn spectrum(&self, plane: &[f64]) -> Vec<Value> {
        let mut values: Vec<Value> = plane.iter().map(|v| Complex::new(*v, 0.0)).collect();
        self.forward(&mut values);
        values
    }

    /// The spectrum of `plane + i · other`: what multiplies it and is the spectrum of a real plane itself leaves the
    /// two apart, so that one transform does for both. Without `other`, [`Fft2::spectrum`].
    ///
    /// # Panics
    /// If there is not one value a pixel.
    pub fn spectrum_of_two(&self, plane: &[f64], other: Option<&[f64]>) -> Vec<Value> {
        let Some(other) = other else { return self.spectrum(plane) };
        let mut values: Vec<Value> = plane.iter().zip(other).map(|(a, b)| Complex::new(*a, *b)).collect();
        self.forward(&mut values);
        values
    }

    /// The real part of a spectrum's values.
    ///
    /// # Panics
    /// If there is not one value a pixel.
    pub fn plane(&self, mut spectrum: Vec<Value>) -> Vec<f64> {
        self.inverse(&mut spectrum);
        spectrum.into_iter().map(|v| v.re).collect()
    }

    /// The real and imaginary parts of a spectrum's values.
    ///
    /// # Panics
    /// If there is not one value a pixel.
    pub fn two_planes(&self, mut spectrum: Vec<Value>) -> [Vec<f64>; 2] {
        self.inverse(&mut spectrum);
        [spectrum.iter().map(|v| v.re).collect(), spectrum.iter().map(|v| v.im).collect()]
    }

    /// Where the wave of the opposite direction lies: there a real plane's spectrum has the conjugate value.
    pub fn opposite(&self, at: usize) -> usize {
        let turned = |k: usize, length: usize| if k == 0 { 0 } else { length - k };
        turned(at / self.width, self.height) * self.width + turned(at % self.width, self.width)
    }

    fn both_ways(&self, values: &mut [Value], way: usize) {
        assert_eq!(values.len(), self.area(), "values of {self:?}");
        along_rows(&self.rows[way], values);
        if self.height > 1 {
            let mut turned = vec![Complex::default(); values.len()];
            transpose(values, self.width, &mut turned);
            along_rows(&self.columns[way], &mut turned);
            transpose(&turned, self.height, values);
        }
    }
}

/// Transforms every row of `fft`'s length.
fn along_rows(fft: &Arc<dyn Fft<f64>>, values: &mut [Value]) {
    let rows = (BLOCK / fft.len()).max(1);
    let scratch = || vec![Complex::default(); fft.get_inplace_scratch_len()];
    values
        .par_chunks_mut(rows * fft.len())
        .for_each_init(scratch, |scratch, rows| fft.process_with_scratch(rows, scratch));
}

/// Turns rows of `width` values into columns.
fn transpose(from: &[Value], width: usize, to: &mut [Value]) {
    let height = from.len() / width;
    to.par_chunks_mut(height * STRIP).enumerate().for_each(|(strip, columns)| {
        let first = strip * STRIP;
        for (y, row) in from.chunks_exact(width).enumerate() {
            let part = &row[first..(first + STRIP).min(width)];
            part.iter().zip(columns.iter_mut().skip(y).step_by(height)).for_each(|(value, to)| *to = *value);
        }
    });
}

/// The frequency of a spectrum's position along a side, in radians a pixel: above −π, up to π.
pub fn frequency(k: usize, length: usize) -> f64 {
    let periods = if k * 2 > length { k as f64 - length as f64 } else { k as f64 };
    std::f64::consts::TAU * periods / length as f64
}
