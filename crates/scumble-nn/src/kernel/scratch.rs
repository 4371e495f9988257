//! Working memory that a thread keeps from one use to the next.
//!
//! A fresh buffer of some megabytes is handed out by the system page by page, which costs as much as a transform.

use std::cell::RefCell;

/// A cache line.
#[repr(C, align(64))]
#[derive(Clone, Copy)]
struct Line([f32; 16]);

thread_local! {
    /// A stack, because a thread that waits for others may start another task meanwhile.
    static IDLE: RefCell<Vec<Vec<Line>>> = const { RefCell::new(Vec::new()) };
}

/// Calls `work` with `floats` floats of any value, at the start of a cache line.
pub(in crate::kernel) fn with<R>(floats: usize, work: impl FnOnce(&mut [f32]) -> R) -> R {
    let mut lines = IDLE.with_borrow_mut(Vec::pop).unwrap_or_default();
    let wanted = floats.div_ceil(16);
    if lines.len() < wanted {
        // Nothing of the old buffer is worth copying.
        lines = vec![Line([0.0; 16]); wanted];
    }
    // SAFETY: a line is sixteen floats without gaps.
    let buffer = unsafe { std::slice::from_raw_parts_mut(lines.as_mut_ptr().cast::<f32>(), floats) };
    let result = work(buffer);
    IDLE.with_borrow_mut(|idle| idle.push(lines));
    result
}
