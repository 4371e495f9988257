//! Seams that show are covered with further pieces of the exemplar, each where it suits what lies around the place, and cut out
//! along a closed line of least cost, of which old seams are a part (Kwatra et al. 2003, §3.2 and "sub-patch matching"). A piece
//! that makes nothing better leaves nothing: all seams together only become less.

use rayon::prelude::*;

use super::block::PLACES;
use super::cells::Cells;
use super::patch::{Patch, rim};
use super::seams::Seams;
use super::search::Search;
use super::sheet::Sheet;
use super::source::Source;

/// Side of a piece, of a block's.
const SIDE: f64 = 1.5;
/// Pieces that are tried on a place.
const TRIES: usize = 3;
/// Parts of a piece's side by which they lie apart in the exemplar, from each other and from those used lately.
const APART: usize = 6;
/// How often the whole sheet could be covered with all pieces.
const LAYERS: usize = 3;
/// The least side of a piece.
const LEAST: usize = 8;

/// The number of pieces that [`mend`] tries to lay at most, and their width and height; nothing if none fit.
pub(super) fn pieces(
    source: &Source<'_>,
    block: [usize; 2],
    size: [usize; 2],
    wraps: bool,
) -> Option<(usize, [usize; 2])> {
    let piece = [0, 1].map(|i| {
        let most = source.size()[i].div_ceil(2).min(if wraps { size[i] / 2 } else { size[i] });
        ((SIDE * block[i] as f64) as usize).min(most)
    });
    let fits = piece.iter().all(|side| *side >= LEAST) && source.places(piece) >= PLACES;
    fits.then(|| (LAYERS * (size[0] * size[1]).div_ceil(piece[0] * piece[1]), piece))
}

/// Covers the seams that show most, one after the other, with up to `count` pieces. `progress` is called after each and says
/// whether to go on.
pub(super) fn mend(
    sheet: &mut Sheet,
    source: &Source<'_>,
    (count, piece): (usize, [usize; 2]),
    wraps: bool,
    progress: &mut dyn FnMut() -> bool,
) {
    let seams = Seams { source, wraps };
    let [across, down] = rim(piece);
    let mut search = Search::new(source, None, piece, across.min(down));
    let mut cells = Cells::new(sheet, &seams, piece);
    let radius = piece[0].min(piece[1]) / APART;
    // As many as leave half of all places.
    let fresh = source.places(piece) / (2 * (2 * radius).pow(2)).max(1);
    let mut used = Vec::new();
    for _ in 0..count {
        let Some(cell) = cells.worst() else { break };
        let patch = Patch::new(sheet, &seams, cells.corner(cell, piece, wraps), piece);
        let places = search.best(&patch.wanted(), TRIES, radius, &used[used.len().saturating_sub(fresh)..]);
        let covered: Vec<(i64, Vec<u32>)> = places.par_iter().map(|place| patch.covered(*place)).collect();
        let best = places.into_iter().zip(covered).min_by_key(|(_, (cost, _))| *cost);
        if let Some((place, (_, from))) = best.filter(|(_, (cost, _))| *cost < patch.cost(&patch.old())) {
            used.push(place);
            let (window, around) = (patch.window.clone(), patch.around());
            window.into_iter().zip(from).for_each(|(at, from)| sheet.from[at] = from);
            cells.renew(sheet, &seams, &around);
        }
        if !progress() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use scumble_image::Canvas;

    use super::*;

    /// Rows of bricks of many lengths, 10 pixels high.
    fn wall(width: usize, height: usize) -> Canvas {
        let pixel = |i: usize| {
            let (x, y) = (i % width, i / width);
            let row = y / 10;
            let joint = y % 10 < 2 || (x + row * 37) % (19 + row * 3) < 2;
            [if joint { 0.9 } else { 0.3 + 0.02 * (row % 5) as f32 }; 3]
        };
        Canvas::new(width, height, (0..width * height).flat_map(pixel).collect()).unwrap()
    }

    /// A sheet of two pieces that do not suit each other, side by side.
    fn torn(source: &Source<'_>, size: [usize; 2]) -> Sheet {
        let mut sheet = Sheet::new(size);
        let from = |x: usize, y: usize| if x < size[0] / 2 { (x, y) } else { (x, y + 4) };
        sheet.from = (0..size[0] * size[1])
            .map(|i| from(i % size[0], i / size[0]))
            .map(|(x, y)| (y * source.size()[0] + x) as u32)
            .collect();
        sheet
    }

    fn total(sheet: &Sheet, source: &Source<'_>, wraps: bool) -> i64 {
        let seams = Seams { source, wraps };
        (0..sheet.from.len()).map(|at| seams.at(sheet, at)).sum()
    }

    #[test]
    fn seams_become_less() {
        let canvas = wall(150, 130);
        let source = Source::new(&canvas);
        for wraps in [false, true] {
            let mut sheet = torn(&source, [120, 90]);
            let before = total(&sheet, &source, wraps);
            let pieces = pieces(&source, [24, 24], sheet.size, wraps).unwrap();
            let mut calls = 0;
            mend(&mut sheet, &source, pieces, wraps, &mut || {
                calls += 1;
                true
            });
            let after = total(&sheet, &source, wraps);
            assert!(calls <= pieces.0 && after * 5 < before * 3, "{before} to {after} in {calls}");
        }
    }

    #[test]
    fn what_has_no_seams_stays() {
        let canvas = wall(150, 130);
        let source = Source::new(&canvas);
        let mut sheet = Sheet::new([90, 80]);
        sheet.from = (0..7200).map(|i| ((i / 90 + 5) * 150 + i % 90 + 7) as u32).collect();
        let before = sheet.from.clone();
        let pieces = pieces(&source, [24, 24], sheet.size, false).unwrap();
        mend(&mut sheet, &source, pieces, false, &mut || panic!("there is nothing to do"));
        assert_eq!(sheet.from, before);
    }

    #[test]
    fn small_sheets_and_exemplars_have_no_pieces() {
        let canvas = wall(40, 12);
        let source = Source::new(&canvas);
        assert_eq!(pieces(&source, [10, 6], [60, 60], false), None);
        let canvas = wall(60, 60);
        let source = Source::new(&canvas);
        assert_eq!(pieces(&source, [20, 20], [60, 12], true), None);
        assert_eq!(pieces(&source, [20, 20], [60, 12], false).map(|(_, piece)| piece), Some([30, 12]));
    }
}
