//! A region on its way into the painting.

use scumble_paint::painting::{Colour, Geometry, Point};
use scumble_paint::raster::{FINE, Run, Scan};

use crate::rules::Fill;

/// A region with its outline in the source's frame.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// Outlines and holes.
    pub rings: Vec<Vec<Point>>,
    /// What it is filled with.
    pub fill: Fill,
    /// Its colour.
    pub colour: Colour,
}

impl Cell {
    /// Whether it becomes a polygon: neither pixels nor brush strokes.
    pub fn is_polygon(&self) -> bool {
        !self.fill.is_raster() && !matches!(self.fill, Fill::Strokes(_))
    }

    /// The region as a polygon.
    pub fn polygon(&self) -> Geometry {
        Geometry::with_holes(&self.rings)
    }
}

/// The pixels that polygons cover, in a picture that shows a frame.
pub(crate) struct Cover {
    scan: Scan,
}

impl Cover {
    /// For pictures of `width`×`height` pixels, of which a unit of the frame is `scale` wide and high.
    pub fn new(width: usize, height: usize, scale: [f32; 2]) -> Self {
        Self { scan: Scan::new(width, 0..height, FINE, scale) }
    }

    /// Tells the covered pixels of a geometry, by rows, with their shares.
    pub fn of(&mut self, geometry: &Geometry, sink: impl FnMut(Run)) {
        self.scan.trace(geometry);
        self.scan.runs(sink);
    }
}
