//! Shapes in the places of regions, where they make the picture better.

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::draw;
use scumble_paint::painting::{Colour, Geometry, Painting};

use super::cell::{Cell, Cover};
use crate::shapes::Figure;
use crate::shapes::choose::Chooser;

/// What lies on the painting so far, beside the picture, at the size of the work.
pub(super) struct Canopy<'a> {
    picture: &'a Canvas,
    seen: Canvas,
    frame: [f32; 2],
    cover: Cover,
}

impl<'a> Canopy<'a> {
    pub fn new(painting: &Painting, picture: &'a Canvas) -> Result<Self> {
        let (width, height) = (picture.width(), picture.height());
        let scale = [width as f32 / painting.width, height as f32 / painting.height];
        let frame = [painting.width, painting.height];
        Ok(Self { picture, frame, seen: draw(painting, width, height)?, cover: Cover::new(width, height, scale) })
    }

    /// The shape for a region; none if it would take the picture farther from what it shall show, where that is `judged`.
    pub fn shape(&mut self, cell: &Cell, chooser: &Chooser, judged: bool) -> Option<Geometry> {
        let geometry = fitted(cell, self.frame, chooser)?;
        let width = self.picture.width();
        let (picture, seen) = (self.picture.pixels(), self.seen.pixels());
        let mut change = 0.0f64;
        self.cover.of(&geometry, |run| {
            let row = run.y * width;
            for i in row + run.start..row + run.end {
                change += f64::from(run.cover) * (square(picture[i], cell.colour) - square(picture[i], seen[i]));
            }
        });
        if judged && change > 0.0 {
            return None;
        }
        let seen = self.seen.rgb_mut().as_chunks_mut::<3>().0;
        self.cover.of(&geometry, |run| {
            let row = run.y * width;
            for pixel in &mut seen[row + run.start..row + run.end] {
                for (v, colour) in pixel.iter_mut().zip(cell.colour) {
                    *v += run.cover * (colour - *v);
                }
            }
        });
        Some(geometry)
    }
}

/// The shape that fits a region best for how simple it is; none if it encloses nothing.
pub(super) fn fitted(cell: &Cell, frame: [f32; 2], chooser: &Chooser) -> Option<Geometry> {
    match chooser.choose(&cell.rings, Some(frame)).ok()?.figure {
        Figure::Geometry(geometry) => Some(geometry),
        Figure::Rings(rings) => Some(Geometry::with_holes(&rings)),
    }
}

fn square(a: Colour, b: Colour) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum()
}
