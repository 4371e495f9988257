//! What is refused before memory is spent on it.

use scumble_core::{Error, Result};

use crate::{LONGEST_SIDE, MOST_PIXELS};

/// The largest pictures that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most pixels of a picture. A pixel takes 12 bytes, 16 with transparency.
    pub max_pixels: u64,
    /// Longest side in pixels.
    pub max_side: u32,
    /// Largest file in bytes.
    pub max_file_bytes: u64,
}

impl Default for Limits {
    /// 268 435 456 pixels (16384 × 16384), 65535 a side, 2 GiB a file.
    fn default() -> Self {
        Self { max_pixels: MOST_PIXELS as u64, max_side: LONGEST_SIDE as u32, max_file_bytes: 1 << 31 }
    }
}

impl Limits {
    /// Refuses the sides a picture's header claims if they are too large.
    pub(crate) fn check_sides(&self, name: &str, width: u64, height: u64) -> Result<()> {
        let pixels = width.saturating_mul(height);
        let refused = if pixels > self.max_pixels {
            format!("allowed are {} pixels in all", self.max_pixels)
        } else if width.max(height) > u64::from(self.max_side) {
            format!("allowed are {} a side", self.max_side)
        } else {
            return Ok(());
        };
        Err(Error::limit(format!("{name} is {width}x{height} pixels ({pixels} in all), {refused}"))
            .hint("make the picture smaller first"))
    }

    /// Refuses a file that is too large to be read.
    pub(crate) fn check_file(&self, name: &str, bytes: u64) -> Result<()> {
        if bytes <= self.max_file_bytes {
            return Ok(());
        }
        Err(Error::limit(format!("{name} is larger than the {} bytes allowed of a picture file", self.max_file_bytes))
            .hint("make the picture smaller first"))
    }
}
