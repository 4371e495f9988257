//! Where the rows of an exemplar that is laid in rows run on the sheet: all over it at even distances, so that none is lost.

use scumble_core::Stream;

use super::source::Source;
use crate::parallel;
use crate::wave::Wave;
use crate::wave::field::{DEGREE, Field, Sample};

/// The stage under which the first row draws where it begins.
const STAGE: u64 = 0x726f_7773;
/// By how much rows of a piece may be off, in turns: straight ones, and those in perspective, of which no piece fits another place
/// closely. Of 0.03 to 0.15, straight planks had steps with the most; of 0.03 to 0.22, 0.15 left a pavement fewest joints that end blind.
const OFF: [f32; 2] = [0.04, 0.15];
/// The same at least, in pixels: pieces come from whole ones.
const LEAST_OFF: f64 = 0.6;
/// By how much rows that close on themselves may be bent over a piece, of what they may be off. With twice as much a pavement still was
/// better than without a course.
const BENT: f64 = 2.0;
/// One of so many places at least may be taken, however far its rows are off: the best ones. With 10 and 20 pavements were alike.
const SOME: usize = 20;
/// Places along a side of the sheet from which rows are told how to run: more than the polynomial has terms.
const GUIDES: usize = 16;

/// What a sheet is like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lie {
    /// Its width and height.
    pub size: [usize; 2],
    /// The largest pieces that it is laid with.
    pub largest: [usize; 2],
    /// Whether pieces are laid about where they are in the exemplar.
    pub kept: bool,
    /// Whether it shall fit itself.
    pub wraps: bool,
}

/// Rows of the exemplar and of the sheet.
pub(super) struct Course {
    wave: Wave,
    /// The phase on the sheet, in turns.
    field: Field,
    /// By how much rows of a piece may be off.
    most: f32,
    /// What of the exemplar the sheet shows, if the layout is kept.
    view: Option<View>,
}

impl Course {
    /// Rows of a sheet run as they do in the exemplar where pieces come from if the layout is kept, else as they do in the mean, and
    /// close on themselves if the sheet does; where the first begins, and what of the exemplar is shown, `seed` says. `None` of
    /// exemplars without even rows, and if rows would have to be bent to close on themselves.
    pub fn of(source: &Source<'_>, lie: &Lie, seed: u64) -> Option<Self> {
        let wave = Wave::of(source.canvas)?;
        let most = OFF[usize::from(!wave.straight())].max((LEAST_OFF / wave.distance) as f32);
        let mut stream = Stream::new(seed, STAGE);
        let (own, sides) = (source.size().map(|side| side as f64), lie.size.map(|side| side as f64));
        let view = lie.kept.then(|| View::of(own, lie, [1, 2].map(|i| stream.uniform(i))));
        let sample = |i: usize| {
            let share = [i % GUIDES, i / GUIDES].map(|v| (v as f64 + 0.5) / GUIDES as f64);
            let at = [0, 1].map(|k| share[k] * sides[k]);
            let from = view.as_ref().map_or([0, 1].map(|k| share[k] * own[k]), |view| view.origin(at));
            // In holes a polynomial is anything.
            let pixel = [0, 1].map(|k| (from[k].max(0.0) as usize).min(source.size()[k] - 1));
            let weight = f64::from(u8::from(source.whole(pixel, [1, 1])));
            Sample { at, slope: wave.slope(from), weight }
        };
        let samples: Vec<Sample> = (0..GUIDES * GUIDES).map(sample).collect();
        let mut field = Field::of_slopes(sides, if lie.kept { DEGREE } else { 1 }, &samples)?;
        if lie.wraps {
            let slope = field.slope([0.0; 2]);
            let turns = [0, 1].map(|i| (slope[i] * sides[i]).round());
            let bent = |i: usize| (slope[i] - turns[i] / sides[i]).abs() * lie.largest[i] as f64;
            if turns == [0.0; 2] || bent(0) + bent(1) > BENT * f64::from(most) {
                return None;
            }
            field = Field::straight(sides, [0, 1].map(|i| turns[i] / sides[i]));
        }
        // As at a pixel of the exemplar: of rows whole pixels apart, pieces then suit exactly.
        let pixel = [0, 1].map(|k| (stream.uniform([0, 3][k]) * own[k]) as usize);
        field.begin = f64::from(wave.at(pixel)) - field.at([0.0; 2]);
        Some(Self { wave, field, most, view })
    }

    /// About where in the exemplar a piece of `size` laid at `corner` begins, if the layout is kept.
    pub fn place(&self, size: [usize; 2], corner: [usize; 2]) -> Option<[usize; 2]> {
        let half = size.map(|side| 0.5 * side as f64);
        let middle = self.view.as_ref()?.origin([0, 1].map(|k| corner[k] as f64 + half[k]));
        Some([0, 1].map(|k| (middle[k] - half[k]).max(0.0) as usize))
    }

    /// From one row of the exemplar to the next, in pixels.
    pub fn distance(&self) -> f64 {
        self.wave.distance
    }

    /// How rows of a piece of `size` laid at `corner` should lie: at four places within, from which what lies further out is not far.
    pub fn rows(&self, size: [usize; 2], corner: [usize; 2]) -> Rows<'_> {
        let phase = |at: [usize; 2]| {
            let step = [0, 1].map(|i| at[i] * size[i] / 4);
            let place = [0, 1].map(|i| (corner[i] + step[i]) as f64);
            (step, self.field.at(place).rem_euclid(1.0) as f32)
        };
        Rows { wave: &self.wave, most: self.most, phases: [[1, 1], [3, 1], [1, 3], [3, 3]].map(phase) }
    }
}

/// What of the exemplar a sheet shows: the same scale both ways, as rows in perspective cannot be stretched one way, and no smaller one
/// than the exemplar's, as pieces are not drawn smaller.
struct View {
    /// Where the middle of the largest piece lies in the exemplar that is laid at the sheet's corner, and its middle there.
    begin: [f64; 2],
    half: [f64; 2],
    /// Pixels of the exemplar for one of the sheet.
    ratio: f64,
}

impl View {
    /// As much as there is room for; of what is left along one side, `chances` say where it begins.
    fn of(own: [f64; 2], lie: &Lie, chances: [f64; 2]) -> Self {
        let half = lie.largest.map(|side| 0.5 * side as f64);
        // How far the middle of a piece may move in the exemplar, and moves on the sheet.
        let room = [0, 1].map(|k| (own[k] - 2.0 * half[k]).max(0.0));
        let way = [0, 1].map(|k| (lie.size[k] as f64 - 2.0 * half[k]).max(0.0));
        let ratio = [0, 1].map(|k| if way[k] > room[k] { room[k] / way[k] } else { 1.0 });
        let ratio = ratio[0].min(ratio[1]);
        Self { begin: [0, 1].map(|k| half[k] + chances[k] * (room[k] - way[k] * ratio)), half, ratio }
    }

    /// Where in the exemplar that lies that is shown at a place of the sheet.
    fn origin(&self, at: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|k| self.begin[k] + (at[k] - self.half[k]) * self.ratio)
    }
}

/// How rows of a piece shall lie.
#[derive(Debug, Clone)]
pub(super) struct Rows<'a> {
    wave: &'a Wave,
    /// By how much they may be off.
    most: f32,
    /// Places within the piece and the phases wanted there.
    phases: [([usize; 2], f32); 4],
}

impl Rows<'_> {
    /// By how much the rows of the piece at a place are off at most, in turns, up to a half.
    fn off(&self, place: [usize; 2]) -> f32 {
        let off = |([x, y], wanted): &([usize; 2], f32)| {
            let turn = self.wave.at([place[0] + x, place[1] + y]) - wanted;
            (turn - turn.round()).abs()
        };
        self.phases.iter().map(off).fold(0.0, f32::max)
    }

    /// Whether rows of the piece at a place are off by little, or by no more than at another one.
    pub fn suit(&self, place: [usize; 2], other: [usize; 2]) -> bool {
        self.off(place) <= self.most.max(self.off(other))
    }

    /// Leaves of the places that are `open` those whose rows are off by little; if these are few, the best ones.
    pub fn narrow(&self, open: &mut [bool], place: impl Fn(usize) -> [usize; 2] + Sync) {
        let count = open.iter().filter(|open| **open).count();
        let off = {
            let open = &*open;
            parallel::made(open.len(), |i| if open[i] { self.off(place(i)) } else { f32::INFINITY })
        };
        let some = count / SOME;
        let mut bound = self.most;
        if off.iter().filter(|off| **off <= bound).count() <= some && count > 0 {
            bound = *off.clone().select_nth_unstable_by(some, f32::total_cmp).1;
        }
        open.iter_mut().zip(off).for_each(|(open, off)| *open &= off <= bound);
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

    fn lie(size: [usize; 2], wraps: bool) -> Lie {
        Lie { size, largest: [40, 40], kept: false, wraps }
    }

    #[test]
    fn pieces_come_from_where_rows_lie_as_on_the_sheet() {
        let canvas = rows(150, 160);
        let source = Source::new(&canvas);
        let course = Course::of(&source, &lie([300, 260], false), 1).unwrap();
        assert!((course.distance() - 12.0).abs() < 0.5, "{}", course.distance());
        let [first, later] = [[0, 0], [70, 130]].map(|corner| {
            let mut open = vec![true; 111 * 121];
            course.rows([40, 40], corner).narrow(&mut open, |i| [i % 111, i / 111]);
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
    fn sheets_show_a_view_of_the_exemplar() {
        let of = |size: [usize; 2], chances| {
            let lie = Lie { size, largest: [100, 60], kept: true, wraps: false };
            let view = View::of([500.0, 300.0], &lie, chances);
            [view.origin([50.0, 30.0]), view.origin([size[0] as f64 - 50.0, size[1] as f64 - 30.0])]
        };
        // All of it, twice as large.
        assert_eq!(of([900, 540], [0.3, 0.7]), [[50.0, 30.0], [450.0, 270.0]]);
        // A part across, as one pixel is half a pixel of the exemplar both ways; where it begins is chance.
        assert_eq!(of([500, 540], [0.0, 0.0]), [[50.0, 30.0], [250.0, 270.0]]);
        assert_eq!(of([500, 540], [1.0, 0.0]), [[250.0, 30.0], [450.0, 270.0]]);
        // A smaller sheet shows a part both ways, a thin one as wide as a piece a strip.
        assert_eq!(of([300, 200], [0.5, 1.0]), [[150.0, 130.0], [350.0, 270.0]]);
        assert_eq!(of([100, 200], [0.5, 0.0]), [[250.0, 30.0], [250.0, 170.0]]);
    }

    #[test]
    fn rows_close_on_themselves_or_are_left() {
        let canvas = rows(150, 160);
        let source = Source::new(&canvas);
        let of = |size: [usize; 2]| Course::of(&source, &lie(size, true), 1);
        let field = of([90, 240]).unwrap().field;
        let rows = field.at([0.0, 240.0]) - field.at([0.0, 0.0]);
        assert!((rows.abs() - 20.0).abs() < 1e-9, "{rows}");
        // Half a row too many, of 102 pixels: a fifth of one a piece.
        assert!(of([90, 102]).is_none());
        assert!(of([90, 4]).is_none());
    }

    #[test]
    fn places_that_are_all_off_are_thinned_out() {
        let canvas = rows(150, 160);
        let source = Source::new(&canvas);
        let course = Course::of(&source, &lie([300, 260], false), 1).unwrap();
        let rows = course.rows([40, 40], [0, 0]);
        let places: Vec<[usize; 2]> = (0..121).map(|y| [7, y]).filter(|place| rows.off(*place) > 0.2).collect();
        let mut open = vec![true; places.len()];
        rows.narrow(&mut open, |i| places[i]);
        let of =
            |kept: bool| places.iter().zip(&open).filter(move |(_, open)| **open == kept).map(|(at, _)| rows.off(*at));
        let [most, least] = [of(true).fold(0.0, f32::max), of(false).fold(1.0, f32::min)];
        assert!(of(true).count() > 0 && of(true).count() * 4 < places.len() && most <= least, "{most} {least}");
        let mut none = vec![false; 3];
        rows.narrow(&mut none, |i| [7, i]);
        assert_eq!(none, [false; 3]);
    }
}
