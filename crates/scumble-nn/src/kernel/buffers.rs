//! Memory for activations and gradients that goes round.
//!
//! A fresh buffer of some megabytes comes from the system page by page, at its first use; for a feature map that took a
//! third of the convolution's own time. So memory is kept in blocks, and a buffer is a part of one: the second layer's maps
//! leave a block in which two of the third's have room.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard};

use super::ledger::{Ledger, Place};

/// A cache line; buffers start at one.
#[repr(C, align(64))]
#[derive(Debug, Clone, Copy)]
struct Line([f32; LINE]);

/// Floats of a line.
const LINE: usize = 16;

/// Lines of a buffer of so many floats.
pub(crate) fn lines(floats: usize) -> usize {
    floats.div_ceil(LINE).max(1)
}

/// Bytes of so many lines.
pub(crate) fn bytes(lines: usize) -> u64 {
    (lines * size_of::<Line>()) as u64
}

/// A store of memory. Clones share it; the last one, of store and buffers, frees it.
#[derive(Debug, Clone, Default)]
pub struct Buffers {
    store: Arc<Mutex<Store>>,
}

#[derive(Debug, Default)]
struct Store {
    ledger: Ledger,
    blocks: BTreeMap<u64, Block>,
    /// The size of pictures that buffers are taken for.
    size: Option<(usize, usize)>,
}

/// Memory that does not move.
#[derive(Debug)]
struct Block {
    start: *mut Line,
    lines: usize,
}

// SAFETY: the memory is the block's own; parts that were handed out are disjoint.
unsafe impl Send for Block {}

impl Block {
    fn new(lines: usize) -> Self {
        let memory = vec![Line([0.0; LINE]); lines].into_boxed_slice();
        Self { start: Box::into_raw(memory).cast(), lines }
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        // SAFETY: made from a box of this length in `new`; no buffer is left, for each keeps the store alive, and the store
        // drops blocks that are idle.
        drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(self.start, self.lines)) });
    }
}

impl Buffers {
    /// A buffer of `len` floats of any value.
    pub fn take(&self, len: usize) -> Buffer {
        let mut store = self.lock();
        let place = store.ledger.take(lines(len));
        let block = store.blocks.entry(place.block).or_insert_with(|| Block::new(place.lines.len()));
        Buffer { start: block.start.wrapping_add(place.lines.start), len, place, home: self.clone() }
    }

    /// Pictures of this size come. If those before had another, memory in which there is no buffer goes back to the system:
    /// blocks that are a little too small would stay beside new ones.
    pub(crate) fn turn_to(&self, size: (usize, usize)) {
        let Store { ledger, blocks, size: before } = &mut *self.lock();
        if before.replace(size) != Some(size) {
            ledger.shrink();
            blocks.retain(|block, _| ledger.has(*block));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Store> {
        // Nothing can panic between an entry in the ledger and its block.
        self.store.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A buffer that returns to its store when dropped.
#[derive(Debug)]
pub struct Buffer {
    start: *mut Line,
    len: usize,
    place: Place,
    home: Buffers,
}

// SAFETY: a buffer is its memory's only owner, as a vector is.
unsafe impl Send for Buffer {}
// SAFETY: as above.
unsafe impl Sync for Buffer {}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        // SAFETY: lines of a block that lives as long as its store; no other buffer has them.
        unsafe { std::slice::from_raw_parts(self.start.cast(), self.len) }
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts_mut(self.start.cast(), self.len) }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.home.lock().ledger.give_back(&self.place);
    }
}
