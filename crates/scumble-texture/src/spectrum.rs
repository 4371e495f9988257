//! Random phase noise that keeps the exemplar's colours: its spectrum and its distribution of colours are imposed in
//! turn (after Tartavel, Gousseau, Peyré, "Variational texture synthesis with sparsity and spectrum constraints", 2015,
//! whose sparse part is left out here). Phases then carry what makes values unevenly distributed: spots, cracks,
//! highlights.

use scumble_core::Result;
use scumble_image::Canvas;

use crate::exemplar;
use crate::fft::Value;
use crate::parallel;
use crate::params::check_rounds;
use crate::periodic::periodic;
use crate::phase::{PHASES, Spot, phases};
use crate::planes::Planes;
use crate::transport::sliced_transport;

/// Directions of colour a round: two bases, others every round.
const DIRECTIONS: usize = 6;
/// Directions of the last match of colours (as usual in sliced transport).
const LAST_DIRECTIONS: usize = 32;

/// Rounds where none are named.
const ROUNDS: u32 = 5;

/// A texture of `size`, width and height in pixels, that has the exemplar's spectrum nearly and its distribution of
/// colours more nearly, as they are imposed last; tileable, values may leave 0 to 1. Sizes and transparency as of
/// [`random_phase`](crate::phase::random_phase). Both are imposed `rounds` times, up to 50; 5 times if 0.
///
/// `progress` is told the share done, up to 1, after every round; when it says false, the texture is finished as it
/// stands.
///
/// # Errors
/// `Fault::Parameter` if there are too many rounds; `Fault::Limit` if a side of `size` is 0 or the picture too large;
/// `Fault::Input` if the exemplar is transparent everywhere.
pub fn spectrum(
    exemplar: &Canvas,
    size: [usize; 2],
    rounds: u32,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Planes> {
    check_rounds(rounds)?;
    exemplar::check_size(size)?;
    let exemplar = exemplar::planes(exemplar)?;
    let (colours, spot) = (periodic(&exemplar), Spot::new(&exemplar, size));
    let mut channels = spot.convolved(&phases(&spot.fft, seed, PHASES)).into_channels();
    let target = Target::of(&spot);
    let rounds = if rounds == 0 { ROUNDS } else { rounds };
    for round in 0..rounds {
        sliced_transport(&mut channels, colours.channels(), DIRECTIONS, seed.wrapping_add(u64::from(round)));
        channels = target.imposed(&spot, &channels);
        if !progress(f64::from(round + 1) / f64::from(rounds)) {
            break;
        }
    }
    sliced_transport(&mut channels, colours.channels(), LAST_DIRECTIONS, seed.wrapping_sub(1));
    Ok(Planes::new(size, channels))
}

/// The spot's spectra.
struct Target {
    /// Of red, of green.
    apart: [Vec<Value>; 2],
    /// Of red + i green, of blue.
    joint: [Vec<Value>; 2],
}

impl Target {
    fn of(spot: &Spot) -> Self {
        let [red, green, _] = &spot.channels;
        Self { apart: [red, green].map(|channel| spot.fft.spectrum(channel)), joint: spot.spectra() }
    }

    /// The picture nearest to the one given that is the spot with each wave moved by some phase, the same for all channels:
    /// that of the product of its spectrum with the spot's (after Tartavel et al. 2015).
    fn imposed(&self, spot: &Spot, channels: &[Vec<f64>; 3]) -> [Vec<f64>; 3] {
        let given = channels.each_ref().map(|channel| spot.fft.spectrum(channel));
        let ([red, green], [joint, blue]) = (&self.apart, &self.joint);
        let wanted = [red, green, blue];
        let factors = parallel::made(spot.fft.area(), |i| {
            let product: Value = (0..3).map(|c| wanted[c][i].conj() * given[c][i]).sum();
            let length = product.norm();
            if length > 0.0 { product / length } else { Value::new(1.0, 0.0) }
        });
        drop(given);
        let turned = |spectrum: &[Value]| parallel::made(spectrum.len(), |i| spectrum[i] * factors[i]);
        spot.picture([turned(joint), turned(blue)]).into_channels()
    }
}
