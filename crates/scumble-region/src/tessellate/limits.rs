//! What parameters may be.

use scumble_core::{Error, Result, within};

/// The longest side of a working copy: sums over it fit, and more adds nothing that a polygon could show.
pub(crate) const MOST_WORK: u32 = 1024;
const LEAST_WORK: u32 = 16;
/// The most points: their triangles or cells, twice each, are below the most strokes of a painting.
pub(super) const MOST_POINTS: u32 = 40_000;

/// Refuses a number of points beyond what is allowed anywhere.
pub(super) fn check_count(count: u32) -> Result<()> {
    within("count", count, 1, MOST_POINTS).map_err(|error| error.hint("a few hundred make a picture"))
}

/// Refuses a side of the working copy that is out of range.
pub(super) fn check_work(work_px: u32) -> Result<()> {
    within("work_px", work_px, LEAST_WORK, MOST_WORK)
}

/// Refuses more points than pixels of the working copy.
pub(super) fn check_room(count: u32, [width, height]: [usize; 2]) -> Result<()> {
    if count as usize <= width.saturating_mul(height) {
        return Ok(());
    }
    let room = width.saturating_mul(height);
    let error = Error::parameter(format!(
        "count is {count}, but the working copy has {width}×{height} pixels, allowed is one a pixel at most: {room}"
    ));
    Err(error.hint("take fewer points, a larger picture or a larger work_px"))
}
