//! Arcs, and the rings of regions made of them.

use scumble_core::Result;
use scumble_paint::painting::Point;

use super::simplify::{self, Simplify};
use super::{smooth, trace};
use crate::Labels;

/// A line between two regions, from junction to junction. Junctions are where three or more borders meet, and the corners of
/// the frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Arc {
    /// The region to the left of the line, seen along it; none beyond the frame.
    pub left: Option<u32>,
    /// The region to the right.
    pub right: Option<u32>,
    /// Its points in pixels, two or more, both ends included. Those of a closed line begin and end with the same point.
    pub points: Vec<Point>,
    /// Whether it is closed and meets no other line.
    pub is_loop: bool,
}

/// One arc of a ring, and whether it is followed from its end to its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Side {
    pub arc: usize,
    pub reversed: bool,
}

/// The contours of all regions of a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Contours {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) arcs: Vec<Arc>,
    /// Of each region, of each ring, its arcs in order.
    pub(super) rings: Vec<Vec<Vec<Side>>>,
}

impl Contours {
    /// The exact contours, along the edges of pixels. Pixels of a region that touch at a corner alone are in different rings.
    pub fn new(labels: &Labels) -> Self {
        trace::trace(labels)
    }

    /// Width of the picture in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height of the picture in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// How many regions there are.
    pub fn count(&self) -> usize {
        self.rings.len()
    }

    /// All borders, each once.
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// The rings of a region, filled by the even-odd rule: outlines from the largest, with positive [`signed_area`], then holes,
    /// whose area is negative. The first point of a ring is not repeated at its end. Empty if there is no such region.
    pub fn rings(&self, region: usize) -> Vec<Vec<Point>> {
        let sides = self.rings.get(region).map(Vec::as_slice).unwrap_or_default();
        sides.iter().map(|ring| self.points(ring)).collect()
    }

    /// With fewer points: each arc is simplified, its ends stay. A point that some other line lies behind stays too, so that
    /// lines never cross or fall together.
    ///
    /// # Errors
    /// `Fault::Parameter` if the tolerance is not a number from 0.
    pub fn simplified(self, how: Simplify) -> Result<Self> {
        self.simplified_by(|_| how)
    }

    /// As [`simplified`](Self::simplified), each arc in its own way.
    ///
    /// # Errors
    /// As there.
    pub fn simplified_by(mut self, how: impl Fn(&Arc) -> Simplify) -> Result<Self> {
        simplify::simplify(&mut self, how)?;
        Ok(self)
    }

    /// With rounder corners: `rounds` of Chaikin's corner cutting ("An algorithm for high speed curve generation", 1974), each of
    /// which replaces a corner by the points a quarter along its two edges; at most 6 rounds are done. Junctions stay, and so do
    /// corners that some other line lies in.
    pub fn smoothed(mut self, rounds: u32) -> Self {
        smooth::smooth(&mut self, rounds);
        self
    }

    fn points(&self, ring: &[Side]) -> Vec<Point> {
        let mut points = Vec::new();
        for side in ring {
            let arc = &self.arcs[side.arc].points;
            let steps = arc.len() - 1;
            if side.reversed {
                points.extend(arc.iter().rev().take(steps));
            } else {
                points.extend(arc.iter().take(steps));
            }
        }
        points
    }
}

/// The area inside a ring by the shoelace formula, in square pixels: positive if it is run through clockwise as seen in a picture,
/// whose y axis points down.
pub fn signed_area(ring: &[Point]) -> f64 {
    let Some(&last) = ring.last() else { return 0.0 };
    let mut before = last.map(f64::from);
    let mut twice = 0.0;
    for point in ring {
        let point = point.map(f64::from);
        twice += before[0] * point[1] - point[0] * before[1];
        before = point;
    }
    twice / 2.0
}
