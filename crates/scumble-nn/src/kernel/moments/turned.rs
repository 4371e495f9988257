//! Features with channels side by side: panels `[position][channel]` of as many channels as a register tile is wide.

use super::runs::{Run, positions};
use crate::kernel::lanes::{Lanes, Task};
use crate::kernel::shared_mut::SharedMut;
use crate::kernel::winograd::inside;
use crate::ops::Map;

/// Vectors side by side.
pub(super) const VECTORS: usize = 2;
/// Positions of a panel: 16 KB where it is 32 channels wide, half of a first-level cache.
pub(super) const POSITIONS: usize = 128;
/// Positions that the last vector of a panel may reach beyond.
const SLACK: usize = 16;

/// Floats of a panel of `width` channels.
pub(super) fn len(width: usize) -> usize {
    (POSITIONS + SLACK) * width
}

/// Turns `width` channels from `first` on at the positions of some runs; channels beyond the last are zero.
pub(super) struct Turn<'a> {
    pub map: &'a Map,
    pub first: usize,
    pub runs: &'a [Run],
    /// A panel of this task alone.
    pub panel: &'a mut [f32],
    /// Sums over the positions, one a channel of the panel.
    pub sums: SharedMut<f32>,
}

impl Task for Turn<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        let width = VECTORS * S::LANES;
        assert!(self.panel.len() == len(width) && positions(self.runs) <= POSITIONS, "a panel of positions");
        let plane = self.map.positions();
        let features = |channel: usize, at: usize, mask: u32| {
            let channel = self.first + channel;
            if channel >= self.map.channels {
                return s.splat(0.0);
            }
            // SAFETY: the mask names positions of a run, which lie in the plane.
            unsafe { s.load_some(self.map.values.as_ptr().wrapping_add(channel * plane + at), mask) }
        };
        for quad in (0..width).step_by(4) {
            let mut position = 0;
            for &(first, count) in self.runs {
                for x in (0..count).step_by(S::LANES) {
                    let mask = inside(x as isize, count, S::LANES);
                    let rows = [0, 1, 2, 3].map(|channel| features(quad + channel, first + x, mask));
                    for (r, column) in s.transpose(rows).into_iter().enumerate() {
                        let places = [0, 4, 8, 12].map(|lane| (position + x + lane + r) * width + quad);
                        // SAFETY: a panel has room for a vector beyond its positions; the next run overwrites what
                        // belongs to it.
                        unsafe { s.scatter(self.panel.as_mut_ptr(), &places[..S::LANES / 4], column) };
                    }
                }
                position += count;
            }
        }
        let mut sums = [s.splat(0.0); VECTORS];
        for row in self.panel.chunks_exact(width).take(positions(self.runs)) {
            for (n, sum) in sums.iter_mut().enumerate() {
                // SAFETY: a row is `VECTORS` vectors.
                *sum = s.add(*sum, unsafe { s.load(row.as_ptr().add(n * S::LANES)) });
            }
        }
        for (n, sum) in sums.into_iter().enumerate() {
            // SAFETY: this panel's sums, which are nobody else's.
            unsafe { s.store(self.sums.at(n * S::LANES), sum) };
        }
    }
}
