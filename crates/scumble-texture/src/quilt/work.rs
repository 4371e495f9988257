//! How far a quilt is.

/// The work done, of which each step is told.
pub(super) struct Work<'a> {
    done: usize,
    total: usize,
    progress: &'a mut dyn FnMut(f64) -> bool,
    /// Whether to go on: who said no is not asked again.
    pub go_on: bool,
}

impl<'a> Work<'a> {
    /// `total` blocks and pieces.
    pub fn new(total: usize, progress: &'a mut dyn FnMut(f64) -> bool) -> Self {
        Self { done: 0, total, progress, go_on: true }
    }

    /// Tells of `count` more; whether to go on.
    pub fn add(&mut self, count: usize) -> bool {
        self.up_to(self.done + count)
    }

    /// Tells that as many are done, if that is news; whether to go on.
    pub fn up_to(&mut self, done: usize) -> bool {
        if self.go_on && done > self.done {
            self.done = done;
            self.go_on = (self.progress)(done as f64 / self.total as f64);
        }
        self.go_on
    }

    /// How many are done.
    pub fn done(&self) -> usize {
        self.done
    }
}
