//! A few pixels side by side, which are compared with the same centres.

use std::ops::Range;

use crate::segment::Pixels;
use crate::segment::lanes::LANES;

/// Rows of a tile; it has [`LANES`] columns.
pub(super) const ROWS: usize = 8;

/// Colour and position.
pub(super) type Centre = [f32; 5];
/// Of some pixels how many there are, and the sums of colours and positions.
pub(super) type Sums = [f64; 6];

/// A value for each pixel of a tile.
pub(super) type Square<T> = [[T; LANES]; ROWS];

/// What stays the same about a few pixels side by side.
pub(super) struct Tile {
    /// Where it begins.
    pub left: usize,
    pub top: usize,
    pub colours: [Square<f32>; 3],
    /// A bit for each pixel that is neither hidden nor outside the picture.
    pub seen: u64,
    /// The middle of all pixels' colours and of the positions, these not scaled.
    pub middle: Centre,
    /// How far pixels are from it along each, at most; of positions times the scale's square.
    pub spread: Centre,
}

impl Tile {
    /// The tile that begins at a pixel; `scale` is of positions. Outside the picture colours are those at its border.
    pub fn new(pixels: &Pixels, left: usize, top: usize, scale: f32) -> Self {
        let [width, height] = [(pixels.width - left).min(LANES), (pixels.height - top).min(ROWS)];
        let mut colours = [[[0.0; LANES]; ROWS]; 3];
        let mut seen = 0;
        for row in 0..ROWS {
            let at = (top + row.min(height - 1)) * pixels.width + left;
            for (square, plane) in colours.iter_mut().zip(&pixels.lab) {
                square[row] = match plane[at..at + width].first_chunk() {
                    Some(chunk) => *chunk,
                    None => std::array::from_fn(|lane| plane[at + lane.min(width - 1)]),
                };
            }
            if row < height {
                let lanes = (0..width).filter(|lane| !pixels.is_hidden(at + lane));
                seen |= lanes.fold(0, |seen, lane| seen | 1 << (row * LANES + lane));
            }
        }
        let ends = colours.each_ref().map(|square| {
            let (mut least, mut most) = (square[0], square[0]);
            for row in square {
                for lane in 0..LANES {
                    least[lane] = if row[lane] < least[lane] { row[lane] } else { least[lane] };
                    most[lane] = if row[lane] > most[lane] { row[lane] } else { most[lane] };
                }
            }
            [least.into_iter().fold(f32::INFINITY, f32::min), most.into_iter().fold(f32::NEG_INFINITY, f32::max)]
        });
        let [light, a, b] = ends.map(|[least, most]| (least + most) / 2.0);
        let [lights, greens, blues] = ends.map(|[least, most]| (most - least) / 2.0);
        let [x, y] = [LANES, ROWS].map(|side| (side - 1) as f32 / 2.0);
        let middle = [light, a, b, left as f32 + x, top as f32 + y];
        Self { left, top, colours, seen, middle, spread: [lights, greens, blues, x * scale * scale, y * scale * scale] }
    }

    /// What pixels of a row add to their region's sums.
    #[inline(always)]
    pub fn sums(&self, row: usize, lanes: Range<usize>) -> Sums {
        let mut sums = [0.0; 6];
        for lane in lanes {
            let [light, a, b] = [0, 1, 2].map(|c| f64::from(self.colours[c][row][lane]));
            let features = [1.0, light, a, b, (self.left + lane) as f64, (self.top + row) as f64];
            sums.iter_mut().zip(features).for_each(|(sum, v)| *sum += v);
        }
        sums
    }
}
