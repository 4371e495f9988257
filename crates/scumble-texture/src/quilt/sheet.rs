//! The output as far as it is laid: of each pixel, where in the exemplar it is from.

use scumble_core::Result;
use scumble_image::Canvas;

use super::source::Source;
use crate::parallel;

/// The output.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub size: [usize; 2],
    /// Of each pixel, the index of the exemplar's that it shows.
    pub from: Vec<u32>,
}

impl Sheet {
    /// Of `size` pixels.
    pub fn new(size: [usize; 2]) -> Self {
        Self { size, from: vec![0; size[0] * size[1]] }
    }

    /// The indices of a block's pixels, row by row, going round the ends.
    pub fn window(&self, corner: [usize; 2], block: [usize; 2]) -> Vec<usize> {
        let [width, height] = self.size;
        let row = |y: usize| (0..block[0]).map(move |x| (corner[1] + y) % height * width + (corner[0] + x) % width);
        (0..block[1]).flat_map(row).collect()
    }

    /// The picture. `feather` times a mean by [1 2 1]/4 both ways, which deviates by √(feather/2) pixels, makes cuts soft: a
    /// pixel is the mean of what the pieces around it show there. On a sheet that `wraps`, pieces go on across its ends.
    pub fn painted(&self, source: &Source<'_>, feather: usize, wraps: bool) -> Result<Canvas> {
        let weights = weights(feather);
        let pixels = source.canvas.pixels();
        let colour = |at: usize| {
            let own = pixels[self.from[at] as usize];
            if self.is_inside(source, at, feather, wraps) {
                return own;
            }
            let (mut sum, mut total) = ([0.0f32; 3], 0.0);
            for (i, weight) in weights.iter().enumerate() {
                let side = 2 * feather + 1;
                let step = [i % side, i / side].map(|v| v as i64 - feather as i64);
                let shown =
                    self.beside(at, step, wraps).and_then(|near| source.beside(self.from[near], step.map(|v| -v)));
                if let Some(shown) = shown {
                    // About the pixel's own colour, so that equal ones stay what they are.
                    (0..3).for_each(|c| sum[c] += weight * (pixels[shown as usize][c] - own[c]));
                    total += weight;
                }
            }
            [0, 1, 2].map(|c| own[c] + sum[c] / total)
        };
        Canvas::new(self.size[0], self.size[1], parallel::made(self.from.len(), colour).into_flattened())
    }

    /// The index of the pixel a step away.
    pub fn beside(&self, at: usize, step: [i64; 2], wraps: bool) -> Option<usize> {
        let [width, height] = self.size.map(|v| v as i64);
        let (x, y) = (at as i64 % width + step[0], at as i64 / width + step[1]);
        if wraps {
            return Some((y.rem_euclid(height) * width + x.rem_euclid(width)) as usize);
        }
        (x >= 0 && y >= 0 && x < width && y < height).then_some((y * width + x) as usize)
    }

    /// Whether all pixels up to `reach` away are of the same piece.
    fn is_inside(&self, source: &Source<'_>, at: usize, reach: usize, wraps: bool) -> bool {
        let reach = reach as i64;
        let corners = [[-reach, -reach], [reach, -reach], [-reach, reach], [reach, reach]];
        let same = |step: [i64; 2]| {
            let near = self.beside(at, step, wraps);
            near.is_none_or(|near| source.beside(self.from[near], step.map(|v| -v)) == Some(self.from[at]))
        };
        reach == 0 || corners.into_iter().all(same) && (-reach..=reach).all(|y| (-reach..=reach).all(|x| same([x, y])))
    }
}

/// The weights of `rounds` means by [1 2 1]/4 both ways: binomial.
fn weights(rounds: usize) -> Vec<f32> {
    let mut row = vec![1.0f32];
    for _ in 0..2 * rounds {
        row = (0..=row.len())
            .map(|i| 0.5 * (row.get(i).unwrap_or(&0.0) + i.checked_sub(1).map_or(0.0, |before| row[before])))
            .collect();
    }
    row.iter().flat_map(|a| row.iter().map(move |b| a * b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_cuts_are_means_of_both_pieces() {
        // The left half shows columns 0 to 5, the right one columns 20 to 25.
        let value = |x: usize| x as f32 / 100.0;
        let canvas = Canvas::new(40, 4, (0..160).flat_map(|i| [value(i % 40); 3]).collect()).unwrap();
        let source = Source::new(&canvas);
        let mut sheet = Sheet::new([12, 4]);
        let from = |i: usize| (i / 12 * 40 + if i % 12 < 6 { i % 12 } else { 14 + i % 12 }) as u32;
        sheet.from = (0..48).map(from).collect();
        let row = |feather: usize| -> Vec<f32> {
            sheet.painted(&source, feather, false).unwrap().pixels()[12..24].iter().map(|p| p[0]).collect()
        };
        let hard: Vec<f32> = (0..12).map(|x| value(if x < 6 { x } else { 14 + x })).collect();
        assert_eq!(row(0), hard);
        let soft = row(1);
        for x in 0..12 {
            let share = [0.0, 0.25, 0.75, 1.0][(x.max(4) - 4).min(3)];
            let mixed = (1.0 - share) * value(x) + share * value(14 + x);
            assert!((soft[x] - mixed).abs() < 1e-6, "{x}: {soft:?}");
        }
    }
}
