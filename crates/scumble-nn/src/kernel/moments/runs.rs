//! A window's positions in the order of memory.

use crate::ops::{Map, Window};

/// Positions that lie together in every channel's plane: the first one's offset, and how many.
pub(super) type Run = (usize, usize);

/// The window's positions, cut into parts of `most` positions (the last has fewer), each a list of runs.
///
/// # Panics
/// If the window reaches beyond the map, or the map's values are not as many as its shape has.
pub(super) fn parts(map: &Map, window: Window, most: usize) -> Vec<Vec<Run>> {
    let fits = |first: usize, count: usize, all: usize| first <= all && count <= all - first;
    assert!(fits(window.top, window.height, map.height), "a window of the map");
    assert!(fits(window.left, window.width, map.width), "a window of the map");
    assert_eq!(map.values.len(), map.channels * map.positions(), "a map's values");
    let whole_rows = window.width == map.width;
    let lines: Vec<Run> = if whole_rows {
        vec![(window.top * map.width, window.positions())]
    } else {
        window.rows(map.width).map(|first| (first, window.width)).collect()
    };
    let mut parts = Vec::with_capacity(window.positions().div_ceil(most));
    let (mut part, mut room) = (Vec::new(), most);
    for (mut first, mut count) in lines {
        while count > 0 {
            let taken = count.min(room);
            part.push((first, taken));
            (first, count, room) = (first + taken, count - taken, room - taken);
            if room == 0 {
                parts.push(std::mem::take(&mut part));
                room = most;
            }
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Number of positions.
pub(super) fn positions(runs: &[Run]) -> usize {
    runs.iter().map(|(_, count)| count).sum()
}
