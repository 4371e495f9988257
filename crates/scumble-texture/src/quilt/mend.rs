//! Seams that show are covered with further pieces of the exemplar, each where it suits what lies around the place, and cut out
//! along a closed line of least cost, of which old seams are a part (Kwatra et al. 2003, §3.2 and "sub-patch matching"). A piece
//! that makes nothing better leaves nothing: all seams together only become less.

use rayon::prelude::*;

use super::block::PLACES;
use super::cells::Cells;
use super::layout::Plan;
use super::patch::{Patch, rim};
use super::search::Search;
use super::sheet::Sheet;
use super::source::Source;

/// Rounds of pieces, one after the other: their side, of a block's, how often the whole sheet could be covered with them, and
/// how many are tried on a place.
///
/// Large ones bring rows of bricks into line that small ones only join. Of some thirty such lists this left fewest joints of a
/// pavement that end blind.
const ROUNDS: [(f64, usize, usize); 8] =
    [(2.4, 9, 1), (1.7, 6, 1), (1.0, 3, 1), (0.67, 2, 1), (0.45, 2, 1), (1.7, 1, 6), (1.0, 1, 6), (0.67, 1, 6)];
/// Pieces from anywhere are fewer, and fewer are tried: one of so many. There is more to choose from, and no line goes on through
/// all.
const SPARED: usize = 3;
/// The largest side of pieces from anywhere, of the exemplar's: one part of so many.
const FREE: usize = 3;
/// Pieces that are laid at the same time.
const BESIDE: usize = 4;
/// Parts of a piece's side by which they lie apart in the exemplar from those used lately.
const APART: usize = 6;
/// The least side of a piece of the first round, and of others: below, many mend little.
const LEAST: [usize; 2] = [8, 24];

/// The pieces of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pieces {
    /// How many [`mend`] tries to lay at most.
    pub count: usize,
    /// Their width and height.
    pub size: [usize; 2],
    /// How many are tried on a place.
    pub tries: usize,
}

/// The pieces for a sheet of `size` laid with blocks of `block`, `kept` if they come from about where they are laid: none if none
/// fit.
pub(super) fn pieces(source: &Source<'_>, block: [usize; 2], size: [usize; 2], wraps: bool, kept: bool) -> Vec<Pieces> {
    let of = |(i, (side, layers, tries)): (usize, (f64, usize, usize))| {
        let [layers, tries] = [layers, tries].map(|number| if kept { number } else { number.div_ceil(SPARED) });
        let piece = [0, 1].map(|i| {
            let own = source.size()[i];
            // Of larger ones from anywhere most would show the middle of the exemplar.
            let most = if kept { own.div_ceil(2) } else { (own / FREE).max(block[i]).min(own.div_ceil(2)) };
            ((side * block[i] as f64) as usize).min(most).min(if wraps { size[i] / 2 } else { size[i] })
        });
        let least = LEAST[i.min(1)];
        // One as large as the sheet would suit nothing, and be the same whatever lies there.
        let fits = piece.iter().all(|side| *side >= least) && piece != size && source.places(piece) >= PLACES;
        fits.then(|| Pieces { count: layers * (size[0] * size[1]).div_ceil(piece[0] * piece[1]), size: piece, tries })
    };
    let mut all: Vec<Pieces> = ROUNDS.into_iter().enumerate().filter_map(of).collect();
    // The larger ones may all be as large as they can be.
    all.dedup_by_key(|pieces| (pieces.size, pieces.tries));
    all
}

/// Covers the seams that show most, one after the other, with pieces. `progress` is called after each and says whether to go on.
pub(super) fn mend(
    sheet: &mut Sheet,
    plan: &Plan<'_>,
    Pieces { count, size, tries }: Pieces,
    progress: &mut dyn FnMut() -> bool,
) {
    let (source, seams) = (plan.source, &plan.seams);
    let [across, down] = rim(size);
    let mut search = Search::new(source, None, size, across.min(down));
    let mut cells = Cells::new(sheet, seams, size);
    let radius = size[0].min(size[1]) / APART;
    // As many as leave half of all places.
    let fresh = source.places(size) / (2 * (2 * radius).pow(2)).max(1);
    let mut used: Vec<[usize; 2]> = Vec::new();
    let mut tried = 0;
    while tried < count {
        let corners = cells.worst(BESIDE.min(count - tried));
        if corners.is_empty() {
            break;
        }
        tried += corners.len();
        let mut lately = used[used.len().saturating_sub(fresh)..].to_vec();
        let mut patches = Vec::new();
        for corner in &corners {
            let room = plan.room(size, *corner);
            let patch = Patch::new(sheet, seams, *corner, size);
            let places = search.best(&patch.wanted(), tries, &room, radius, &lately);
            lately.extend(places.first());
            patches.push((patch, places));
        }
        let better = |(patch, places): &(Patch<'_>, Vec<[usize; 2]>)| {
            let covered: Vec<_> = places.par_iter().map(|place| (patch.covered(*place), *place)).collect();
            let ((cost, from), place) = covered.into_iter().min_by_key(|((cost, _), _)| *cost)?;
            (cost < patch.cost(&patch.old())).then(|| (place, patch.window.clone(), patch.around(), from))
        };
        let better: Vec<_> = patches.par_iter().filter_map(better).collect();
        for (place, window, around, from) in better {
            used.push(place);
            window.into_iter().zip(from).for_each(|(at, from)| sheet.from[at] = from);
            cells.renew(sheet, seams, &around);
        }
        if !corners.iter().all(|_| progress()) {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use scumble_image::Canvas;

    use super::super::seams::Seams;
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

    fn plan<'a>(source: &'a Source<'a>, sheet: &Sheet, wraps: bool, kept: bool) -> Plan<'a> {
        Plan { source, seams: Seams::new(source, wraps, None), sheet: sheet.size, kept, course: None }
    }

    fn total(sheet: &Sheet, seams: &Seams<'_>) -> i64 {
        (0..sheet.from.len()).map(|at| i64::from(seams.at(sheet, at))).sum()
    }

    #[test]
    fn seams_become_less() {
        let canvas = wall(150, 130);
        let source = Source::new(&canvas);
        for wraps in [false, true] {
            let mut sheet = torn(&source, [120, 90]);
            let plan = plan(&source, &sheet, wraps, !wraps);
            let before = total(&sheet, &plan.seams);
            let pieces = pieces(&source, [24, 24], sheet.size, wraps, !wraps)[0];
            let mut calls = 0;
            mend(&mut sheet, &plan, pieces, &mut || {
                calls += 1;
                true
            });
            let after = total(&sheet, &plan.seams);
            assert!(calls <= pieces.count && after * 5 < before * 3, "{before} to {after} in {calls}");
        }
    }

    #[test]
    fn what_has_no_seams_stays() {
        let canvas = wall(150, 130);
        let source = Source::new(&canvas);
        let mut sheet = Sheet::new([90, 80]);
        sheet.from = (0..7200).map(|i| ((i / 90 + 5) * 150 + i % 90 + 7) as u32).collect();
        let before = sheet.from.clone();
        let pieces = pieces(&source, [24, 24], sheet.size, false, true)[0];
        let plan = plan(&source, &sheet, false, false);
        mend(&mut sheet, &plan, pieces, &mut || panic!("there is nothing to do"));
        assert_eq!(sheet.from, before);
    }

    #[test]
    fn small_sheets_and_exemplars_have_no_pieces() {
        let canvas = wall(40, 12);
        let source = Source::new(&canvas);
        assert!(pieces(&source, [10, 6], [60, 60], false, true).is_empty());
        let canvas = wall(60, 60);
        let source = Source::new(&canvas);
        assert!(pieces(&source, [20, 20], [60, 12], true, true).is_empty());
        let sizes = |block: [usize; 2], size: [usize; 2]| -> Vec<[usize; 2]> {
            pieces(&source, block, size, false, true).iter().map(|pieces| pieces.size).collect()
        };
        assert_eq!(sizes([20, 20], [60, 12]), [[30, 12]]);
        // The larger rounds are one, and so are the last ones.
        assert_eq!(sizes([24, 24], [60, 60]), [[30, 30], [24, 24], [30, 30], [24, 24]]);
    }
}
