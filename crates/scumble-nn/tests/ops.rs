//! The own CPU operations against burn's stock ones: values and gradients.

use scumble_nn::Device;
use scumble_nn::ops::{self, Border, FrozenConv, PoolKind, PoolOp, Route};
use scumble_nn::tensor::{Tensor, TensorData};

/// Deterministic values around zero, with exact zeros among them as after a ReLU.
fn noise(n: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    (0..n)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let value = state as f32 / u32::MAX as f32 * 2.0 - 1.0;
            if value.abs() < 0.05 { 0.0 } else { value }
        })
        .collect()
}

fn layer(ci: usize, co: usize) -> FrozenConv {
    FrozenConv::new(ci, co, noise(ci * co * 9, 3), noise(co, 5))
}

/// Output and input gradient of `operation` under a fixed non-uniform weighting of the output.
fn run(c: usize, h: usize, w: usize, operation: impl Fn(Tensor<4>) -> Tensor<4>) -> (Vec<f32>, Vec<f32>) {
    let device = Device::cpu();
    let x = Tensor::<4>::from_data(TensorData::new(noise(c * h * w, 1), [1, c, h, w]), device.tensors()).require_grad();
    let y = operation(x.clone());
    let weights =
        Tensor::<4>::from_data(TensorData::new(noise(y.shape().num_elements(), 2), y.dims()), device.tensors());
    let grads = (y.clone() * weights).sum().backward();
    let gradient = x.grad(&grads).expect("the input is tracked");
    (y.into_data().try_to_vec().expect("f32"), gradient.into_data().try_to_vec().expect("f32"))
}

/// Largest difference relative to the largest value.
fn deviation(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let largest = b.iter().fold(0.0f32, |m, v| m.max(v.abs()));
    a.iter().zip(b).fold(0.0f32, |m, (a, b)| m.max((a - b).abs())) / largest
}

#[test]
fn convolution_equals_the_stock_one_in_every_border_mode() {
    // Odd and even sides, one position, more than one block of positions, both channel splits.
    for (ci, co, h, w) in [(3, 8, 7, 9), (5, 4, 1, 1), (4, 6, 2, 3), (16, 130, 20, 17), (2, 3, 40, 41)] {
        let layer = layer(ci, co);
        for border in Border::ALL {
            for relu in [true, false] {
                let own = run(ci, h, w, |x| ops::conv(x, &layer, border, relu, Route::Own));
                let stock = run(ci, h, w, |x| ops::conv(x, &layer, border, relu, Route::Stock));
                // Both sum at most 9*16 products in f32, in different orders.
                let case = format!("{ci}->{co} {h}x{w} {border:?} relu {relu}");
                assert!(deviation(&own.0, &stock.0) < 1e-5, "{case}: value");
                assert!(deviation(&own.1, &stock.1) < 1e-5, "{case}: gradient");
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
                let own = run(3, h, w, |x| ops::pool(x, op, Route::Own));
                let stock = run(3, h, w, |x| ops::pool(x, op, Route::Stock));
                assert!(deviation(&own.0, &stock.0) < 1e-6, "{kind:?} {ceil} {h}x{w}: value");
                assert!(deviation(&own.1, &stock.1) < 1e-5, "{kind:?} {ceil} {h}x{w}: gradient");
            }
        }
    }
}

#[test]
fn an_empty_window_of_the_root_pooling_has_a_finite_gradient() {
    let device = Device::cpu();
    let x = Tensor::<4>::zeros([1, 1, 2, 2], device.tensors()).require_grad();
    let op = PoolOp { kind: PoolKind::L2, factor: 0.78, ceil: false };
    let grads = ops::pool(x.clone(), op, Route::Own).sum().backward();
    let gradient: Vec<f32> = x.grad(&grads).expect("tracked").into_data().try_to_vec().expect("f32");
    assert_eq!(gradient, [0.0; 4]);
}

#[test]
fn a_nan_stays_visible() {
    let device = Device::cpu();
    let x = Tensor::<4>::from_data(TensorData::new(vec![f32::NAN; 27], [1, 3, 3, 3]), device.tensors());
    let y = ops::conv(x, &layer(3, 2), Border::Zero, true, Route::Own);
    let y = ops::pool(y, PoolOp { kind: PoolKind::Max, factor: 1.0, ceil: false }, Route::Own);
    assert!(y.into_data().try_to_vec::<f32>().expect("f32").iter().all(|v| v.is_nan()));
}

#[test]
fn threads_do_not_change_the_bytes() {
    let layer = layer(64, 130);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        pool.install(|| run(64, 33, 47, |x| ops::conv(x, &layer, Border::Zero, true, Route::Own)))
    };
    assert_eq!(with(1), with(4));
}
