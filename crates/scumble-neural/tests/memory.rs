//! Tiles and history that fit a budget.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_neural::{Inputs, NeuralParams, Optimisation, Style};
use scumble_nn::{Device, VggWeights};

const MIB: u64 = 1 << 20;

fn grey(width: usize, height: usize) -> Canvas {
    Canvas::new(width, height, vec![0.5; 3 * width * height]).expect("a canvas")
}

/// A run of one step at this size.
fn optimisation(optimizer: &str, size: u32) -> Optimisation {
    let mut params: serde_json::Value =
        serde_json::from_str(include_str!("data/tiling.json")).expect("the parameters of the test");
    params["size"] = size.into();
    params["min_size"] = size.into();
    params["iterations"] = 60.into();
    params["optimizer"] = optimizer.into();
    params["lbfgs_history"] = 100.into();
    prepared(&serde_json::from_value(params).expect("parameters"))
}

fn prepared(params: &NeuralParams) -> Optimisation {
    let inputs = Inputs {
        content: Some(grey(400, 300)),
        styles: vec![Style { canvas: grey(300, 300), weight: 1.0 }],
        init: None,
    };
    let weights = VggWeights::embedded().expect("embedded weights");
    Optimisation::prepare(params, inputs, &weights, &Device::cpu()).expect("prepared")
}

#[test]
fn what_fits_is_left_as_it_is() {
    let mut run = optimisation("adam", 1024);
    let before = run.params().clone();
    run.fit_memory(100 * MIB, 16 << 30).expect("plenty");
    assert_eq!(run.params(), &before);
    assert!(run.tiles_of_scales().iter().all(|tiles| tiles.iter().len() == 1));
}

#[test]
fn larger_pictures_are_cut_into_tiles_that_fit() {
    let whole = optimisation("adam", 3000).memory(0).expect("known on the processor");
    let mut run = optimisation("adam", 3000);
    let budget = whole / 2;
    run.fit_memory(0, budget).expect("fits in tiles");
    assert!(run.params().tile.is_some());
    assert!(run.tiles_of_scales().iter().any(|tiles| tiles.iter().len() > 1));
    let needed = run.memory(0).expect("known");
    assert!(needed <= budget, "{needed} of {budget}");
    assert!(2 * needed > budget, "no smaller tiles than needed: {needed} of {budget}");
}

#[test]
fn smaller_scales_stay_whole_as_long_as_they_fit() {
    let mut run = optimisation("adam", 3000);
    let mut params = run.params().clone();
    params.min_size = 700;
    run = prepared(&params);
    let budget = run.memory(0).expect("known") / 3;
    run.fit_memory(0, budget).expect("fits in tiles");
    let counts: Vec<usize> = run.tiles_of_scales().iter().map(|tiles| tiles.iter().len()).collect();
    // 750, 1061, 1500, 2121 and 3000 pixels; the last takes three times of what there is, a quarter of its pixels fit.
    assert!(counts[4] > 1 && counts[..3] == [1, 1, 1], "{counts:?}");
    assert!(run.memory(0).expect("known") <= budget);
    let side = run.params().tile.expect("tiles");
    assert!(side < 1500, "whole although larger than a tile of {side}");
    // What was chosen is recorded: without a budget it is done the same way.
    let again = prepared(run.params());
    assert_eq!(again.tiles_of_scales(), run.tiles_of_scales());
}

#[test]
fn lbfgs_forgets_rather_than_being_refused() {
    let mut run = optimisation("lbfgs", 1500);
    let whole = run.memory(0).expect("known");
    run.fit_memory(0, whole / 2).expect("fits with a shorter history");
    let history = run.params().lbfgs_history;
    assert!((5..100).contains(&history), "{history}");
}

#[test]
fn what_can_never_fit_is_refused_with_a_hint() {
    let mut run = optimisation("lbfgs", 3000);
    let error = run.fit_memory(50 * MIB, 200 * MIB).expect_err("too little");
    assert_eq!(error.fault(), Fault::Limit);
    assert!(error.to_string().contains("200 MiB"), "{error}");
    assert!(error.hint_text().is_some_and(|hint| hint.contains("--memory")));
}

#[test]
fn a_tile_that_was_asked_for_is_kept() {
    let mut run = optimisation("adam", 1024);
    let mut params = run.params().clone();
    params.tile = Some(320);
    run = prepared(&params);
    run.fit_memory(0, 16 << 30).expect("plenty");
    assert_eq!(run.params().tile, Some(320));
}
