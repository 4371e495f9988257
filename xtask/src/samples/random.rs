//! Random numbers that depend on nothing but their address, so that a picture is the same every time.

/// Numbers drawn one after the other from the address (seed, stage, index).
#[derive(Debug, Clone)]
pub struct Dice {
    key: u64,
    drawn: u64,
}

impl Dice {
    /// The dice of item `index` of `stage`; different addresses are independent.
    pub fn new(seed: u64, stage: u64, index: u64) -> Self {
        Self { key: scramble(scramble(scramble(seed) ^ stage) ^ index), drawn: 0 }
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f32 {
        self.drawn += 1;
        to_unit(scramble(self.key ^ self.drawn.wrapping_mul(GOLDEN)))
    }

    /// Uniform in [low, high).
    pub fn range(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Bell-shaped around 0 with standard deviation 1, never beyond ±3.5 (a sum of four uniforms).
    pub fn bell(&mut self) -> f32 {
        let sum = self.unit() + self.unit() + self.unit() + self.unit();
        (sum - 2.0) * 3f32.sqrt()
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f32) -> bool {
        self.unit() < p
    }
}

/// A fixed number in [0, 1) for each point of an integer lattice.
pub fn lattice(seed: u64, x: i32, y: i32) -> f32 {
    let cell = (u64::from(x as u32) << 32) | u64::from(y as u32);
    to_unit(scramble(scramble(seed) ^ cell))
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn scramble(mut x: u64) -> u64 {
    x = x.wrapping_add(GOLDEN);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The upper 24 bits as a number in [0, 1), exact in f32.
fn to_unit(bits: u64) -> f32 {
    (bits >> 40) as f32 / (1u32 << 24) as f32
}
