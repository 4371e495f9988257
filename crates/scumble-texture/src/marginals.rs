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
struct Wanted {
    pixels: Sorted,
    bands: Vec<Sorted>,
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
    let mut wanted = Vec::with_capacity(3);
    for plane in axes.along(exemplar) {
        let bands = transforms[0].analyse(&plane)?.iter().map(|band| Sorted::of(&band.values)).collect();
        wanted.push(Wanted { pixels: Sorted::of(&plane), bands });
    }
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
