//! The exemplar as the search sees it.

use scumble_image::Canvas;

use crate::exemplar::OPAQUE;

/// Pixels around a hole that count as part of it: cut-out pictures carry a rim of another colour there.
const RIM: usize = 2;

/// Neighbours: right, left, below, above; of each the opposite is its number with the last bit turned.
pub(super) const STEPS: [[i64; 2]; 4] = [[1, 0], [-1, 0], [0, 1], [0, -1]];

/// A colour in 256 levels, in which differences are summed as whole numbers.
pub(super) type Levels = [u8; 3];

/// The levels of a colour.
pub(super) fn levels(colour: [f32; 3]) -> Levels {
    colour.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8)
}

/// The squared difference of two colours.
pub(super) fn difference(a: &Levels, b: &Levels) -> i64 {
    a.iter().zip(b).map(|(a, b)| (i64::from(*a) - i64::from(*b)).pow(2)).sum()
}

/// The difference of two colours, summed over channels.
pub(super) fn apart(a: &Levels, b: &Levels) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(a.abs_diff(*b))).sum()
}

/// An exemplar.
#[derive(Debug, Clone)]
pub(super) struct Source<'a> {
    pub canvas: &'a Canvas,
    /// Of each pixel.
    pub levels: Vec<Levels>,
    /// The number of pixels of holes above and left of each corner of pixels, `width + 1` a row.
    holes: Vec<u32>,
    /// Of each pixel, by bits, to which sides it has a neighbour that is of no hole.
    open: Vec<u8>,
}

impl<'a> Source<'a> {
    /// All that a search needs to know of a picture.
    pub fn new(canvas: &'a Canvas) -> Self {
        let (width, height) = (canvas.width(), canvas.height());
        let hole = holes(canvas);
        let mut holes = vec![0; (width + 1) * (height + 1)];
        for y in 0..height {
            let mut row = 0;
            for x in 0..width {
                row += u32::from(hole.get(y * width + x).is_some_and(|hole| *hole));
                holes[(y + 1) * (width + 1) + x + 1] = holes[y * (width + 1) + x + 1] + row;
            }
        }
        let mut source =
            Self { canvas, levels: canvas.pixels().iter().map(|p| levels(*p)).collect(), holes, open: Vec::new() };
        let open = |at: usize, side: usize| source.beside(at as u32, STEPS[side]).is_some();
        let sides = |at: usize| (0..4).map(|side| u8::from(open(at, side)) << side).sum();
        source.open = (0..width * height).map(sides).collect();
        source
    }

    /// Width and height in pixels.
    pub fn size(&self) -> [usize; 2] {
        [self.canvas.width(), self.canvas.height()]
    }

    /// Whether a block of `size` at (x, y) lies within the picture and has no hole.
    pub fn whole(&self, [x, y]: [usize; 2], size: [usize; 2]) -> bool {
        let [width, height] = self.size();
        if x + size[0] > width || y + size[1] > height {
            return false;
        }
        let at = |x: usize, y: usize| self.holes[y * (width + 1) + x];
        at(x + size[0], y + size[1]) + at(x, y) == at(x + size[0], y) + at(x, y + size[1])
    }

    /// The index of the pixel a step from that of index `at`, if there is one and it is of no hole.
    pub fn beside(&self, at: u32, step: [i64; 2]) -> Option<u32> {
        let [width, height] = self.size().map(|v| v as i64);
        let (x, y) = (i64::from(at) % width + step[0], i64::from(at) / width + step[1]);
        let inside = x >= 0 && y >= 0 && x < width && y < height;
        (inside && self.whole([x as usize, y as usize], [1, 1])).then_some((y * width + x) as u32)
    }

    /// The same for one of the four neighbours.
    #[inline]
    pub fn next(&self, at: u32, side: usize) -> Option<u32> {
        let width = self.canvas.width() as u32;
        let offset = [1, 1u32.wrapping_neg(), width, width.wrapping_neg()][side];
        (self.open[at as usize] >> side & 1 != 0).then(|| at.wrapping_add(offset))
    }

    /// The number of places of a block of `size`.
    pub fn places(&self, size: [usize; 2]) -> usize {
        let [width, height] = self.size();
        let row = |y: usize| (0..width).filter(|x| self.whole([*x, y], size)).count();
        (0..height).map(row).sum()
    }
}

/// Which pixels belong to holes; nothing if there are none.
fn holes(canvas: &Canvas) -> Vec<bool> {
    let Some(alpha) = canvas.alpha().filter(|alpha| alpha.iter().any(|a| *a < OPAQUE)) else {
        return Vec::new();
    };
    let (width, height) = (canvas.width(), canvas.height());
    let near = |at: usize, side: usize| at.saturating_sub(RIM)..(at + RIM + 1).min(side);
    let rows: Vec<bool> =
        (0..alpha.len()).map(|i| near(i % width, width).any(|x| alpha[i - i % width + x] < OPAQUE)).collect();
    (0..alpha.len()).map(|i| near(i / width, height).any(|y| rows[y * width + i % width])).collect()
}
