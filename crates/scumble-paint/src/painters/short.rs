//! Straight short strokes, clipped at edges (Litwinowicz 1997, "Processing Images and Video for an Impressionist Effect").
//!
//! Strokes cover the picture in random order, each across the gradient or, in flat areas, as the edges around it run, and
//! end at edges, so that outlines stay. Lengths, angles and intensities differ at random.

mod params;

use scumble_core::Result;
use scumble_image::Canvas;

pub use params::ShortParams;

use super::board::Board;
use super::working::{level, unit};
use super::{HexColour, Painter, StepReport};
use crate::Painting;
use crate::dice::Dice;
use crate::energy::Paint;
use crate::fields::{Fields, FieldsOptions, blur_canvas};
use crate::painting::{Geometry, Point};

/// The stage under which this painter draws random numbers.
const STAGE: u64 = 0x7368_6f72 << 16;
/// Strokes laid a step.
const BATCH: usize = 512;

/// The painter of short strokes.
#[derive(Debug, Clone)]
pub struct Short {
    params: ShortParams,
    board: Board,
    fields: Fields,
    /// The picture, blurred by a stroke's radius: where colours come from.
    reference: Canvas,
    /// Where strokes are centred, in the order in which they are laid.
    centres: Vec<Point>,
    next: usize,
}

impl Short {
    /// A painter of a picture. Transparent parts show the ground. `importance` only weights the error that is reported: the
    /// strokes are the same everywhere.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range; `Fault::Input` if the importance map does not fit the picture,
    /// is out of range or zero everywhere.
    pub fn new(picture: &Canvas, importance: Option<&[f32]>, params: ShortParams) -> Result<Self> {
        params.validate()?;
        let mut board = Board::new(picture, importance, params.work_px, params.background, params.seed)?;
        board.painting.palette = params.palette.iter().map(|colour| colour.0.map(unit)).collect();
        board.add_layer("short strokes".into(), params.brush.kind(), params.thickness as f32);
        let u = board.unit();
        let source = board.source()?;
        let usual = board.fields_options(&params.guides);
        let options = FieldsOptions { spread: usual.spread * params.direction_smoothing as f32, ..usual };
        let fields = Fields::new(&source, &options)?;
        let mut centres = lattice(board.size(), (params.spacing as f32 * u).max(1.0));
        let mut dice = Dice::new(params.seed, STAGE, 0);
        for i in (1..centres.len()).rev() {
            centres.swap(i, dice.below(i + 1));
        }
        centres.truncate(params.count as usize);
        let reference = blur_canvas(&source, 0.5 * params.radius[0] as f32 * u);
        Ok(Self { params, board, fields, reference, centres, next: 0 })
    }

    /// Goes on with a painting of the same picture: the strokes that follow are those that would have followed. Its
    /// strokes are painted anew.
    ///
    /// # Errors
    /// As [`Short::new`]; `Fault::Input` if the painting is not one that this painter makes.
    pub fn resume(
        painting: &Painting,
        picture: &Canvas,
        importance: Option<&[f32]>,
        params: ShortParams,
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

    fn lay(&mut self, centre: Point, index: u64) {
        let u = self.board.unit();
        let mut dice = Dice::new(self.params.seed, STAGE + 1, index);
        let mut between = |[low, high]: [f64; 2]| dice.between(low as f32, high as f32);
        let radius = between(self.params.radius) * u;
        let length = between(self.params.length) * u;
        let turn = between([-self.params.turn, self.params.turn]).to_radians();
        let [bright, low] = [self.params.brightness, -self.params.brightness];
        let brightness = 1.0 + between([low, bright]);
        let [x, y] = self.fields.tangent(centre[0], centre[1]);
        let (sin, cos) = turn.sin_cos();
        let along = [x * cos - y * sin, x * sin + y * cos];
        let ends = [-1.0, 1.0].map(|way| self.end(centre, along.map(|v| v * way), length / 2.0));
        let geometry = Geometry::Line {
            points: ends.map(|point| self.board.place(point)),
            width: self.board.lengthen(2.0 * radius),
        };
        if self.params.solve_colour {
            let paint =
                Paint { alpha: Some(self.params.alpha), palette: self.params.palette.iter().map(|c| c.0).collect() };
            let change = |colour: [u8; 3]| colour.map(|v| (f32::from(v) * brightness).round().clamp(0.0, 255.0) as u8);
            self.board.lay_changed(0, geometry, &paint, None, change);
        } else {
            let [x, y] = centre.map(|v| v as usize);
            let colour = self.reference.pixels()[y * self.reference.width() + x];
            let colour = HexColour::nearest(&self.params.palette, colour.map(|v| level(v * brightness)));
            self.board.put(0, geometry, colour, self.params.alpha);
        }
    }

    /// The end of a stroke that goes at most `length` pixels one way: where it has come over an edge, or leaves the picture.
    fn end(&self, centre: Point, way: [f32; 2], length: f32) -> Point {
        let edge = self.params.edge as f32 / 255.0;
        let size = self.board.size().map(|side| side as f32);
        let mut at = centre;
        let mut last = self.fields.magnitude(at[0], at[1]);
        let mut gone = 0.0;
        while gone < length {
            let step = (length - gone).min(1.0);
            let next = [at[0] + step * way[0], at[1] + step * way[1]];
            let magnitude = self.fields.magnitude(next[0], next[1]);
            let outside = (0..2).any(|k| next[k] < 0.0 || next[k] > size[k]);
            if outside || (last > edge && magnitude < last) {
                break;
            }
            (at, last) = (next, magnitude);
            gone += step;
        }
        at
    }
}

/// Points `spacing` pixels apart along both axes, whole rows.
fn lattice(size: [usize; 2], spacing: f32) -> Vec<Point> {
    let [columns, rows] = size.map(|side| ((side as f32 / spacing).round() as usize).max(1));
    let at = |i: usize, count: usize, side: usize| (i as f32 + 0.5) * side as f32 / count as f32;
    (0..rows).flat_map(|y| (0..columns).map(move |x| [at(x, columns, size[0]), at(y, rows, size[1])])).collect()
}

impl Painter for Short {
    /// Lays up to 512 strokes.
    fn step(&mut self) -> Result<Option<StepReport>> {
        if self.next >= self.centres.len() {
            return Ok(None);
        }
        for i in self.next..(self.next + BATCH).min(self.centres.len()) {
            self.lay(self.centres[i], i as u64);
            self.next = i + 1;
        }
        Ok(Some(self.report()))
    }

    fn painting(&self) -> &Painting {
        &self.board.painting
    }

    fn progress(&self) -> f64 {
        self.next as f64 / self.centres.len().max(1) as f64
    }
}
