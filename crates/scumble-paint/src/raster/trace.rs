//! Geometry into scanlines.

use super::flatten::Detail;
use super::scan::Oval;
use super::{Scan, flatten};
use crate::painting::{Geometry, Point};

impl Scan {
    /// Replaces the scan's shape. A stamp is traced as the rectangle it fills.
    pub fn trace(&mut self, geometry: &Geometry) {
        match geometry {
            Geometry::Triangle { points } => self.polygon(points),
            Geometry::Rectangle { centre, half, angle } => self.rectangle(*centre, *half, *angle),
            Geometry::Ellipse { centre, radii, angle } => self.ellipse(*centre, *radii, *angle),
            Geometry::Superellipse { centre, radii, exponent, angle } => {
                self.superellipse(*centre, *radii, *exponent, *angle);
            }
            Geometry::Polygon { points } => self.polygon(points),
            Geometry::Line { points, width } => self.line(*points, *width),
            Geometry::Curve { points, widths } => self.curve(points, *widths),
            Geometry::Spline { points, width } => self.spline(points, *width),
            Geometry::Stamp { centre, angle, length, width } => {
                self.rectangle(*centre, [length / 2.0, width / 2.0], *angle);
            }
        }
    }

    /// A polygon, filled by the even-odd rule.
    pub fn polygon(&mut self, points: &[Point]) {
        self.clear();
        let placed = |scan: &Self, i: usize| scan.place(points[i % points.len()]);
        if is_convex(points) {
            let heights = points.iter().map(|p| p[1] * self.scale[1]);
            let (top, bottom) = heights.fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), y| (a.min(y), b.max(y)));
            self.chain(top, bottom);
            for i in 0..points.len() {
                let (p, q) = (placed(self, i), placed(self, i + 1));
                self.edge(p, q);
            }
        } else {
            for i in 0..points.len() {
                let (p, q) = (placed(self, i), placed(self, i + 1));
                self.crossing_edge(p, q);
            }
            self.sort_crossings();
        }
    }

    /// A rectangle of half sides `half`, turned by `angle`.
    pub fn rectangle(&mut self, centre: Point, half: [f32; 2], angle: f32) {
        let (sin, cos) = angle.sin_cos();
        let corner = |x: f32, y: f32| [centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos];
        let [w, h] = half;
        self.polygon(&[corner(-w, -h), corner(w, -h), corner(w, h), corner(-w, h)]);
    }

    /// An ellipse turned by `angle`.
    pub fn ellipse(&mut self, centre: Point, radii: [f32; 2], angle: f32) {
        self.clear();
        let oval = Oval::new(self.place(centre), radii, angle, self.scale);
        self.chain(oval.centre[1] - oval.half, oval.centre[1] + oval.half);
        self.oval(&oval);
    }

    /// A superellipse turned by `angle`.
    pub fn superellipse(&mut self, centre: Point, radii: [f32; 2], exponent: f32, angle: f32) {
        let mut points = std::mem::take(&mut self.points);
        flatten::superellipse(centre, radii, exponent, angle, self.detail(), &mut points);
        self.polygon(&points);
        self.points = points;
    }

    /// A line with round ends.
    pub fn line(&mut self, points: [Point; 2], width: f32) {
        self.stroke(|_, path| path.extend(points.map(|[x, y]| [x, y, width / 2.0])));
    }

    /// A quadratic curve with round ends, its width changing evenly.
    pub fn curve(&mut self, points: &[Point; 3], widths: [f32; 2]) {
        self.stroke(|detail, path| {
            let radius = |t: f32| (widths[0] + (widths[1] - widths[0]) * t) / 2.0;
            flatten::quadratic(points, detail, |[x, y], t| path.push([x, y, radius(t)]));
        });
    }

    /// A B-spline with round ends.
    pub fn spline(&mut self, points: &[Point], width: f32) {
        self.stroke(|detail, path| flatten::spline(points, detail, |[x, y]| path.push([x, y, width / 2.0])));
    }

    /// A round pen along a path of x, y, radius, which `lay` makes.
    ///
    /// Where the path goes only down, or only up, a scanline meets it in one interval: that is one chain.
    fn stroke(&mut self, lay: impl FnOnce(Detail, &mut Vec<[f32; 3]>)) {
        self.clear();
        let mut path = std::mem::take(&mut self.path);
        path.clear();
        lay(self.detail(), &mut path);
        let mut from = 0;
        while from < path.len() {
            let down = |i: usize| path[i + 1][1] > path[i][1];
            let mut to = from;
            while to + 1 < path.len() && down(to) == down(from) {
                to += 1;
            }
            self.chain_of_pen(&path[from..=to]);
            from = if to + 1 == path.len() { path.len() } else { to };
        }
        self.path = path;
    }

    fn chain_of_pen(&mut self, path: &[[f32; 3]]) {
        let ends = path.iter().map(|[_, y, r]| [y - r, y + r].map(|y| y * self.scale[1]));
        let [top, bottom] = ends.fold([f32::INFINITY, f32::NEG_INFINITY], |a, b| [a[0].min(b[0]), a[1].max(b[1])]);
        self.chain(top, bottom);
        for [x, y, r] in path {
            self.oval(&Oval::new(self.place([*x, *y]), [*r, *r], 0.0, self.scale));
        }
        for [[ax, ay, ar], [bx, by, br]] in path.array_windows() {
            let length = (bx - ax).hypot(by - ay);
            if length > 0.0 {
                let across = [(ay - by) / length, (bx - ax) / length];
                let beside = |x: f32, y: f32, r: f32| self.place([x + across[0] * r, y + across[1] * r]);
                let corners =
                    [beside(*ax, *ay, *ar), beside(*bx, *by, *br), beside(*bx, *by, -br), beside(*ax, *ay, -ar)];
                for i in 0..4 {
                    self.edge(corners[i], corners[(i + 1) % 4]);
                }
            }
        }
    }

    /// How fine curves are: pixels as a whole need less.
    fn detail(&self) -> Detail {
        let unit = self.scale[0].max(self.scale[1] / self.lines as f32);
        Detail { unit, tolerance: if self.lines == 1 { 0.2 } else { 0.05 } }
    }
}

/// Whether the corners turn one way, and only once around.
fn is_convex(points: &[Point]) -> bool {
    let count = points.len();
    let side = |i: usize| {
        let (a, b) = (points[i % count], points[(i + 1) % count]);
        [b[0] - a[0], b[1] - a[1]]
    };
    let (mut left, mut right, mut turns, mut down) = (false, false, 0, None);
    for i in 0..count {
        let (a, b) = (side(i), side(i + 1));
        let cross = a[0] * b[1] - a[1] * b[0];
        left |= cross > 0.0;
        right |= cross < 0.0;
        if a[1] != 0.0 {
            turns += usize::from(down.is_some_and(|was| was != (a[1] > 0.0)));
            down = Some(a[1] > 0.0);
        }
    }
    !(left && right) && turns <= 2
}
