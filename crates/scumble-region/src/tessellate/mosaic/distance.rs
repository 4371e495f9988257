//! How far the nearest edge is, and which way rows run.

use scumble_paint::fields::blur;

/// The distance of each pixel's centre to the nearest edge or to the frame, in pixels.
pub(super) struct Distance {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

/// Angles of tiles. A square looks the same after a quarter turn, so angles are averaged four times as large.
pub(super) struct Field {
    width: usize,
    height: usize,
    cos: Vec<f32>,
    sin: Vec<f32>,
}

/// Deviation of the blur of angles, as a share of a tile's side.
const BLUR: f64 = 0.5;

impl Distance {
    /// Exact Euclidean distances (Felzenszwalb and Huttenlocher 2012).
    pub fn new(edges: &[bool], [width, height]: [usize; 2]) -> Self {
        let mut squares: Vec<f64> = edges.iter().map(|edge| if *edge { 0.0 } else { f64::INFINITY }).collect();
        let mut line = Envelope::default();
        let mut column = vec![0.0; height];
        for x in 0..width {
            column.iter_mut().enumerate().for_each(|(y, value)| *value = squares[y * width + x]);
            line.transform(&mut column);
            column.iter().enumerate().for_each(|(y, value)| squares[y * width + x] = *value);
        }
        squares.chunks_exact_mut(width).for_each(|row| line.transform(row));
        let values = squares.iter().enumerate().map(|(i, square)| {
            let (x, y) = (i % width, i / width);
            let across = |at: usize, side: usize| (at.min(side - 1 - at)) as f64 + 0.5;
            square.sqrt().min(across(x, width)).min(across(y, height)) as f32
        });
        Self { width, height, values: values.collect() }
    }

    /// Width and height in pixels.
    pub fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }

    /// The distances, row by row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The distance at a point, bilinear.
    pub fn at(&self, [x, y]: [f64; 2]) -> f64 {
        bilinear(&self.values, [self.width, self.height], [x, y])
    }

    /// The way away from the edge, of length 1; none on a ridge.
    pub fn away(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let slope = [self.at([x + 1.0, y]) - self.at([x - 1.0, y]), self.at([x, y + 1.0]) - self.at([x, y - 1.0])];
        let length = slope[0].hypot(slope[1]);
        (length > 0.2).then(|| slope.map(|v| v / length))
    }

    /// The angles of tiles of this side: along the level lines, evened out.
    pub fn field(&self, side: f64) -> Field {
        let turned = (0..self.values.len()).map(|i| {
            let middle = [(i % self.width) as f64 + 0.5, (i / self.width) as f64 + 0.5];
            self.away(middle).map_or([0.0; 2], |[x, y]| {
                let (sin, cos) = (4.0 * y.atan2(x)).sin_cos();
                [cos as f32, sin as f32]
            })
        });
        let turned: Vec<[f32; 2]> = turned.collect();
        let plane = |k: usize| {
            let values: Vec<f32> = turned.iter().map(|vector| vector[k]).collect();
            blur(&values, self.width, (BLUR * side) as f32)
        };
        Field { width: self.width, height: self.height, cos: plane(0), sin: plane(1) }
    }
}

impl Field {
    /// The angle at a point, in radians, up to quarter turns.
    pub fn angle(&self, at: [f64; 2]) -> f64 {
        let size = [self.width, self.height];
        bilinear(&self.sin, size, at).atan2(bilinear(&self.cos, size, at)) / 4.0
    }
}

/// A plane's value at a point; beyond the border, the nearest counts.
fn bilinear(plane: &[f32], [width, height]: [usize; 2], [x, y]: [f64; 2]) -> f64 {
    let place = |v: f64, side: usize| {
        let v = (v - 0.5).clamp(0.0, (side - 1) as f64);
        let first = v as usize;
        (first, (first + 1).min(side - 1), v - first as f64)
    };
    let ((left, right, u), (top, bottom, v)) = (place(x, width), place(y, height));
    let value = |x: usize, y: usize| f64::from(plane[y * width + x]);
    let row = |y: usize| value(left, y) + u * (value(right, y) - value(left, y));
    row(top) + v * (row(bottom) - row(top))
}

/// The lower envelope of parabolas.
#[derive(Default)]
struct Envelope {
    /// Places and heights of their lowest points.
    feet: Vec<(f64, f64)>,
    /// From where each is the lowest.
    from: Vec<f64>,
}

impl Envelope {
    /// Replaces values by the least of value plus squared distance.
    fn transform(&mut self, values: &mut [f64]) {
        self.feet.clear();
        self.from.clear();
        for (i, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
            let (x, value) = (i as f64, *value);
            let mut from = f64::NEG_INFINITY;
            while let (Some((foot, height)), Some(last)) = (self.feet.last().copied(), self.from.last().copied()) {
                from = (value + x * x - height - foot * foot) / (2.0 * (x - foot));
                if from > last {
                    break;
                }
                self.feet.pop();
                self.from.pop();
                from = f64::NEG_INFINITY;
            }
            self.feet.push((x, value));
            self.from.push(from);
        }
        if self.feet.is_empty() {
            return;
        }
        let mut k = 0;
        for (i, value) in values.iter_mut().enumerate() {
            while self.from.get(k + 1).is_some_and(|from| *from < i as f64) {
                k += 1;
            }
            let (foot, height) = self.feet[k];
            *value = height + (i as f64 - foot).powi(2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Distance;

    #[test]
    fn distances_are_what_looking_says() {
        let (width, height) = (31, 17);
        let edges: Vec<bool> = (0..width * height).map(|i| i * i % 101 == 5).collect();
        let distance = Distance::new(&edges, [width, height]);
        for (i, value) in distance.values().iter().enumerate() {
            let (x, y) = ((i % width) as f32, (i / width) as f32);
            let to_edges = edges.iter().enumerate().filter(|(_, edge)| **edge);
            let nearest = to_edges
                .map(|(j, _)| (x - (j % width) as f32).hypot(y - (j / width) as f32))
                .fold(f32::INFINITY, f32::min);
            let frame = (x + 0.5).min(y + 0.5).min(width as f32 - 0.5 - x).min(height as f32 - 0.5 - y);
            assert!((value - nearest.min(frame)).abs() < 1e-4, "{i}: {value}");
        }
    }
}
