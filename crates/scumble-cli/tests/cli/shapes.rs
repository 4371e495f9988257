//! `scumble shapes`: pictures, vectors and data of the same shapes; going on; bad input.

use std::process::Command;

use crate::harness::{Ended, Place, refusals};

const TWELVE: [&str; 4] = ["shapes", "photo.png", "--count=12", "--work-px=64"];

fn twelve(place: &Place, arguments: &[&str]) -> Ended {
    place.done(&[&TWELVE[..], arguments].concat())
}

#[test]
fn writes_a_picture_of_the_size_that_is_asked_for_and_says_how_near_it_is() {
    let place = Place::new();
    let ended = twelve(&place, &["--size=200", "--json"]);
    let found = ended.json();
    assert_eq!((&found["width"], &found["height"]), (&200.into(), &150.into()));
    assert!(found["loss"].as_f64().unwrap() < 0.02, "{found}");
    assert_eq!(image::open(place.path("out.png")).unwrap().width(), 200);
    assert!(ended.stderr.contains("12 shapes") && ended.stderr.contains(" dB"), "{}", ended.stderr);
}

#[test]
fn threads_change_nothing_and_the_seed_does() {
    let place = Place::new();
    twelve(&place, &["--threads=1", "-o", "one.png"]);
    twelve(&place, &["--threads=2", "-o", "two.png"]);
    twelve(&place, &["--seed=2", "-o", "other.png"]);
    assert_eq!(place.read("one.png"), place.read("two.png"));
    assert_ne!(place.read("one.png"), place.read("other.png"));
}

#[test]
fn vectors_and_data_come_with_the_picture() {
    let place = Place::new();
    twelve(&place, &["--also=out.svg", "--also=out.json"]);
    twelve(&place, &["-o", "alone.svg"]);
    assert_eq!(place.read("out.svg"), place.read("alone.svg"));
    let painting: serde_json::Value = serde_json::from_slice(&place.read("out.json")).unwrap();
    assert_eq!(painting["strokes"].as_array().unwrap().len(), 12);
    assert_eq!(painting["preset"], "triangles");
    let svg = twelve(&place, &["--format=svg", "-o", "-", "--quiet"]).stdout;
    assert_eq!(svg, place.read("out.svg"));
}

#[test]
fn it_is_shown_in_the_making() {
    let place = Place::new();
    twelve(&place, &["--also=out.gif", "--also=out.apng", "--film=film.webp", "--also=out.json"]);
    let gif = place.read("out.gif");
    assert!(gif.starts_with(b"GIF89a"));
    let frames = gif.windows(3).filter(|bytes| *bytes == [0x21, 0xf9, 0x04]).count();
    assert_eq!(frames, 13, "the ground, and every shape");
    assert!(place.read("out.apng").windows(4).any(|chunk| chunk == b"acTL"));
    let film = place.read("film.webp");
    assert_eq!(film.windows(4).filter(|chunk| *chunk == b"ANMF").count(), 13);
    place.done(&["draw", "out.json", "--film", "-o", "again.webp", "--quiet"]);
    assert!(place.read("again.webp") == film);
}

#[test]
fn a_picture_holds_the_recipe_it_is_repeated_from() {
    let place = Place::new();
    twelve(&place, &["--shape=rotated-ellipse,line", "--palette=#102030,#ffeedd", "--quiet"]);
    place.done(&["repeat", "out.png", "--quiet", "-o", "again.png"]);
    assert_eq!(place.read("out.png"), place.read("again.png"));
    place.done(&["repeat", "out.png", "--count=5", "--quiet", "-o", "fewer.json"]);
    let painting: serde_json::Value = serde_json::from_slice(&place.read("fewer.json")).unwrap();
    assert_eq!(painting["strokes"].as_array().unwrap().len(), 5);
}

#[test]
fn a_mask_draws_shapes_to_where_it_is_white() {
    let place = Place::new();
    place.picture("photo.png", 64, 48, |x, y| [(x * 37 % 251) as u8, (y * 53 % 241) as u8, (x * y % 239) as u8]);
    place.picture("left.png", 64, 48, |x, _| [if x < 32 { 255 } else { 0 }; 3]);
    twelve(&place, &["--mask=left.png", "--count=40", "--alpha=255"]);
    let [photo, out] = ["photo.png", "out.png"].map(|name| image::open(place.path(name)).unwrap().to_rgb8());
    let error = |columns: std::ops::Range<u32>| -> f64 {
        let at = |x, y| photo[(x, y)].0.into_iter().zip(out[(x, y)].0).map(|(a, b)| f64::from(a.abs_diff(b)).powi(2));
        columns.flat_map(|x| (0..48).flat_map(move |y| at(x, y))).sum()
    };
    assert!(error(0..32) < 0.8 * error(32..64), "{} {}", error(0..32), error(32..64));
}

#[test]
fn a_run_that_was_interrupted_goes_on_to_the_same_bytes() {
    let place = Place::new();
    let run = ["shapes", "photo.png", "--count=300", "--work-px=64", "--level=draft"];
    place.done(&[&run[..], &["-o", "whole.png", "--quiet"]].concat());
    let saving = ["-o", "broken.png", "--checkpoint=run", "--checkpoint-every=0", "--progress=json"];
    let (mut child, events) = place.started(&[&run[..], &saving].concat(), 3);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    std::io::copy(&mut { events }, &mut std::io::sink()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_ne!(place.read("whole.png"), place.read("broken.png"), "a picture of the shapes so far");
    place.done(&["resume", "run", "--quiet"]);
    assert_eq!(place.read("whole.png"), place.read("broken.png"));
    assert!(!place.path("run").exists());
}

#[test]
fn pictures_one_pixel_wide_and_transparent_ones_are_no_trouble() {
    let place = Place::new();
    place.picture("line.png", 1, 40, |_, y| [(y * 6) as u8; 3]);
    place.done(&["shapes", "line.png", "--count=8", "--quiet"]);
    assert_eq!(image::image_dimensions(place.path("out.png")).unwrap(), (1, 40));
    let clear = image::RgbaImage::from_fn(30, 20, |x, _| image::Rgba([200, 10, 10, if x < 15 { 0 } else { 255 }]));
    clear.save(place.path("clear.png")).unwrap();
    place.done(&["shapes", "clear.png", "--count=4", "--quiet"]);
    let out = image::open(place.path("out.png")).unwrap().to_rgba8();
    assert_eq!([out[(2, 5)].0[3], out[(25, 5)].0[3]], [0, 255], "the picture's transparency is kept");
}

/// A shape on an even ground is found again without being told its colour.
#[test]
fn one_shape_is_found_again() {
    let place = Place::new();
    let inside = |x: u32, y: u32| (60..150).contains(&x) && (40..110).contains(&y);
    place.picture("one.png", 240, 200, |x, y| if inside(x, y) { [50, 80, 130] } else { [200, 180, 150] });
    place.done(&["shapes", "one.png", "--shape=rectangle", "--count=1", "--quiet"]);
    let [one, out] = ["one.png", "out.png"].map(|name| image::open(place.path(name)).unwrap().to_rgb8());
    let square = |(a, b): (&u8, &u8)| f64::from(a.abs_diff(*b)).powi(2);
    let error = one.as_raw().iter().zip(out.as_raw()).map(square).sum::<f64>() / one.as_raw().len() as f64;
    assert!(10.0 * (255.0 * 255.0 / error).log10() >= 45.0, "{error}");
}

/// With a recipe of labels, which shapes take none of.
fn odd() -> Place {
    let place = Place::new();
    place.write("labels.toml", "preset = \"triangles\"\nlabels = \"photo.png\"");
    place
}

refusals! {
    "shapes" in odd();
    no_shapes: ["photo.png", "--count=0"];
    ten_million_shapes: ["photo.png", "--count=10000000"];
    no_kind: ["photo.png", "--shape="];
    unknown_kind: ["photo.png", "--shape=triangel"];
    no_picture: ["--count=3"];
    missing_picture: ["missing.png"];
    mask_of_another_size: ["photo.png", "--mask=painting.png"];
    colour_that_is_none: ["photo.png", "--palette=#12,#345678"];
    empty_palette: ["photo.png", "--palette=,"];
    unwritable_target: ["photo.png", "-o", "missing/out.svg"];
    film_of_no_known_form: ["photo.png", "--film=out.avi"];
    labels_of_another_method: ["photo.png", "--recipe=labels.toml"];
    unknown_ending: ["photo.png", "-o", "out.bmp"];
    preset_of_another_method: ["photo.png", "--preset=quality"];
    size_beyond_what_is_drawn: ["photo.png", "--size=65000"];
}

#[test]
fn what_is_drawn_must_be_there_and_a_painting() {
    let place = Place::new();
    insta::assert_snapshot!("draw_missing_painting", place.refused(&["draw", "missing.json"]).shown());
    insta::assert_snapshot!("draw_of_a_picture", place.refused(&["draw", "photo.png"]).shown());
}

#[test]
fn animated_input() {
    let place = Place::new();
    place.write("moving.gif", b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff");
    insta::assert_snapshot!("shapes_animated_input", place.refused(&["shapes", "moving.gif"]).shown());
}

#[test]
fn a_recipe_of_another_method() {
    let place = Place::new();
    place.neural(&["--quiet", "-o", "neural.png"]);
    insta::assert_snapshot!(
        "shapes_recipe_of_another_method",
        place.refused(&["shapes", "--recipe=neural.png"]).shown()
    );
}
