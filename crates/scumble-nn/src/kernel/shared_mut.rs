//! One buffer that tasks write disjoint parts of.

/// A pointer that may cross threads. What is written through it must not overlap.
#[derive(Debug)]
pub(in crate::kernel) struct SharedMut<T>(*mut T);

impl<T> Clone for SharedMut<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for SharedMut<T> {}

// SAFETY: plain numbers; that writes do not overlap is proved where they are made.
unsafe impl<T: Copy + Send> Send for SharedMut<T> {}
// SAFETY: as above.
unsafe impl<T: Copy + Send> Sync for SharedMut<T> {}

impl<T> SharedMut<T> {
    pub(in crate::kernel) fn new(start: *mut T) -> Self {
        Self(start)
    }

    /// The element `offset` from the start.
    #[inline(always)]
    pub(in crate::kernel) fn at(self, offset: usize) -> *mut T {
        self.0.wrapping_add(offset)
    }
}
