//! Pencil drawings: layers of hatching, each for what is darker than a tone, whose lines follow the forms.
//!
//! Lines of a layer keep a distance that grows with lightness (Jobard and Lefer 1997), so that tone becomes density as in
//! prints of lines; the second layer crosses the first at 60 degrees. Lines along edges come last.

mod lines;
mod params;
mod tone;

use scumble_core::Result;
use scumble_image::{Canvas, color};

pub use params::{HatchParams, Lead};

use self::lines::Lines;
use self::tone::{Pass, Tone, View};
use super::board::Board;
use super::working::{level, unit};
use super::{HexColour, Painter, StepReport, ribbon};
use crate::dice::Dice;
use crate::fields::points;
use crate::painting::{BrushKind, Colour, Geometry, Point};
use crate::{Painting, oklab};

/// The stage under which this painter draws random numbers; each layer adds its number.
const STAGE: u64 = 0x6861_7463 << 8;
/// Seeds tried a step.
const BATCH: usize = 1000;
/// Seeds for each line that has room: most find their place taken.
const CROWD: f32 = 5.0;
/// Deviation of the logarithm of lengths, and of the opacity's share.
const VARIATION: [f32; 2] = [0.35, 0.2];
/// Deviation of lines' shift in widths, and of their turn in radians.
const HAND: [f32; 2] = [0.15, 0.03];
/// How much harder the pencil is pressed from layer to layer, and in the first of them; along edges.
const PRESSURE: [f32; 2] = [0.35, 0.6];
const EDGE_PRESSURE: f32 = 2.2;
/// The share of the pressure with which a layer begins; where its lines are densest, it is all.
const FAINT: f32 = 0.4;
/// How much broader pressure makes lines from layer to layer: the darks close.
const BROADER: f32 = 0.15;
/// Lines shorter than this many widths are dots.
const LEAST: f32 = 3.0;
/// How soft the edge of a pencil's line is.
const SOFTNESS: f32 = 1.0;
/// The broad side of the pencil: widths of a line, distance of its lines as a share of those, their length in that of others.
const BROAD: f32 = 5.0;
const BROAD_SPACING: f32 = 0.3;
const BROAD_LENGTH: f32 = 1.5;
/// Levels of graphite.
const GRAPHITE: [u8; 3] = [52, 52, 56];
/// Oklab lightness that coloured lines need not fall below, and the share of the paper that they cover where they may be lighter.
const LIGHTEST: f32 = 0.55;
const COVERED: f32 = 0.5;

/// The painter of pencil drawings.
#[derive(Debug, Clone)]
pub struct Hatch {
    params: HatchParams,
    board: Board,
    view: Option<Box<View>>,
    /// What each layer is for.
    passes: Vec<Pass>,
    layer: usize,
    work: Option<Work>,
}

/// A layer at work.
#[derive(Debug, Clone)]
struct Work {
    lines: Lines,
    seeds: Vec<Point>,
    next: usize,
}

impl Hatch {
    /// A painter of a picture. Transparent parts show the paper. `importance` says how much each of the picture's pixels
    /// counts in reports, from 0 to 1, if they differ.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range; `Fault::Input` if the importance map does not fit the picture,
    /// is out of range or zero everywhere.
    pub fn new(picture: &Canvas, importance: Option<&[f32]>, params: HatchParams) -> Result<Self> {
        params.validate()?;
        let paper = params.background.unwrap_or(HexColour([255; 3]));
        let mut board = Board::new(picture, importance, params.work_px, Some(paper), params.seed)?;
        board.painting.palette = params.palette.iter().map(|colour| colour.0.map(unit)).collect();
        let tones = (0..params.tones.len()).map(Pass::Tone);
        let passes = (params.shade > 0.0).then_some(Pass::Shade).into_iter().chain(tones);
        let passes: Vec<Pass> = passes.chain((params.outline > 0.0).then_some(Pass::Edges)).collect();
        for pass in &passes {
            let (name, softness) = match pass {
                Pass::Shade => ("shade".into(), 1.0),
                Pass::Tone(layer) => (format!("tone {}", params.tones[*layer]), SOFTNESS),
                Pass::Edges => ("outline".into(), SOFTNESS),
            };
            board.add_layer(name, BrushKind::Pencil { softness }, 0.0);
        }
        Ok(Self { params, board, view: None, passes, layer: 0, work: None })
    }

    /// Where the drawing stands.
    pub fn report(&self) -> StepReport {
        self.board.report()
    }

    /// The drawing.
    pub fn into_painting(self) -> Painting {
        self.board.painting
    }

    /// What the layer at work is for.
    fn pass(&self) -> Pass {
        self.passes[self.layer]
    }

    /// Width of the lines in pixels of the working copy.
    fn width(&self) -> f32 {
        let broad = if self.pass() == Pass::Shade { BROAD } else { 1.0 };
        broad * self.params.width as f32 * self.board.unit()
    }

    fn spacing(&self) -> f32 {
        let widths = if self.pass() == Pass::Shade { BROAD_SPACING } else { self.params.spacing as f32 };
        (widths * self.width()).max(0.5)
    }

    fn length(&self) -> f32 {
        let long = if self.pass() == Pass::Shade { BROAD_LENGTH } else { 1.0 };
        long * self.params.length as f32 * self.board.unit()
    }

    /// Seeds a layer's lines.
    fn begin(&self, view: &View) -> Work {
        let tone = view.pass(&self.params, self.pass(), self.spacing());
        let seed = self.params.seed.wrapping_add(self.layer as u64);
        let mut seeds = points(&tone.seeds(self.length(), CROWD), self.board.size()[0], seed, 0);
        let mut dice = Dice::new(seed, STAGE, u64::MAX >> 32);
        for last in (1..seeds.len()).rev() {
            seeds.swap(last, dice.below(last + 1));
        }
        Work { lines: Lines::new(self.board.size(), self.spacing()), seeds, next: 0 }
    }

    /// Draws from the next seeds; none if the layer is done.
    fn go_on(&mut self, view: &View, mut work: Work) -> Option<Work> {
        let tone = view.pass(&self.params, self.pass(), self.spacing());
        let (width, length) = (self.width(), self.length());
        let step = width.clamp(0.5, 2.0);
        let end = (work.next + BATCH).min(work.seeds.len());
        for at in work.next..end {
            if self.board.painting.strokes.len() >= self.params.count as usize {
                return None;
            }
            let mut dice = Dice::new(self.params.seed, STAGE + 1 + self.layer as u64, at as u64);
            let wanted = length * (VARIATION[0] * dice.normal()).exp();
            let least = (LEAST * width).min(0.5 * length);
            if let Some(path) = work.lines.grow(work.seeds[at], &tone, step, [least, wanted.max(least)]) {
                self.draw(&path, &tone, &mut dice);
            }
        }
        work.next = end;
        (end < work.seeds.len()).then_some(work)
    }

    /// Draws a line, a little beside where it should be, as a hand does.
    fn draw(&mut self, path: &[Point], tone: &Tone, dice: &mut Dice) {
        let Some(middle) = path.get(path.len() / 2).copied() else { return };
        let (pressed, alpha) = match self.pass() {
            Pass::Shade => (0.0, 255.0 * self.params.shade as f32 * self.darkness(middle)),
            Pass::Tone(layer) => {
                let pressed = layer as f32;
                let pressure = (PRESSURE[1] + PRESSURE[0] * pressed) * (FAINT + (1.0 - FAINT) * tone.density(middle));
                (pressed, f32::from(self.params.alpha) * pressure)
            }
            Pass::Edges => (0.0, f32::from(self.params.alpha) * EDGE_PRESSURE),
        };
        let width = self.width() * (1.0 + BROADER * pressed) * dice.between(0.8, 1.2);
        let shift = [dice.normal(), dice.normal()].map(|v| HAND[0] * self.width() * v);
        let (sin, cos) = (HAND[1] * dice.normal()).sin_cos();
        let place = |p: Point| {
            let [x, y] = [p[0] - middle[0], p[1] - middle[1]];
            self.board.place([middle[0] + shift[0] + x * cos - y * sin, middle[1] + shift[1] + x * sin + y * cos])
        };
        let geometry = match (ribbon::bent(path, width), path) {
            (Some(points), _) => {
                Geometry::Spline { points: points.into_iter().map(place).collect(), width: self.board.lengthen(width) }
            }
            (None, [first, .., last]) => {
                Geometry::Line { points: [*first, *last].map(place), width: self.board.lengthen(width) }
            }
            (None, _) => return,
        };
        let alpha = alpha * (1.0 + VARIATION[1] * dice.normal());
        let colour = HexColour::nearest(&self.params.palette, self.lead(middle));
        self.board.put(self.layer, geometry, colour, alpha.round().clamp(1.0, 255.0) as u8);
    }

    /// The source's colour at a point.
    fn source(&self, [x, y]: Point) -> Colour {
        let [width, height] = self.board.size();
        let pixel = (y as usize).min(height - 1) * width + (x as usize).min(width - 1);
        self.board.easel.source()[pixel].map(unit)
    }

    /// The share of light that lines must take from the paper at a point.
    fn darkness(&self, at: Point) -> f32 {
        let [r, g, b] = self.source(at);
        match self.params.lead {
            Lead::Grey => 1.0 - color::luma([r, g, b]),
            Lead::Source => 1.0 - r.min(g).min(b),
        }
    }

    /// The colour of a line through a point.
    fn lead(&self, at: Point) -> [u8; 3] {
        match self.params.lead {
            Lead::Grey => GRAPHITE,
            Lead::Source => {
                let [light, a, b] = oklab::from_srgb(self.source(at));
                let tint = (1.0 - (1.0 - light) / COVERED).max(light.min(LIGHTEST));
                let stronger = ((1.0 - tint) / (1.0 - light).max(1e-3)).clamp(1.0, 1.0 / COVERED);
                oklab::to_srgb([tint, stronger * a, stronger * b]).map(level)
            }
        }
    }
}

impl Painter for Hatch {
    /// Looks at the picture, seeds a layer, or draws from up to 1000 of its seeds.
    fn step(&mut self) -> Result<Option<StepReport>> {
        let layers = self.board.painting.layers.len();
        if self.layer >= layers || self.report().strokes >= self.params.count as usize {
            return Ok(None);
        }
        let view = match self.view.take() {
            Some(view) => view,
            None => {
                let (board, smoothing) = (&self.board, self.params.direction_smoothing as f32);
                let guided = board.fields_options(&self.params.guides);
                self.view = Some(Box::new(View::new(&board.source()?, board.unit(), smoothing, &guided)?));
                return Ok(Some(self.report()));
            }
        };
        self.work = match self.work.take() {
            None => Some(self.begin(&view)),
            Some(work) => self.go_on(&view, work),
        };
        if self.work.is_none() {
            self.layer += 1;
        }
        self.view = Some(view);
        Ok(Some(self.report()))
    }

    fn painting(&self) -> &Painting {
        &self.board.painting
    }

    fn progress(&self) -> f64 {
        let within = self.work.as_ref().map_or(0.0, |work| work.next as f64 / work.seeds.len().max(1) as f64);
        (self.layer as f64 + within) / self.board.painting.layers.len() as f64
    }
}
