//! Image quilting.

use std::collections::HashSet;

use scumble_image::Canvas;
use scumble_texture::phase::random_phase;
use scumble_texture::quilt::{QuiltParams, quilt};
use scumble_texture::structure::Structure;

use crate::exemplars::{bricks, gravel, hash, lattice, picture};
use crate::measures::autocorrelation_error;
use crate::{PARAMS, quilted};

/// What a picture's colours are, bit by bit.
fn colours(canvas: &Canvas) -> HashSet<[u32; 3]> {
    canvas.pixels().iter().map(|p| p.map(f32::to_bits)).collect()
}

#[test]
fn a_lattice_goes_on_without_a_flaw() {
    let exemplar = lattice(61, 47);
    for (size, tileable) in [([131, 90], false), ([128, 88], true)] {
        let made = quilted(&exemplar, size, &QuiltParams { tileable, ..PARAMS }, 3);
        let at = |x: usize, y: usize| made.pixels()[y * size[0] + x];
        for (y, x) in (0..size[1]).flat_map(|y| (0..size[0]).map(move |x| (y, x))) {
            // The ring has a whole number of periods, so that the lattice goes on over its ends.
            let ahead = if tileable { [(x + 8) % size[0], (y + 8) % size[1]] } else { [x.max(8), y.max(8)] };
            let behind = if tileable { [x, y] } else { ahead.map(|v| v - 8) };
            assert_eq!(at(ahead[0], behind[1]), at(behind[0], behind[1]), "{x}, {y}, tileable {tileable}");
            assert_eq!(at(behind[0], ahead[1]), at(behind[0], behind[1]), "{x}, {y}, tileable {tileable}");
        }
    }
}

#[test]
fn every_pixel_is_the_exemplars() {
    let exemplar = bricks(90, 70);
    assert!(colours(&quilted(&exemplar, [150, 130], &PARAMS, 1)).is_subset(&colours(&exemplar)));
}

#[test]
fn holes_are_never_copied() {
    let hole = |x: usize, y: usize| (x as f32 - 70.0).hypot(y as f32 - 50.0) < 30.0;
    let marked = picture(140, 100, |x, y| if hole(x, y) { [1.0, 0.0, 1.0] } else { [0.2, hash(x, y), 0.3] });
    let alpha = (0..14_000).map(|i| if hole(i % 140, i / 140) { 0.0 } else { 1.0 }).collect();
    let exemplar = marked.with_alpha(Some(alpha)).unwrap();
    for block in [0, 12, 20] {
        let made = quilted(&exemplar, [200, 100], &QuiltParams { block, ..PARAMS }, 1);
        assert!(made.alpha().is_none() && made.pixels().iter().all(|p| p[0] == 0.2), "block {block}");
    }
}

/// The mean difference across the ends of the rows and columns, and across all other neighbours.
fn across(canvas: &Canvas) -> [f64; 2] {
    let (w, h) = (canvas.width(), canvas.height());
    let mut sums = [[0.0; 2]; 2];
    for i in 0..w * h {
        for (next, wraps) in [(i - i % w + (i + 1) % w, i % w + 1 == w), ((i + w) % (w * h), i / w + 1 == h)] {
            let sum = &mut sums[usize::from(!wraps)];
            sum[0] += f64::from((canvas.pixels()[i][0] - canvas.pixels()[next][0]).abs());
            sum[1] += 1.0;
        }
    }
    sums.map(|[sum, count]| sum / count)
}

#[test]
fn tiles_meet_as_smoothly_as_blocks_do() {
    let exemplar = gravel(160, 160);
    let mean = |tileable: bool| {
        let [ends, inside] = (1..7).fold([0.0; 2], |sum, seed| {
            let [ends, inside] = across(&quilted(&exemplar, [150, 130], &QuiltParams { tileable, ..PARAMS }, seed));
            [sum[0] + ends, sum[1] + inside]
        });
        ends / inside
    };
    // Some 1700 neighbours meet at the ends, of which the mean is known to 3 per cent.
    assert!(mean(true) < 1.1, "{}", mean(true));
    assert!(mean(false) > 1.5, "{}", mean(false));
}

/// The mean difference between each column and the one before it.
fn steps(canvas: &Canvas) -> Vec<f32> {
    let (w, h) = (canvas.width(), canvas.height());
    let step = |x: usize, y: usize| (canvas.pixels()[y * w + x][0] - canvas.pixels()[y * w + x - 1][0]).abs();
    (1..w).map(|x| (0..h).map(|y| step(x, y)).sum::<f32>() / h as f32).collect()
}

#[test]
fn cuts_leave_no_steps() {
    // Blocks of 20 pixels side by side show at every twentieth column; none shows where they overlap and are cut.
    let exemplar = gravel(160, 160);
    let made = |overlap: f64| steps(&quilted(&exemplar, [200, 200], &QuiltParams { overlap, ..PARAMS }, 5));
    let own = steps(&exemplar).into_iter().fold(0.0, f32::max);
    let worst = made(1.0 / 6.0).into_iter().fold(0.0, f32::max);
    assert!(worst < 1.2 * own, "{worst} {own}");
    let without = made(0.0);
    assert!((1..10).all(|i| without[20 * i - 1] > 1.5 * own), "{without:?} {own}");
}

#[test]
fn quilts_keep_edges_and_distances() {
    let exemplar = bricks(128, 128);
    let made = |overlap: f64| quilted(&exemplar, [192, 192], &QuiltParams { block: 40, overlap, ..PARAMS }, 1);
    let quilt = made(1.0 / 6.0);
    let noise = random_phase(&exemplar, [192, 192], 1).unwrap().to_canvas().unwrap();
    let [own, quilted, lost] = [&exemplar, &quilt, &noise].map(|picture| Structure::of(picture).edges());
    assert!((quilted / own - 1.0).abs() < 0.2 && lost < 0.6 * own, "{own} {quilted} {lost}");
    // Rows of bricks that do not go on are where they should not be.
    let [with, without] = [&quilt, &made(0.0)].map(|made| autocorrelation_error(&exemplar, made));
    assert!(with < 0.5 * without, "{with} {without}");
}

#[test]
fn seeds_and_threads() {
    let exemplar = gravel(100, 80);
    let params = QuiltParams { tileable: true, feather: 1, ..PARAMS };
    let made = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| quilted(&exemplar, [120, 100], &params, seed))
    };
    let one = made(1, 7);
    assert_eq!(one, made(2, 7));
    assert_ne!(one, made(2, 8));
}

#[test]
fn large_exemplars_are_searched_in_two_steps() {
    // Larger than the copy: the lattice is still met to the pixel.
    let exemplar = lattice(700, 340);
    let params = QuiltParams { block: 48, ..PARAMS };
    let made = quilted(&exemplar, [160, 160], &params, 2);
    let flaws = (8..160).flat_map(|y| (8..160).map(move |x| y * 160 + x));
    let flaws = flaws.filter(|i| made.pixels()[*i] != made.pixels()[i - 8]).count();
    assert_eq!(flaws, 0);
}

#[test]
fn progress_is_told_and_stops() {
    let exemplar = bricks(90, 70);
    let mut told = Vec::new();
    quilt(&exemplar, None, [100, 100], &PARAMS, 1, &mut |done| {
        told.push(done);
        true
    })
    .unwrap();
    assert!(told.len() > 3 && told.windows(2).all(|pair| pair[0] < pair[1]), "{told:?}");
    assert_eq!(told.last(), Some(&1.0));

    let mut calls = 0;
    let mut stopped = |after: usize| {
        calls = 0;
        let made = quilt(&exemplar, None, [100, 100], &PARAMS, 1, &mut |_| {
            calls += 1;
            calls < after
        });
        assert_eq!(calls, after);
        made.unwrap()
    };
    // Six rows of blocks, then one piece after the other that mends seams.
    let rows = (100usize - 3).div_ceil(20 - 3);
    assert!(told.len() > rows, "{told:?}");
    let laid = stopped(rows);
    // The first row is as it will be, but for what the next one lays over it; the rest is of the exemplar too.
    let stopped = stopped(1);
    assert_eq!(stopped.pixels()[..1500], laid.pixels()[..1500]);
    assert!(stopped != laid && laid != quilted(&exemplar, [100, 100], &PARAMS, 1));
    assert!(colours(&stopped).is_subset(&colours(&exemplar)));
}

#[test]
fn soft_cuts_change_cuts_alone() {
    let exemplar = gravel(100, 80);
    let [hard, soft] = [0, 1].map(|feather| quilted(&exemplar, [20, 20], &QuiltParams { feather, ..PARAMS }, 1));
    // A single block has no cut.
    assert_eq!(hard, soft);
    // Two blocks that meet in the middle: without an overlap no piece is laid over them.
    let params = QuiltParams { overlap: 0.0, ..PARAMS };
    let [hard, soft] = [0, 1].map(|feather| quilted(&exemplar, [36, 20], &QuiltParams { feather, ..params }, 1));
    let changed: Vec<usize> = (0..720).filter(|i| hard.pixels()[*i] != soft.pixels()[*i]).map(|i| i % 36).collect();
    assert!(!changed.is_empty() && changed.iter().all(|x| (17..19).contains(x)), "{changed:?}");
}
