//! Moved, turned and scaled geometry, and halves of it.

use crate::painting::{Geometry, Point};

/// A similarity of the plane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Similar {
    /// The point about which it turns and scales.
    pub about: Point,
    pub scale: f32,
    pub turn: f32,
    /// How far that point goes.
    pub shift: Point,
}

impl Similar {
    /// The one that changes nothing.
    pub fn none(about: Point) -> Self {
        Self { about, scale: 1.0, turn: 0.0, shift: [0.0; 2] }
    }

    fn point(&self, p: Point) -> Point {
        let (sin, cos) = self.turn.sin_cos();
        let [x, y] = [0, 1].map(|i| (p[i] - self.about[i]) * self.scale);
        [self.about[0] + x * cos - y * sin + self.shift[0], self.about[1] + x * sin + y * cos + self.shift[1]]
    }

    /// The geometry's image; upright shapes stay upright.
    pub fn of(&self, geometry: &Geometry) -> Geometry {
        let mut new = geometry.clone();
        let oriented = |centre: &mut Point, sizes: &mut [f32; 2], angle: &mut f32| {
            *centre = self.point(*centre);
            *sizes = sizes.map(|v| v * self.scale);
            if *angle != 0.0 {
                *angle += self.turn;
            }
        };
        match &mut new {
            Geometry::Triangle { points } => *points = points.map(|p| self.point(p)),
            Geometry::Polygon { points } => points.iter_mut().for_each(|p| *p = self.point(*p)),
            Geometry::Rectangle { centre, half: sizes, angle } | Geometry::Ellipse { centre, radii: sizes, angle } => {
                oriented(centre, sizes, angle);
            }
            Geometry::Superellipse { centre, radii, angle, .. } => oriented(centre, radii, angle),
            Geometry::Line { points, width } => {
                *points = points.map(|p| self.point(p));
                *width *= self.scale;
            }
            Geometry::Curve { points, widths } => {
                *points = points.map(|p| self.point(p));
                *widths = widths.map(|v| v * self.scale);
            }
            Geometry::Spline { points, width } => {
                points.iter_mut().for_each(|p| *p = self.point(*p));
                *width *= self.scale;
            }
            Geometry::Stamp { centre, angle, length, width } => {
                *centre = self.point(*centre);
                *angle += self.turn;
                *length *= self.scale;
                *width *= self.scale;
            }
        }
        new
    }
}

/// The mean of the points.
pub(super) fn middle(geometry: &Geometry) -> Point {
    let mean = |points: &[Point]| [0, 1].map(|i| points.iter().map(|p| p[i]).sum::<f32>() / points.len() as f32);
    match geometry {
        Geometry::Triangle { points } | Geometry::Curve { points, .. } => mean(points),
        Geometry::Polygon { points } | Geometry::Spline { points, .. } => mean(points),
        Geometry::Line { points, .. } => mean(points),
        Geometry::Rectangle { centre, .. }
        | Geometry::Ellipse { centre, .. }
        | Geometry::Superellipse { centre, .. }
        | Geometry::Stamp { centre, .. } => *centre,
    }
}

/// One half of a geometry, cut across its longer extent: the first or the second. Circles stay circles.
pub(super) fn half(geometry: &Geometry, second: bool) -> Geometry {
    let mid = |a: Point, b: Point| [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let mut new = geometry.clone();
    let oriented = |centre: &mut Point, sizes: &mut [f32; 2], angle: f32| {
        let side = usize::from(sizes[1] > sizes[0]);
        sizes[side] /= 2.0;
        let way = if second { sizes[side] } else { -sizes[side] };
        let (sin, cos) = angle.sin_cos();
        let along = if side == 0 { [cos, sin] } else { [-sin, cos] };
        *centre = [centre[0] + along[0] * way, centre[1] + along[1] * way];
    };
    match &mut new {
        Geometry::Triangle { points } => {
            // From the middle of the longest side to the corner across.
            let length = |i: usize| {
                let (a, b) = (points[(i + 1) % 3], points[(i + 2) % 3]);
                (b[0] - a[0]).hypot(b[1] - a[1])
            };
            let across = (0..3).max_by(|a, b| length(*a).total_cmp(&length(*b))).unwrap_or(0);
            let (a, b) = ((across + 1) % 3, (across + 2) % 3);
            let cut = mid(points[a], points[b]);
            points[if second { a } else { b }] = cut;
        }
        Geometry::Polygon { points } => {
            // Along the line between the middles of two sides far from each other.
            let (count, to) = (points.len(), points.len() / 2);
            let cuts = [mid(points[0], points[1]), mid(points[to], points[(to + 1) % count])];
            let mut part: Vec<Point> =
                if second { (to + 1..count).chain([0]).map(|i| points[i]).collect() } else { points[1..=to].to_vec() };
            part.push(if second { cuts[0] } else { cuts[1] });
            part.push(if second { cuts[1] } else { cuts[0] });
            *points = part;
        }
        Geometry::Rectangle { centre, half: sizes, angle } => oriented(centre, sizes, *angle),
        Geometry::Ellipse { centre, radii, angle } => {
            let round = *angle == 0.0 && radii[0] == radii[1];
            oriented(centre, radii, *angle);
            if round {
                *radii = [radii[0].min(radii[1]); 2];
            }
        }
        Geometry::Superellipse { centre, radii, angle, .. } => oriented(centre, radii, *angle),
        Geometry::Stamp { centre, angle, length, width } => {
            let mut sizes = [*length / 2.0, *width / 2.0];
            oriented(centre, &mut sizes, *angle);
            (*length, *width) = (2.0 * sizes[0], 2.0 * sizes[1]);
        }
        Geometry::Line { points, .. } => points[usize::from(!second)] = mid(points[0], points[1]),
        Geometry::Curve { points, widths } => {
            let [a, b, c] = *points;
            let (ab, bc) = (mid(a, b), mid(b, c));
            let m = mid(ab, bc);
            *points = if second { [m, bc, c] } else { [a, ab, m] };
            widths[usize::from(!second)] = (widths[0] + widths[1]) / 2.0;
        }
        Geometry::Spline { points, .. } => {
            let count = points.len();
            if count >= 2 {
                // The curve passes near the middle of the two points it is cut between.
                let cut = count / 2;
                let at = mid(points[cut - 1], points[cut]);
                *points = if second {
                    std::iter::once(at).chain(points[cut..].iter().copied()).collect()
                } else {
                    points[..cut].iter().copied().chain([at]).collect()
                };
            }
        }
    }
    new
}
