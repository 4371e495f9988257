//! Random numbers addressed by (seed, stage, index), so that any thread may draw any of them in
//! any order and the picture stays the same.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A counter-based stream: `index` picks the number, nothing else does.
#[derive(Debug, Clone)]
pub struct Stream {
    rng: ChaCha8Rng,
}

/// 32-bit words reserved for one index: two 64-bit draws, as the normal distribution needs.
const WORDS_PER_INDEX: u128 = 4;

impl Stream {
    /// The stream of `stage` under `seed`; different stages are independent.
    pub fn new(seed: u64, stage: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stage);
        Self { rng }
    }

    /// Two uniform numbers in [0, 1) with 53 random bits each.
    fn pair(&mut self, index: u64) -> (f64, f64) {
        self.rng.set_word_pos(u128::from(index) * WORDS_PER_INDEX);
        let mut unit = || (self.rng.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64);
        (unit(), unit())
    }

    /// A uniform number in [0, 1).
    pub fn uniform(&mut self, index: u64) -> f64 {
        self.pair(index).0
    }

    /// A number from the standard normal distribution (Box–Muller).
    pub fn normal(&mut self, index: u64) -> f64 {
        let (u, v) = self.pair(index);
        (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
}
