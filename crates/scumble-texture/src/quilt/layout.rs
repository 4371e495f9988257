//! Which part of the exemplar a place of the sheet is laid from.

use schemars::JsonSchema;
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use super::course::{Course, Rows};
use super::seams::Seams;
use super::source::Source;
use crate::drift::drifts;

/// Share of all places of the exemplar, along a side, that lie near enough to a place. Of 0.15 to 0.5 this left fewest joints
/// of a pavement that end blind.
const NEAR: f64 = 0.35;

/// Where pieces of a quilt come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// `kept` of exemplars that change steadily from one side to the other, `free` of others, with a guide, and if the quilt
    /// shall fit itself.
    Auto,
    /// From anywhere.
    Free,
    /// From about where they are laid: a pavement keeps its perspective, a landscape its sky above. Not with a guide
    /// or if the quilt shall fit itself.
    Kept,
}

impl Layout {
    /// Whether it is kept of an exemplar.
    pub fn keeps(self, exemplar: &Canvas) -> bool {
        match self {
            Self::Auto => drifts(exemplar),
            Self::Free => false,
            Self::Kept => true,
        }
    }
}

/// Where pieces of a sheet may come from, and what their seams cost.
pub(super) struct Plan<'a> {
    pub source: &'a Source<'a>,
    /// What seams cost.
    pub seams: Seams<'a>,
    /// The sheet's width and height.
    pub sheet: [usize; 2],
    /// Whether pieces are laid about where they are in the exemplar.
    pub kept: bool,
    /// Where rows run, if the exemplar has any.
    pub course: Option<Course>,
}

impl Plan<'_> {
    /// The places of a piece of `size` laid at `corner`.
    pub fn room(&self, size: [usize; 2], corner: [usize; 2]) -> Room<'_> {
        let rows = self.course.as_ref().map(|course| course.rows(size, corner));
        let all = Room::all(self.source, size).ends;
        let place = || {
            let of_rows = self.course.as_ref().and_then(|course| course.place(size, corner));
            of_rows.unwrap_or_else(|| stretched(all, size, corner, self.sheet))
        };
        Room { ends: if self.kept { near(all, place()) } else { all }, rows }
    }
}

/// Places of the exemplar, each that of a piece's first pixel.
#[derive(Debug, Clone)]
pub(super) struct Room<'a> {
    /// The first place and the one behind the last, across and down.
    pub ends: [[usize; 2]; 2],
    /// How the piece's rows shall lie.
    pub rows: Option<Rows<'a>>,
}

impl Room<'_> {
    /// All places of a piece of `size`.
    pub fn all(source: &Source<'_>, size: [usize; 2]) -> Self {
        Self { ends: [0, 1].map(|i| [0, source.size()[i] + 1 - size[i]]), rows: None }
    }
}

/// The place that `corner`, where a piece of `size` is laid on a sheet of size `sheet`, has in the exemplar, of which all lies on the sheet.
fn stretched(all: [[usize; 2]; 2], size: [usize; 2], corner: [usize; 2], sheet: [usize; 2]) -> [usize; 2] {
    [0, 1].map(|i| {
        let share = corner[i] as f64 / sheet[i].saturating_sub(size[i]).max(1) as f64;
        (share * (all[i][1] - 1) as f64) as usize
    })
}

/// Of the ends `all` of places, those of the ones near a place.
fn near(all: [[usize; 2]; 2], place: [usize; 2]) -> [[usize; 2]; 2] {
    [0, 1].map(|i| {
        let count = all[i][1];
        let near = ((NEAR * count as f64) as usize).max(1);
        // As many at the ends.
        let first = place[i].saturating_sub(near / 2).min(count - near);
        [first, first + near]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_go_with_the_place_from_one_end_to_the_other() {
        let canvas = Canvas::filled(109, 59, [0.5; 3]);
        let source = Source::new(&canvas);
        let all = |size: [usize; 2]| Room::all(&source, size).ends;
        assert_eq!(all([10, 10]), [[0, 100], [0, 50]]);
        let room = |corner: [usize; 2]| {
            let all = all([10, 10]);
            near(all, stretched(all, [10, 10], corner, [210, 110]))
        };
        assert_eq!(room([0, 0]), [[0, 35], [0, 17]]);
        assert_eq!(room([100, 50]), [[32, 67], [16, 33]]);
        assert_eq!(room([200, 100]), [[65, 100], [33, 50]]);
        // A piece as large as the sheet, or as the exemplar, has a place.
        let all = all([10, 59]);
        assert_eq!(near(all, stretched(all, [10, 59], [0, 0], [10, 59])), [[0, 35], [0, 1]]);
    }
}
