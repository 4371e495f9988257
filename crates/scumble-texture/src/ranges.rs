//! Ranges of parameters.

use scumble_core::{Error, Result};

/// Refuses a value that is outside `least..=most` or no number.
pub(crate) fn within(name: &str, value: f64, least: f64, most: f64) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::parameter(format!("{name} is {value}, allowed is {least} to {most}")))
}
