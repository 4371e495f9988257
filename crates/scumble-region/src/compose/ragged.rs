//! Ragged outlines, as of torn paper.

use scumble_core::Stream;
use scumble_paint::painting::Point;

/// Distance of the noise's knots, in pixels at 512.
const PERIOD: f32 = 5.0;
const STAGE: u64 = 0x0074_6f72_6e00;

/// A displacement for every point of a frame, the same for the same point, so that neighbours stay neighbours: smooth noise in two
/// octaves.
#[derive(Debug)]
pub(crate) struct Ragged {
    size: [f32; 2],
    knots: [usize; 2],
    values: Vec<[f32; 2]>,
    amplitude: f32,
    period: f32,
}

impl Ragged {
    /// Displacements by up to `amplitude`, in the frame's unit.
    pub fn new(size: [f32; 2], unit: f32, amplitude: f32, seed: u64) -> Self {
        let period = PERIOD * unit;
        let knots = size.map(|side| (side / period).ceil() as usize + 2);
        let mut stream = Stream::new(seed, STAGE);
        let mut draw = |index: usize| 2.0 * stream.uniform(index as u64) as f32 - 1.0;
        let values = (0..knots[0] * knots[1]).map(|i| [draw(2 * i), draw(2 * i + 1)]).collect();
        Self { size, knots, values, amplitude, period }
    }

    /// Where a point goes. The frame's border stays.
    pub fn moved(&self, point: Point) -> Point {
        if (0..2).any(|k| point[k] <= 0.0 || point[k] >= self.size[k]) {
            return point;
        }
        let (coarse, fine) = (self.noise(point, 1.0), self.noise([point[1], point[0]], 2.6));
        [0, 1].map(|k| (point[k] + self.amplitude * (0.65 * coarse[k] + 0.35 * fine[k])).clamp(0.0, self.size[k]))
    }

    fn noise(&self, point: Point, frequency: f32) -> [f32; 2] {
        let place = [0, 1].map(|k| point[k] * frequency / self.period);
        let [x, y] = place.map(|v| v.floor() as usize);
        let [u, v] = place.map(|v| {
            let t = v - v.floor();
            t * t * (3.0 - 2.0 * t)
        });
        let at = |i: usize, j: usize| self.values[(y + j) % self.knots[1] * self.knots[0] + (x + i) % self.knots[0]];
        let mix = |a: [f32; 2], b: [f32; 2], t: f32| [0, 1].map(|k| a[k] + (b[k] - a[k]) * t);
        mix(mix(at(0, 0), at(1, 0), u), mix(at(0, 1), at(1, 1), u), v)
    }
}
