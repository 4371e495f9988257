//! Which units of a ReLU were on, one bit each, row by row.

use crate::kernel::lanes::Lanes;

/// Bits of a `[channels, height, width]` map. A row starts at a new pair of bytes; the bits beyond its end are 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    height: usize,
    /// Bytes of a row.
    row: usize,
    bytes: Vec<u8>,
}

/// A window is read as four bytes, which may reach beyond the last row.
const SLACK: usize = 4;

impl Bits {
    /// Bytes of a row of `width` bits.
    pub fn row_bytes(width: usize) -> usize {
        width.div_ceil(16) * 2
    }

    /// All off.
    pub fn new(channels: usize, height: usize, width: usize) -> Self {
        let row = Self::row_bytes(width);
        Self { height, row, bytes: vec![0; channels * height * row + SLACK] }
    }

    /// Whether they hold `height` rows from `row` on of a map of this shape.
    pub(super) fn cover(&self, channels: usize, row: usize, height: usize, width: usize) -> bool {
        row + height <= self.height
            && self.row == Self::row_bytes(width)
            && self.bytes.len() == channels * self.height * self.row + SLACK
    }

    /// Bytes of a row.
    pub(super) fn row(&self) -> usize {
        self.row
    }

    /// Bytes of a channel.
    pub(super) fn plane(&self) -> usize {
        self.height * self.row
    }

    /// All bytes, those of a channel after those of the one before.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// As [`Bits::bytes`].
    pub(super) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// Sets the bits of a vector at column `x`, a multiple of the vector's length, of a row of bits that are off.
    ///
    /// # Safety
    /// The row must be writable there, in whole pairs of bytes.
    #[inline(always)]
    pub(super) unsafe fn put<S: Lanes>(row: *mut u8, x: usize, on: u32) {
        let at = row.wrapping_add(x / 8);
        // SAFETY: the caller's promise.
        unsafe {
            match S::LANES {
                16 => at.cast::<u16>().write_unaligned((on as u16).to_le()),
                8 => at.write(on as u8),
                _ => at.write(at.read() | (on << (x % 8)) as u8),
            }
        }
    }

    /// Twenty-four bits or more of the row that starts at `row`, from column `x` on, which is -8 or more; those of columns
    /// before the first are 0.
    #[inline(always)]
    pub(super) fn window(bytes: &[u8], row: usize, x: isize) -> u32 {
        let (byte, shift) = Self::place(x);
        Self::read(bytes, row + byte, shift)
    }

    /// Where a window's first byte is in a row, and how far it is to be shifted.
    #[inline(always)]
    pub(super) fn place(x: isize) -> (usize, u32) {
        if x < 0 { (0, (8 + x) as u32) } else { (x as usize / 8, 8 + x as u32 % 8) }
    }

    /// The window that [`Bits::place`] has found.
    #[inline(always)]
    pub(super) fn read(bytes: &[u8], at: usize, shift: u32) -> u32 {
        let read = bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
        (u64::from(read) << 8 >> shift) as u32
    }
}
