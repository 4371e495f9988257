//! A quick look at a texture: histograms of pixels and of the bands of an à trous wavelet transform matched, without
//! directions.

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;

use crate::exemplar;
use crate::marginals::{self, Rounds, Transform};
use crate::parallel;
use crate::params::{check_rounds, check_scales};
use crate::periodic::periodic;
use crate::planes::Planes;
use crate::pyramid::Band;

/// The B3 spline's smoothing (Starck, Murtagh, Bijaoui, "Image processing and data analysis: the multiscale approach",
/// 1998): the middle, its neighbours and the next.
const TAPS: [f64; 3] = [6.0 / 16.0, 4.0 / 16.0, 1.0 / 16.0];

/// Rounds where none are named.
const ROUNDS: u32 = 5;

/// Parameters of [`wavelet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaveletParams {
    /// Octaves of detail, 1 to 8; fewer of pictures too small for them.
    pub scales: u32,
    /// How many times all histograms are matched, up to 50; 5 if 0.
    pub rounds: u32,
}

impl WaveletParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        check_scales(self.scales)?;
        check_rounds(self.rounds)
    }
}

/// As [`heeger_bergen`](crate::heeger_bergen::heeger_bergen), with wavelets in place of the pyramid: half as long, and
/// all directions alike. Tileable, values may leave 0 to 1.
///
/// # Errors
/// As [`WaveletParams::validate`]; `Fault::Limit` if a side of `size` is 0 or the picture too large; `Fault::Input` if
/// the exemplar is transparent everywhere.
pub fn wavelet(
    exemplar: &Canvas,
    size: [usize; 2],
    params: &WaveletParams,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Planes> {
    params.validate()?;
    exemplar::check_size(size)?;
    let part = periodic(&exemplar::planes(exemplar)?);
    let scales = marginals::octaves(params.scales, [part.size(), size]);
    let transforms = [part.size(), size].map(|[width, height]| ATrous { width, height, scales });
    let rounds = if params.rounds == 0 { ROUNDS } else { params.rounds };
    marginals::synthesise(&part, size, [&transforms[0], &transforms[1]], Rounds::All(rounds), seed, progress)
}

/// The transform without decimation: each band is the difference of a plane and itself smoothed with holes twice as
/// wide as in the band before, around borders; the last one is what is left.
#[derive(Debug, Clone, Copy)]
struct ATrous {
    /// Width in pixels.
    width: usize,
    /// Height in pixels.
    height: usize,
    /// Octaves.
    scales: usize,
}

impl Transform for ATrous {
    fn relaxation(&self) -> f64 {
        1.0
    }

    fn analyse(&self, plane: &[f64]) -> Result<Vec<Band>> {
        let mut bands = Vec::with_capacity(self.scales + 1);
        let mut rest = plane.to_vec();
        for scale in 0..self.scales {
            let smooth = self.smoothed(&rest, 1 << scale);
            parallel::each(&mut rest, |i, v| *v -= smooth[i]);
            bands.push(self.band(std::mem::replace(&mut rest, smooth)));
        }
        bands.push(self.band(rest));
        Ok(bands)
    }

    fn synthesise(&self, bands: &[Band]) -> Result<Vec<f64>> {
        Ok(parallel::made(self.width * self.height, |i| bands.iter().map(|band| band.values[i]).sum()))
    }
}

impl ATrous {
    fn band(&self, values: Vec<f64>) -> Band {
        Band { width: self.width, height: self.height, values }
    }

    /// A plane smoothed along rows and columns with taps `step` pixels apart.
    fn smoothed(&self, plane: &[f64], step: usize) -> Vec<f64> {
        let (width, height) = (self.width, self.height);
        let mut along = vec![0.0; plane.len()];
        along.par_chunks_mut(width).zip(plane.par_chunks(width)).for_each(|(out, row)| {
            for (x, value) in out.iter_mut().enumerate() {
                let [a, b, c, d] = neighbours(x, step, width).map(|x| row[x]);
                *value = TAPS[0] * row[x] + TAPS[1] * (b + c) + TAPS[2] * (a + d);
            }
        });
        let mut smooth = vec![0.0; plane.len()];
        smooth.par_chunks_mut(width).enumerate().for_each(|(y, out)| {
            let row = |y: usize| &along[y * width..][..width];
            let [a, b, c, d] = neighbours(y, step, height).map(row);
            for (x, value) in out.iter_mut().enumerate() {
                *value = TAPS[0] * row(y)[x] + TAPS[1] * (b[x] + c[x]) + TAPS[2] * (a[x] + d[x]);
            }
        });
        smooth
    }
}

/// The places two steps and one before and after, around the ends.
fn neighbours(at: usize, step: usize, length: usize) -> [usize; 4] {
    let (one, two) = (step % length, 2 * step % length);
    [at + length - two, at + length - one, at + one, at + two].map(|at| at % length)
}
