//! Gradients of pictures.

use rayon::prelude::*;
use scumble_image::Canvas;

/// Products of a pixel's gradients, summed over the channels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Gradient {
    /// Of the change along x with itself.
    pub xx: f32,
    /// Of the change along x with the one along y.
    pub xy: f32,
    /// Of the change along y with itself.
    pub yy: f32,
}

impl Gradient {
    /// The squared length over all channels.
    pub fn energy(self) -> f32 {
        self.xx + self.yy
    }
}

/// Weight of the outer rows of the 3 × 3 kernel 0.5 (a, 1 − 2a, a)ᵀ (−1, 0, 1): the one whose answer depends least on the
/// direction of an edge (Jähne, Scharr, Körkel 1999; used by Kyprianidis, Kang and Döllner 2009).
const OUTER: f32 = 0.183;

/// The gradient of every pixel of the encoded colours, in their change a pixel; beyond the border, the nearest pixel counts.
pub fn of_picture(picture: &Canvas) -> Vec<Gradient> {
    let (width, height) = (picture.width(), picture.height());
    let pixels = picture.pixels();
    let mut out = vec![Gradient::default(); width * height];
    out.par_chunks_mut(width).enumerate().for_each(|(y, out)| {
        let rows = [y.saturating_sub(1), y, (y + 1).min(height - 1)].map(|y| &pixels[y * width..(y + 1) * width]);
        for (x, out) in out.iter_mut().enumerate() {
            let columns = [x.saturating_sub(1), x, (x + 1).min(width - 1)];
            let near = rows.map(|row| columns.map(|x| row[x]));
            let channels = (0..3).map(|c| near.map(|row| row.map(|pixel| pixel[c])));
            for near in channels {
                let at = |column: usize, row: usize| near[row][column];
                let across = |row| at(2, row) - at(0, row);
                let down = |column| at(column, 2) - at(column, 0);
                let inner = 1.0 - 2.0 * OUTER;
                let gx = 0.5 * (inner * across(1) + OUTER * (across(0) + across(2)));
                let gy = 0.5 * (inner * down(1) + OUTER * (down(0) + down(2)));
                out.xx += gx * gx;
                out.xy += gx * gy;
                out.yy += gy * gy;
            }
        }
    });
    out
}
