//! Oil paintings by adaptive sampling (after Tong et al. 2022, "Im2Oil: Stroke-Based Oil Painting Rendering with Linearly
//! Controllable Fineness Via Adaptive Sampling").
//!
//! Strokes are set where the picture is busy, each as wide and as long as its colour reaches, and laid large before small;
//! what is left of the ground is then filled. Differences to Im2Oil: several layers from coarse to fine, of which those
//! after the first paint only where the ones before are not near enough; strokes bend with the edges; colours are judged in
//! Oklab and solved by least squares; strokes that gain nothing are left out; coverage is exact.

mod params;
mod survey;
mod walk;

use scumble_core::Result;
use scumble_image::Canvas;

pub use params::AdaptiveParams;

use self::survey::Survey;
use self::walk::Mark;
use super::board::Board;
use super::gaps::gaps;
use super::{Painter, StepReport, ribbon};
use crate::Painting;
use crate::dice::Dice;
use crate::energy::Paint;
use crate::painting::Geometry;

/// The stage under which this painter draws random numbers; each layer adds its number.
const STAGE: u64 = 0x6164_6170 << 8;
/// Share of a round brush's width at which the water of a wash stops on dry paper: where a fifth of its cover is left.
const SHORE: f32 = 0.82;
/// Exponent of the outlines of washes: they fill their boxes, but for the corners.
const WASH: f32 = 3.0;
/// Washes no longer than this many of a layer's least widths are left out: they would look like beads.
const SPECK: f32 = 2.0;
/// Strokes laid a step.
const BATCH: usize = 128;

/// The painter of oil paintings.
#[derive(Debug, Clone)]
pub struct Adaptive {
    params: AdaptiveParams,
    paint: Paint,
    board: Board,
    layer: usize,
    phase: Phase,
}

/// What comes next in a layer.
#[derive(Debug, Clone)]
enum Phase {
    Look,
    Place(Box<Survey>),
    Lay { survey: Box<Survey>, marks: std::vec::IntoIter<Mark> },
    Fill { survey: Box<Survey>, round: usize },
}

impl Adaptive {
    /// A painter of a picture. Transparent parts show the ground. `importance` says how much each of the picture's
    /// pixels counts, from 0 to 1, if they differ; it is kept in fifteenths.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range; `Fault::Input` if the importance map does not fit the picture,
    /// is out of range or zero everywhere.
    pub fn new(picture: &Canvas, importance: Option<&[f32]>, params: AdaptiveParams) -> Result<Self> {
        params.validate()?;
        let mut board = Board::new(picture, importance, params.work_px, params.background, params.seed)?;
        board.painting.palette = params.palette.iter().map(|colour| colour.0.map(super::working::unit)).collect();
        for radius in &params.radii {
            board.add_layer(format!("radius {radius}"), params.brush.kind(), params.thickness as f32);
        }
        if params.wash {
            board.wash(params.wet as f32)?;
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

    fn lay(&mut self, mark: &Mark, jitter: f32) {
        let strokes = self.board.painting.strokes.len();
        if strokes >= self.params.count as usize {
            return;
        }
        let mut dice = Dice::new(self.params.seed, STAGE + self.layer as u64, strokes as u64);
        let geometry = self.geometry(mark);
        self.board.lay(self.layer, geometry, &self.paint, jitter, &mut dice);
    }

    /// A straight mark is a stamp, one that bends a spline. Washes are larger by what is not seen of them, and straight ones have
    /// no corners.
    fn geometry(&self, mark: &Mark) -> Geometry {
        let board = &self.board;
        if self.params.wash {
            return self.wash(mark);
        }
        match ribbon::bent(&mark.path, mark.width) {
            Some(points) => Geometry::Spline {
                points: points.into_iter().map(|p| board.place(p)).collect(),
                width: board.lengthen(mark.width),
            },
            None => {
                let (centre, angle) = ribbon::chord(&mark.path, mark.along);
                let [length, width] = [mark.length, mark.width].map(|v| board.lengthen(v));
                Geometry::Stamp { centre: board.place(centre), angle, length, width }
            }
        }
    }

    fn wash(&self, mark: &Mark) -> Geometry {
        let board = &self.board;
        match ribbon::bent(&mark.path, mark.width) {
            Some(points) => Geometry::Spline {
                points: points.into_iter().map(|p| board.place(p)).collect(),
                width: board.lengthen(mark.width / SHORE),
            },
            None => {
                let (centre, angle) = ribbon::chord(&mark.path, mark.along);
                let radii = [mark.length, mark.width].map(|v| board.lengthen(v / SHORE / 2.0));
                Geometry::Superellipse { centre: board.place(centre), radii, exponent: WASH, angle }
            }
        }
    }

    /// One stroke in the middle of each gap, the larger the later the round; says whether there were any.
    fn fill(&mut self, survey: &Survey, round: usize) -> bool {
        let gaps = gaps(self.board.size(), |pixel| self.board.is_bare(pixel));
        for gap in &gaps {
            // Mending should not show.
            self.lay(&survey.mark(*gap, survey.narrowest() / 3.0 + round as f32), 0.0);
        }
        !gaps.is_empty()
    }
}

impl Painter for Adaptive {
    /// Looks at a layer's reference, sets its strokes, or lays up to 128 of them.
    fn step(&mut self) -> Result<Option<StepReport>> {
        if self.layer >= self.params.radii.len() || self.report().strokes >= self.params.count as usize {
            return Ok(None);
        }
        self.phase = match std::mem::replace(&mut self.phase, Phase::Look) {
            Phase::Look => Phase::Place(Box::new(Survey::new(&self.board, &self.params, self.layer)?)),
            Phase::Place(survey) => {
                let mut marks = survey.marks(self.params.seed.wrapping_add(self.layer as u64));
                if self.params.wash {
                    marks.retain(|mark| mark.length > SPECK * survey.narrowest());
                }
                Phase::Lay { survey, marks: marks.into_iter() }
            }
            Phase::Lay { survey, mut marks } => {
                for mark in marks.by_ref().take(BATCH) {
                    self.lay(&mark, self.params.jitter as f32);
                }
                match (marks.len(), self.layer) {
                    (1.., _) => Phase::Lay { survey, marks },
                    (0, 0) if !self.params.wash => Phase::Fill { survey, round: 0 },
                    (0, _) => self.next_layer(),
                }
            }
            Phase::Fill { survey, round } => {
                if self.fill(&survey, round) {
                    Phase::Fill { survey, round: round + 1 }
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

    fn progress(&self) -> f64 {
        let within = match &self.phase {
            Phase::Look => 0.0,
            Phase::Place(_) => 0.1,
            Phase::Lay { .. } => 0.3,
            Phase::Fill { .. } => 0.9,
        };
        (self.layer as f64 + within) / self.params.radii.len() as f64
    }
}

impl Adaptive {
    fn next_layer(&mut self) -> Phase {
        self.layer += 1;
        Phase::Look
    }
}
