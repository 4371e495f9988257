//! The committed presets: complete, valid, and as the programs they are named after.

use scumble::params::{
    ContentLoss, GramNorm, Init, NeuralParams, OptimizerKind, PixelSpace, Reduction, SizeRule, StyleKind, TvLoss,
};
use scumble::{Fault, Method, Recipe, fields, presets};

fn neural(name: &str) -> NeuralParams {
    Recipe::builder().preset(name).unwrap().build().unwrap().parameters.into_neural().unwrap()
}

#[test]
fn every_preset_is_valid_and_says_every_required_parameter() {
    for method in Method::ALL {
        assert_eq!(presets::names(method)[0], method.default_preset());
        for name in presets::names(method) {
            let description = presets::description(name).unwrap();
            assert!(description.ends_with('.') && !description.contains('\n'), "{name}: {description}");
            let recipe = Recipe::builder_for(method).preset(name).unwrap().build();
            assert_eq!(recipe.unwrap_or_else(|e| panic!("{name}: {e}")).method(), method);
            let given = presets::parameters(name).unwrap();
            let fields = fields(method);
            for field in fields.iter().filter(|f| !f.optional) {
                assert!(given.contains_key(&field.name), "{name} lacks {}", field.name);
            }
            for parameter in given.keys() {
                assert!(fields.iter().any(|f| f.name == *parameter), "{name} has an unknown {parameter}");
            }
        }
    }
}

#[test]
fn a_preset_that_extends_another_differs_only_where_it_says() {
    let (base, draft) = (presets::parameters("quality").unwrap(), presets::parameters("draft").unwrap());
    let text: toml::Table = toml::from_str(presets::text("draft").unwrap()).unwrap();
    let said = text["neural"].as_table().unwrap();
    for field in fields(Method::Neural) {
        if !said.contains_key(&field.name) {
            assert_eq!(base.get(&field.name), draft.get(&field.name), "{}", field.name);
        }
    }
    assert!(said.keys().any(|name| base[name] != draft[name]));
}

/// jcjohnson/neural-style and ProGamerGov/neural-style-pt, by their sources' default flags.
#[test]
fn neural_style_presets_are_the_programs_defaults() {
    let lua = neural("neural-style");
    assert_eq!((lua.size, lua.size_rule, lua.iterations, lua.init), (512, SizeRule::Long, 1000, Init::Random));
    assert_eq!((lua.content_weight, lua.style_weight, lua.tv_weight), (5.0, 100.0, 1e-3));
    assert_eq!((lua.optimizer, lua.learning_rate, lua.lbfgs_history), (OptimizerKind::Lbfgs, 1.0, 100));
    assert_eq!((lua.pixels, lua.tv_loss), (PixelSpace::Caffe256, TvLoss::HalfSquares));
    assert!(lua.min_size > lua.size, "a single scale");
    let term = &lua.style_terms[0];
    assert_eq!(
        (term.kind, term.gram_norm, term.reduction, term.factor),
        (StyleKind::Gram, GramNorm::Elements, Reduction::Mean, 1.0)
    );
    let layers: Vec<_> = term.layers.iter().map(ToString::to_string).collect();
    assert_eq!(layers, ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"]);

    let pt = neural("neural-style-pt");
    assert_eq!((pt.pixels, pt.tv_loss), (PixelSpace::Caffe255, TvLoss::AbsoluteSum));
    assert_eq!(NeuralParams { pixels: lua.pixels, tv_loss: lua.tv_loss, rounding: lua.rounding, ..pt }, lua);
}

/// Gatys' code: 1e3/N² on the mean over N² of (G/M - A/M)², content 1, no total variation.
#[test]
fn gatys_is_fifty_times_stronger_in_style_than_neural_style() {
    let (gatys, lua) = (neural("gatys2016"), neural("neural-style"));
    assert_eq!(
        (gatys.size_rule, gatys.init, gatys.iterations, gatys.tv_weight),
        (SizeRule::Short, Init::Content, 500, 0.0)
    );
    assert_eq!(gatys.style_terms, lua.style_terms);
    assert_eq!(gatys.style_weight / gatys.content_weight, 50.0 * lua.style_weight / lua.content_weight);
}

/// crowsonkb/style-transfer-pytorch, by its sources' defaults.
#[test]
fn crowsonkb_presets_are_the_programs_defaults() {
    let p = neural("crowsonkb");
    assert_eq!((p.size, p.min_size, p.initial_iterations, p.iterations), (512, 128, Some(1000), 500));
    assert_eq!((p.content_weight, p.tv_weight, p.learning_rate, p.avg_decay), (0.015, 2.0, 0.02, 0.99));
    assert_eq!((p.beta1, p.beta2, p.lbfgs_history, p.upscale_style), (0.9, 0.99, 10, false));
    assert_eq!((p.optimizer, p.pixels, p.init), (OptimizerKind::Adam, PixelSpace::Unit, Init::Content));
    assert_eq!(p.taper_from, None, "all scales get the same");
    let term = &p.style_terms[0];
    let weights: Vec<f64> = term.layers.iter().map(|l| l.weight * term.factor).collect();
    let sum: f64 = weights.iter().sum();
    assert!((sum - 1.0).abs() < 1e-12, "layer weights are normalised: {sum}");
    assert_eq!(term.kind, StyleKind::Wasserstein);

    let old = neural("crowsonkb-2021");
    assert_eq!((old.content_loss, old.tv_loss, old.beta2), (ContentLoss::ScaledMse, TvLoss::MeanSquares, 0.999));
    assert_eq!((old.style_terms[0].kind, old.style_terms[0].reduction), (StyleKind::Gram, Reduction::Scaled));
}

#[test]
fn the_texture_preset_needs_no_content_and_wraps_around() {
    let p = neural("texture");
    assert_eq!(p.content_weight, 0.0);
    assert!(!matches!(p.init, Init::Content | Init::Image));
    assert_eq!(serde_json::to_value(p.padding).unwrap(), "circular");
}

#[test]
fn unknown_presets_are_refused() {
    let error = presets::parameters("qualty").unwrap_err();
    assert_eq!((error.fault(), error.to_string().as_str()), (Fault::Parameter, "unknown preset 'qualty'"));
    assert_eq!(error.hint_text(), Some("did you mean 'quality'?"));
    let hint = presets::text("monet").unwrap_err().hint_text().unwrap().to_owned();
    assert!(hint.starts_with("presets are quality, draft, "), "{hint}");
}
