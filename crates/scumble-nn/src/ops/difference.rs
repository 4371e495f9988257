//! Sums over positions of differences from a target.

use rayon::prelude::*;

use super::{Map, Window};

/// Σ(F−P)² and Σ|F−P| over the window of F, whose shape `target` has.
///
/// # Panics
/// If the window reaches beyond the map, or the target has another shape.
pub fn differences(map: &Map, window: Window, target: &Map) -> Vec<f64> {
    check(map, window, target);
    let planes = map.values.par_chunks(map.positions()).zip(target.values.par_chunks(window.positions()));
    let sums = planes.map(|(features, target)| {
        let (mut squares, mut absolutes) = (0.0, 0.0);
        for (first, target) in window.rows(map.width).zip(target.chunks_exact(window.width)) {
            for (f, p) in features[first..].iter().zip(target) {
                let difference = f64::from(f - p);
                squares += difference * difference;
                absolutes += difference.abs();
            }
        }
        [squares, absolutes]
    });
    // In order, so that threads do not change the result.
    let sums: Vec<[f64; 2]> = sums.collect();
    [0, 1].map(|i| sums.iter().map(|sum| sum[i]).sum()).to_vec()
}

/// Adds the gradient of [`differences`] to that of the map, given the slopes of a loss for both sums.
///
/// # Panics
/// If the window reaches beyond the map, or another shape differs.
pub fn add_difference_gradient(map: &Map, window: Window, target: &Map, slope: &[f32], gradient: &mut Map) {
    check(map, window, target);
    assert_eq!(gradient.values.len(), map.values.len(), "a gradient of the map's shape");
    let [squares, absolutes] = *slope else { panic!("two slopes, not {}", slope.len()) };
    let planes = map.values.par_chunks(map.positions()).zip(target.values.par_chunks(window.positions()));
    gradient.values.par_chunks_mut(map.positions()).zip(planes).for_each(|(gradient, (features, target))| {
        for (first, target) in window.rows(map.width).zip(target.chunks_exact(window.width)) {
            for ((g, f), p) in gradient[first..].iter_mut().zip(&features[first..]).zip(target) {
                let difference = f - p;
                let sign = if difference == 0.0 { 0.0 } else { difference.signum() };
                *g += 2.0 * squares * difference + absolutes * sign;
            }
        }
    });
}

fn check(map: &Map, window: Window, target: &Map) {
    assert!(window.top + window.height <= map.height && window.left + window.width <= map.width, "a window of the map");
    let shape = (target.channels, target.height, target.width);
    assert_eq!(shape, (map.channels, window.height, window.width), "a target of the window's shape");
}
