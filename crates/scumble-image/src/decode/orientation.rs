//! EXIF orientation (EXIF 2.32, tag 0x0112).

use exif::{In, Reader, Tag};

/// One of the eight orientations, 1 to 8 as in EXIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation(u32);

impl Orientation {
    /// The orientation of an EXIF value; anything but 1 to 8 counts as upright.
    pub fn from_value(value: u32) -> Self {
        Self(if (1..=8).contains(&value) { value } else { 1 })
    }

    /// The orientation in an EXIF block (TIFF structure, perhaps behind `Exif\0\0`); upright if it says
    /// nothing or cannot be read.
    pub fn from_exif(block: Option<&[u8]>) -> Self {
        let value = block.and_then(|block| {
            let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
            let mut reader = Reader::new();
            let exif = reader.continue_on_error(true).read_raw(block.to_vec());
            let exif = exif.or_else(|e| e.distill_partial_result(|_| ())).ok()?;
            exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)
        });
        Self::from_value(value.unwrap_or(1))
    }

    /// Whether the sides change places.
    fn transposes(self) -> bool {
        self.0 >= 5
    }

    /// The upright picture's sides.
    pub fn sides(self, width: usize, height: usize) -> (usize, usize) {
        if self.transposes() { (height, width) } else { (width, height) }
    }

    /// The upright picture's interleaved values, from the stored ones of `width × height` pixels.
    pub fn apply(self, values: &[f32], channels: usize, width: usize, height: usize) -> Vec<f32> {
        if self.0 == 1 {
            return values.to_vec();
        }
        let (upright_width, upright_height) = self.sides(width, height);
        let mut upright = Vec::with_capacity(values.len());
        for y in 0..upright_height {
            for x in 0..upright_width {
                // Where the pixel that belongs at (x, y) is stored.
                let (column, row) = match self.0 {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),
                };
                let at = (row * width + column) * channels;
                upright.extend_from_slice(&values[at..at + channels]);
            }
        }
        upright
    }
}
