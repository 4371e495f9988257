//! The gradient through the sums.

use rayon::prelude::*;

use super::runs::{self, Run, positions};
use crate::kernel::lanes::{Lanes, Level, Task, prefetch};
use crate::kernel::scratch;
use crate::kernel::shared_mut::SharedMut;
use crate::kernel::winograd::inside;
use crate::ops::{Map, Window};

/// Positions of a task: of 512 channels 256 KB, a part of a second-level cache.
const POSITIONS: usize = 128;
/// Channels that are asked for ahead of their use.
const AHEAD: usize = 4;

/// As [`super::add_moments_gradient`].
pub(super) fn add(map: &Map, window: Window, slope: &[f32], gradient: &mut Map, level: Level) {
    let channels = map.channels;
    assert_eq!(slope.len(), channels * (channels + 1), "a slope for every sum");
    assert_eq!(gradient.values.len(), map.values.len(), "a gradient of the map's shape");
    let parts = runs::parts(map, window, POSITIONS);
    let factor = factor(channels, slope, level.rows());
    let to = SharedMut::new(gradient.values.as_mut_ptr());
    let width = level.panel();
    parts.par_iter().with_max_len(1).for_each(|runs| {
        let vectors = vectors(runs, level.lanes());
        // Outside the task: what is called from a closure inside it may not be inlined into the function that enables the
        // instructions.
        scratch::with(
            vectors.len().div_ceil(width / level.lanes()) * channels * width + level.rows() * width,
            |buffer| {
                level.run(Part { map, vectors: &vectors, slope, factor: &factor, buffer, to });
            },
        );
    });
}

/// A vector's place: the position of its first lane, and the lanes that count.
type Vector = (usize, u32);

fn vectors(runs: &[Run], lanes: usize) -> Vec<Vector> {
    let mut vectors = Vec::with_capacity(positions(runs).div_ceil(lanes) + runs.len());
    for &(first, count) in runs {
        vectors.extend((0..count).step_by(lanes).map(|x| (first + x, inside(x as isize, count, lanes))));
    }
    vectors
}

/// A + Aᵀ for register tiles: `[group of rows][channel][row]`, filled up with zeros.
fn factor(channels: usize, slope: &[f32], rows: usize) -> Vec<f32> {
    let at = |row: usize, column: usize| slope[row * (channels + 1) + column];
    let mut factor = vec![0.0; channels.next_multiple_of(rows) * channels];
    factor.par_chunks_exact_mut(channels * rows).enumerate().for_each(|(group, tile)| {
        for (channel, values) in tile.chunks_exact_mut(rows).enumerate() {
            let first = group * rows;
            for (row, value) in (first..channels).zip(values) {
                *value = at(row, channel) + at(channel, row);
            }
        }
    });
    factor
}

/// The gradient at some positions.
struct Part<'a> {
    map: &'a Map,
    vectors: &'a [Vector],
    slope: &'a [f32],
    factor: &'a [f32],
    /// Room for the features and a register tile.
    buffer: &'a mut [f32],
    /// The whole gradient, of which these positions are this task's.
    to: SharedMut<f32>,
}

impl Task for Part<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        let Self { map, vectors, slope, factor, buffer, to } = self;
        let (channels, plane) = (map.channels, map.positions());
        let width = S::COLUMNS * S::LANES;
        let (tile, panels) = buffer.split_at_mut(S::ROWS * width);
        for channel in 0..channels {
            for (vectors, panel) in vectors.chunks(S::COLUMNS).zip(panels.chunks_exact_mut(channels * width)) {
                let line = &mut panel[channel * vectors.len() * S::LANES..][..vectors.len() * S::LANES];
                for (&(at, mask), to) in vectors.iter().zip(line.chunks_exact_mut(S::LANES)) {
                    let from = map.values.as_ptr().wrapping_add(channel * plane + at);
                    // Planes are too far apart for the processor to foresee the next.
                    prefetch(from.wrapping_add(AHEAD * plane));
                    // SAFETY: the mask names positions in the channel's plane.
                    unsafe { s.store(to.as_mut_ptr(), s.load_some(from, mask)) };
                }
            }
        }
        for (group, factor) in factor.chunks_exact(channels * S::ROWS).enumerate() {
            for (vectors, panel) in vectors.chunks(S::COLUMNS).zip(panels.chunks_exact(channels * width)) {
                for channel in group * S::ROWS..((group + 1) * S::ROWS).min(channels) {
                    for &(at, _) in vectors {
                        prefetch(to.at(channel * plane + at));
                    }
                }
                // SAFETY: a group of rows of the factor, a panel of all channels, and a tile's room.
                unsafe {
                    s.register_tile(vectors.len(), false, channels, factor.as_ptr(), panel.as_ptr(), tile.as_mut_ptr());
                }
                let lines = tile.chunks_exact(vectors.len() * S::LANES);
                for (channel, line) in (group * S::ROWS..channels).zip(lines).take(S::ROWS) {
                    let bias = s.splat(slope[channel * (channels + 1) + channels]);
                    for (&(at, mask), sum) in vectors.iter().zip(line.chunks_exact(S::LANES)) {
                        let to = to.at(channel * plane + at);
                        // SAFETY: the mask names positions of this task in the channel's plane.
                        unsafe {
                            let sum = s.add(s.load(sum.as_ptr()), bias);
                            s.store_some(to, s.add(s.load_some(to, mask), sum), mask);
                        }
                    }
                }
            }
        }
    }
}
