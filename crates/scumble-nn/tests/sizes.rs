//! The convolution and its gradient at every size from 1×1 on, with every instruction set this machine has, against sums in
//! double precision.

mod common;

use scumble_nn::kernel::{Buffers, Level};
use scumble_nn::ops::{Bits, Border, FrozenConv, Map};

/// Deterministic values around zero.
fn noise(n: usize, seed: u32) -> Vec<f32> {
    common::uniform(n, seed).into_iter().map(|v| v * 2.0 - 1.0).collect()
}

/// `[out, h, w]` from `[in, h, w]` with zeros around it; `weight` of output, input and tap.
fn direct(
    x: &[f32],
    (inputs, outputs): (usize, usize),
    (h, w): (usize, usize),
    weight: impl Fn(usize, usize, usize) -> f32,
) -> Vec<f64> {
    let mut out = vec![0.0; outputs * h * w];
    for (o, plane) in out.chunks_exact_mut(h * w).enumerate() {
        for i in 0..inputs {
            for tap in 0..9 {
                let weight = f64::from(weight(o, i, tap));
                let (dy, dx) = (tap / 3, tap % 3);
                for y in 1usize.saturating_sub(dy)..h.min(h + 1 - dy) {
                    for x_at in 1usize.saturating_sub(dx)..w.min(w + 1 - dx) {
                        plane[y * w + x_at] += weight * f64::from(x[(i * h + y + dy - 1) * w + x_at + dx - 1]);
                    }
                }
            }
        }
    }
    out
}

/// Of sums over `channels`: they are off by the root of so many roundings of 6e-8, which Winograd's transforms amplify about
/// tenfold; three times that for the worst of all values.
fn assert_close(found: &[f32], expected: &[f64], channels: usize, what: &str) {
    let largest = expected.iter().fold(1.0f64, |m, v| m.max(v.abs()));
    let apart = found.iter().zip(expected).fold(0.0f64, |m, (a, b)| m.max((f64::from(*a) - b).abs()));
    let tolerance = 2e-6 * (channels as f64).sqrt();
    assert!(apart < tolerance * largest, "{what}: {apart:e} of {largest}");
}

#[test]
fn blocks_of_tiles_agree_with_direct_sums_at_every_size() {
    check(2, 3, 70);
}

/// So many channels that small maps are worked on as a whole.
#[test]
fn whole_maps_agree_with_direct_sums_at_every_size() {
    check(250, 8, 22);
}

/// Every size up to `largest` × `largest`.
fn check(inputs: usize, outputs: usize, largest: usize) {
    let kernel = noise(outputs * inputs * 9, 3);
    let bias = noise(outputs, 5);
    let levels = Level::available();
    let convs: Vec<FrozenConv> =
        levels.iter().map(|level| FrozenConv::new(inputs, outputs, kernel.clone(), bias.clone(), *level)).collect();
    let buffers = Buffers::default();
    let at = |o: usize, i: usize, tap: usize| kernel[(o * inputs + i) * 9 + tap];
    for h in 1..=largest {
        for w in 1..=largest {
            let x = noise(inputs * h * w, 1);
            let mut forward = direct(&x, (inputs, outputs), (h, w), at);
            for (plane, bias) in forward.chunks_exact_mut(h * w).zip(&bias) {
                plane.iter_mut().for_each(|v| *v += f64::from(*bias));
            }
            // A unit this close to zero may be on in one precision and off in the other.
            let clear = forward.iter().all(|v| v.abs() > 1e-5);
            forward.iter_mut().for_each(|v| *v = v.max(0.0));
            let gradient = noise(outputs * h * w, 2);
            let masked: Vec<f32> =
                gradient.iter().zip(&forward).map(|(g, v)| if *v > 0.0 { *g } else { 0.0 }).collect();
            let backward = direct(&masked, (outputs, inputs), (h, w), |i, o, tap| at(o, i, 8 - tap));
            for (conv, level) in convs.iter().zip(&levels) {
                let mut bits = Bits::new(outputs, h, w);
                let map = Map::of(&x, inputs, h, w, &buffers);
                let out = conv.forward(&map, Border::Zero, true, Some(&mut bits), &buffers);
                assert_close(&out.values, &forward, inputs, &format!("{h}×{w} {}", level.name()));
                let gradient = Map::of(&gradient, outputs, h, w, &buffers);
                let out = conv.backward(&gradient, Border::Zero, Some(&bits), &buffers);
                if clear {
                    assert_close(&out.values, &backward, outputs, &format!("{h}×{w} {} gradient", level.name()));
                }
            }
        }
    }
}
