//! Where the blocks of an output lie.

/// The blocks along one axis, evenly spread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Axis {
    /// Where each block begins, the first at 0.
    pub starts: Vec<usize>,
    /// A block's side.
    pub block: usize,
    /// The output's side.
    pub length: usize,
    /// Whether the last block runs on into the first.
    wraps: bool,
}

impl Axis {
    /// Blocks of side `block` at most, neighbours sharing `overlap` pixels or one more, that fill `length`. `overlap` is at
    /// most two fifths of `block`.
    pub fn new(length: usize, block: usize, overlap: usize, wraps: bool) -> Self {
        if !wraps && length <= block {
            return Self { starts: vec![0], block: length, length, wraps };
        }
        let step = (block - overlap).max(1);
        // On a ring of one block it would have to fit itself.
        let (count, overlap) = if wraps {
            let count = length.div_ceil(step).max(2).min(length);
            (count, if count == 1 { 0 } else { overlap.min(length / count) })
        } else {
            ((length - overlap).div_ceil(step), overlap)
        };
        let span = if wraps { length } else { length - overlap };
        let starts = (0..count).map(|i| i * span / count).collect();
        Self { starts, block: span.div_ceil(count) + overlap, length, wraps }
    }

    /// Pixels that block `i` shares with the one before it, which is already laid.
    pub fn before(&self, i: usize) -> usize {
        if i == 0 { 0 } else { self.starts[i - 1] + self.block - self.starts[i] }
    }

    /// Pixels that block `i` shares with the first one behind it, where it closes a ring.
    pub fn after(&self, i: usize) -> usize {
        if self.closes(i) { (self.starts[i] + self.block).saturating_sub(self.length) } else { 0 }
    }

    /// The block `count` behind block `i`, or before it, and how many pixels further it begins.
    pub fn neighbour(&self, i: usize, count: i64) -> Option<(usize, i64)> {
        let (number, at) = (self.starts.len() as i64, i as i64 + count);
        let (turns, at) = (at.div_euclid(number), at.rem_euclid(number) as usize);
        let further = self.starts[at] as i64 + turns * self.length as i64 - self.starts[i] as i64;
        (turns == 0 || self.wraps).then_some((at, further))
    }

    /// The least that neighbours share; the whole block if there is only one.
    pub fn overlap(&self) -> usize {
        let inside = (1..self.starts.len()).map(|i| self.before(i));
        inside.min().unwrap_or(self.block)
    }

    /// Whether block `i` closes a ring.
    pub fn closes(&self, i: usize) -> bool {
        self.wraps && i > 0 && i + 1 == self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn blocks_cover_and_share(length in 1usize..400, block in 1usize..60, share in 0.0f64..0.4, wraps: bool) {
            let overlap = (block as f64 * share) as usize;
            let axis = Axis::new(length, block, overlap, wraps);
            prop_assert!(axis.block >= 1 && axis.block <= block);
            let mut covered = vec![0; length];
            for start in &axis.starts {
                prop_assert!(wraps || start + axis.block <= length);
                (0..axis.block).for_each(|x| covered[(start + x) % length] += 1);
            }
            prop_assert!(!covered.contains(&0), "{:?}", axis);
            for i in 0..axis.starts.len() {
                // The two shared parts of a block leave each other alone.
                prop_assert!(axis.before(i) + axis.after(i) <= axis.block);
                for count in -2..=2 {
                    let found = axis.neighbour(i, count);
                    let inside = (0..axis.starts.len() as i64).contains(&(i as i64 + count));
                    prop_assert_eq!(found.is_some(), inside || wraps);
                    if let Some((at, further)) = found {
                        let begin = (axis.starts[i] as i64 + further).rem_euclid(length as i64);
                        prop_assert_eq!(begin, axis.starts[at] as i64);
                        prop_assert!(further.signum() == count.signum() || further == 0);
                    }
                }
                let enough = length / axis.starts.len() >= overlap || !wraps;
                prop_assert!(i == 0 || !enough || axis.before(i) >= overlap);
            }
        }
    }
}
