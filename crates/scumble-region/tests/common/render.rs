//! Shapes drawn as labels.

use std::f64::consts::{PI, TAU};

use scumble_region::Labels;
use scumble_region::shapes::ShapeClass;

use super::labels;

/// A shape with its centre, size and angle, as a radius for each direction: all of them are star-shaped about their centre.
#[derive(Debug, Clone, Copy)]
pub struct Drawn {
    pub class: ShapeClass,
    pub centre: [f64; 2],
    /// Half the longer side, or the larger radius, or the distance of the corners.
    pub size: f64,
    /// The shorter by the longer.
    pub ratio: f64,
    pub angle: f64,
}

impl Drawn {
    /// Its corners, unless it is round; triangles are equilateral ones pressed to the ratio.
    pub fn corners(&self) -> Vec<[f64; 2]> {
        let around = |count: usize, radius: &dyn Fn(usize) -> f64| -> Vec<[f64; 2]> {
            let at = |k: usize| (TAU * k as f64 / count as f64).sin_cos();
            (0..count).map(|k| [radius(k) * at(k).1, radius(k) * at(k).0]).collect()
        };
        let local = match self.class {
            ShapeClass::Square => vec![[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]],
            ShapeClass::Rectangle => {
                [[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]].map(|[x, y]| [x, y * self.ratio]).to_vec()
            }
            ShapeClass::Triangle => around(3, &|_| 1.0).iter().map(|[x, y]| [*x, y * self.ratio]).collect(),
            ShapeClass::Pentagon => around(5, &|_| 1.0),
            ShapeClass::Hexagon => around(6, &|_| 1.0),
            ShapeClass::Octagon => around(8, &|_| 1.0),
            ShapeClass::Star => around(10, &|k| if k % 2 == 0 { 1.0 } else { 0.381_966 }),
            _ => Vec::new(),
        };
        let (sin, cos) = self.angle.sin_cos();
        let place = |[x, y]: [f64; 2]| [x * cos - y * sin, x * sin + y * cos].map(|v| v * self.size);
        local.into_iter().map(place).map(|p| [0, 1].map(|k| p[k] + self.centre[k])).collect()
    }

    /// Distance of the outline from the centre in a direction.
    fn radius(&self, direction: f64) -> f64 {
        let corners = self.corners();
        if corners.is_empty() {
            let (sin, cos) = (direction - self.angle).sin_cos();
            let ratio = if self.class == ShapeClass::Circle { 1.0 } else { self.ratio };
            let power = if self.class == ShapeClass::Superellipse { 4.0 } else { 2.0 };
            return self.size * (cos.abs().powf(power) + (sin.abs() / ratio).powf(power)).powf(-1.0 / power);
        }
        let (sin, cos) = direction.sin_cos();
        let edges = (0..corners.len()).map(|k| (corners[k], corners[(k + 1) % corners.len()]));
        edges.map(|(a, b)| ([0, 1].map(|k| a[k] - self.centre[k]), [0, 1].map(|k| b[k] - a[k]))).fold(
            0.0,
            |most, (a, d)| {
                // a + t d = r (cos, sin)
                let cross = d[0] * sin - d[1] * cos;
                let t = (a[1] * cos - a[0] * sin) / cross;
                let r = a[0] * cos + a[1] * sin + t * (d[0] * cos + d[1] * sin);
                if (-1e-9..=1.0 + 1e-9).contains(&t) && r > most { r } else { most }
            },
        )
    }

    /// As region 1 of labels whose outline is moved along the rays from the centre: by smooth noise of harmonics 5 to 24, whose
    /// largest value is `smooth` times the radius of the circle of the shape's area.
    pub fn render(&self, side: usize, smooth: f64, noise: &mut impl FnMut() -> f64) -> Labels {
        let waves: Vec<[f64; 3]> = (5..25).map(|h| [f64::from(h), noise() - 0.5, noise() * TAU]).collect();
        self.render_moved(side, smooth, |direction| waves.iter().map(|[h, a, p]| a * (h * direction + p).cos()).sum())
    }

    /// As [`Drawn::render`], moved by any wave of the direction.
    pub fn render_moved(&self, side: usize, smooth: f64, wave: impl Fn(f64) -> f64) -> Labels {
        const STEPS: usize = 1440;
        let direction = |at: usize| at as f64 * TAU / STEPS as f64 - PI;
        let radii: Vec<f64> = (0..STEPS).map(|at| self.radius(direction(at))).collect();
        let mean = (radii.iter().map(|r| r * r).sum::<f64>() / STEPS as f64).sqrt();
        let most = (0..STEPS).map(|at| wave(direction(at)).abs()).fold(f64::MIN_POSITIVE, f64::max);
        let offsets: Vec<f64> = (0..STEPS).map(|at| wave(direction(at)) / most * smooth * mean).collect();
        labels(side, side, |x, y| {
            let [dx, dy] = [x as f64 + 0.5 - self.centre[0], y as f64 + 0.5 - self.centre[1]];
            let direction = dy.atan2(dx);
            let at = (((direction + PI) / TAU * STEPS as f64) as usize).min(STEPS - 1);
            // The first pixel is outside, so that the shape is region 1.
            u32::from(x + y > 0 && dx.hypot(dy) <= self.radius(direction) + offsets[at])
        })
    }

    /// As [`Drawn::render`] without noise of the outline, but pixels within a tenth of the radius from it change sides with the
    /// given probability; then, as cleaning does, each pixel goes with the majority of the nine around it, twice, and specks and
    /// holes are removed.
    pub fn render_speckled(&self, side: usize, probability: f64, noise: &mut impl FnMut() -> f64) -> Labels {
        let clean = self.render(side, 0.0, noise);
        let mean = clean.ids().iter().filter(|id| **id == 1).count() as f64;
        let band = 0.1 * (mean / PI).sqrt();
        let mut inside: Vec<bool> = (0..side * side)
            .map(|i| {
                let [dx, dy] = [(i % side) as f64 + 0.5 - self.centre[0], (i / side) as f64 + 0.5 - self.centre[1]];
                let near = (dx.hypot(dy) - self.radius(dy.atan2(dx))).abs() < band;
                (clean.ids()[i] == 1) != (near && noise() < probability)
            })
            .collect();
        for _ in 0..2 {
            let old = inside.clone();
            for (i, value) in inside.iter_mut().enumerate() {
                let (x, y) = ((i % side) as isize, (i / side) as isize);
                let around = (-1..=1).flat_map(|v| (-1..=1).map(move |u| (x + u, y + v)));
                let range = 0..side as isize;
                let votes = around
                    .filter(|(x, y)| range.contains(x) && range.contains(y) && old[(y * side as isize + x) as usize]);
                *value = votes.count() >= 5;
            }
        }
        // Connected with the centre; what is not connected with the frame's first pixel otherwise belongs to it.
        let reach = |start: usize, wanted: &dyn Fn(usize) -> bool| {
            let (mut seen, mut open) = (vec![false; side * side], vec![start]);
            while let Some(at) = open.pop() {
                if seen[at] || !wanted(at) {
                    continue;
                }
                seen[at] = true;
                let (x, y) = (at % side, at / side);
                open.extend([(x > 0).then(|| at - 1), (x + 1 < side).then(|| at + 1)].into_iter().flatten());
                open.extend([(y > 0).then(|| at - side), (y + 1 < side).then(|| at + side)].into_iter().flatten());
            }
            seen
        };
        let centre = self.centre[1] as usize * side + self.centre[0] as usize;
        let shape = reach(centre, &|at| inside[at]);
        let outside = reach(0, &|at| !shape[at]);
        labels(side, side, |x, y| u32::from(!outside[y * side + x]))
    }
}
