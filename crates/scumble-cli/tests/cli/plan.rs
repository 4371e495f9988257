//! `--plan` and `--memory`.

use crate::harness::{Place, SHORT};

#[test]
fn a_plan_tells_time_memory_and_tiles_and_makes_nothing() {
    let place = Place::new();
    let arguments = ["neural", "photo.png", "painting.png", "--size=512", "--min-size=256", "--plan"];
    let plan = place.done(&[&arguments[..], &["--tile=256", "--json"]].concat()).json();
    let stages = plan["plan"]["stages"].as_array().expect("stages");
    let tiles: Vec<_> = stages.iter().map(|stage| stage["tiles"].as_u64().expect("tiles")).collect();
    assert_eq!((tiles.first(), tiles.last()), (Some(&1), Some(&4)), "256 is one tile, 512×384 is four");
    assert!(plan["plan"]["seconds"].as_f64().is_some_and(|seconds| seconds > 0.0));
    assert!(plan["plan"]["memory"].as_u64().is_some_and(|bytes| bytes > 100 << 20));
    assert!(!place.path("out.png").exists());

    let text = place.done(&arguments);
    let heads: Vec<&str> = text.text().lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(heads, ["scale", "scale", "scale", "time", "memory"]);
    assert!(!text.stderr.contains("trying out"), "the first plan's trials are kept: {}", text.stderr);
}

#[test]
fn damaged_costs_are_found_out_again() {
    let place = Place::new();
    std::fs::create_dir_all(place.path("data/scumble")).unwrap();
    place.write("data/scumble/costs.json", "{ not json");
    let arguments = [&["neural", "photo.png", "painting.png", "--plan"], &SHORT[..]].concat();
    assert!(place.done(&arguments).stderr.contains("trying out"));
    assert!(!place.done(&arguments).stderr.contains("trying out"));
}

#[test]
fn a_tight_budget_is_met_with_tiles_that_are_told_and_recorded() {
    let place = Place::new();
    let run = ["neural", "photo.png", "painting.png", "--size=1400", "--min-size=1400", "--plan", "--json"];
    let plan = |memory: &str| place.done(&[&run[..], &[memory]].concat());
    let roomy = plan("--memory=8GiB");
    assert!(roomy.json()["recipe"]["neural"]["tile"].is_null());
    let tight = plan("--memory=1100MiB");
    assert!(tight.json()["recipe"]["neural"]["tile"].as_u64().is_some(), "{}", tight.stderr);
    assert!(tight.stderr.contains("tiles"), "{}", tight.stderr);
    assert!(tight.json()["plan"]["memory"].as_u64().is_some_and(|bytes| bytes <= 1100 << 20));
}

#[test]
fn tiles_change_a_picture_by_rounding_alone() {
    let place = Place::new();
    let run = ["neural", "photo.png", "painting.png", "--size=320", "--min-size=320", "--iterations=2"];
    let run = [&run[..], &["--initial-iterations=2"]].concat();
    place.done(&[&run[..], &["--output=whole.png"]].concat());
    place.done(&[&run[..], &["--output=tiled.png", "--tile=128"]].concat());
    let read = |name: &str| image::open(place.path(name)).expect("a picture").to_rgb8();
    let (whole, tiled) = (read("whole.png"), read("tiled.png"));
    let apart = |(a, b): (&u8, &u8)| a.abs_diff(*b);
    let differences: Vec<u8> = whole.as_raw().iter().zip(tiled.as_raw()).map(apart).collect();
    // Adam's first steps take a gradient's sign, so that a value near zero may go either way.
    let far = differences.iter().filter(|difference| **difference > 1).count();
    assert!(far * 1000 < differences.len(), "{far} of {} values differ", differences.len());
}
