//! The ICC profile that tags what scumble writes.

use moxcms::{ColorDateTime, ColorProfile};
use scumble_core::{Error, Result};

/// An sRGB profile, the same bytes at any time.
pub(super) fn profile() -> Result<Vec<u8>> {
    let mut profile = ColorProfile::new_srgb();
    // Else the day of writing, and no two files would be equal. This is the standard's.
    profile.creation_date_time =
        ColorDateTime { year: 1999, month: 10, day_of_the_month: 1, hours: 0, minutes: 0, seconds: 0 };
    profile.encode().map_err(|e| Error::io(format!("cannot make an sRGB profile ({e})")))
}
