//! Textures by matching histograms of pixels and of bands in turn (Heeger & Bergen, "Pyramid-based texture analysis and
//! synthesis", 1995), for any way to take a picture apart into bands.

use rayon::prelude::*;
use scumble_core::Result;

use crate::colours::{Axes, FLAT};
use crate::histogram::{Sorted, match_histogram};
use crate::phase::white;
use crate::planes::Planes;
use crate::pyramid::Band;
use crate::transport::sliced_transport;

/// The stages under which the noise of the three channels that a synthesis starts from is drawn.
const NOISE: u64 = 0x6e6f_6973_6500;

/// Directions of colour between the axes in each round, and in the end.
const DIRECTIONS: usize = 6;
const LAST_DIRECTIONS: usize = 32;
/// Values of the smallest band: fewer have no histogram to speak of.
const LEAST: usize = 16;

/// A way to take planes of one size apart and put them together.
pub(crate) trait Transform {
    /// A plane's bands.
    fn analyse(&self, plane: &[f64]) -> Result<Vec<Band>>;
    /// By how much more bands are changed than to match.
    fn relaxation(&self) -> f64;
    /// The plane of bands.
    fn synthesise(&self, bands: &[Band]) -> Result<Vec<f64>>;
}

/// How often histograms are matched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Rounds {
    /// So many times.
    All(u32),
    /// Until no band's histogram is farther than `near` of the pixels' deviation along its axis, `most` times at most.
    Until { near: f64, most: u32 },
}

/// The distributions of a plane and of its bands.
struct Distributions {
    pixels: Sorted,
    bands: Vec<Sorted>,
}

/// Of a picture's values along each axis.
fn distributions(axes: &Axes, picture: &Planes, transform: &dyn Transform) -> Result<[Distributions; 3]> {
    let [first, second, third] = axes.along(picture);
    let of = |plane: Vec<f64>| -> Result<Distributions> {
        let bands = transform.analyse(&plane)?.par_iter().map(|band| Sorted::of(&band.values)).collect();
        Ok(Distributions { pixels: Sorted::of(&plane), bands })
    };
    Ok([of(first)?, of(second)?, of(third)?])
}

/// A histogram compared with the exemplar's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marginal {
    /// Wasserstein distance (of first order) between the two.
    pub distance: f64,
    /// Standard deviation of the exemplar's.
    pub deviation: f64,
}

/// The histograms of a texture's pixels, then bands, along each axis of the exemplar's colours, compared with the
/// exemplar's.
pub(crate) fn compared(
    exemplar: &Planes,
    texture: &Planes,
    transforms: [&dyn Transform; 2],
) -> Result<[Vec<Marginal>; 3]> {
    let axes = Axes::of(exemplar);
    let wanted = distributions(&axes, exemplar, transforms[0])?;
    let found = distributions(&axes, texture, transforms[1])?;
    let marginal = |(a, b): (&Sorted, &Sorted)| Marginal { distance: a.distance(b), deviation: b.deviation() };
    Ok([0, 1, 2].map(|axis: usize| {
        let (found, wanted) = (&found[axis], &wanted[axis]);
        let bands = found.bands.iter().zip(&wanted.bands);
        [(&found.pixels, &wanted.pixels)].into_iter().chain(bands).map(marginal).collect()
    }))
}

/// A texture of the periodic exemplar's distributions: white noise, along the principal axes of the exemplar's colours,
/// gets the distributions of pixels and of bands in turn, pixels last. `transforms` are of the exemplar and of
/// `size`.
///
/// The authors match pixels along each axis alone, which are not correlated but depend on each other all the same:
/// colours come up that the exemplar does not have. Here pixels are also matched along directions between the axes,
/// axes last.
///
/// `progress` is told the share done after every channel; when it says false, the texture is finished as it stands.
pub(crate) fn synthesise(
    exemplar: &Planes,
    size: [usize; 2],
    transforms: [&dyn Transform; 2],
    rounds: Rounds,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Planes> {
    let axes = Axes::of(exemplar);
    let wanted = distributions(&axes, exemplar, transforms[0])?;
    let colours = axes.along(exemplar);
    let match_colours = |channels: &mut [Vec<f64>; 3], directions: usize, seed: u64| {
        sliced_transport(channels, &colours, directions, seed);
        channels
            .par_iter_mut()
            .zip(&wanted)
            .for_each(|(channel, wanted)| match_histogram(channel, &wanted.pixels, seed));
    };
    let mut channels = [0, 1, 2].map(|c| white(size[0] * size[1], seed, NOISE + c));
    let (most, near) = match rounds {
        Rounds::All(most) => (most, 0.0),
        Rounds::Until { near, most } => (most, near),
    };
    'rounds: for round in 0..most {
        match_colours(&mut channels, DIRECTIONS, seed.wrapping_add(u64::from(round)));
        let relaxation = if round + 1 == most { 1.0 } else { transforms[1].relaxation() };
        let mut farthest: f64 = 0.0;
        for (c, (channel, wanted)) in channels.iter_mut().zip(&wanted).enumerate() {
            let deviation = wanted.pixels.deviation();
            if deviation > FLAT {
                let mut bands = transforms[1].analyse(channel)?;
                let matched = bands.par_iter_mut().zip(&wanted.bands).map(|(band, wanted)| {
                    let mut matched = band.values.clone();
                    match_histogram(&mut matched, wanted, seed);
                    let apart = |(v, matched): (&mut f64, f64)| {
                        let apart = matched - *v;
                        *v += relaxation * apart;
                        apart.abs()
                    };
                    band.values.iter_mut().zip(matched).map(apart).sum::<f64>() / (deviation * band.values.len() as f64)
                });
                farthest = farthest.max(matched.reduce(|| 0.0, f64::max));
                *channel = transforms[1].synthesise(&bands)?;
            }
            if !progress(f64::from(3 * round + c as u32 + 1) / f64::from(3 * most)) {
                break 'rounds;
            }
        }
        if farthest <= near {
            progress(1.0);
            break;
        }
    }
    match_colours(&mut channels, LAST_DIRECTIONS, seed.wrapping_sub(1));
    Ok(axes.picture(size, &channels))
}

/// How many of `scales` octaves pictures of these sizes have: what is left below them has a histogram.
pub(crate) fn octaves(scales: u32, sizes: [[usize; 2]; 2]) -> usize {
    let area = |size: [usize; 2], scale: usize| size.map(|side| side.div_ceil(1 << scale)).iter().product::<usize>();
    (1..=scales as usize).take_while(|scale| sizes.iter().all(|size| area(*size, *scale) >= LEAST)).count()
}
