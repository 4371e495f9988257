//! The small commands.

use crate::harness::Place;

#[test]
fn comparing_a_picture_with_itself_finds_no_difference() {
    let place = Place::new();
    let found = place.done(&["compare", "photo.png", "photo.png", "--json"]).json();
    assert!(found["psnr"].is_null(), "infinite");
    assert_eq!((found["ssim"].as_f64(), found["content_distance"].as_f64()), (Some(1.0), Some(0.0)));
    // Of terms of a hundred thousand, after matrix roots.
    assert!(found["style_distance"].as_f64().unwrap() < 1e-6, "{found}");
    let text = place.done(&["compare", "photo.png", "painting.png"]);
    let names: Vec<&str> = text.text().lines().filter_map(|line| line.split("  ").next()).collect();
    assert_eq!(names, ["psnr", "ssim", "content distance", "style distance", "size"]);
}

#[test]
fn every_preset_is_listed_and_printed() {
    let place = Place::new();
    let list = place.done(&["presets"]);
    let (methods, presets): (Vec<&str>, Vec<&str>) = list.text().lines().partition(|line| line.ends_with(':'));
    assert_eq!(methods, ["neural:", "shapes:", "strokes:", "regions:", "texture:"]);
    let names: Vec<&str> = presets.iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names[0], "quality");
    for name in &names {
        let preset = place.done(&["presets", name]);
        assert!(preset.text().contains("description = "), "{name}");
    }
    assert_eq!(place.run(&["presets", "qualty"]).code, Some(2));
}

#[test]
fn doctor_finds_the_processor_and_the_built_in_weights() {
    let place = Place::new();
    let report = place.done(&["doctor", "--json"]).json();
    assert_eq!(report["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!((&report["devices"][0]["name"], &report["models"][0]["name"]), (&"cpu".into(), &"vgg19".into()));
    assert_eq!(report["problems"], serde_json::json!([]));
    let text = place.done(&["doctor"]);
    assert!(text.text().ends_with("problems   none\n"), "{}", text.text());
}

#[test]
fn the_schema_describes_recipes() {
    let schema = Place::new().done(&["schema"]).json();
    assert_eq!(schema["title"], "Recipe");
    assert!(schema["properties"]["neural"].is_object());
}

#[test]
fn completions_and_manual_pages_name_the_flags() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(place.done(&["completions", shell]).text().contains("content-weight"), "{shell}");
    }
    assert!(place.done(&["man"]).text().contains(".TH scumble 1"));
    assert!(place.done(&["man", "neural"]).text().contains("content\\-weight"));
    assert_eq!(place.run(&["man", "paint"]).code, Some(2));
}

#[test]
fn the_built_in_model_is_described() {
    let place = Place::new();
    let info = place.done(&["models", "info", "--json"]).json();
    assert_eq!((&info["name"], &info["deepest"]), (&"vgg19".into(), &"conv5_1".into()));
    assert!(place.done(&["models", "info"]).text().contains("file          built in\n"));
    assert_eq!(place.run(&["models", "path", "vgg19"]).code, Some(2));
    assert_eq!(place.run(&["models", "info", "vgg18"]).code, Some(1));
}

#[test]
fn help_is_complete_without_a_terminal() {
    let place = Place::new();
    let short = place.done(&["--help"]);
    assert!(short.text().contains("scumble neural photo.jpg painting.jpg"), "{}", short.text());
    let long = place.done(&["neural", "--help"]);
    for heading in ["Picture:", "Schedule:", "Network:", "Objective:", "Optimiser:", "Output:", "Running:", "Examples:"]
    {
        assert!(long.text().contains(heading), "{heading}\n{}", long.text());
    }
    assert!(!long.text().contains("Other parameters"), "every parameter has its group");
    assert!(place.done(&["neural-style", "-help"]).text().contains("-style_blend_weights LIST"));
    assert_eq!(place.run(&[]).code, Some(2));
}
