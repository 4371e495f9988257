//! Many cheap random numbers from one seed, for searches that try many things.

use scumble_core::Stream;

/// SplitMix64 (Steele, Lea, Flood 2014). A [`Stream`] seeds it, so that what is drawn depends on its place
/// (seed, stage, index) alone; a draw from the stream itself would cost more than a proposal.
#[derive(Debug, Clone)]
pub struct Dice(u64);

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
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 * (1.0 / (1 << 24) as f32)
    }

    /// The same in double precision: other values than those of [`Dice::unit`].
    pub fn unit_f64(&mut self) -> f64 {
        (self.next() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Uniform from `low` to `high`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `count`; 0 if that is 0.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }

    /// Nearly normal with mean 0 and deviation 1: the sum of four uniform numbers, at most 3.5 away.
    pub fn normal(&mut self) -> f32 {
        (self.four() as f32 * (1.0 / 65_536.0) - 2.0 + 2.0 / 65_536.0) * 1.732_050_8
    }

    /// The same in double precision.
    pub fn normal_f64(&mut self) -> f64 {
        (f64::from(self.four()) / 65_536.0 - 2.0 + 2.0 / 65_536.0) * 3f64.sqrt()
    }

    /// The sum of four uniform whole numbers below 2¹⁶.
    fn four(&mut self) -> u32 {
        let bits = self.next();
        [0, 16, 32, 48].iter().map(|shift| (bits >> shift & 0xffff) as u32).sum()
    }

    /// A point moved by two normal numbers times `deviation`.
    pub fn nudge(&mut self, point: [f32; 2], deviation: f32) -> [f32; 2] {
        point.map(|v| v + self.normal() * deviation)
    }
}
