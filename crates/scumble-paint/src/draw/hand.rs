//! Lays strokes on a sheet with their brushes.

use super::bristle::{Bristles, Size};
use super::marks::{Sample, Table, Texture};
use super::noise::mix;
use super::pencil::pressure;
use super::ribbon::{Grid, Place, Ribbon};
use super::round::{Fade, fade};
use super::sheet::{Paint, Sheet};
use crate::Painting;
use crate::painting::{BrushKind, Geometry};
use crate::raster::{FINE, Scan};

/// What laying strokes needs room for; reused from stroke to stroke.
#[derive(Debug, Clone)]
pub(super) struct Hand {
    scan: Scan,
    ribbon: Ribbon,
    bristles: Bristles,
    table: Table,
    stencil: Stencil,
}

impl Hand {
    pub fn new(grid: &Grid) -> Self {
        Self {
            scan: Scan::new(grid.width, grid.rows.clone(), FINE, grid.scale),
            ribbon: Ribbon::default(),
            bristles: Bristles::default(),
            table: Table::default(),
            stencil: Stencil::default(),
        }
    }

    /// Lays stroke number `index` of a painting whose brushes have these textures.
    pub fn stroke(&mut self, painting: &Painting, textures: &[Option<Texture>], index: usize, sheet: &mut Sheet) {
        let stroke = &painting.strokes[index];
        let layer = &painting.layers[stroke.layer];
        let brush = &painting.brushes[layer.brush];
        let paint = Paint {
            colour: stroke.colour,
            alpha: stroke.alpha,
            blend: layer.blend,
            thickness: brush.thickness,
            closed: layer.closed,
        };
        let pixel = sheet.grid.pixel();
        if let BrushKind::Pencil { softness } = brush.kind
            && self.ribbon.lay_round(&stroke.geometry, &sheet.grid)
        {
            let (key, unit, length) = (mix(painting.seed ^ mix(index as u64)), painting.unit(), self.ribbon.length);
            self.mark(sheet, &paint, pixel, |place| {
                let cover = fade(place.across, place.radius, softness, pixel);
                let cover = cover * pressure(key, place.along / unit, length / unit);
                Sample { cover, height: cover, ..Sample::default() }
            });
            return;
        }
        if let BrushKind::Round { softness } | BrushKind::Pencil { softness } = brush.kind {
            let grid = sheet.grid.clone();
            if self.round(&stroke.geometry, softness, &grid, |at, sample| sheet.lay(at, &paint, sample)) {
                return;
            }
        }
        match (&brush.kind, &textures[layer.brush]) {
            (BrushKind::Bristle, _) if self.ribbon.lay_mark(&stroke.geometry, &sheet.grid) => {
                let (length, width) = (self.ribbon.length, self.ribbon.width);
                let size = Size { length, width, unit: painting.unit(), pixel };
                let sight = self.ribbon.in_sight(&sheet.grid).filter(|_| length > 0.0 && width > 0.0);
                let Some(sight) = sight else { return };
                self.bristles.draw(mix(painting.seed ^ mix(index as u64)), size, sight, &mut self.table);
                let table = std::mem::take(&mut self.table);
                self.mark(sheet, &paint, pixel, |place| {
                    let sample = table.at(place.along / length, 0.5 + 0.5 * place.across / place.radius);
                    let within = inside(place, length, pixel);
                    Sample { cover: sample.cover * within, within, ..sample }
                });
                self.table = table;
                return;
            }
            (BrushKind::Texture { .. }, Some(texture)) if self.ribbon.lay_mark(&stroke.geometry, &sheet.grid) => {
                let (length, width) = (self.ribbon.length, self.ribbon.width);
                if length > 0.0 && width > 0.0 {
                    let share = [pixel / length, pixel / width];
                    self.mark(sheet, &paint, pixel, |place| {
                        let value = texture.at(place.along / length, 0.5 + 0.5 * place.across / place.radius, share);
                        Sample { cover: value * inside(place, length, pixel), height: value, ..Sample::default() }
                    });
                }
                return;
            }
            _ => {}
        }
        self.scan.trace(&stroke.geometry);
        let (width, first, scale) = (sheet.grid.width, sheet.grid.rows.start, sheet.grid.scale);
        self.scan.runs(|run| {
            let row = (run.y - first) * width;
            match &stroke.ramp {
                None => sheet.lay_evenly(row + run.start..row + run.end, &paint, run.cover),
                Some(ramp) => {
                    for x in run.start..run.end {
                        let point = [(x as f32 + 0.5) / scale[0], (run.y as f32 + 0.5) / scale[1]];
                        let paint = Paint { colour: ramp.at(stroke.colour, point), ..paint };
                        sheet.lay_evenly(row + x..row + x + 1, &paint, run.cover);
                    }
                }
            }
        });
    }

    /// Tells what a round brush leaves on each pixel, row by row from the left; `false` if the shape has sharp edges.
    pub fn round(
        &mut self,
        geometry: &Geometry,
        softness: f32,
        grid: &Grid,
        mut tell: impl FnMut(usize, Sample),
    ) -> bool {
        let pixel = grid.pixel();
        if self.ribbon.lay_round(geometry, grid) {
            self.visit(grid, pixel, tell, |place| {
                let cover = fade(place.across, place.radius, softness, pixel);
                Sample { cover, height: cover, ..Sample::default() }
            });
            return true;
        }
        let Some(fade) = Fade::of(geometry, softness) else { return false };
        self.scan.trace(geometry);
        self.scan.runs(|run| {
            for x in run.start..run.end {
                let height = fade.at([(x as f32 + 0.5) / grid.scale[0], (run.y as f32 + 0.5) / grid.scale[1]]);
                let sample = Sample { cover: run.cover * height, height, ..Sample::default() };
                tell((run.y - grid.rows.start) * grid.width + x, sample);
            }
        });
        true
    }

    /// Lays the mark that is laid out. Where the stroke meets a pixel more than once, its thicker paint counts.
    fn mark(&mut self, sheet: &mut Sheet, paint: &Paint, pixel: f32, sample: impl Fn(Place) -> Sample) {
        let grid = sheet.grid.clone();
        self.visit(&grid, pixel, |at, sample| sheet.lay(at, paint, sample), sample);
    }

    /// Tells the samples of the mark that is laid out.
    fn visit(&mut self, grid: &Grid, pixel: f32, tell: impl FnMut(usize, Sample), sample: impl Fn(Place) -> Sample) {
        self.stencil.fit(grid);
        let (first, stencil) = (grid.rows.start, &mut self.stencil);
        self.ribbon.visit(grid, pixel / 2.0, |place| stencil.put(place.y - first, place.x, sample(place)));
        stencil.take(grid.width, tell);
    }
}

/// The share of a pixel that is within the mark's box.
fn inside(place: Place, length: f32, pixel: f32) -> f32 {
    let share = |inner: f32| (inner / pixel + 0.5).clamp(0.0, 1.0);
    share(place.radius - place.across.abs())
        * share(place.along)
        * share(length - place.along)
        * (2.0 * place.radius / pixel).min(1.0)
}

/// One stroke's mark before it is laid.
#[derive(Debug, Clone, Default)]
struct Stencil {
    width: usize,
    samples: Vec<Sample>,
    /// The pixels of each row that may hold something.
    used: Vec<[usize; 2]>,
}

impl Stencil {
    fn fit(&mut self, grid: &Grid) {
        self.width = grid.width;
        self.samples.resize(grid.width * grid.rows.len(), Sample::default());
        self.used.resize(grid.rows.len(), [usize::MAX, 0]);
    }

    fn put(&mut self, row: usize, x: usize, sample: Sample) {
        let held = &mut self.samples[row * self.width + x];
        let within = held.within.max(sample.within);
        if sample.cover > held.cover || within > held.within {
            *held = if sample.cover > held.cover { sample } else { *held };
            held.within = within;
            let used = &mut self.used[row];
            *used = [used[0].min(x), used[1].max(x + 1)];
        }
    }

    /// Tells what it holds and forgets it.
    fn take(&mut self, width: usize, mut tell: impl FnMut(usize, Sample)) {
        for (row, used) in self.used.iter_mut().enumerate() {
            let [start, end] = std::mem::replace(used, [usize::MAX, 0]);
            for at in row * width + start.min(end)..row * width + end {
                let sample = std::mem::take(&mut self.samples[at]);
                if sample.cover > 0.0 || sample.within > 0.0 {
                    tell(at, sample);
                }
            }
        }
    }
}
