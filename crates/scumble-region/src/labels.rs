//! Which region each pixel belongs to.

use scumble_core::{Error, Result};

/// A picture divided into regions: a number from 0 for each pixel, row by row, numbers without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    width: usize,
    height: usize,
    ids: Vec<u32>,
    count: usize,
}

impl Labels {
    /// From one number a pixel; they are renamed by first appearance, so that none is missing.
    ///
    /// # Errors
    /// `Fault::Input` if a side is 0 or the number of values does not fit the sides.
    pub fn new(width: usize, height: usize, mut ids: Vec<u32>) -> Result<Self> {
        if width.checked_mul(height).filter(|area| *area > 0) != Some(ids.len()) {
            return Err(Error::input(format!("labels of {width}×{height} pixels cannot be {} values", ids.len())));
        }
        let mut names = std::collections::HashMap::new();
        for id in &mut ids {
            let next = names.len() as u32;
            *id = *names.entry(*id).or_insert(next);
        }
        Ok(Self { width, height, ids, count: names.len() })
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The numbers, row by row.
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// How many regions there are.
    pub fn count(&self) -> usize {
        self.count
    }
}
