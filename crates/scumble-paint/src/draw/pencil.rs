//! How hard a pencil is pressed along its line.

use super::noise::{plane, smooth};

/// Shares of a line over which the hand comes down and goes up, and what is left of the pressure at either end.
const ENDS: [f32; 2] = [0.15, 0.35];
const LIFTED: f32 = 0.3;
/// How much less the pencil may be pressed on the way, and the way from one pressure to the next in units of size.
const UNSTEADY: f32 = 0.3;
const WAY: f32 = 9.0;

/// The pressure, 0 to 1, at a distance along a line; both in units of size.
pub(super) fn pressure(key: u64, along: f32, length: f32) -> f32 {
    if length <= 0.0 {
        return 1.0;
    }
    let [down, up] = ENDS.map(|share| share * length);
    let held = smooth(along / down) * smooth((length - along) / up);
    (LIFTED + (1.0 - LIFTED) * held) * (1.0 - UNSTEADY * plane(key, along / WAY, 0.5))
}
