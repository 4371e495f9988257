//! Pictures for tests.
#![allow(dead_code, reason = "each test file uses a part")]

use scumble_image::Canvas;

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

/// A plane of such numbers.
pub fn plane(width: usize, height: usize, seed: u64) -> Vec<f64> {
    let mut noise = noise(seed);
    (0..width * height).map(|_| noise()).collect()
}

/// A coloured texture with grain, waves and a slope, which no border goes on in the opposite one.
pub fn texture(width: usize, height: usize) -> Canvas {
    let mut noise = noise(3);
    let pixels = (0..width * height).flat_map(|i| {
        let (x, y) = ((i % width) as f64, (i / width) as f64);
        let wave = (x * 0.61 + y * 0.23).sin() * 0.15 + (y * 0.9 + (x * 0.2).cos()).sin() * 0.1;
        let slope = x / width as f64 * 0.2;
        let grain = 0.1 * (noise() - 0.5);
        [0.5 + wave + slope, 0.4 + 0.7 * wave + grain, 0.3 + slope + 2.0 * grain].map(|v| v as f32)
    });
    Canvas::new(width, height, pixels.collect()).unwrap()
}

/// Coloured stone: noise of two grain sizes, more dark than light, the borders of which go on in each other.
pub fn stone(width: usize, height: usize) -> Canvas {
    let blurred = |seed: u64, times: usize| {
        let mut values = plane(width, height, seed);
        for _ in 0..times {
            let at = |x: usize, y: usize| values[y % height * width + x % width];
            values = (0..width * height)
                .map(|i| {
                    let (x, y) = (i % width, i / width);
                    (0..9).map(|j| at(x + width + j % 3 - 1, y + height + j / 3 - 1)).sum::<f64>() / 9.0
                })
                .collect();
        }
        let deviation = covariance(&values, &values).sqrt();
        values.into_iter().map(move |v| (v - 0.5) / deviation)
    };
    let pixels = blurred(1, 1).zip(blurred(2, 6)).flat_map(|(fine, coarse)| {
        let light = 0.7 / (1.0 + (-0.5 * fine - 0.7 * coarse).exp()).powi(2);
        [0.2 + light, 0.2 + 0.8 * light + 0.02 * fine, 0.25 + 0.5 * light + 0.03 * coarse].map(|v| v as f32)
    });
    Canvas::new(width, height, pixels.collect()).unwrap()
}

/// `f` on as many threads.
pub fn on<T: Send>(threads: usize, f: impl Fn() -> T + Send + Sync) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(f)
}

/// The largest difference.
pub fn apart(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The mean product of two planes about their means.
pub fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let (ma, mb) = (mean(a), mean(b));
    a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)).sum::<f64>() / a.len() as f64
}
