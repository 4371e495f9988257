//! How large blocks are.

use scumble_core::{Error, Result};

use super::source::Source;
use crate::structure::period;

/// Least side in pixels of a block whose size is chosen, in exemplars of up to 512 pixels.
const LEAST: f64 = 24.0;
/// Places a block whose size is chosen must have at least: fewer make the same picture again and again.
pub(super) const PLACES: usize = 8;
/// Side of a block, of the exemplar's longest period: whole elements lie within a block wherever it begins.
const PERIODS: f64 = 2.0;
/// The longest side of a block whose size is chosen, of the exemplar's: larger ones show the same parts side by side.
const LARGEST: f64 = 0.25;

/// A block's width and height. Those of an exemplar that is thinner are as thin.
///
/// # Errors
/// `Fault::Limit` if `side` is not 0 and no opaque block of that side is in the exemplar; `Fault::Input` if the exemplar is
/// transparent everywhere.
pub(super) fn choose(source: &Source<'_>, side: usize) -> Result<[usize; 2]> {
    let size = source.size();
    if source.places([1, 1]) == 0 {
        return Err(Error::input("the exemplar is transparent everywhere").hint("name a picture with opaque parts"));
    }
    if side > 0 {
        if side > size[0].min(size[1]) {
            return Err(Error::limit(format!("block is {side} pixels, but the exemplar has {}x{}", size[0], size[1]))
                .hint("choose smaller blocks, or 0 to have them chosen"));
        }
        if source.places([side, side]) == 0 {
            return Err(Error::limit(format!("the exemplar has no opaque part of {side}x{side} pixels"))
                .hint("choose smaller blocks, or 0 to have them chosen"));
        }
        return Ok([side, side]);
    }
    let unit = f64::from(source.canvas.size_unit());
    let largest = LARGEST * size[0].min(size[1]) as f64;
    let by_period = period(source.canvas).map_or(0.0, |period| (PERIODS * period.length).min(largest));
    let wanted = by_period.max(LEAST * unit);
    let mut side = wanted.round() as usize;
    loop {
        // Half an exemplar leaves as many places.
        let block = size.map(|length| side.min(length.div_ceil(2)));
        if side == 1 || source.places(block) >= PLACES {
            return Ok(block);
        }
        side = (side.min(size[0].max(size[1])) * 3 / 4).max(1);
    }
}

/// A block half as large again, as far as opaque parts of the exemplar have it.
pub(super) fn larger(source: &Source<'_>, block: [usize; 2]) -> [usize; 2] {
    let larger = block.map(|side| side * 3 / 2);
    if source.places(larger) >= PLACES { larger } else { block }
}
