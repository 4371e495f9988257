//! A picture in tiles against the whole: the same loss and the same gradient.

use scumble_neural::NeuralParams;

use std::path::Path;

use scumble_image::{Filter, Light, Limits, open, resize};
use scumble_neural::objective::NeuralObjective;
use scumble_neural::optim::{Evaluation, Objective};
use scumble_neural::params::{ContentLoss, NormalizeGradients, StyleKind};
use scumble_neural::tiling::Tiles;
use scumble_nn::{Device, Encoder, Padding, Pooling, VggWeights};

const SIZE: (usize, usize) = (331, 253);
const STYLE: (usize, usize) = (203, 219);

/// A sample as planes of this size.
fn picture(name: &str, (width, height): (usize, usize)) -> Vec<f32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name);
    let canvas = open(&path, &Limits::default()).expect("a sample").canvas;
    resize(&canvas, width, height, Filter::Bicubic, Light::Linear).expect("a size").to_planar()
}

/// Every kind of style loss, content in its form with two sums, and total variation.
fn params() -> NeuralParams {
    let text = include_str!("data/tiling.json");
    serde_json::from_str(text).expect("the parameters of the test")
}

fn evaluate(params: &NeuralParams, tiles: Tiles, style_tiles: Tiles) -> Evaluation {
    let weights = VggWeights::embedded().expect("embedded weights");
    let encoder = Encoder::new(&weights, params.padding, params.pooling, &Device::cpu());
    let style = picture("style/night-hills.jpg", STYLE);
    let content = picture("content/chelsea.jpg", SIZE);
    let mut objective =
        NeuralObjective::new(&encoder, params, tiles, Some(&content), &[(1.0, &style, style_tiles)]).expect("targets");
    objective.evaluate(&picture("content/astronaut.jpg", SIZE)).expect("finite")
}

/// Relative differences of loss and gradient.
fn difference(a: &Evaluation, b: &Evaluation) -> (f64, f64) {
    let largest = b.gradient.iter().fold(0.0f32, |m, g| m.max(g.abs()));
    let apart = a.gradient.iter().zip(&b.gradient).fold(0.0f32, |m, (a, b)| m.max((a - b).abs()));
    ((a.loss / b.loss - 1.0).abs(), f64::from(apart / largest))
}

#[test]
fn tiles_give_the_loss_and_the_gradient_of_the_whole() {
    let modes = [
        (Padding::ReplicateFirst, Pooling::Max, NormalizeGradients::Off, ContentLoss::Mse),
        (Padding::Reflect, Pooling::Average, NormalizeGradients::Layer, ContentLoss::ScaledMse),
        (Padding::Zero, Pooling::L2, NormalizeGradients::PtCompat, ContentLoss::HalfSum),
    ];
    for (padding, pooling, normalize_gradients, content_loss) in modes {
        let sums = NeuralParams { padding, pooling, normalize_gradients, content_loss, ..params() };
        let (gaussians, others): (Vec<_>, Vec<_>) =
            sums.style_terms.iter().cloned().partition(|term| term.kind == StyleKind::Wasserstein);
        for (name, style_terms) in [("others", others), ("gaussians", gaussians)] {
            let params = NeuralParams { style_terms, ..sums.clone() };
            let whole = evaluate(&params, Tiles::whole(SIZE), Tiles::whole(STYLE));
            // relu5_1 sees 70 pixels beyond a tile.
            let tiled = evaluate(&params, Tiles::new(SIZE, 128, 70, 16), Tiles::new(STYLE, 96, 70, 16));
            let (loss, gradient) = difference(&tiled, &whole);
            println!("{name} {padding:?} {pooling:?}: loss {loss:.1e}, gradient {gradient:.1e}");
            // Sums of thousands of positions in single precision are taken in another order.
            assert!(loss < 1e-5, "{name} {padding:?}: loss {loss:.1e}");
            // The slope of the Wasserstein distance divides by roots of eigenvalues that are hardly more than rounding of
            // the sums, whatever their order: its gradient is only the same for the most part.
            let tolerance = if name == "gaussians" { 2e-3 } else { 1e-5 };
            assert!(gradient < tolerance, "{name} {padding:?}: gradient {gradient:.1e}");
        }
    }
}

#[test]
fn every_tile_has_a_position_of_the_deepest_layer() {
    for length in 16..700 {
        for side in [64, 128, 256] {
            let tiles = Tiles::new((length, 16), side, 70, 16);
            let widths: Vec<usize> = tiles.iter().map(|tile| tile.inner.width).collect();
            assert_eq!(widths.iter().sum::<usize>(), length);
            assert!(widths.iter().all(|width| *width >= 16), "{length} by {side}: {widths:?}");
        }
    }
}

#[test]
fn a_margin_too_narrow_shows() {
    let params = params();
    let whole = evaluate(&params, Tiles::whole(SIZE), Tiles::whole(STYLE));
    let (_, gradient) = difference(&evaluate(&params, Tiles::new(SIZE, 128, 64, 16), Tiles::whole(STYLE)), &whole);
    assert!(gradient > 1e-4, "64 pixels should not do: {gradient:.1e}");
}

#[test]
fn threads_do_not_change_a_bit_of_a_tiled_evaluation() {
    let params = params();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        pool.install(|| evaluate(&params, Tiles::new(SIZE, 128, 70, 16), Tiles::whole(STYLE)))
    };
    assert!(with(1) == with(2));
}
