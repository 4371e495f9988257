//! Random phase noise that keeps the exemplar's colours: its spectrum and its distribution of colours are imposed in
//! turn (after Tartavel, Gousseau, Peyré, "Variational texture synthesis with sparsity and spectrum constraints", 2015,
//! whose sparse part is left out here). Phases then carry what makes values unevenly distributed: spots, cracks,
//! highlights.

use schemars::JsonSchema;
use scumble_core::{Result, within};
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use crate::exemplar;
use crate::fft::Value;
use crate::parallel;
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

/// Parameters of [`spectrum`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpectrumParams {
    /// How many times colours and spectrum are imposed; 5 if 0.
    #[schemars(range(min = 0, max = 50))]
    pub rounds: u32,
}

impl SpectrumParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("rounds", self.rounds, 0, 50)
    }
}

/// A texture of `size`, width and height in pixels, that has the exemplar's spectrum nearly and its distribution of
/// colours more nearly, as they are imposed last; clamped to 0 to 1, opaque, tileable. Sizes and transparency as of
/// [`random_phase`](crate::phase::random_phase).
///
/// `progress` is told the share done, up to 1, after every round; when it says false, the texture is finished as it
/// stands.
///
/// # Errors
/// As [`SpectrumParams::validate`]; `Fault::Limit` if a side of `size` is 0 or the picture too large; `Fault::Input` if
/// the exemplar is transparent everywhere.
pub fn spectrum(
    exemplar: &Canvas,
    size: [usize; 2],
    params: &SpectrumParams,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Canvas> {
    spectrum_unclamped(exemplar, size, params, seed, progress)?.to_canvas()
}

/// [`spectrum`] in double precision and not clamped.
///
/// # Errors
/// As [`spectrum`].
pub fn spectrum_unclamped(
    exemplar: &Canvas,
    size: [usize; 2],
    params: &SpectrumParams,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Planes> {
    params.validate()?;
    exemplar::check_size(size)?;
    let exemplar = exemplar::planes(exemplar)?;
    let (colours, spot) = (periodic(&exemplar), Spot::new(&exemplar, size));
    let mut channels = spot.convolved(&phases(&spot.fft, seed, PHASES)).into_channels();
    let wanted = spot.channels.each_ref().map(|channel| spot.fft.spectrum(channel));
    let rounds = if params.rounds == 0 { ROUNDS } else { params.rounds };
    for round in 0..rounds {
        sliced_transport(&mut channels, colours.channels(), DIRECTIONS, seed.wrapping_add(u64::from(round)));
        impose(&spot, &wanted, &mut channels);
        if !progress(f64::from(round + 1) / f64::from(rounds)) {
            break;
        }
    }
    sliced_transport(&mut channels, colours.channels(), LAST_DIRECTIONS, seed.wrapping_sub(1));
    Ok(Planes::new(size, channels))
}

/// Replaces a picture by the nearest one that is the spot, of spectrum `wanted`, with each wave moved by some phase,
/// the same for all channels: that of the product of its spectrum with the spot's (after Tartavel et al. 2015).
fn impose(spot: &Spot, wanted: &[Vec<Value>; 3], channels: &mut [Vec<f64>; 3]) {
    let fft = &spot.fft;
    let given = channels.each_ref().map(|channel| fft.spectrum(channel));
    let factors = parallel::made(fft.area(), |i| {
        let product: Value = (0..3).map(|c| wanted[c][i].conj() * given[c][i]).sum();
        let length = product.norm();
        if length > 0.0 { product / length } else { Value::new(1.0, 0.0) }
    });
    *channels = spot.convolved(&factors).into_channels();
}
