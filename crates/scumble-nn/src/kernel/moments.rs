//! Sums over positions of features and of their products, F·1 and F·Fᵀ.

use gemm::Parallelism;
use rayon::prelude::*;

use super::shared_mut::SharedMut;
use crate::ops::{Map, Window};

/// Positions summed in single precision by one task, or a row if that is longer; the sums of tasks are added in double
/// precision.
const POSITIONS: usize = 4096;
/// Channels of a task's side: a pair of blocks on or above the diagonal is a task.
const CHANNELS: usize = 128;
/// Positions of a task of the gradient.
const COLUMNS: usize = 1024;

/// Runs of positions that lie together in memory, each with its first position's offset and its length, in tasks of
/// about `positions`.
fn tasks(map: &Map, window: Window, positions: usize) -> Vec<Vec<(usize, usize)>> {
    assert!(window.top + window.height <= map.height && window.left + window.width <= map.width, "a window of the map");
    let rows: Vec<usize> = window.rows(map.width).collect();
    let run = |rows: &[usize]| {
        if window.width == map.width {
            return vec![(rows[0], rows.len() * window.width)];
        }
        rows.iter().map(|first| (*first, window.width)).collect()
    };
    rows.chunks((positions / window.width).max(1)).map(run).collect()
}

/// Sums over the window's positions, `[C, C + 1]`: F·Fᵀ, and F·1 in the last column.
///
/// # Panics
/// If the window reaches beyond the map.
pub fn moments(map: &Map, window: Window) -> Vec<f64> {
    let (channels, plane, features) = (map.channels, map.positions(), &*map.values);
    let sides: Vec<(usize, usize)> =
        (0..channels).step_by(CHANNELS).map(|first| (first, CHANNELS.min(channels - first))).collect();
    let pairs: Vec<_> = (0..sides.len()).flat_map(|a| (a..sides.len()).map(move |b| (a, b))).collect();
    let tasks = tasks(map, window, POSITIONS);
    let mut parts = vec![0.0f32; tasks.len() * channels * channels];
    let shared = SharedMut::new(parts.as_mut_ptr());
    (0..tasks.len() * pairs.len()).into_par_iter().for_each(|i| {
        let (task, (a, b)) = (i / pairs.len(), pairs[i % pairs.len()]);
        let ((row, rows), (column, columns)) = (sides[a], sides[b]);
        for (first, count) in &tasks[task] {
            let from = |channel: usize| features[channel * plane + first..].as_ptr();
            // SAFETY: both factors are `count` positions of rows of `features`, `plane` apart, the last of which the
            // window's rows do not leave; this block of this part is this task's alone.
            unsafe {
                gemm::gemm(
                    rows,
                    columns,
                    *count,
                    shared.at((task * channels + row) * channels + column),
                    1,
                    channels as isize,
                    true,
                    from(row),
                    1,
                    plane as isize,
                    from(column),
                    plane as isize,
                    1,
                    1.0,
                    1.0,
                    false,
                    false,
                    false,
                    Parallelism::None,
                );
            }
        }
    });
    let mut out = vec![0.0; channels * (channels + 1)];
    out.par_chunks_exact_mut(channels + 1).enumerate().for_each(|(row, out)| {
        let (products, sum) = out.split_at_mut(channels);
        for (column, out) in products.iter_mut().enumerate() {
            // Only blocks on and above the diagonal have been computed.
            let (row, column) = if row / CHANNELS <= column / CHANNELS { (row, column) } else { (column, row) };
            let parts = (0..tasks.len()).map(|task| f64::from(parts[(task * channels + row) * channels + column]));
            *out = parts.sum::<f64>();
        }
        let plane = &features[row * plane..][..plane];
        let rows = window.rows(map.width).map(|first| &plane[first..][..window.width]);
        sum[0] = rows.flat_map(|row| row.chunks(64)).map(|values| f64::from(values.iter().sum::<f32>())).sum::<f64>();
    });
    out
}

/// Adds the gradient of [`moments`] to that of the map, given its result's, `[C, C + 1]`: (A + Aᵀ)·F + b·1ᵀ.
///
/// # Panics
/// If the window reaches beyond the map, or a length is not that of its shape.
pub fn add_moments_gradient(map: &Map, window: Window, slope: &[f32], gradient: &mut Map) {
    let (channels, plane, features) = (map.channels, map.positions(), &*map.values);
    assert_eq!(slope.len(), channels * (channels + 1), "a slope for every sum");
    assert_eq!(gradient.values.len(), features.len(), "a gradient of the map's shape");
    let at = |row: usize, column: usize| slope[row * (channels + 1) + column];
    let mut factor = vec![0.0f32; channels * channels];
    factor.par_chunks_exact_mut(channels).enumerate().for_each(|(row, line)| {
        for (column, value) in line.iter_mut().enumerate() {
            *value = at(row, column) + at(column, row);
        }
    });
    let shared = SharedMut::new(gradient.values.as_mut_ptr());
    tasks(map, window, COLUMNS).par_iter().flatten().for_each(|(first, count)| {
        // SAFETY: these positions of every channel, inside the map, are this task's alone.
        unsafe {
            for channel in 0..channels {
                let row = std::slice::from_raw_parts_mut(shared.at(channel * plane + first), *count);
                let sum = at(channel, channels);
                row.iter_mut().for_each(|value| *value += sum);
            }
            gemm::gemm(
                channels,
                *count,
                channels,
                shared.at(*first),
                1,
                plane as isize,
                true,
                factor.as_ptr(),
                1,
                channels as isize,
                features[*first..].as_ptr(),
                1,
                plane as isize,
                1.0,
                1.0,
                false,
                false,
                false,
                Parallelism::None,
            );
        }
    });
}
