//! Textures by matching histograms of pixels and of bands in turn (Heeger & Bergen, "Pyramid-based texture analysis and
//! synthesis", 1995), for any way to take a picture apart into bands.

use scumble_core::Result;

use crate::colours::Axes;
use crate::histogram::{Sorted, match_histogram};
use crate::phase::white;
use crate::planes::Planes;
use crate::pyramid::Band;

/// The stages under which the noise of the three channels that a synthesis starts from is drawn.
const NOISE: u64 = 0x6e6f_6973_6500;

/// A way to take planes of one size apart and put them together.
pub(crate) trait Transform {
    /// A plane's bands.
    fn analyse(&self, plane: &[f64]) -> Result<Vec<Band>>;
    /// The plane of bands.
    fn synthesise(&self, bands: &[Band]) -> Result<Vec<f64>>;
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
        let bands = transform.analyse(&plane)?.iter().map(|band| Sorted::of(&band.values)).collect();
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

/// The histograms of a texture's pixels, then bands, along each axis of the exemplar's colours, compared with the exemplar's.
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

/// A texture of the periodic exemplar's distributions: white noise, the channels of which, colours along the exemplar's principal
/// axes, get those of bands and of pixels `rounds` times, pixels last. `transforms` are of the exemplar and of `size`.
/// `progress` is told the share done after every channel; when it says false, the texture is finished as it stands.
pub(crate) fn synthesise(
    exemplar: &Planes,
    size: [usize; 2],
    transforms: [&dyn Transform; 2],
    rounds: u32,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Planes> {
    let axes = Axes::of(exemplar);
    let wanted = distributions(&axes, exemplar, transforms[0])?;
    let mut channels = [0, 1, 2].map(|c| white(size[0] * size[1], seed, NOISE + c));
    for (channel, wanted) in channels.iter_mut().zip(&wanted) {
        match_histogram(channel, &wanted.pixels, seed);
    }
    let steps = rounds as usize * 3;
    for step in 0..steps {
        // Neither index leaves its three.
        let (channel, wanted) = (&mut channels[step % 3], &wanted[step % 3]);
        let mut bands = transforms[1].analyse(channel)?;
        for (band, wanted) in bands.iter_mut().zip(&wanted.bands) {
            match_histogram(&mut band.values, wanted, seed);
        }
        *channel = transforms[1].synthesise(&bands)?;
        match_histogram(channel, &wanted.pixels, seed);
        if !progress((step + 1) as f64 / steps as f64) {
            break;
        }
    }
    Ok(axes.picture(size, &channels))
}

/// How many of `scales` octaves pictures of these sizes have: the last has 16 values or more.
pub(crate) fn octaves(scales: u32, sizes: [[usize; 2]; 2]) -> usize {
    let left = |scale: usize| sizes.iter().map(|size| size.map(|side| side.div_ceil(1 << scale))).map(|[w, h]| w * h);
    (1..=scales as usize).take_while(|scale| left(*scale).all(|area| area >= 16)).count()
}
