//! Which region each pixel belongs to.

use std::collections::HashMap;

use rayon::prelude::*;
use scumble_core::{Error, Result};

/// A name not given yet.
const NONE: u32 = u32::MAX;

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
    /// `Fault::Input` if a side is 0 or the number of values does not fit the sides, `Fault::Limit` if there are 2³² pixels or
    /// more.
    pub fn new(width: usize, height: usize, mut ids: Vec<u32>) -> Result<Self> {
        if width.checked_mul(height).filter(|area| *area > 0) != Some(ids.len()) {
            return Err(Error::input(format!("labels of {width}×{height} pixels cannot be {} values", ids.len())));
        }
        if ids.len() >= NONE as usize {
            return Err(Error::limit(format!("labels of {width}×{height} pixels, allowed are {} pixels", NONE - 1)));
        }
        let count = rename(&mut ids);
        Ok(Self { width, height, ids, count })
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

    /// Pixels of each region.
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.count];
        self.ids.iter().for_each(|id| sizes[*id as usize] += 1);
        sizes
    }

    /// The connected parts of regions as regions of their own. Pixels are connected through their sides.
    #[must_use]
    pub fn components(&self) -> Self {
        let (ids, count) = components(&self.ids, self.width);
        Self { ids, count, ..*self }
    }

    /// The pixels of each region in the order of the rows: of region `r` those from `starts[r]` to `starts[r + 1]`.
    pub(crate) fn members(&self) -> Members {
        let mut starts = Vec::with_capacity(self.count + 1);
        starts.push(0);
        let mut end = 0;
        for size in self.sizes() {
            end += size;
            starts.push(end);
        }
        let mut next = starts.clone();
        let mut pixels = vec![0; self.ids.len()];
        for (i, id) in self.ids.iter().enumerate() {
            let at = &mut next[*id as usize];
            pixels[*at] = i as u32;
            *at += 1;
        }
        Members { starts, pixels }
    }
}

/// The pixels of every region.
pub(crate) struct Members {
    starts: Vec<usize>,
    pixels: Vec<u32>,
}

impl Members {
    /// Those of one region.
    pub fn of(&self, region: usize) -> &[u32] {
        &self.pixels[self.starts[region]..self.starts[region + 1]]
    }
}

/// Renames by first appearance; gives how many names there are.
fn rename(ids: &mut [u32]) -> usize {
    let largest = ids.iter().copied().max().unwrap_or(0) as usize;
    let mut count = 0;
    let mut next = || {
        count += 1;
        count - 1
    };
    // A table is many times faster where it is not much larger than the picture.
    if largest <= 2 * ids.len() {
        let mut names = vec![NONE; largest + 1];
        for id in ids {
            let name = &mut names[*id as usize];
            if *name == NONE {
                *name = next();
            }
            *id = *name;
        }
    } else {
        let mut names = HashMap::new();
        for id in ids {
            *id = *names.entry(*id).or_insert_with(&mut next);
        }
    }
    count as usize
}

/// Rows of which parts are looked for at once.
const BAND: usize = 64;

/// A number for each set of equal `ids` connected through pixels' sides, by first appearance, and how many there are.
pub(crate) fn components(ids: &[u32], width: usize) -> (Vec<u32>, usize) {
    let mut parts = vec![0u32; ids.len()];
    let bands = parts.par_chunks_mut(BAND * width).zip(ids.par_chunks(BAND * width));
    let found: Vec<Vec<u32>> = bands.map(|(parts, ids)| provisional(ids, parts, width)).collect();

    // Those of all bands in one order, with what touches across the bands' borders.
    let mut earlier: Vec<u32> = Vec::with_capacity(found.iter().map(Vec::len).sum());
    let mut starts = Vec::with_capacity(found.len());
    for band in &found {
        let start = earlier.len() as u32;
        starts.push(start);
        earlier.extend(band.iter().map(|part| start + part));
    }
    for (band, top) in (BAND * width..ids.len()).step_by(BAND * width).enumerate() {
        for i in (top..top + width).filter(|i| ids[*i] == ids[i - width]) {
            let (above, below) = (starts[band] + parts[i - width], starts[band + 1] + parts[i]);
            same(&mut earlier, above, below);
        }
    }

    let mut count = 0;
    let mut names: Vec<u32> = Vec::with_capacity(earlier.len());
    for (part, before) in earlier.iter().enumerate() {
        let new = *before == part as u32;
        names.push(if new { count } else { names[*before as usize] });
        count += u32::from(new);
    }
    parts.par_chunks_mut(BAND * width).zip(starts).for_each(|(parts, start)| {
        parts.iter_mut().for_each(|part| *part = names[(start + *part) as usize]);
    });
    (parts, count as usize)
}

/// Gives pixels of some rows provisional parts in their order; of each part one that is the same and came before, or itself.
fn provisional(ids: &[u32], parts: &mut [u32], width: usize) -> Vec<u32> {
    let mut earlier: Vec<u32> = Vec::new();
    // What lies above the first row is equal to nothing.
    let (mut ids_above, mut parts_above): (&[u32], &[u32]) = (&[], &[]);
    for (ids, parts) in ids.chunks(width).zip(parts.chunks_mut(width)) {
        let mut left = None;
        for (x, (part, id)) in parts.iter_mut().zip(ids).enumerate() {
            let same_left = left.filter(|(other, _)| other == id).map(|(_, part)| part);
            let same_above = if ids_above.get(x) == Some(id) { parts_above.get(x).copied() } else { None };
            *part = match (same_left, same_above) {
                (Some(left), Some(above)) if left != above => same(&mut earlier, left, above),
                (Some(part), _) | (None, Some(part)) => part,
                (None, None) => {
                    earlier.push(earlier.len() as u32);
                    earlier.len() as u32 - 1
                }
            };
            left = Some((*id, *part));
        }
        (ids_above, parts_above) = (ids, parts);
    }
    earlier
}

/// Makes two parts the same; gives the first part of them.
fn same(earlier: &mut [u32], one: u32, other: u32) -> u32 {
    let (p, q) = (first(earlier, one), first(earlier, other));
    earlier[p.max(q) as usize] = p.min(q);
    p.min(q)
}

/// The first of the parts that are the same as `part`; ways to it are halved.
fn first(earlier: &mut [u32], mut part: u32) -> u32 {
    while earlier[part as usize] != part {
        let before = earlier[earlier[part as usize] as usize];
        earlier[part as usize] = before;
        part = before;
    }
    part
}
