//! The encoder's kernels one by one, at sizes they have in VGG-19 at 256×256 pixels: `cargo bench -p scumble-nn`.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use scumble_nn::kernel::{Buffers, Level, product};
use scumble_nn::ops::{self, Bits, Border, FrozenConv, Map, PoolKind, PoolOp, Window};

/// Input and output channels and side of maps of each kind: few channels, wide, and small with many channels.
const LAYERS: [(usize, usize, usize); 4] = [(3, 64, 256), (64, 64, 256), (256, 256, 64), (512, 512, 32)];

fn values(n: usize) -> Vec<f32> {
    (0..n).map(|i| ((i * 7919) % 1013) as f32 / 1013.0 - 0.5).collect()
}

fn map(channels: usize, side: usize, buffers: &Buffers) -> Map {
    Map::of(&values(channels * side * side), channels, side, side, buffers)
}

/// Convolution, bias and ReLU, and the gradient for the input, with every instruction set this machine has. Elements are
/// multiplications and additions of the direct form.
fn convolutions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("convolution");
    for (inputs, outputs, side) in LAYERS {
        group.throughput(Throughput::Elements(2 * (9 * inputs * outputs * side * side) as u64));
        for level in Level::available() {
            let buffers = Buffers::default();
            let layer = FrozenConv::new(inputs, outputs, values(9 * inputs * outputs), values(outputs), level);
            let (x, gradient) = (map(inputs, side, &buffers), map(outputs, side, &buffers));
            let mut bits = Bits::new(outputs, side, side);
            let name = format!("{inputs}→{outputs} {side}² {}", level.name());
            group.bench_function(format!("forward {name}"), |b| {
                b.iter(|| layer.forward(black_box(&x), Border::Zero, true, Some(&mut bits), &buffers));
            });
            group.bench_function(format!("backward {name}"), |b| {
                b.iter(|| layer.backward(black_box(&gradient), Border::Zero, Some(&bits), &buffers));
            });
        }
    }
}

fn pooling(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pooling");
    let buffers = Buffers::default();
    let x = Arc::new(map(64, 256, &buffers));
    group.throughput(Throughput::Elements((64 * 256 * 256) as u64));
    for kind in [PoolKind::Max, PoolKind::Mean] {
        let pool = PoolOp { kind, factor: 1.0, ceil: false };
        let (pooled, kept) = pool.forward(&x, &buffers);
        group.bench_function(format!("forward {kind:?}"), |b| b.iter(|| pool.forward(black_box(&x), &buffers)));
        group.bench_function(format!("backward {kind:?}"), |b| {
            b.iter(|| pool.backward(black_box(&pooled), &kept, &buffers));
        });
    }
}

/// Sums of products of features, the gradient through them, and the products of matrices in the Wasserstein loss.
fn sums(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sums");
    for (channels, side) in [(64, 256), (256, 64), (512, 32), (512, 16)] {
        let buffers = Buffers::default();
        let x = map(channels, side, &buffers);
        let mut gradient = Map::zeros(channels, side, side, &buffers);
        let (window, slopes) = (Window::whole(side, side), values(channels * (channels + 1)));
        group.throughput(Throughput::Elements(2 * (channels * channels * side * side) as u64));
        group.bench_function(format!("moments {channels} {side}²"), |b| {
            b.iter(|| ops::moments(black_box(&x), window, Level::best()))
        });
        group.bench_function(format!("their gradient {channels} {side}²"), |b| {
            b.iter(|| ops::add_moments_gradient(black_box(&x), window, &slopes, &mut gradient, Level::best()));
        });
    }
    let matrix = values(512 * 512);
    group.throughput(Throughput::Elements(2 * 512u64.pow(3)));
    group.bench_function("product 512²", |b| b.iter(|| product(black_box(&matrix), &matrix, 512)));
}

criterion_group!(kernels, convolutions, pooling, sums);
criterion_main!(kernels);
