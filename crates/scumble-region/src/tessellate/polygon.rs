//! Convex polygons, cut by lines.

use scumble_paint::painting::Point;

/// Corners this near to a line lie on it: lines that meet in one corner by design leave no splinters there.
const ROUNDING: f64 = 1e-9;

/// A corner of a polygon, and what lies beyond the side from it to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Corner {
    pub at: [f64; 2],
    pub beyond: Option<u32>,
}

/// A convex polygon.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Polygon(pub Vec<Corner>);

impl Polygon {
    /// The rectangle from the origin to `size`.
    pub fn frame(size: [f64; 2]) -> Self {
        let [w, h] = size;
        Self([[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]].map(|at| Corner { at, beyond: None }).to_vec())
    }

    /// The square around a point of half side `half`, turned by `angle`.
    pub fn square(middle: [f64; 2], angle: f64, half: f64) -> Self {
        let (sin, cos) = angle.sin_cos();
        let corner = |[x, y]: [f64; 2]| {
            let at = [middle[0] + half * (x * cos - y * sin), middle[1] + half * (x * sin + y * cos)];
            Corner { at, beyond: None }
        };
        Self([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(corner).to_vec())
    }

    /// The side that faces a point outside: its outward normal, of length 1, and where it lies along that; of several, the one
    /// farthest from the point. None for a point within.
    pub fn facing(&self, at: [f64; 2]) -> Option<([f64; 2], f64)> {
        let count = self.0.len();
        let sides = (0..count).filter_map(|i| {
            let (p, q) = (self.0[i].at, self.0[(i + 1) % count].at);
            let length = (q[0] - p[0]).hypot(q[1] - p[1]);
            let normal = [(q[1] - p[1]) / length, (p[0] - q[0]) / length];
            let limit = normal[0] * p[0] + normal[1] * p[1];
            (length > 0.0).then(|| (normal[0] * at[0] + normal[1] * at[1] - limit, normal, limit))
        });
        let nearest = sides.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (nearest.0 > 0.0).then_some((nearest.1, nearest.2))
    }

    /// Keeps the part where `normal · x <= limit`; the new side has `beyond` on its other side.
    pub fn cut(&mut self, normal: [f64; 2], limit: f64, beyond: Option<u32>) {
        let above = |p: [f64; 2]| {
            let above = normal[0] * p[0] + normal[1] * p[1] - limit;
            if above.abs() < ROUNDING { 0.0 } else { above }
        };
        if self.0.iter().all(|corner| above(corner.at) <= 0.0) {
            return;
        }
        let old = std::mem::take(&mut self.0);
        for (i, corner) in old.iter().enumerate() {
            let next = &old[(i + 1) % old.len()];
            let (here, there) = (above(corner.at), above(next.at));
            if here <= 0.0 {
                self.0.push(*corner);
            }
            if (here < 0.0 && there > 0.0) || (here > 0.0 && there < 0.0) {
                let t = here / (here - there);
                let at = [0, 1].map(|k| corner.at[k] + t * (next.at[k] - corner.at[k]));
                // Leaving, the new side begins; entering, the old one goes on.
                self.0.push(Corner { at, beyond: if here < 0.0 { beyond } else { corner.beyond } });
            } else if here == 0.0 && there > 0.0 {
                // The old side lies beyond the line, the new one begins in its corner.
                if let Some(last) = self.0.last_mut() {
                    last.beyond = beyond;
                }
            }
        }
        if self.0.len() < 3 {
            self.0.clear();
        }
    }

    /// Twice the area is the sum of the corners' cross products.
    pub fn area(&self) -> f64 {
        let count = self.0.len();
        let cross = |i: usize| {
            let (p, q) = (self.0[i].at, self.0[(i + 1) % count].at);
            p[0] * q[1] - p[1] * q[0]
        };
        (0..count).map(cross).sum::<f64>().abs() / 2.0
    }

    /// The mean of the corners; nothing if there is none.
    pub fn middle(&self) -> Option<[f64; 2]> {
        let count = self.0.len() as f64;
        (count > 0.0).then(|| [0, 1].map(|k| self.0.iter().map(|corner| corner.at[k]).sum::<f64>() / count))
    }

    /// Whether a point lies within or on the border; corners turn from the x axis towards the y axis.
    pub fn holds(&self, at: [f64; 2]) -> bool {
        let count = self.0.len();
        count > 2
            && (0..count).all(|i| {
                let (p, q) = (self.0[i].at, self.0[(i + 1) % count].at);
                (q[0] - p[0]) * (at[1] - p[1]) - (q[1] - p[1]) * (at[0] - p[0]) >= 0.0
            })
    }

    /// The corners in single precision.
    pub fn points(&self) -> Vec<Point> {
        self.0.iter().map(|corner| corner.at.map(|v| v as f32)).collect()
    }
}
