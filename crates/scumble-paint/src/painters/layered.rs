//! Curved strokes in layers (Hertzmann 1998, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes").
//!
//! Each layer paints with a finer brush where the painting is still away from the picture, blurred as the brush asks.
//! Strokes start where a cell of a grid differs most and run across the gradient.
//!
//! Differences to the paper: in flat areas strokes follow the directions around them; cells are judged when their turn comes,
//! by the painting as it is then; the last layer keeps to fine detail; colours are solved by least squares over the
//! stroke unless asked otherwise; a stroke that would not bring the painting nearer is left out unless it covers bare
//! ground, and the first layer is repeated until none is bare; what jitter does to colours is not mended.

mod cells;
mod jitter;
mod params;
mod survey;

use scumble_core::Result;
use scumble_image::Canvas;

pub use jitter::Jitter;
pub use params::LayeredParams;

use self::cells::Cells;
use self::survey::Survey;
use super::board::Board;
use super::working::{level, unit};
use super::{Painter, StepReport};
use crate::Painting;
use crate::dice::Dice;
use crate::energy::Paint;
use crate::painting::Geometry;

/// The stage under which this painter draws random numbers; each layer and kind of draw adds its own.
const STAGE: u64 = 0x6c61_7965 << 16;
/// Cells looked at a step, and strokes laid.
const CELLS: usize = 1024;
const STROKES: usize = 64;
/// Rounds in which the first layer may cover what is still bare.
const ROUNDS: usize = 8;

/// The painter of curved strokes in layers.
#[derive(Debug, Clone)]
pub struct Layered {
    params: LayeredParams,
    paint: Paint,
    board: Board,
    layer: usize,
    /// The layer at work; none before it is looked at.
    at: Option<Box<At>>,
}

/// A layer at work.
#[derive(Debug, Clone)]
struct At {
    survey: Survey,
    cells: Cells,
    round: usize,
}

impl Layered {
    /// A painter of a picture. Transparent parts show the ground. `importance` says how much each of the picture's
    /// pixels counts, from 0 to 1, if they differ; it is kept in fifteenths.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range; `Fault::Input` if the importance map does not fit the picture,
    /// is out of range or zero everywhere.
    pub fn new(picture: &Canvas, importance: Option<&[f32]>, params: LayeredParams) -> Result<Self> {
        params.validate()?;
        let mut board = Board::new(picture, importance, params.work_px, params.background, params.seed)?;
        board.painting.palette = params.palette.iter().map(|colour| colour.0.map(unit)).collect();
        for radius in &params.radii {
            board.add_layer(format!("radius {radius}"), params.brush.kind(), params.thickness as f32);
        }
        if params.jitter != Jitter::NONE {
            board.judge_apart();
        }
        if params.wash {
            board.wash(params.wet as f32)?;
        }
        Ok(Self { paint: params.paint(), params, board, layer: 0, at: None })
    }

    /// Goes on with a painting of the same picture: the strokes that follow are those that would have followed. Its
    /// strokes are painted anew to know what was left out between them, which takes as long as the first time.
    ///
    /// # Errors
    /// As [`Layered::new`]; `Fault::Input` if the painting is not one that this painter makes.
    pub fn resume(
        painting: &Painting,
        picture: &Canvas,
        importance: Option<&[f32]>,
        params: LayeredParams,
    ) -> Result<Self> {
        let mut painter = Self::new(picture, importance, params)?;
        super::catch_up(&mut painter, painting)?;
        Ok(painter)
    }

    /// Where the painting stands.
    pub fn report(&self) -> StepReport {
        self.board.report()
    }

    /// The painting.
    pub fn into_painting(self) -> Painting {
        self.board.painting
    }

    /// Visits the next cells; says whether the layer has more to do.
    fn work(&mut self, at: &mut At) -> bool {
        let strokes = self.board.painting.strokes.len();
        for _ in 0..CELLS {
            let laid = self.board.painting.strokes.len();
            if laid >= self.params.count as usize || laid - strokes >= STROKES {
                return true;
            }
            let Some((index, cell)) = at.cells.next() else {
                return self.layer == 0 && self.begin_round(at);
            };
            self.visit(&at.survey, cell, (at.round << 32 | index) as u64);
        }
        true
    }

    /// Begins another round over the cells if some of the ground is bare.
    fn begin_round(&self, at: &mut At) -> bool {
        let [width, height] = self.board.size();
        at.round += 1;
        let more = !self.params.wash && at.round < ROUNDS && (0..width * height).any(|i| self.board.is_bare(i));
        if more {
            at.cells.rewind();
        }
        more
    }

    /// Starts a stroke in a cell if it needs one.
    fn visit(&mut self, survey: &Survey, cell: [usize; 2], place: u64) {
        let Some(start) = survey.start(&self.board, cell, self.layer == 0 && !self.params.wash) else { return };
        let mut dice = Dice::new(self.params.seed, STAGE + 2 * self.layer as u64, place);
        let (points, colour) = survey.grown(&self.board, start, &mut dice);
        let geometry = Geometry::Spline {
            points: points.into_iter().map(|point| self.board.place(point)).collect(),
            width: self.board.lengthen(2.0 * survey.radius),
        };
        let given = (!self.params.solve_colour).then(|| colour.map(level));
        let jitter = self.params.jitter;
        let change = |colour: [u8; 3]| jitter.applied(colour.map(unit), &mut dice).map(level);
        self.board.lay_changed(self.layer, geometry, &self.paint, given, change);
    }
}

impl Painter for Layered {
    /// Looks at a layer's reference, or lays up to 64 strokes.
    fn step(&mut self) -> Result<Option<StepReport>> {
        if self.layer >= self.params.radii.len() || self.report().strokes >= self.params.count as usize {
            return Ok(None);
        }
        match self.at.take() {
            None => {
                let survey = Survey::new(&self.board, &self.params, self.layer)?;
                let stage = STAGE + 2 * self.layer as u64 + 1;
                let cells = Cells::new(self.board.size(), survey.grid, &mut Dice::new(self.params.seed, stage, 0));
                self.at = Some(Box::new(At { survey, cells, round: 0 }));
            }
            Some(mut at) => {
                if self.work(&mut at) {
                    self.at = Some(at);
                } else {
                    self.layer += 1;
                }
            }
        }
        Ok(Some(self.report()))
    }

    fn painting(&self) -> &Painting {
        &self.board.painting
    }

    fn progress(&self) -> f64 {
        // How many rounds the first layer needs shows only afterwards.
        let within = self.at.as_ref().map_or(0.0, |at| if at.round > 0 { 1.0 } else { at.cells.visited() });
        (self.layer as f64 + within) / self.params.radii.len() as f64
    }
}
