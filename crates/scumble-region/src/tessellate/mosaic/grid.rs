//! Points by place.

/// Points in square buckets.
pub(super) struct Grid {
    side: f64,
    columns: usize,
    rows: usize,
    buckets: Vec<Vec<u32>>,
}

impl Grid {
    /// For points in a picture of the given size that are looked for within about `side`.
    pub fn new([width, height]: [usize; 2], side: f64) -> Self {
        let count = |pixels: usize| (pixels as f64 / side).ceil().max(1.0) as usize;
        let (columns, rows) = (count(width), count(height));
        Self { side, columns, rows, buckets: vec![Vec::new(); columns * rows] }
    }

    fn bucket(&self, [x, y]: [f64; 2]) -> [usize; 2] {
        [(x, self.columns), (y, self.rows)].map(|(v, count)| ((v / self.side).max(0.0) as usize).min(count - 1))
    }

    /// Adds a point by its number.
    pub fn add(&mut self, at: [f64; 2], number: u32) {
        let [x, y] = self.bucket(at);
        self.buckets[y * self.columns + x].push(number);
    }

    /// The points in buckets that reach within `radius` of a place, which holds all points that near.
    pub fn near(&self, at: [f64; 2], radius: f64) -> impl Iterator<Item = u32> + '_ {
        let [left, top] = self.bucket(at.map(|v| v - radius));
        let [right, bottom] = self.bucket(at.map(|v| v + radius));
        let rows = (top..=bottom).flat_map(move |y| (left..=right).map(move |x| y * self.columns + x));
        rows.flat_map(|bucket| self.buckets[bucket].iter().copied())
    }
}
