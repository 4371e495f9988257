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

/// The height of the highest stone, but for one column of a hundred.
fn highest(canvas: &Canvas) -> usize {
    let [width, height] = [canvas.width(), canvas.height()];
    let of_column = |x: usize| {
        let mut run = 0;
        let runs = (0..height).map(|y| {
            run = if canvas.pixels()[y * width + x][0] < 0.2 { 0 } else { run + 1 };
            run
        });
        runs.max().unwrap_or(0)
    };
    let mut heights: Vec<usize> = (0..width).map(of_column).collect();
    heights.sort_unstable();
    heights[width - 1 - width / 100]
}

#[test]
fn rows_go_on_over_the_whole_sheet() {
    let exemplar = planks(220, 200);
    for (tileable, seed) in [(false, 1), (false, 2), (false, 3), (true, 1), (true, 2)] {
        let made =
            quilted(&exemplar, [360, 300], &QuiltParams { tileable, layout: Layout::Free, block: 30, ..PARAMS }, seed);
        let all = begins(&made);
        assert!(all.len() > 250, "{} columns", all.len());
        let first = all[0][0] % ROW;
        let apart = |begin: usize| (begin % ROW).abs_diff(first).min(ROW - (begin % ROW).abs_diff(first));
        // The width of a joint is a fifth of a row. Without a course a quarter to a half are farther off.
        let begins = all.iter().flatten();
        let off = begins.clone().filter(|begin| apart(**begin) > 3).count();
        assert!(off * 100 < begins.count(), "seed {seed}, tileable {tileable}: {off} off");
        // Where a row is lost, a stone is higher than the others' twelve pixels.
        assert!(highest(&made) <= 14, "seed {seed}, tileable {tileable}: {} pixels", highest(&made));
    }
}

/// Rows that fan out go on doing so where the layout is kept: more lie side by side above than below, as in the exemplar.
#[test]
fn rows_in_perspective_go_on() {
    // 10 pixels apart above, 14 below.
    let stone = |x: usize, y: usize| {
        let turns = (x as f32 - 110.0) / (10.0 + y as f32 / 50.0) + 40.0;
        let joint = turns.fract() < 0.25 || (y + turns as usize * 29) % 47 < 3;
        if joint { [0.9; 3] } else { [0.2 + 0.05 * hash(x / 2, y / 2); 3] }
    };
    let exemplar = picture(220, 200, stone);
    for seed in [1, 2, 3] {
        let made = quilted(&exemplar, [320, 290], &QuiltParams { layout: Layout::Kept, block: 28, ..PARAMS }, seed);
        let row = |y: usize| &made.pixels()[y * 320..(y + 1) * 320];
        let count = |y: usize| row(y).windows(2).filter(|pair| pair[0][0] < 0.5 && pair[1][0] >= 0.5).count();
        // A line along a cross joint has fewer; most of four lines tells.
        let rows = [10, 270].map(|y| (0..4).map(|i| count(y + 4 * i)).max().unwrap_or(0));
        assert!(rows[0] > rows[1] + 3, "seed {seed}: {rows:?}");
    }
}
