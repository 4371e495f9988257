//! Many cheap random numbers from one seed.

use scumble_core::Stream;

/// SplitMix64 (Steele, Lea, Flood 2014), seeded by a [`Stream`], so that what is drawn depends on its place (seed, stage, index)
/// alone; a draw from the stream itself would cost more than a try.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The numbers of one place: `stage` names who draws, `index` what for.
    pub fn new(seed: u64, stage: u64, index: u64) -> Self {
        Self((Stream::new(seed, stage).uniform(index) * (1u64 << 53) as f64) as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// Uniform from 0 to 1, without 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Nearly normal with mean 0 and deviation 1: the sum of four uniform numbers, at most 3.5 away.
    pub fn normal(&mut self) -> f64 {
        let bits = self.next();
        let sum: u64 = [0, 16, 32, 48].iter().map(|shift| bits >> shift & 0xffff).sum();
        (sum as f64 / 65_536.0 - 2.0 + 2.0 / 65_536.0) * 3f64.sqrt()
    }
}
