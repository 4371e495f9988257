//! Portilla & Simoncelli's synthesis ("A parametric texture model based on joint statistics of complex wavelet coefficients",
//! IJCV 40(1), 2000): noise that is given the exemplar's statistics of a steerable pyramid in quadrature, within bands and
//! between them: where moduli are large together there is an edge or a line, and their autocorrelation says how it goes on.
//! Good for what has lines and elements but no order over long distances: bark, weave, grass, pebbles.
//!
//! Colours are taken along the principal axes of the exemplar's, each of variance 1; what is measured between orientations
//! and octaves is measured between these channels too. Differences to the authors' program: covariances change by the map
//! of least change; autocorrelations' systems are regularised, and a filter changes a wave fourfold at most; skewness and
//! kurtosis take the shortest step along their gradients, found numerically.

mod bands;
mod covariances;
mod distances;
mod lags;
mod moments;
mod round;
mod statistics;

use rayon::prelude::*;
use scumble_core::{Error, Result};
use scumble_image::Canvas;

pub use self::covariances::Covariances;
pub use self::distances::Distance;
pub use self::lags::Lags;
pub use self::statistics::{LowPass, Octave, Pixels, Statistics};
use crate::colours::{Axes, FLAT};
use crate::exemplar;
use crate::parallel;
use crate::params::PyramidParams;
use crate::periodic::periodic;
use crate::phase::white;
use crate::planes::Planes;
use crate::pyramid::QuadraturePyramid;

/// The stages under which the noise of the channels is drawn.
const NOISE: u64 = 0x706f_7274_0000;
/// Rounds where none are named: the authors' took 25 to 50.
const ROUNDS: u32 = 25;
/// How much farther than a round goes the next one starts (the authors' program: 0.8).
const FARTHER: f64 = 0.8;
/// The least side of the low-pass residual: statistics of fewer values say little.
const LEAST: usize = 8;

/// A texture of `size`, width and height in pixels, with the [joint statistics](Statistics) of the exemplar's [periodic
/// part](crate::periodic), nearly; tileable, values may leave 0 to 1. There are as many octaves as leave 8 pixels of the
/// smallest side, of the exemplar or the texture. Of an exemplar with transparency the largest opaque rectangle counts. 25
/// rounds if none are named.
///
/// `progress` is told the share done, up to 1, after every octave of every round; when it says false, the texture is that of
/// the last whole round.
///
/// # Errors
/// As [`PyramidParams::validate`]; `Fault::Limit` if a side of `size` is 0 or the picture too large; `Fault::Input` if the
/// exemplar is transparent everywhere.
pub fn portilla_simoncelli(
    exemplar: &Canvas,
    size: [usize; 2],
    params: &PyramidParams,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Planes> {
    params.validate()?;
    exemplar::check_size(size)?;
    let model = Model::of(&exemplar::planes(exemplar)?, size, params)?;
    let pyramid = pyramid(size, model.scales, params)?;
    let rounds = if params.rounds == 0 { ROUNDS } else { params.rounds };
    let mut made: Vec<Vec<f64>> =
        (0..model.wanted.pixels.len()).map(|c| white(size[0] * size[1], seed, NOISE + c as u64)).collect();
    made.par_iter_mut().zip(&model.wanted.pixels).for_each(|(channel, pixels)| round::impose_pixels(channel, pixels));
    // Where a round starts: farther than the one before came.
    let mut start = made.clone();
    for i in 0..rounds {
        let told = &mut |share: f64| progress((f64::from(i) + share) / f64::from(rounds));
        let Some(next) = round::round(&pyramid, &start, &model.wanted, told) else { break };
        start.par_iter_mut().zip(&next).for_each(|(start, next)| {
            parallel::each(start, |at, v| *v = next[at] + FARTHER * (next[at] - *v));
        });
        made = next;
    }
    Ok(model.colours.picture(size, &made))
}

/// The statistics of a texture compared with those of an exemplar's periodic part, along the axes of the exemplar's colours.
///
/// # Errors
/// As [`PyramidParams::validate`]; `Fault::Input` if the exemplar is transparent everywhere.
pub fn distances(texture: &Planes, exemplar: &Canvas, params: &PyramidParams) -> Result<Vec<Distance>> {
    params.validate()?;
    let model = Model::of(&exemplar::planes(exemplar)?, texture.size(), params)?;
    let pyramid = pyramid(texture.size(), model.scales, params)?;
    let found = Statistics::of(&pyramid, &model.colours.channels(texture), &model.reaches);
    Ok(found.distances(&model.wanted))
}

/// The statistics of planes of `size`, width and height, about their means, over as many octaves of `scales` as leave 8 pixels
/// of the smaller side.
///
/// # Errors
/// `Fault::Parameter` if a number is out of range, `Fault::Limit` if a side is 0, `Fault::Input` if a plane has not one value
/// a pixel.
pub fn statistics(planes: &[Vec<f64>], size: [usize; 2], scales: u32, orientations: u32) -> Result<Statistics> {
    let params = PyramidParams { scales, orientations, rounds: 0 };
    params.validate()?;
    exemplar::check_size(size)?;
    if let Some(plane) = planes.iter().find(|plane| plane.len() != size[0] * size[1]) {
        let message = format!("a plane of {}×{} values cannot hold {}", size[0], size[1], plane.len());
        return Err(Error::input(message));
    }
    let scales = octaves(params.scales, [size; 2]);
    let pyramid = pyramid(size, scales, &params)?;
    let centred: Vec<Vec<f64>> = planes
        .iter()
        .map(|plane| (plane, parallel::mean(plane)))
        .map(|(plane, mean)| plane.iter().map(|v| v - mean).collect())
        .collect();
    Ok(Statistics::of(&pyramid, &centred, &reaches(scales, [size; 2])))
}

/// What of an exemplar a texture is made from.
struct Model {
    colours: Colours,
    scales: usize,
    reaches: Vec<usize>,
    wanted: Statistics,
}

impl Model {
    /// For a texture of `size`.
    fn of(exemplar: &Planes, size: [usize; 2], params: &PyramidParams) -> Result<Self> {
        let part = periodic(exemplar);
        let colours = Colours::of(&part);
        let sizes = [part.size(), size];
        let scales = octaves(params.scales, sizes);
        let reaches = reaches(scales, sizes);
        let pyramid = pyramid(part.size(), scales, params)?;
        let wanted = Statistics::of(&pyramid, &colours.channels(&part), &reaches);
        Ok(Self { colours, scales, reaches, wanted })
    }
}

/// An exemplar's axes of colour that are not flat.
struct Colours {
    axes: Axes,
    /// Which axes, and the exemplar's deviation along them.
    deviations: Vec<(usize, f64)>,
}

impl Colours {
    fn of(exemplar: &Planes) -> Self {
        let axes = Axes::of(exemplar);
        let deviation = |plane: &Vec<f64>| (parallel::sum(plane, |v| v * v) / plane.len() as f64).sqrt();
        let deviations = axes.along(exemplar).iter().map(deviation).enumerate().filter(|(_, d)| *d > FLAT).collect();
        Self { axes, deviations }
    }

    /// A picture's values along the axes, about the exemplar's mean and in units of its deviation.
    fn channels(&self, picture: &Planes) -> Vec<Vec<f64>> {
        let along = self.axes.along(picture);
        let channel = |(axis, deviation): &(usize, f64)| along[*axis].iter().map(|v| v / deviation).collect();
        self.deviations.iter().map(channel).collect()
    }

    /// The picture of such values.
    fn picture(&self, size: [usize; 2], channels: &[Vec<f64>]) -> Planes {
        let mut along = [0, 1, 2].map(|_| vec![0.0; size[0] * size[1]]);
        for ((axis, deviation), channel) in self.deviations.iter().zip(channels) {
            along[*axis] = channel.iter().map(|v| v * deviation).collect();
        }
        self.axes.picture(size, &along)
    }
}

/// The least side of pictures of these sizes after so many halvings.
fn least_side(sizes: [[usize; 2]; 2], level: usize) -> usize {
    sizes.iter().flatten().map(|side| side.div_ceil(1 << level)).min().unwrap_or(0)
}

/// How many of `scales` octaves leave enough of pictures of these sizes.
fn octaves(scales: u32, sizes: [[usize; 2]; 2]) -> usize {
    (1..=scales as usize).take_while(|level| least_side(sizes, *level) >= LEAST).count()
}

/// The longest displacements of each octave and of the low-pass residual.
fn reaches(scales: usize, sizes: [[usize; 2]; 2]) -> Vec<usize> {
    (0..=scales).map(|level| statistics::reach(least_side(sizes, level))).collect()
}

fn pyramid([width, height]: [usize; 2], scales: usize, params: &PyramidParams) -> Result<QuadraturePyramid> {
    QuadraturePyramid::new(width, height, scales, params.orientations as usize)
}
