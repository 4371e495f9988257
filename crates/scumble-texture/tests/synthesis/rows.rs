//! Exemplars laid in rows.

use scumble_image::Canvas;
use scumble_texture::quilt::{Layout, QuiltParams};

use crate::exemplars::{hash, picture};
use crate::{PARAMS, quilted};

/// From one row of planks to the next.
const ROW: usize = 15;

/// Planks of many lengths and tones, in rows.
fn planks(width: usize, height: usize) -> Canvas {
    picture(width, height, |x, y| {
        let row = y / ROW;
        let length = 40 + (row * 29) % 31;
        let at = x + row * 37 % length;
        let tone = 0.35 + 0.3 * hash(at / length + 50, row) + 0.06 * hash(x / 9, y);
        let joint = y % ROW < 3 || at % length < 3;
        if joint { [0.05; 3] } else { [tone, 0.8 * tone, 0.6 * tone] }
    })
}

/// Where rows begin in each column of a picture, but for those of columns that lie in a joint.
fn begins(canvas: &Canvas) -> Vec<Vec<usize>> {
    let [width, height] = [canvas.width(), canvas.height()];
    let dark = |x: usize, y: usize| canvas.pixels()[y * width + x][0] < 0.2;
    let begins = |x: usize| (1..height).filter(|y| dark(x, *y) && !dark(x, y - 1)).collect::<Vec<usize>>();
    let clear = |x: &usize| (0..height).filter(|y| dark(*x, *y)).count() < height * 2 / 5;
    (0..width).filter(clear).map(begins).collect()
}

#[test]
fn rows_go_on_over_the_whole_sheet() {
    let exemplar = planks(220, 200);
    for (tileable, seed) in [(false, 1), (false, 2), (false, 3), (true, 1), (true, 2)] {
        let made =
            quilted(&exemplar, [360, 300], &QuiltParams { tileable, layout: Layout::Free, block: 30, ..PARAMS }, seed);
        let all = begins(&made);
        assert!(all.len() > 250, "{}", all.len());
        let first = all[0][0] % ROW;
        let apart = |begin: usize| (begin % ROW).abs_diff(first).min(ROW - (begin % ROW).abs_diff(first));
        // A fifth of a row's height is the width of a joint.
        let off = all.iter().flatten().filter(|begin| apart(**begin) > 3).count();
        assert_eq!(off, 0, "of {} with seed {seed}, tileable {tileable}", all.iter().flatten().count());
    }
}
