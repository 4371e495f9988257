//! Following the cracks between pixels of different regions.

use std::collections::HashMap;

use super::arcs::{Arc, Contours, Side, signed_area};
use crate::Labels;

/// East, south, west, north: each a turn to the right from the one before.
const STEPS: [[isize; 2]; 4] = [[1, 0], [0, 1], [-1, 0], [0, -1]];
/// The mark of a junction beside the four bits of a vertex's cracks.
const JUNCTION: u8 = 1 << 4;

/// A vertex of the lattice of pixel corners and a direction from it.
type Departure = (usize, usize);

/// The lattice of pixel corners with the cracks at each.
struct Lattice<'a> {
    labels: &'a Labels,
    /// Vertices in a row.
    stride: usize,
    /// A bit for each direction in which a crack leads away, and [`JUNCTION`].
    cracks: Vec<u8>,
}

impl<'a> Lattice<'a> {
    fn new(labels: &'a Labels) -> Self {
        let (width, height) = (labels.width(), labels.height());
        let stride = width + 1;
        let mut lattice = Self { labels, stride, cracks: vec![0; stride * (height + 1)] };
        for y in 0..=height {
            for x in 0..=width {
                let at = y * stride + x;
                let here = lattice.label(x as isize, y as isize);
                if x < width && here != lattice.label(x as isize, y as isize - 1) {
                    lattice.cracks[at] |= 1;
                    lattice.cracks[at + 1] |= 1 << 2;
                }
                if y < height && here != lattice.label(x as isize - 1, y as isize) {
                    lattice.cracks[at] |= 1 << 1;
                    lattice.cracks[at + stride] |= 1 << 3;
                }
            }
        }
        lattice.cracks.iter_mut().filter(|cracks| cracks.count_ones() > 2).for_each(|cracks| *cracks |= JUNCTION);
        for corner in [0, width, height * stride, height * stride + width] {
            lattice.cracks[corner] |= JUNCTION;
        }
        lattice
    }

    /// The region of a pixel; none beyond the frame.
    fn label(&self, x: isize, y: isize) -> Option<u32> {
        let inside = (0..self.labels.width() as isize).contains(&x) && (0..self.labels.height() as isize).contains(&y);
        inside.then(|| self.labels.ids()[y as usize * self.labels.width() + x as usize])
    }

    /// The regions to the left and right of a crack.
    fn sides(&self, (vertex, direction): Departure) -> [Option<u32>; 2] {
        let (x, y) = ((vertex % self.stride) as isize, (vertex / self.stride) as isize);
        // The pixels around the vertex, from the one between north and east; a direction has the one before it to the left.
        let around = [[x, y - 1], [x, y], [x - 1, y], [x - 1, y - 1]];
        [direction, (direction + 1) % 4].map(|at| self.label(around[at][0], around[at][1]))
    }

    /// Follows cracks to the next junction, or round a loop, erases them, and says where and with which direction it arrived.
    fn follow(&mut self, start: Departure) -> (Arc, Departure) {
        let stride = self.stride;
        let point = |vertex: usize| [(vertex % stride) as f32, (vertex / stride) as f32];
        let [left, right] = self.sides(start);
        let (mut vertex, mut direction) = start;
        let mut points = vec![point(vertex)];
        let is_loop = loop {
            let [dx, dy] = STEPS[direction];
            let next = vertex.wrapping_add_signed(dx + dy * stride as isize);
            self.cracks[vertex] &= !(1 << direction);
            self.cracks[next] &= !(1 << ((direction + 2) % 4));
            vertex = next;
            if self.cracks[vertex] & JUNCTION != 0 {
                break false;
            }
            // Of the two cracks of any other vertex one is left; none where the loop began.
            let Some(turned) = (0..4).find(|d| self.cracks[vertex] & 1 << d != 0) else { break true };
            if turned != direction {
                points.push(point(vertex));
            }
            direction = turned;
        };
        points.push(point(vertex));
        (Arc { left, right, points, is_loop }, (vertex, direction))
    }
}

/// The contours of all regions.
pub(super) fn trace(labels: &Labels) -> Contours {
    let mut lattice = Lattice::new(labels);
    let mut arcs = Vec::new();
    // The start and the arrival of each arc.
    let mut ends: Vec<[Departure; 2]> = Vec::new();
    // From junctions first, so that what is left are loops.
    for junctions in [true, false] {
        for vertex in 0..lattice.cracks.len() {
            if junctions && lattice.cracks[vertex] & JUNCTION == 0 {
                continue;
            }
            for direction in 0..4 {
                if lattice.cracks[vertex] & 1 << direction != 0 {
                    let (arc, arrival) = lattice.follow((vertex, direction));
                    arcs.push(arc);
                    ends.push([(vertex, direction), arrival]);
                }
            }
        }
    }
    let rings = assemble(&arcs, &ends, labels.count());
    let mut contours = Contours { width: labels.width(), height: labels.height(), arcs, rings };
    order(&mut contours);
    contours
}

/// Joins arcs to rings that have their region to the right.
fn assemble(arcs: &[Arc], ends: &[[Departure; 2]], count: usize) -> Vec<Vec<Vec<Side>>> {
    let back = |(vertex, direction): Departure| (vertex, (direction + 2) % 4);
    let mut departures = HashMap::new();
    for (arc, [start, arrival]) in ends.iter().enumerate().filter(|(arc, _)| !arcs[*arc].is_loop) {
        departures.insert(*start, Side { arc, reversed: false });
        departures.insert(back(*arrival), Side { arc, reversed: true });
    }
    // Turning right wherever possible stays with the same pixel, also where a region's pixels touch at a corner.
    let next = |side: Side| {
        let [start, arrival] = ends[side.arc];
        let (vertex, heading) = if side.reversed { back(start) } else { arrival };
        [1, 0, 3].iter().find_map(|turn| departures.get(&(vertex, (heading + turn) % 4)).copied())
    };
    let mut rings = vec![Vec::new(); count];
    let mut done = vec![[false; 2]; arcs.len()];
    for arc in 0..arcs.len() {
        for reversed in [false, true] {
            let region = if reversed { arcs[arc].left } else { arcs[arc].right };
            let Some(region) = region.filter(|_| !done[arc][usize::from(reversed)]) else { continue };
            let mut ring = Vec::new();
            let mut side = Some(Side { arc, reversed });
            while let Some(now) = side.filter(|side| !done[side.arc][usize::from(side.reversed)]) {
                done[now.arc][usize::from(now.reversed)] = true;
                ring.push(now);
                side = if arcs[now.arc].is_loop { None } else { next(now) };
            }
            rings[region as usize].push(ring);
        }
    }
    rings
}

/// Puts a region's outlines from the largest before its holes.
fn order(contours: &mut Contours) {
    for region in 0..contours.rings.len() {
        let areas = contours.rings(region).into_iter().map(|ring| signed_area(&ring));
        let mut rings: Vec<_> = areas.zip(std::mem::take(&mut contours.rings[region])).collect();
        rings.sort_by(|a, b| b.0.total_cmp(&a.0));
        contours.rings[region] = rings.into_iter().map(|(_, ring)| ring).collect();
    }
}
