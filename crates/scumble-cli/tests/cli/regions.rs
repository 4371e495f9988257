//! `scumble regions`: pictures, vectors and masks of regions; bad input.

use crate::harness::{Place, refusals};

const SMALL: [&str; 4] = ["regions", "photo.png", "--work-px=64", "--quiet"];

#[test]
fn every_preset_makes_a_picture_and_vectors() {
    let place = Place::new();
    let names = place.presets("regions");
    assert!(names.len() >= 7, "{names:?}");
    for name in &names {
        place.done(&[&SMALL[..], &["--preset", name, "--count=30", "--also=out.svg", "--also=out.json"]].concat());
        assert_eq!(image::image_dimensions(place.path("out.png")).unwrap(), (64, 48), "{name}");
        assert!(place.read("out.svg").starts_with(b"<svg"), "{name}");
        let painting: serde_json::Value = serde_json::from_slice(&place.read("out.json")).unwrap();
        assert_eq!(painting["preset"], *name);
        place.done(&["repeat", "out.png", "-o", "again.png", "--quiet"]);
        assert!(place.read("out.png") == place.read("again.png"), "{name} is not repeated");
    }
}

#[test]
fn a_styles_colours_and_rules_are_taken() {
    let place = Place::new();
    place.done(&[&SMALL[..], &["--count=8", "-o", "own.png"]].concat());
    place.done(&[&SMALL[..], &["painting.png", "--count=8", "-o", "styled.png"]].concat());
    assert!(place.read("own.png") != place.read("styled.png"));
    let rules = r#"--rules=[{"when": {"y": "0.5.."}, "fill": "strokes:watercolour"}]"#;
    place.done(&[&SMALL[..], &["--count=8", "--shapes=", rules, "-o", "ruled.json"]].concat());
    let painting: serde_json::Value = serde_json::from_slice(&place.read("ruled.json")).unwrap();
    let layers = painting["layers"].as_array().unwrap();
    assert!(layers.iter().any(|layer| layer["name"].as_str().unwrap().starts_with("watercolour")), "{layers:?}");
}

#[test]
fn your_own_regions_are_kept_and_written_as_masks() {
    let place = Place::new();
    place.picture("labels.png", 64, 48, |x, _| if x < 20 { [255, 0, 0] } else { [0, 0, 255] });
    let arguments = ["--labels=labels.png", "--shapes=", "--masks=masks", "--count=9", "-o", "out.png"];
    place.done(&[&SMALL[..], &arguments].concat());
    let mask = image::open(place.path("masks/001.png")).unwrap();
    assert_eq!(mask.color(), image::ColorType::L8);
    let mask = mask.to_luma8();
    assert_eq!(mask.dimensions(), (64, 48));
    assert!(mask[(60, 20)].0[0] > 200 && mask[(2, 20)].0[0] < 50, "the larger region first");
    assert!(place.path("masks/002.png").exists() && !place.path("masks/003.png").exists());
    place.done(&["repeat", "out.png", "-o", "again.png", "--quiet"]);
    assert!(place.read("out.png") == place.read("again.png"));
}

#[test]
fn shapes_of_your_own_are_taken() {
    let place = Place::new();
    place.write("arrow.svg", r#"<svg><path d="M0 4 L6 4 L6 0 L12 6 L6 12 L6 8 L0 8 Z"/></svg>"#);
    place.done(&[&SMALL[..], &["--shape-file=arrow.svg", "--count=5", "--behind=0", "-o", "out.json"]].concat());
    let painting: serde_json::Value = serde_json::from_slice(&place.read("out.json")).unwrap();
    let strokes = painting["strokes"].as_array().unwrap();
    let corners = |stroke: &serde_json::Value| stroke["geometry"]["polygon"]["points"].as_array().map_or(0, Vec::len);
    assert!(!strokes.is_empty() && strokes.iter().all(|stroke| corners(stroke) == 7), "{painting}");
}

/// More clusters than colours, and parts of one pixel, are no trouble.
#[test]
fn fewer_colours_than_clusters() {
    let place = Place::new();
    place.picture("dots.png", 40, 30, |x, y| [if x % 9 == 4 && y % 7 == 3 { 255 } else { 0 }; 3]);
    let clusters = ["--segment=kmeans", "--clusters=40", "--shapes=", "--min-area=0", "--count=20000", "--quiet"];
    place.done(&[&["regions", "dots.png", "-o", "out.png"], &clusters[..]].concat());
    let out = image::open(place.path("out.png")).unwrap().to_luma8();
    assert!(out[(4, 3)].0[0] > out[(20, 15)].0[0]);
}

#[test]
fn a_palette_is_all_there_is() {
    let place = Place::new();
    for shapes in ["--shapes=", "--shapes=ellipse"] {
        let palette = ["--palette=#ff0000,#0000ff", "--background=#ff0000", "--count=12", "-o", "out.json"];
        place.done(&[&SMALL[..], &palette, &[shapes]].concat());
        let painting: serde_json::Value = serde_json::from_slice(&place.read("out.json")).unwrap();
        let strokes = painting["strokes"].as_array().unwrap();
        let known = |colour: &serde_json::Value| {
            *colour == serde_json::json!([1.0, 0.0, 0.0]) || *colour == serde_json::json!([0.0, 0.0, 1.0])
        };
        assert!(strokes.len() >= 6 && strokes.iter().all(|stroke| known(&stroke["colour"])), "{shapes}");
    }
}

#[test]
fn layers_are_written_with_transparency() {
    let place = Place::new();
    place.done(&[&SMALL[..], &["--count=12", "--layers=layers"]].concat());
    let names: Vec<_> = place.files().into_iter().filter(|path| path.parent().unwrap().ends_with("layers")).collect();
    assert!(names.len() >= 2, "{names:?}");
    assert!(names.iter().all(|path| image::open(path).unwrap().color().has_alpha()));
}

/// Picks make shapes at once, and are remembered; twenty of them decide for others.
#[test]
fn shapes_are_learned_from_picks() {
    let place = Place::new();
    // Four grey squares on white.
    let square = |v: u32, side: u32| (side / 8..3 * side / 8).contains(&v) || (5 * side / 8..7 * side / 8).contains(&v);
    place.picture("squares.png", 96, 96, |x, y| [if square(x, 96) && square(y, 96) { 60 } else { 250 }; 3]);
    let own =
        ["regions", "squares.png", "--labels=squares.png", "--shapes=square,circle", "--behind=0", "--round=false"];
    let kinds = |name: &str| -> Vec<String> {
        let painting: serde_json::Value = serde_json::from_slice(&place.read(name)).unwrap();
        let strokes = painting["strokes"].as_array().unwrap();
        strokes.iter().map(|stroke| stroke["geometry"].as_object().unwrap().keys().next().unwrap().clone()).collect()
    };
    let count = |names: &[String], name: &str| names.iter().filter(|kind| *kind == name).count();
    place.done(&[&own[..], &["-o", "plain.json", "--quiet"]].concat());
    let before = kinds("plain.json");
    let pick = |place: &Place, own: &[&str], out: &str| {
        let pick = ["--pick=circle@24:24", "--learned=learned.json", "-o", out, "--quiet"];
        place.done(&[own, &pick].concat());
    };
    pick(&place, &own, "picked.json");
    assert_eq!(count(&kinds("picked.json"), "ellipse"), count(&before, "ellipse") + 1);
    // The same pick again teaches nothing; those of other regions do.
    for i in 0..20 {
        let name = format!("taller-{i}.png");
        place.picture(&name, 96, 96, |x, y| {
            [if (12..36).contains(&x) && (12..37 + i).contains(&y) { 60 } else { 250 }; 3]
        });
        let labels = format!("--labels={name}");
        let taller = ["regions", &name, &labels, "--shapes=square,circle", "--behind=0", "--round=false"];
        pick(&place, &taller, "taller.json");
        pick(&place, &taller, "taller.json");
    }
    let learned: serde_json::Value = serde_json::from_slice(&place.read("learned.json")).unwrap();
    assert_eq!(learned["picks"].as_array().unwrap().len(), 21);
    place.done(&[&own[..], &["--learned=learned.json", "-o", "learned-out.json", "--quiet"]].concat());
    assert_eq!(count(&kinds("learned-out.json"), "ellipse"), count(&before, "ellipse") + 4);
}

/// Picks of several flags and of one list are all kept.
#[test]
fn picks_add_up() {
    let place = Place::new();
    let picks = ["--pick=circle@2:3", "--picks", "square@60:3,star@30:40", "--pick=circle@9:40"];
    let ended = place.done(&[&["regions", "photo.png", "--dump-recipe"], &picks[..]].concat());
    let recipe: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
    let expected = serde_json::json!(["circle@2:3", "square@60:3", "star@30:40", "circle@9:40"]);
    assert_eq!(recipe["regions"]["picks"], expected);
}

/// With a transparent picture, and labels of another size.
fn odd() -> Place {
    let place = Place::new();
    place.picture("wide.png", 65, 48, |_, _| [0; 3]);
    image::RgbaImage::new(30, 20).save(place.path("clear.png")).unwrap();
    place.write("empty.svg", "<svg/>");
    place.write("mask.toml", "preset = \"poster\"\nmask = \"wide.png\"");
    place
}

refusals! {
    "regions" in odd();
    less_than_no_regions: ["photo.png", "--count=-3"];
    mask_of_another_method: ["photo.png", "--recipe=mask.toml"];
    pick_that_is_none: ["photo.png", "--pick=circle"];
    pick_beyond_the_picture: ["photo.png", "--pick=circle@64:10"];
    learned_from_nothing: ["photo.png", "--learned=missing.json"];
    learned_from_a_picture: ["photo.png", "--learned=photo.png"];
    shape_of_a_file_without: ["photo.png", "--shape-file=empty.svg"];
    learned_from_something_else: ["photo.png", "--learned=mask.toml"];
    pick_of_a_mesh: ["photo.png", "--preset=low-poly", "--pick=circle@6:10"];
    no_regions: ["photo.png", "--count=0"];
    too_many_clusters: ["photo.png", "--segment=kmeans", "--clusters=1000"];
    nothing_to_be_seen: ["clear.png"];
    labels_of_another_size: ["photo.png", "--labels=wide.png"];
    no_picture: ["--preset=poster"];
    unknown_fill: ["photo.png", "--fill=wool"];
    unknown_preset_of_strokes: ["photo.png", "--fill=strokes:monet"];
    texture_of_no_style: ["photo.png", "--fill=texture:style"];
    unknown_shape: ["photo.png", "--shape=blob"];
    rule_that_says_nothing: ["photo.png", r#"--rules=[{"when": {}, "fill": "keep"}]"#];
    range_that_is_none: ["photo.png", r#"--rules=[{"when": {"area": "big"}, "fill": "keep"}]"#];
    transparent_picture_of_a_mesh: ["clear.png", "--preset=low-poly"];
    labels_of_a_mesh: ["photo.png", "--preset=low-poly", "--labels=photo.png"];
    rules_of_a_mesh: ["photo.png", "--preset=mosaic", "--fill=strokes:oil"];
    outlines_of_shapes: ["photo.png", "--outline=3"];
    clusters_of_superpixels: ["photo.png", "--preset=poster", "--clusters=8"];
    segmentation_of_a_mesh: ["photo.png", "--preset=low-poly", "--segment=slic"];
    shapes_behind_none: ["photo.png", "--preset=poster", "--behind=9"];
    segmentation_beside_labels: ["photo.png", "--preset=poster", "--labels=photo.png", "--segment=slic"];
    least_area_beside_labels: ["photo.png", "--preset=poster", "--labels=photo.png", "--min-area=9"];
    masks_of_a_mesh: ["photo.png", "--preset=low-poly", "--masks=masks"];
    preset_of_another_method: ["photo.png", "--preset=oil"];
    unwritable_target: ["photo.png", "-o", "missing/out.svg"];
}
