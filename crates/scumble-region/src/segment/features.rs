//! Texture: how strong brightness changes in each direction and at each scale.

use std::f32::consts::{PI, TAU};

use scumble_core::Result;
use scumble_image::{Filter, resize_planes};
use scumble_paint::fields::{along_columns, along_rows, blur};

use super::Pixels;

/// Directions.
pub(crate) const DIRECTIONS: usize = 4;
/// Wavelengths in pixels at 512, an octave apart.
const WAVELENGTHS: [f32; 3] = [4.0, 8.0, 16.0];
/// Deviation of a filter's window in wavelengths: a filter passes about an octave (Jain, Farrokhnia 1991).
const WINDOW: f32 = 0.5;
/// Deviation of the Gaussian that averages energies, in deviations of the filter's window.
const AVERAGE: f32 = 1.5;
/// Energy of what is no texture: a wave of a level of 256 has an amplitude of 0.004, and half of that as response.
const FLOOR: f32 = 4e-6;

/// The logarithm of the energy of Gabor filters, smoothed: a plane for each of the [`DIRECTIONS`], 0°, 45° and so on, at the
/// finest scale, then those at the next one. Sizes are multiplied by `u`. Coarser scales are measured in reduced pictures.
pub(crate) fn energies(pixels: &Pixels, u: f32) -> Result<Vec<Vec<f32>>> {
    let size = [pixels.width, pixels.height];
    let mut out = Vec::with_capacity(WAVELENGTHS.len() * DIRECTIONS);
    for wavelength in WAVELENGTHS.map(|wavelength| wavelength * u) {
        // So many pixels become one that the wave is still four long.
        let shrink = (wavelength / WAVELENGTHS[0]).max(1.0);
        let small = size.map(|side| ((side as f32 / shrink).round() as usize).max(1));
        let plane = resized(&pixels.lab[0], size, small)?;
        let scaled = wavelength / shrink;
        for direction in 0..DIRECTIONS {
            let energy = energy(&plane, small[0], scaled, direction as f32 * (PI / DIRECTIONS as f32));
            let smooth = blur(&energy, small[0], AVERAGE * WINDOW * scaled);
            let logarithms: Vec<f32> = smooth.into_iter().map(|v| (v.max(0.0) + FLOOR).ln()).collect();
            out.push(resized(&logarithms, small, size)?);
        }
    }
    Ok(out)
}

fn resized(plane: &[f32], from: [usize; 2], to: [usize; 2]) -> Result<Vec<f32>> {
    resize_planes(plane, 1, from.into(), to.into(), Filter::Bilinear)
}

/// The squared response to waves along a direction.
fn energy(plane: &[f32], width: usize, wavelength: f32, angle: f32) -> Vec<f32> {
    let sigma = WINDOW * wavelength;
    let [x, y] = [angle.cos(), angle.sin()].map(|part| Kernel::new(sigma, part * TAU / wavelength));
    // A window times a wave is the product of such along x and along y.
    let [re, im] = [&x.re, &x.im].map(|kernel| along_rows(plane, width, kernel));
    let columns = |plane: &[f32], kernel: &[f32]| along_columns(plane, width, kernel);
    let (rr, ii, ri, ir) = (columns(&re, &y.re), columns(&im, &y.im), columns(&re, &y.im), columns(&im, &y.re));
    // What a filter answers to a constant is taken off.
    let constant = x.constant * y.constant;
    let mean = blur(plane, width, sigma);
    let parts = rr.iter().zip(&ii).zip(ri.iter().zip(&ir)).zip(&mean);
    parts.map(|(((rr, ii), (ri, ir)), mean)| (rr - ii - constant * mean).powi(2) + (ri + ir).powi(2)).collect()
}

/// A Gaussian window times a complex wave.
struct Kernel {
    re: Vec<f32>,
    im: Vec<f32>,
    /// Sum of the real part; the window's is 1, the imaginary part's 0.
    constant: f32,
}

impl Kernel {
    /// Cut at three deviations.
    fn new(sigma: f32, frequency: f32) -> Self {
        let reach = (3.0 * sigma).ceil() as i32;
        let window: Vec<f32> = (-reach..=reach).map(|i| (-0.5 * (i as f32 / sigma).powi(2)).exp()).collect();
        let sum: f32 = window.iter().sum();
        let wave = |of: fn(f32) -> f32| {
            let phases = (-reach..=reach).map(|i| of(i as f32 * frequency));
            phases.zip(&window).map(|(v, window)| v * window / sum).collect::<Vec<f32>>()
        };
        let re = wave(f32::cos);
        let constant = re.iter().sum();
        Self { re, im: wave(f32::sin), constant }
    }
}
