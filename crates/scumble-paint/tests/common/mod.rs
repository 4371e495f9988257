//! Pictures and parameters for tests.
#![allow(dead_code, reason = "each test file uses a part")]

use scumble_image::Canvas;
use scumble_paint::painters::greedy::{Level, ShapeKind, ShapesParams};

/// A draft of a few shapes of the given kinds.
pub fn params(shapes: &[ShapeKind], count: u32) -> ShapesParams {
    ShapesParams {
        shapes: shapes.to_vec(),
        count,
        size: None,
        alpha: None,
        level: Level::Draft,
        relax: 0,
        refine: 0,
        work_px: 96,
        seed: 7,
        background: None,
        palette: Vec::new(),
        stop_psnr: None,
        abstraction: 0.0,
    }
}

/// A smooth picture with edges, made by formula.
pub fn picture(width: usize, height: usize) -> Canvas {
    let value = |x: f32, y: f32| {
        let ring = if (x - 0.4).hypot(y - 0.6) < 0.25 { 0.4 } else { 0.0 };
        [0.5 + 0.4 * (x * 7.0).sin() * y, 0.2 + 0.5 * x + ring, 0.9 - 0.6 * y * x - ring]
    };
    let pixels = (0..width * height).flat_map(|i| {
        value((i % width) as f32 / width as f32, (i / width) as f32 / height as f32).map(|v| v.clamp(0.0, 1.0))
    });
    Canvas::new(width, height, pixels.collect()).unwrap()
}

/// Numbers from 0 to 1 that look random (SplitMix64).
pub fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) >> 11) as f64 / (1u64 << 53) as f64
    }
}
