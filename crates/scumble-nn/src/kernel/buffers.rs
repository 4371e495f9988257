//! Memory for activations and gradients that goes round.
//!
//! A fresh buffer of some megabytes comes from the system page by page, at its first use; for a feature map that took a
//! third of the convolution's own time.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard};

/// A store of idle buffers. Clones share it; the last one frees it.
#[derive(Debug, Clone, Default)]
pub struct Buffers {
    idle: Arc<Mutex<Vec<Vec<f32>>>>,
}

impl Buffers {
    /// A buffer of `len` floats of any value.
    pub fn take(&self, len: usize) -> Buffer {
        Buffer { values: self.fitting(len), len, home: self.clone() }
    }

    fn fitting(&self, len: usize) -> Vec<f32> {
        let mut idle = self.lock();
        let fits = |values: &Vec<f32>| values.len() >= len && values.len() <= 2 * len;
        let best = (0..idle.len()).filter(|i| fits(&idle[*i])).min_by_key(|i| idle[*i].len());
        if let Some(best) = best {
            return idle.swap_remove(best);
        }
        // The new one replaces one that has become too small, as when a run comes to its next scale.
        let smaller = (0..idle.len()).filter(|i| idle[*i].len() < len).max_by_key(|i| idle[*i].len());
        if let Some(smaller) = smaller {
            idle.swap_remove(smaller);
        }
        drop(idle);
        vec![0.0; len]
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Vec<f32>>> {
        // Nothing can panic between taking a vector out and putting it in.
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A buffer that returns to its store when dropped.
#[derive(Debug)]
pub struct Buffer {
    /// At least `len` floats.
    values: Vec<f32>,
    len: usize,
    home: Buffers,
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.values[..self.len]
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.values[..self.len]
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.home.lock().push(std::mem::take(&mut self.values));
    }
}
