//! Where the rows of an exemplar that is laid in rows run on the sheet: all over it at even distances, so that none is lost.

use super::source::Source;
use crate::wave::Wave;
use crate::wave::field::{self, Field, Sample};

/// By how much rows of a piece may be off, in turns: where they run straight and where they do not. In perspective no piece fits
/// another place closely; of 0.03 to 0.15 the last left fewest joints that end blind. Planks had steps with as much.
const OFF: [f32; 2] = [0.06, 0.15];
/// By how much rows that close on themselves may be bent over a piece, of what they may be off: with a course they were better than
/// without up to there.
const BENT: f64 = 2.0;
/// Of places that are all off by more, one of so many may be taken.
const SOME: usize = 20;
/// Places along a side of the sheet from which rows are told how to run.
const GUIDES: usize = 16;

/// Rows of the exemplar and of the sheet.
pub(super) struct Course {
    wave: Wave,
    /// The phase on the sheet, in turns.
    field: Field,
    /// By how much rows of a piece may be off.
    off: f32,
}

impl Course {
    /// Of a sheet of `size`. Rows run as they do in the exemplar where `largest` pieces come from if the layout is `kept`, else as
    /// they do in the mean, and close on themselves if the sheet `wraps`. `begin` is the phase of the sheet's first pixel, in turns.
    /// `None` of exemplars without even rows, and if rows would have to be bent to close on themselves.
    pub fn of(
        source: &Source<'_>,
        size: [usize; 2],
        largest: [usize; 2],
        kept: bool,
        wraps: bool,
        begin: f64,
    ) -> Option<Self> {
        let wave = Wave::of(source.canvas)?;
        let off = OFF[usize::from(!wave.straight())];
        let sides = size.map(|side| side as f64);
        let sample = |i: usize| {
            let at = [i % GUIDES, i / GUIDES].map(|v| (v as f64 + 0.5) / GUIDES as f64);
            let at = [0, 1].map(|k| at[k] * sides[k]);
            // The middle of a piece laid about there.
            let from = [0, 1].map(|k| {
                let (own, piece) = (source.size()[k] as f64, largest[k] as f64);
                let share = (at[k] - 0.5 * piece) / (sides[k] - piece).max(1.0);
                0.5 * piece + share * (own - piece)
            });
            Sample { at, slope: wave.slope(from), weight: 1.0 }
        };
        let samples: Vec<Sample> = (0..GUIDES * GUIDES).map(sample).collect();
        let mut field = Field::of_slopes(sides, if kept { field::DEGREE } else { 1 }, &samples)?;
        if wraps {
            let slope = field.slope([0.0; 2]);
            let turns = [0, 1].map(|i| (slope[i] * sides[i]).round());
            let bent = |i: usize| (slope[i] - turns[i] / sides[i]).abs() * largest[i] as f64;
            if turns == [0.0; 2] || bent(0) + bent(1) > BENT * f64::from(off) {
                return None;
            }
            field = Field::straight(sides, [0, 1].map(|i| turns[i] / sides[i]));
        }
        field.begin = begin - field.at([0.0; 2]);
        Some(Self { wave, field, off })
    }

    /// From one row of the exemplar to the next, in pixels.
    pub fn distance(&self) -> f64 {
        self.wave.distance
    }

    /// What phases a piece of `size` laid at `corner` should have: at four places within, from which what lies further out is
    /// not far.
    pub fn wanted(&self, size: [usize; 2], corner: [usize; 2]) -> Wanted<'_> {
        let phase = |at: [usize; 2]| {
            let step = [0, 1].map(|i| at[i] * size[i] / 4);
            let place = [0, 1].map(|i| (corner[i] + step[i]) as f64);
            (step, self.field.at(place).rem_euclid(1.0) as f32)
        };
        Wanted { wave: &self.wave, off: self.off, phases: [[1, 1], [3, 1], [1, 3], [3, 3]].map(phase) }
    }
}

/// Where rows of a piece shall lie.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    wave: &'a Wave,
    /// By how much they may be off.
    off: f32,
    /// Places within the piece and the phases wanted there.
    phases: [([usize; 2], f32); 4],
}

impl Wanted<'_> {
    /// By how much the rows of the piece at a place are off at most, in turns, up to a half.
    fn off(&self, place: [usize; 2]) -> f32 {
        let off = |([x, y], wanted): &([usize; 2], f32)| {
            let turn = self.wave.at([place[0] + x, place[1] + y]) - wanted;
            (turn - turn.round()).abs()
        };
        self.phases.iter().map(off).fold(0.0, f32::max)
    }

    /// Leaves of the places that are `open` those whose rows are off by little, or by the least.
    pub fn narrow(&self, open: &mut [bool], place: impl Fn(usize) -> [usize; 2]) {
        let rated: Vec<(usize, f32)> = (0..open.len()).filter(|i| open[*i]).map(|i| (i, self.off(place(i)))).collect();
        let mut sorted: Vec<f32> = rated.iter().map(|(_, off)| *off).collect();
        if sorted.is_empty() {
            return;
        }
        let some = sorted.len() / SOME;
        let bound = sorted.select_nth_unstable_by(some, f32::total_cmp).1.max(self.off);
        rated.iter().filter(|(_, off)| *off > bound).for_each(|(i, _)| open[*i] = false);
    }
}

#[cfg(test)]
mod tests {
    use scumble_image::Canvas;

    use super::*;

    /// Rows 12 pixels apart, of many tones.
    fn rows(width: usize, height: usize) -> Canvas {
        let pixel = |i: usize| if i / width % 12 < 3 { 0.9 } else { 0.1 + (i / width / 12 * 7 % 5) as f32 / 20.0 };
        Canvas::new(width, height, (0..width * height).flat_map(|i| [pixel(i); 3]).collect()).unwrap()
    }

    #[test]
    fn pieces_come_from_where_rows_lie_as_on_the_sheet() {
        let canvas = rows(150, 160);
        let source = Source::new(&canvas);
        let course = Course::of(&source, [300, 260], [40, 40], false, false, 0.25).unwrap();
        assert!((course.distance() - 12.0).abs() < 0.5, "{}", course.distance());
        let [first, later] = [[0, 0], [70, 130]].map(|corner| {
            let mut open = vec![true; 111 * 121];
            course.wanted([40, 40], corner).narrow(&mut open, |i| [i % 111, i / 111]);
            let rows: Vec<usize> = (0..121).filter(|y| open[y * 111 + 50]).collect();
            // Whatever the column.
            assert!((0..open.len()).all(|i| open[i] == rows.contains(&(i / 111))));
            rows
        });
        // Each row of a few, as far from the others as rows are.
        for rows in [&first, &later] {
            assert!((8..40).contains(&rows.len()), "{rows:?}");
            assert!(rows.iter().all(|a| rows.iter().all(|b| (a.abs_diff(*b) + 1) % 12 < 3)), "{rows:?}");
        }
        // 130 pixels below rows lie ten pixels later: 130 = 11 · 12 − 2.
        let shift = (later[0] + 144 - first[0]) % 12;
        assert!((9..=11).contains(&shift), "{first:?} {later:?}");
    }

    #[test]
    fn rows_close_on_themselves_or_are_left() {
        let canvas = rows(150, 160);
        let source = Source::new(&canvas);
        let of = |size: [usize; 2]| Course::of(&source, size, [40, 40], false, true, 0.0);
        let field = of([90, 240]).unwrap().field;
        let rows = field.at([0.0, 240.0]) - field.at([0.0, 0.0]);
        assert!((rows.abs() - 20.0).abs() < 1e-9, "{rows}");
        // Half a row too many, of 100 pixels: a sixth of one a piece.
        assert!(of([90, 102]).is_none());
        assert!(of([90, 4]).is_none());
    }

    #[test]
    fn places_that_are_all_off_are_thinned_out() {
        let canvas = rows(150, 160);
        let source = Source::new(&canvas);
        let course = Course::of(&source, [300, 260], [40, 40], false, false, 0.0).unwrap();
        // From one pixel to the next the phase grows by a twelfth.
        let mut open = vec![true; 3];
        course.wanted([40, 40], [0, 0]).narrow(&mut open, |i| [7, 4 + i]);
        assert_eq!(open.iter().filter(|open| **open).count(), 1);
        let mut none = vec![false; 3];
        course.wanted([40, 40], [0, 0]).narrow(&mut none, |i| [7, i]);
        assert_eq!(none, [false; 3]);
    }
}
