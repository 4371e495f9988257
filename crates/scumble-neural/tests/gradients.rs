//! Every loss's gradient against central differences, in f64.

use scumble_neural::losses::{self, StyleTarget};
use scumble_neural::params::{ContentLoss, GramNorm, LayerWeight, Reduction, StyleKind, StyleTerm, TvLoss};
use scumble_nn::Device;
use scumble_nn::tensor::{DType, Tensor, TensorData};

/// Smooth, irregular values; the offset makes means differ from zero.
fn values(n: usize, seed: f64) -> Vec<f64> {
    (0..n).map(|i| ((i as f64 + 1.0) * 0.7391 + seed).sin() + 0.3 * ((i * i) as f64 * 0.113 + seed).cos()).collect()
}

fn tensor(values: &[f64], shape: [usize; 4]) -> Tensor<4> {
    Tensor::from_data(TensorData::new(values.to_vec(), shape), (Device::cpu().tensors(), DType::F64))
}

fn value(loss: &Tensor<1>) -> f64 {
    loss.clone().into_data().try_to_vec::<f64>().expect("f64")[0]
}

/// Compares the gradient of `loss` at `x` with central differences at every coordinate.
fn check(name: &str, x: &[f64], shape: [usize; 4], loss: impl Fn(Tensor<4>) -> Tensor<1>) {
    let leaf = tensor(x, shape).require_grad();
    let grads = loss(leaf.clone()).backward();
    let gradient = leaf.grad(&grads).expect("tracked").into_data().try_to_vec::<f64>().expect("f64");
    let largest = gradient.iter().fold(0.0f64, |m, g| m.max(g.abs()));
    assert!(largest > 0.0, "{name}: the gradient is zero everywhere");
    // The truncation error of central differences at this step is about 1e-8 of the values here.
    let h = 1e-4;
    for i in 0..x.len() {
        let at = |delta: f64| {
            let mut moved = x.to_vec();
            moved[i] += delta;
            value(&loss(tensor(&moved, shape)))
        };
        let numeric = (at(h) - at(-h)) / (2.0 * h);
        let error = (numeric - gradient[i]).abs() / largest;
        assert!(error < 1e-5, "{name}[{i}]: {} against {numeric}", gradient[i]);
    }
}

const SHAPE: [usize; 4] = [1, 4, 5, 6];

#[test]
fn content_losses() {
    let (x, target) = (values(120, 0.1), values(120, 2.0));
    for form in [ContentLoss::Mse, ContentLoss::HalfSum, ContentLoss::ScaledMse] {
        check(&format!("{form:?}"), &x, SHAPE, |f| losses::content(f, tensor(&target, SHAPE), form));
    }
}

#[test]
fn total_variations() {
    for form in [TvLoss::NinePoint, TvLoss::MeanSquares, TvLoss::AbsoluteSum, TvLoss::HalfSquares] {
        let shape = [1, 3, 5, 6];
        check(&format!("{form:?}"), &values(90, 0.1), shape, |x| losses::total_variation(x, form));
    }
}

fn term(kind: StyleKind, gram_norm: GramNorm, reduction: Reduction) -> StyleTerm {
    let layers = vec![LayerWeight { layer: "relu1_1".into(), weight: 1.0 }];
    StyleTerm { kind, layers, gram_norm, reduction, factor: 1.0 }
}

#[test]
fn style_losses() {
    let mut terms = vec![
        term(StyleKind::Wasserstein, GramNorm::Positions, Reduction::Mean),
        term(StyleKind::MeanStd, GramNorm::Positions, Reduction::Mean),
    ];
    for norm in [GramNorm::Positions, GramNorm::Elements, GramNorm::None] {
        for reduction in [Reduction::Mean, Reduction::Sum, Reduction::Scaled] {
            terms.push(term(StyleKind::Gram, norm, reduction));
        }
    }
    for term in terms {
        let styles =
            vec![(0.7, tensor(&values(4 * 21, 5.0), [1, 4, 3, 7])), (0.3, tensor(&values(4 * 16, 7.0), [1, 4, 4, 4]))];
        let target = StyleTarget::new(&term, styles);
        check(&format!("{term:?}"), &values(120, 0.1), SHAPE, |f| target.loss(f));
    }
}
