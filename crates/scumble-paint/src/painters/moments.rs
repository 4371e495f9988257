//! Paintings of equivalent rectangles (after Shiraishi and Yamaguchi 2000, "An algorithm for automatic painterly rendering
//! based on local source image approximation").
//!
//! Each stroke is the rectangle that has the moments of the area around its anchor that looks alike; anchors are closer
//! where those areas are small, and large strokes are laid before small ones. Differences: layers after the first paint only
//! where the ones before are not near enough, colours are solved by least squares, and the ground is covered.

mod anchors;
mod params;
mod rectangle;

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;

pub use params::MomentsParams;
pub use rectangle::{Equivalent, equivalent_rectangle};

use super::board::Board;
use super::gaps::gaps;
use super::need::need;
use super::{Painter, StepReport};
use crate::Painting;
use crate::dice::Dice;
use crate::energy::Paint;
use crate::fields::blur_canvas;
use crate::painting::{BrushKind, Geometry};

/// The stage under which this painter draws random numbers; each layer adds its number.
const STAGE: u64 = 0x6d6f_6d65 << 8;
/// Strokes laid a step.
const BATCH: usize = 128;
/// Deviation of the blur of a layer's reference, in windows.
const BLUR: f32 = 0.04;
/// The narrowest stroke, in windows.
const NARROW: f32 = 0.1;
/// The narrowest stroke, in pixels of the working copy.
const LEAST: f32 = 1.5;
/// The most anchors a pixel: more strokes than this would hide each other.
const CROWD: f32 = 0.1;

/// The painter of equivalent rectangles.
#[derive(Debug, Clone)]
pub struct Moments {
    params: MomentsParams,
    paint: Paint,
    board: Board,
    layer: usize,
    phase: Phase,
}

/// What comes next in a layer.
#[derive(Debug, Clone)]
enum Phase {
    Look,
    Place { view: View, anchors: Vec<[usize; 2]> },
    Lay { view: View, marks: std::vec::IntoIter<Equivalent> },
    Fill { view: View, round: usize },
}

/// What a layer sees.
#[derive(Debug, Clone)]
struct View {
    reference: Canvas,
    /// Side in pixels of the working copy.
    window: usize,
}

impl Moments {
    /// A painter of a picture. Transparent parts show the ground. `importance` says how much each of the picture's
    /// pixels counts, from 0 to 1, if they differ; it is kept in fifteenths.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range; `Fault::Input` if the importance map does not fit the picture,
    /// is out of range or zero everywhere.
    pub fn new(picture: &Canvas, importance: Option<&[f32]>, params: MomentsParams) -> Result<Self> {
        params.validate()?;
        let mut board = Board::new(picture, importance, params.work_px, params.background, params.seed)?;
        board.painting.palette = params.palette.iter().map(|colour| colour.0.map(super::working::unit)).collect();
        for window in &params.windows {
            board.add_layer(format!("window {window}"), BrushKind::Bristle, params.thickness as f32);
        }
        Ok(Self { paint: params.paint(), params, board, layer: 0, phase: Phase::Look })
    }

    /// Where the painting stands.
    pub fn report(&self) -> StepReport {
        self.board.report()
    }

    /// The painting.
    pub fn into_painting(self) -> Painting {
        self.board.painting
    }

    fn look(&self) -> Result<Phase> {
        let window = (self.params.windows[self.layer] as f32 * self.board.unit()).round().max(3.0) as usize;
        let reference = blur_canvas(&self.board.source()?, BLUR * window as f32);
        let area = anchors::alike(&reference, window, self.params.tolerance as f32);
        let mut density: Vec<f32> = area.iter().map(|area| (self.params.cover as f32 / area).min(CROWD)).collect();
        if self.layer > 0 {
            let left = need(&reference, &self.board.painted()?, window as f32 / 16.0, self.params.threshold as f32);
            density.iter_mut().zip(left).for_each(|(density, need)| *density *= need);
        }
        self.board.favour(&mut density);
        let mut dice = Dice::new(self.params.seed, STAGE + self.layer as u64, u64::MAX >> 32);
        let anchors = anchors::dithered(&density, reference.width(), &mut dice);
        Ok(Phase::Place { view: View { reference, window }, anchors })
    }

    fn place(&self, view: View, anchors: &[[usize; 2]]) -> Phase {
        let least = NARROW * view.window as f32;
        let mark = |anchor: &[usize; 2]| self.mark(&view, *anchor, least);
        let mut marks: Vec<Equivalent> = anchors.par_iter().filter_map(mark).collect();
        marks.sort_by(|a, b| (b.length * b.width).total_cmp(&(a.length * a.width)));
        Phase::Lay { view, marks: marks.into_iter() }
    }

    /// The stroke at an anchor, at least `least` wide.
    fn mark(&self, view: &View, anchor: [usize; 2], least: f32) -> Option<Equivalent> {
        let found = equivalent_rectangle(&view.reference, anchor, view.window, self.params.tolerance as f32)?;
        let least = least.max(LEAST);
        Some(Equivalent { length: found.length.max(least), width: found.width.max(least), ..found })
    }

    fn lay(&mut self, mark: &Equivalent) {
        let strokes = self.board.painting.strokes.len();
        if strokes < self.params.count as usize {
            let board = &self.board;
            let [length, width] = [mark.length, mark.width].map(|v| board.lengthen(v));
            let geometry = Geometry::Stamp { centre: board.place(mark.centre), angle: mark.angle, length, width };
            let mut dice = Dice::new(self.params.seed, STAGE + self.layer as u64, strokes as u64);
            self.board.lay(self.layer, geometry, &self.paint, self.params.jitter as f32, &mut dice);
        }
    }

    /// One stroke in each gap, the larger the later the round; says whether there were any.
    fn fill(&mut self, view: &View, round: usize) -> bool {
        let gaps = gaps(self.board.size(), |pixel| self.board.is_bare(pixel));
        for gap in &gaps {
            if let Some(mark) = self.mark(view, gap.map(|v| v as usize), 1.0 + round as f32) {
                // The area's own centre may lie outside the gap.
                self.lay(&Equivalent { centre: *gap, ..mark });
            }
        }
        !gaps.is_empty()
    }

    fn next_layer(&mut self) -> Phase {
        self.layer += 1;
        Phase::Look
    }
}

impl Painter for Moments {
    /// Looks at a layer's reference, sets its strokes, or lays up to 128 of them.
    fn step(&mut self) -> Result<Option<StepReport>> {
        if self.layer >= self.params.windows.len() || self.report().strokes >= self.params.count as usize {
            return Ok(None);
        }
        self.phase = match std::mem::replace(&mut self.phase, Phase::Look) {
            Phase::Look => self.look()?,
            Phase::Place { view, anchors } => self.place(view, &anchors),
            Phase::Lay { view, mut marks } => {
                marks.by_ref().take(BATCH).for_each(|mark| self.lay(&mark));
                match (marks.len(), self.layer) {
                    (1.., _) => Phase::Lay { view, marks },
                    (0, 0) => Phase::Fill { view, round: 0 },
                    (0, _) => self.next_layer(),
                }
            }
            Phase::Fill { view, round } => {
                if self.fill(&view, round) {
                    Phase::Fill { view, round: round + 1 }
                } else {
                    self.next_layer()
                }
            }
        };
        Ok(Some(self.report()))
    }

    fn painting(&self) -> &Painting {
        &self.board.painting
    }
}
