//! The own CPU operations against burn's stock ones: values and gradients.

mod common;

use std::sync::Arc;

use scumble_nn::Device;
use scumble_nn::kernel::{Buffers, Level};
use scumble_nn::ops::{self, Bits, Border, FrozenConv, Map, PoolKind, PoolOp, Window, stock};
use scumble_nn::tensor::{Tensor, TensorData};

/// Deterministic values around zero, with exact zeros among them as after a ReLU.
fn noise(n: usize, seed: u32) -> Vec<f32> {
    let values = common::uniform(n, seed).into_iter().map(|v| v * 2.0 - 1.0);
    values.map(|v| if v.abs() < 0.05 { 0.0 } else { v }).collect()
}

fn layer(ci: usize, co: usize) -> FrozenConv {
    layer_for(ci, co, Level::best())
}

fn layer_for(ci: usize, co: usize, level: Level) -> FrozenConv {
    FrozenConv::new(ci, co, noise(ci * co * 9, 3), noise(co, 5), level)
}

fn map(values: &[f32], channels: usize, height: usize, width: usize) -> Map {
    Map::of(values, channels, height, width, &Buffers::default())
}

/// Output and input gradient of an own operation, `forward` and back, under a fixed non-uniform weighting of the output.
fn own<K>(
    (c, h, w): (usize, usize, usize),
    forward: impl Fn(&Arc<Map>) -> (Map, K),
    backward: impl Fn(&Map, &K) -> Map,
) -> (Vec<f32>, Vec<f32>) {
    let (y, kept) = forward(&Arc::new(map(&noise(c * h * w, 1), c, h, w)));
    let gradient = backward(&map(&noise(y.values.len(), 2), y.channels, y.height, y.width), &kept);
    (y.values.to_vec(), gradient.values.to_vec())
}

/// The same of an operation of burn's; outputs whose index does not `count` have a weight of 0.
fn stock<const D: usize>(
    count: impl Fn(usize) -> bool,
    (c, h, w): (usize, usize, usize),
    operation: impl Fn(Tensor<4>) -> Tensor<D>,
) -> (Vec<f32>, Vec<f32>) {
    let device = Device::cpu();
    let x = Tensor::<4>::from_data(TensorData::new(noise(c * h * w, 1), [1, c, h, w]), device.tensors()).require_grad();
    let y = operation(x.clone());
    let mut weights = noise(y.shape().num_elements(), 2);
    weights.iter_mut().enumerate().filter(|(i, _)| !count(*i)).for_each(|(_, weight)| *weight = 0.0);
    let weights = Tensor::<D>::from_data(TensorData::new(weights, y.dims()), device.tensors());
    let grads = (y.clone() * weights).sum().backward();
    let gradient = x.grad(&grads).expect("the input is tracked");
    (y.into_data().try_to_vec().expect("f32"), gradient.into_data().try_to_vec().expect("f32"))
}

fn own_conv(layer: &FrozenConv, size: (usize, usize), border: Border, relu: bool) -> (Vec<f32>, Vec<f32>) {
    let buffers = Buffers::default();
    own(
        (layer.in_channels(), size.0, size.1),
        |x| {
            let mut bits = relu.then(|| Bits::new(layer.out_channels(), x.height, x.width));
            let y = layer.forward(x, border, relu, bits.as_mut(), &buffers);
            (y, bits)
        },
        |gradient, bits| layer.backward(gradient, border, bits.as_ref(), &buffers),
    )
}

/// Largest difference relative to the largest value.
fn deviation(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let largest = b.iter().fold(0.0f32, |m, v| m.max(v.abs()));
    a.iter().zip(b).fold(0.0f32, |m, (a, b)| m.max((a - b).abs())) / largest
}

#[test]
fn convolution_equals_the_stock_one_with_every_instruction_set_and_border() {
    // One position, sides around whole tiles and vectors, maps worked on in blocks and as a whole, channels that fill
    // no register tile.
    let cases = [
        (3, 8, 7, 9),
        (5, 4, 1, 1),
        (4, 6, 2, 3),
        (16, 130, 20, 17),
        (2, 3, 40, 41),
        (150, 140, 9, 23),
        (130, 130, 16, 16),
    ];
    for level in Level::available() {
        for (ci, co, h, w) in cases {
            let layer = layer_for(ci, co, level);
            for border in Border::ALL {
                for relu in [true, false] {
                    let own = own_conv(&layer, (h, w), border, relu);
                    // The gradient of the units that are on here: one next to zero may be off there.
                    let on = |i: usize| !relu || own.0[i] > 0.0;
                    let conv = stock::Conv::new(&layer, Device::cpu().tensors());
                    let stock = stock(on, (ci, h, w), |x| stock::conv(x, &conv, border));
                    let value = if relu { stock.0.iter().map(|v| v.max(0.0)).collect() } else { stock.0 };
                    let stock = (value, stock.1);
                    // Sums of at most 9*150 products in f32, in different orders; Winograd's transforms cost a digit.
                    let case = format!("{level:?} {ci}->{co} {h}x{w} {border:?} relu {relu}");
                    assert!(deviation(&own.0, &stock.0) < 1e-5, "{case}: value {}", deviation(&own.0, &stock.0));
                    assert!(deviation(&own.1, &stock.1) < 1e-5, "{case}: gradient {}", deviation(&own.1, &stock.1));
                }
            }
        }
    }
}

#[test]
fn pooling_equals_the_stock_one() {
    for kind in [PoolKind::Max, PoolKind::Mean, PoolKind::L2] {
        for ceil in [false, true] {
            for (h, w) in [(8, 8), (7, 9), (2, 3)] {
                let op = PoolOp { kind, factor: 1.5, ceil };
                let buffers = Buffers::default();
                let own = own((3, h, w), |x| op.forward(x, &buffers), |g, kept| op.backward(g, kept, &buffers));
                let stock = stock(|_| true, (3, h, w), |x| stock::pool(x, op));
                assert!(deviation(&own.0, &stock.0) < 1e-6, "{kind:?} {ceil} {h}x{w}: value");
                assert!(deviation(&own.1, &stock.1) < 1e-5, "{kind:?} {ceil} {h}x{w}: gradient");
            }
        }
    }
}

#[test]
fn sums_of_a_window_equal_the_stock_ones() {
    // One block of positions and several, channels within a side and beyond one, whole maps and parts.
    let cases = [
        (3, (1, 1), Window::whole(1, 1)),
        (5, (70, 61), Window::whole(70, 61)),
        (130, (9, 7), Window { top: 2, left: 1, height: 6, width: 5 }),
        (257, (65, 64), Window { top: 0, left: 3, height: 65, width: 61 }),
        (64, (96, 80), Window { top: 1, left: 0, height: 90, width: 80 }),
        // More than are turned at a time.
        (64, (150, 120), Window::whole(150, 120)),
    ];
    for ((c, (h, w), window), level) in
        cases.into_iter().flat_map(|case| Level::available().into_iter().map(move |l| (case, l)))
    {
        let x = map(&noise(c * h * w, 1), c, h, w);
        let sums = ops::moments(&x, window, level).into_iter().map(|sum| sum as f32).collect();
        let mut gradient = Map::zeros(c, h, w, &Buffers::default());
        ops::add_moments_gradient(&x, window, &noise(c * (c + 1), 2), &mut gradient, level);
        let own: (Vec<f32>, _) = (sums, gradient.values.to_vec());
        let stock = stock(|_| true, (c, h, w), |x| stock::sums(cut(x, window)));
        let (value, slope) = (deviation(&own.0, &stock.0), deviation(&own.1, &stock.1));
        // Sums of up to 18000 products in f32, in different orders; ours are of 2048 at most.
        assert!(value < 1e-5, "{c} {h}x{w} {level:?}: value {value}");
        assert!(slope < 1e-5, "{c} {h}x{w} {level:?}: gradient {slope}");
    }
}

#[test]
fn differences_in_a_window_equal_the_stock_ones() {
    let (c, h, w) = (5, 9, 7);
    let window = Window { top: 2, left: 1, height: 6, width: 5 };
    let target = noise(c * window.positions(), 7);
    let (x, p) = (map(&noise(c * h * w, 1), c, h, w), map(&target, c, 6, 5));
    let mut gradient = Map::zeros(c, h, w, &Buffers::default());
    ops::add_difference_gradient(&x, window, &p, &noise(2, 2), &mut gradient);
    let sums = ops::differences(&x, window, &p).into_iter().map(|sum| sum as f32).collect();
    let own: (Vec<f32>, _) = (sums, gradient.values.to_vec());
    let stock = stock(
        |_| true,
        (c, h, w),
        |x| {
            let target = Tensor::<4>::from_data(TensorData::new(target.clone(), [1, c, 6, 5]), &x.device());
            let difference = cut(x, window) - target;
            Tensor::cat(vec![(difference.clone() * difference.clone()).sum(), difference.abs().sum()], 0)
        },
    );
    assert!(deviation(&own.0, &stock.0) < 1e-6 && deviation(&own.1, &stock.1) < 1e-6);
}

fn cut(x: Tensor<4>, window: Window) -> Tensor<4> {
    x.narrow(2, window.top, window.height).narrow(3, window.left, window.width)
}

#[test]
fn an_empty_window_of_the_root_pooling_has_a_finite_gradient() {
    let op = PoolOp { kind: PoolKind::L2, factor: 0.78, ceil: false };
    let buffers = Buffers::default();
    let (_, kept) = op.forward(&Arc::new(map(&[0.0; 4], 1, 2, 2)), &buffers);
    let gradient = op.backward(&map(&[1.0], 1, 1, 1), &kept, &buffers);
    assert_eq!(gradient.values[..], [0.0; 4]);
}

#[test]
fn a_nan_stays_visible() {
    let buffers = Buffers::default();
    let y = layer(3, 2).forward(&map(&[f32::NAN; 27], 3, 3, 3), Border::Zero, true, None, &buffers);
    let (y, _) = PoolOp { kind: PoolKind::Max, factor: 1.0, ceil: false }.forward(&Arc::new(y), &buffers);
    assert!(y.values.iter().all(|v| v.is_nan()));
}

#[test]
fn threads_do_not_change_the_bytes() {
    // In blocks of tiles, as a whole, and in either way, as there are threads.
    for (layer, size) in [(layer(64, 130), (33, 47)), (layer(150, 140), (9, 23)), (layer(150, 140), (48, 49))] {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
            pool.install(|| own_conv(&layer, size, Border::Zero, true))
        };
        assert_eq!(with(1), with(4));
    }
}
