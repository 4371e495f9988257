//! Ranges that several painters' parameters have.

use scumble_core::{Error, Result};

use crate::painting::MOST_STROKES;

/// Refuses a value outside `least..=most`, or no number.
pub(super) fn within(name: &str, value: f64, least: f64, most: f64) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::parameter(format!("{name} is {value}, allowed is {least} to {most}")))
}

/// Refuses sizes of layers unless there are 1 to 8 from `least` to 256 pixels, none larger than the one before.
pub(super) fn sizes(name: &str, sizes: &[f64], least: f64) -> Result<()> {
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
pub(super) fn count_and_work(count: u32, work_px: u32) -> Result<()> {
    if count == 0 || count as usize > MOST_STROKES {
        return Err(Error::parameter(format!("count is {count}, allowed is 1 to {MOST_STROKES}")));
    }
    if !(16..=2048).contains(&work_px) {
        return Err(Error::parameter(format!("work_px is {work_px}, allowed is 16 to 2048")));
    }
    Ok(())
}
