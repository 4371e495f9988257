//! Labels and numbers for tests.
#![allow(dead_code, reason = "each test file uses a part")]

use scumble_region::Labels;

/// Labels by a formula of a pixel's place.
pub fn labels(width: usize, height: usize, region: impl Fn(usize, usize) -> u32) -> Labels {
    Labels::new(width, height, (0..width * height).map(|i| region(i % width, i / width)).collect()).unwrap()
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

/// Whether a point is inside rings by the even-odd rule.
pub fn inside(rings: &[Vec<[f32; 2]>], [x, y]: [f64; 2]) -> bool {
    let mut inside = false;
    for ring in rings {
        for (at, from) in ring.iter().enumerate() {
            let (from, to) = (from.map(f64::from), ring[(at + 1) % ring.len()].map(f64::from));
            if (from[1] > y) != (to[1] > y) && x < from[0] + (y - from[1]) / (to[1] - from[1]) * (to[0] - from[0]) {
                inside = !inside;
            }
        }
    }
    inside
}

/// Runs with a number of threads.
pub fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}
