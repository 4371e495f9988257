//! Ranges that several painters' parameters have.

use scumble_core::{Error, Result, within};

use crate::painting::MOST_STROKES;

/// Refuses sizes of layers unless there are 1 to 8 from `least` to 256 pixels, none larger than the one before.
pub(crate) fn sizes(name: &str, sizes: &[f64], least: f64) -> Result<()> {
    if !(1..=8).contains(&sizes.len()) {
        return Err(Error::parameter(format!("{name} has {} values, allowed are 1 to 8", sizes.len())));
    }
    sizes.iter().try_for_each(|size| within(name, *size, least, 256.0))?;
    if sizes.is_sorted_by(|a, b| a >= b) {
        return Ok(());
    }
    Err(Error::parameter(format!("{name} grow from layer to layer")).hint("name the largest first"))
}

/// Refuses a number of strokes or a size of the working copy out of range.
pub(crate) fn count_and_work(count: u32, work_px: u32) -> Result<()> {
    within("count", count as usize, 1, MOST_STROKES)?;
    within("work_px", work_px, 16, 2048)
}
