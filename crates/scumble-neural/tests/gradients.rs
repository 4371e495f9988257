//! Every loss's gradient against central differences.

mod common;

use scumble_neural::losses::{self, Moments, StyleTarget};
use scumble_neural::params::{ContentLoss, GramNorm, LayerWeight, Reduction, StyleKind, StyleTerm, TvLoss};

/// Smooth, irregular values; the offset makes means differ from zero.
fn values(n: usize, seed: f64) -> Vec<f64> {
    (0..n).map(|i| ((i as f64 + 1.0) * 0.7391 + seed).sin() + 0.3 * ((i * i) as f64 * 0.113 + seed).cos()).collect()
}

/// Values from -1 to 1 without any pattern, whose covariance has no small eigenvalue.
fn noise(n: usize, seed: f64) -> Vec<f64> {
    (0..n).map(|i| ((i as f64 * 12.9898 + seed).sin() * 43758.5453).fract()).collect()
}

/// Compares a gradient at `x` with central differences of `loss`, by steps of `h`, at every coordinate.
fn compare(name: &str, x: &[f64], gradient: &[f64], (h, tolerance): (f64, f64), loss: impl Fn(&[f64]) -> f64) {
    let largest = gradient.iter().fold(0.0f64, |m, g| m.max(g.abs()));
    assert!(largest > 0.0, "{name}: the gradient is zero everywhere");
    for i in 0..x.len() {
        let at = |delta: f64| {
            let mut moved = x.to_vec();
            moved[i] += delta;
            loss(&moved)
        };
        let numeric = (at(h) - at(-h)) / (2.0 * h);
        let error = (numeric - gradient[i]).abs() / largest;
        assert!(error < tolerance, "{name}[{i}]: {} against {numeric}", gradient[i]);
    }
}

#[test]
fn content_losses() {
    let (x, target) = (values(120, 0.1), values(120, 2.0));
    for form in [ContentLoss::Mse, ContentLoss::HalfSum, ContentLoss::ScaledMse] {
        let (_, gradient) = common::content(&x, &target, form);
        compare(&format!("{form:?}"), &x, &gradient, (1e-4, 1e-5), |moved| common::content(moved, &target, form).0);
    }
}

#[test]
fn total_variations() {
    let single = |x: &[f64]| x.iter().map(|v| *v as f32).collect::<Vec<f32>>();
    for form in [TvLoss::NinePoint, TvLoss::MeanSquares, TvLoss::AbsoluteSum, TvLoss::HalfSquares] {
        let x = values(90, 0.1);
        let mut gradient = vec![0.0; 90];
        losses::total_variation(&single(&x), (6, 5), form, 1.0, &mut gradient);
        let gradient: Vec<f64> = gradient.into_iter().map(f64::from).collect();
        // The forms are piecewise linear or quadratic, of which central differences of any step are exact but for
        // rounding of values of about 1 to single precision; no two neighbours here are closer than two steps.
        compare(&format!("{form:?}"), &x, &gradient, (1e-3, 2e-4), |moved| {
            losses::total_variation(&single(moved), (6, 5), form, 1.0, &mut [0.0; 90])
        });
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
        let styles = [(0.7, 5.0), (0.3, 7.0)].map(|(weight, seed)| (weight, common::moments(&noise(4 * 21, seed), 4)));
        let target = StyleTarget::new(&term, &styles);
        let x = noise(120, 0.1);
        let (_, gradient) = common::style(&target, &x, 4);
        let name = format!("{term:?}");
        if term.kind == StyleKind::Wasserstein {
            // Its roots are of single precision, too coarse for differences: those are of the exact distance.
            let blend = Moments::blend(&styles);
            compare(&name, &x, &gradient, (1e-4, 1e-4), |moved| {
                losses::wasserstein_exact(&blend, &common::moments(moved, 4)).expect("finite")
            });
        } else {
            compare(&name, &x, &gradient, (1e-4, 1e-5), |moved| common::style(&target, moved, 4).0);
        }
    }
}
