//! The ICC profile of sRGB: what colours are converted to, and what written pictures are tagged with.

use moxcms::{ColorProfile, Xyzd};
use scumble_core::{Error, Result};

/// The primaries adapted to D50, as published with the ICC's sRGB profile; the library derives its own from a colour
/// temperature, a quarter of an 8-bit level beside them in saturated colours.
const RED: Xyzd = Xyzd { x: 0.436_074_7, y: 0.222_504_5, z: 0.013_932_2 };
const GREEN: Xyzd = Xyzd { x: 0.385_064_9, y: 0.716_878_6, z: 0.097_104_5 };
const BLUE: Xyzd = Xyzd { x: 0.143_080_4, y: 0.060_616_9, z: 0.714_173_3 };

/// Where a profile says when it was made: six numbers of two bytes (ICC.1:2022, 7.2.8).
const DATE: std::ops::Range<usize> = 24..36;
/// The day of the standard, IEC 61966-2-1: 1999-10-01 00:00:00.
const THEN: [u8; 12] = [7, 0xcf, 0, 10, 0, 1, 0, 0, 0, 0, 0, 0];

/// The profile.
pub(crate) fn profile() -> ColorProfile {
    let mut profile = ColorProfile::new_srgb();
    (profile.red_colorant, profile.green_colorant, profile.blue_colorant) = (RED, GREEN, BLUE);
    profile
}

/// Its file, the same bytes at any time.
pub(crate) fn encoded() -> Result<Vec<u8>> {
    let mut file = profile().encode().map_err(|e| failure(&e.to_string()))?;
    // The library writes the time of writing here, and no two files would be equal.
    file.get_mut(DATE).ok_or_else(|| failure("it is too short"))?.copy_from_slice(&THEN);
    Ok(file)
}

fn failure(why: &str) -> Error {
    Error::io(format!("cannot make an sRGB profile ({why})"))
}
