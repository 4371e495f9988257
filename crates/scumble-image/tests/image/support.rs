//! Reference data, and pictures to work on.

use std::path::PathBuf;

use scumble_image::Canvas;
use serde_json::Value;

pub fn reference(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../reference/image").join(name)
}

pub fn json(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(reference(name)).unwrap()).unwrap()
}

pub fn floats(value: &Value) -> Vec<f32> {
    let list = value.as_array().unwrap();
    list.iter().map(|v| v.as_f64().unwrap() as f32).collect()
}

pub fn number(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

/// A picture with all levels of the given maximum somewhere, the same every time.
pub fn noise(width: usize, height: usize, levels: u32) -> Canvas {
    let values = noise_values(width * height * 3, levels, 1);
    Canvas::new(width, height, values).unwrap()
}

/// Pseudo-random levels as fractions (a linear congruential generator).
pub fn noise_values(count: usize, levels: u32, seed: u64) -> Vec<f32> {
    let mut state = seed;
    let next = move |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(levels + 1)) as f32 / levels as f32
    };
    (0..count).map(next).collect()
}

#[track_caller]
pub fn assert_close(actual: &[f32], expected: &[f32], tolerance: f32, what: &str) {
    assert_eq!(actual.len(), expected.len(), "{what}: number of values");
    for (i, (a, e)) in actual.iter().zip(expected).enumerate() {
        assert!((a - e).abs() <= tolerance, "{what}: value {i} is {a}, expected {e} ± {tolerance}");
    }
}
