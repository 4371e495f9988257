//! Sliced optimal transport of colours (Pitié, Kokaram, Dahyot, "Automated colour grading using colour distribution
//! transfer", 2007): a cloud of points is given the distribution of another along one random direction after another.

use rayon::prelude::*;
use scumble_core::Stream;

use crate::histogram::{Sorted, match_histogram};
use crate::parallel;

/// The stage under which directions are drawn.
const DIRECTIONS: u64 = 0x736c_6963;

/// Moves the pixels of three planes so that their colours are distributed as `to`'s, of any number of pixels: exactly
/// along the last three directions, nearly along all others. `directions` are taken in threes at right angles, rounded
/// up; 32 are usual. Pixels of equal values are told apart by `seed`, which also chooses the directions.
///
/// # Panics
/// If the planes of a picture differ in length.
pub fn sliced_transport(channels: &mut [Vec<f64>; 3], to: &[Vec<f64>; 3], directions: usize, seed: u64) {
    let count = channels[0].len();
    assert!(channels.iter().all(|plane| plane.len() == count), "planes differ in length");
    assert!(to.iter().all(|plane| plane.len() == to[0].len()), "planes differ in length");
    for turn in 0..directions.div_ceil(3) {
        let axes = basis(seed, turn as u64);
        let matched = |axis: &[f64; 3]| {
            let mut values = projected(channels, axis);
            match_histogram(&mut values, &Sorted::of(&projected(to, axis)), seed.wrapping_add(turn as u64));
            values
        };
        let along: Vec<Vec<f64>> = axes.par_iter().map(matched).collect();
        for (c, channel) in channels.iter_mut().enumerate() {
            parallel::each(channel, |i, value| *value = (0..3).map(|a| axes[a][c] * along[a][i]).sum());
        }
    }
}

fn projected(channels: &[Vec<f64>; 3], axis: &[f64; 3]) -> Vec<f64> {
    parallel::made(channels[0].len(), |i| (0..3).map(|c| axis[c] * channels[c][i]).sum())
}

/// Three directions at right angles, uniformly distributed: Gram–Schmidt on normal vectors.
fn basis(seed: u64, turn: u64) -> [[f64; 3]; 3] {
    let mut stream = Stream::new(seed, DIRECTIONS);
    let mut vector = |k: u64| [0, 1, 2].map(|c| stream.normal(turn * 6 + k * 3 + c));
    let dot = |a: &[f64; 3], b: &[f64; 3]| -> f64 { a.iter().zip(b).map(|(x, y)| x * y).sum() };
    let unit = |v: [f64; 3]| v.map(|x| x / dot(&v, &v).sqrt());
    let first = unit(vector(0));
    let second = vector(1);
    let along = dot(&first, &second);
    let second = unit([0, 1, 2].map(|c| second[c] - along * first[c]));
    let third = [1, 2, 0].map(|c: usize| {
        let d = (c + 1) % 3;
        first[c] * second[d] - first[d] * second[c]
    });
    [first, second, third]
}
