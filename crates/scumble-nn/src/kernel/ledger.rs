//! Which parts of blocks of memory are in use: the books of [`Buffers`](super::Buffers), kept apart from the memory
//! itself so that what a pass will take can be told without taking it.

use std::collections::BTreeMap;
use std::ops::Range;

/// Blocks and what of them is free, in lines.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    blocks: BTreeMap<u64, Free>,
    next: u64,
}

/// A block's size, and its free ranges in order, no two of which touch.
#[derive(Debug)]
struct Free {
    lines: usize,
    ranges: Vec<Range<usize>>,
}

/// A part of a block.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub block: u64,
    pub lines: Range<usize>,
}

impl Free {
    fn is_idle(&self) -> bool {
        self.ranges.iter().map(|range| range.end - range.start).sum::<usize>() == self.lines
    }

    fn give_back(&mut self, lines: Range<usize>) {
        let at = self.ranges.partition_point(|range| range.start < lines.start);
        self.ranges.insert(at, lines);
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(self.ranges.len());
        for range in self.ranges.drain(..) {
            match merged.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => merged.push(range),
            }
        }
        self.ranges = merged;
    }
}

impl Ledger {
    /// Takes the beginning of the smallest free range that has room; otherwise a new block of this size, whose number is
    /// one that was not there before.
    pub(crate) fn take(&mut self, lines: usize) -> Place {
        let ranges = self.blocks.iter().flat_map(|(block, free)| {
            let fits = free.ranges.iter().enumerate().filter(|(_, range)| range.end - range.start >= lines);
            fits.map(|(i, range)| (range.end - range.start, *block, i))
        });
        let Some((_, block, i)) = ranges.min() else {
            let block = self.next;
            self.next += 1;
            self.blocks.insert(block, Free { lines, ranges: Vec::new() });
            return Place { block, lines: 0..lines };
        };
        let ranges = self.blocks.get_mut(&block).map(|free| &mut free.ranges).expect("found above");
        let taken = ranges[i].start..ranges[i].start + lines;
        ranges[i].start = taken.end;
        if ranges[i].start == ranges[i].end {
            ranges.remove(i);
        }
        Place { block, lines: taken }
    }

    /// Makes a part free again.
    pub(crate) fn give_back(&mut self, place: &Place) {
        if let Some(free) = self.blocks.get_mut(&place.block) {
            free.give_back(place.lines.clone());
        }
    }

    /// Forgets blocks of which no part is in use.
    pub(crate) fn shrink(&mut self) {
        self.blocks.retain(|_, free| !free.is_idle());
    }

    /// Whether it has a block.
    pub(crate) fn has(&self, block: u64) -> bool {
        self.blocks.contains_key(&block)
    }

    /// Lines of all blocks.
    pub(crate) fn lines(&self) -> usize {
        self.blocks.values().map(|free| free.lines).sum()
    }
}
