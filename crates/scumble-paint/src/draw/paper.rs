//! The ground under the paint: rough paper, flow of water, the weave of canvas. All are functions of the place in the frame.

use std::f32::consts::PI;

use super::noise::{mix, plane};
use super::ribbon::Grid;

/// Wavelengths of paper's roughness in units of size, and their weights.
const GRAIN: &[(f32, f32)] = &[(7.0, 0.35), (3.1, 0.7), (1.6, 1.0), (0.8, 0.7), (0.4, 0.4)];
/// Wavelengths of the water's flow, and their weights.
const FLOW: &[(f32, f32)] = &[(60.0, 1.0), (26.0, 0.8), (11.0, 0.6), (5.0, 0.35), (2.2, 0.2)];
/// Standard deviation of both.
const DEVIATION: f32 = 0.16;
/// Standard deviation of one octave of value noise: that of uniform numbers, and what smoothing between them leaves.
const OCTAVE: f32 = 0.21;
/// Distance of threads in units of size.
const THREAD: f32 = 4.0;

/// Height of rough paper for each pixel in sight, around 1/2.
pub(super) fn grain(seed: u64, grid: &Grid, unit: f32) -> Vec<f32> {
    octaves(mix(seed ^ 0x6772_6169), GRAIN, grid, unit)
}

/// Where water carries pigment, for each pixel in sight, around 1/2.
pub(super) fn flow(seed: u64, grid: &Grid, unit: f32) -> Vec<f32> {
    octaves(mix(seed ^ 0x666c_6f77), FLOW, grid, unit)
}

/// Height of a plain weave for each pixel in sight, 0 to 1: threads over and under each other, not quite even.
pub(super) fn weave(seed: u64, grid: &Grid, unit: f32) -> Vec<f32> {
    let key = mix(seed ^ 0x7765_6176);
    // Threads that pixels cannot show are left out before they beat with the pixels.
    let shown = (THREAD * unit / grid.pixel() - 2.0).clamp(0.0, 1.0);
    map(grid, unit, |x, y| {
        let bend =
            |key: u64, x: f32, y: f32| 0.5 * plane(key, x / 37.0, y / 37.0) + 0.25 * plane(key, x / 9.0, y / 9.0);
        let u = x / THREAD + bend(key, x, y);
        let v = y / THREAD + bend(mix(key), x, y);
        let (across, down) = ((u * PI).sin(), (v * PI).sin());
        let over = 0.5 + 0.5 * across * down;
        // Each thread's thickness differs.
        let thick = |key: u64, at: f32, along: f32| 0.8 + 0.4 * plane(key, at.floor() * 7.3, along / 6.0);
        let warp = across.abs() * over * thick(key ^ 1, u, v);
        let weft = down.abs() * (1.0 - over) * thick(key ^ 2, v, u);
        (shown * warp.max(weft)).min(1.0)
    })
}

/// Octaves of noise, each turned against the others to hide their grids. Those finer than pixels can show are left out.
fn octaves(key: u64, octaves: &[(f32, f32)], grid: &Grid, unit: f32) -> Vec<f32> {
    let norm = octaves.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    let parts: Vec<_> = octaves
        .iter()
        .enumerate()
        .map(|(i, (wavelength, weight))| {
            let shown = (wavelength * unit / grid.pixel() - 1.0).clamp(0.0, 1.0);
            let (sin, cos) = (0.65 + 1.1 * i as f32).sin_cos();
            (mix(key ^ i as u64), [cos / wavelength, sin / wavelength], shown * weight * DEVIATION / OCTAVE / norm)
        })
        .filter(|(_, _, weight)| *weight > 0.0)
        .collect();
    map(grid, unit, |x, y| {
        let noise =
            |(key, [c, s], weight): &(u64, [f32; 2], f32)| weight * (plane(*key, x * c - y * s, x * s + y * c) - 0.5);
        (0.5 + parts.iter().map(noise).sum::<f32>()).clamp(0.0, 1.0)
    })
}

/// A function of the place, in units of size, for each pixel in sight.
fn map(grid: &Grid, unit: f32, value: impl Fn(f32, f32) -> f32) -> Vec<f32> {
    let [sx, sy] = grid.scale.map(|scale| scale * unit);
    let places = grid.rows.clone().flat_map(|y| (0..grid.width).map(move |x| (x, y)));
    places.map(|(x, y)| value((x as f32 + 0.5) / sx, (y as f32 + 0.5) / sy)).collect()
}
