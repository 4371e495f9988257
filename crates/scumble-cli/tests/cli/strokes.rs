//! `scumble strokes`: every preset paints; size, style, mask and mix; going on; bad input.

use std::process::Command;

use crate::harness::{Ended, Place, refusals};

fn paint(place: &Place, arguments: &[&str]) -> Ended {
    place.done(&[&["strokes", "photo.png"], arguments].concat())
}

fn pixels(place: &Place, name: &str) -> image::RgbImage {
    image::open(place.path(name)).unwrap().to_rgb8()
}

fn mean(picture: &image::RgbImage) -> [f64; 3] {
    let sum = |c: usize| picture.pixels().map(|pixel| f64::from(pixel.0[c])).sum::<f64>();
    [0, 1, 2].map(|c| sum(c) / f64::from(picture.width() * picture.height()))
}

#[test]
fn every_preset_paints_and_says_how_near_it_is() {
    let place = Place::new();
    let presets = place.presets("strokes");
    assert!(presets.len() >= 8, "{presets:?}");
    for preset in presets {
        let ended = paint(&place, &["--preset", &preset, "-o", "out.png"]);
        assert!(ended.stderr.contains(" strokes, "), "{preset}: {}", ended.stderr);
        assert_eq!(pixels(&place, "out.png").dimensions(), (64, 48), "{preset}");
        let recipe = place.done(&["strokes", "--recipe=out.png", "--dump-recipe"]).json();
        assert_eq!(recipe["preset"], preset);
    }
}

#[test]
fn the_same_strokes_are_drawn_at_any_size() {
    let place = Place::new();
    paint(&place, &["--also=small.json", "-o", "small.png"]);
    paint(&place, &["--size=256", "--also=large.json", "-o", "large.png"]);
    assert_eq!(pixels(&place, "large.png").dimensions(), (256, 192));
    assert!(place.read("small.json") == place.read("large.json"));
}

#[test]
fn threads_change_nothing() {
    let place = Place::new();
    let run = ["--relax=1", "--refine=5", "--count=60"];
    paint(&place, &[&run[..], &["--threads=1", "-o", "one.png"]].concat());
    paint(&place, &[&run[..], &["--threads=2", "-o", "two.png"]].concat());
    assert!(place.read("one.png") == place.read("two.png"));
}

#[test]
fn a_style_gives_its_colours() {
    let place = Place::new();
    place.picture("red.png", 40, 30, |x, y| [180 + (x % 8 * 8) as u8, 30 + (y % 5 * 8) as u8, 20]);
    paint(&place, &["red.png", "-o", "red-out.png"]);
    let [red, green, blue] = mean(&pixels(&place, "red-out.png"));
    assert!(red > 150.0 && green < 90.0 && blue < 70.0, "{red} {green} {blue}");
    paint(&place, &["red.png", "--style-colours=palette", "--palette-size=4", "--also=four.json"]);
    let painting: serde_json::Value = serde_json::from_slice(&place.read("four.json")).unwrap();
    assert!((2..=4).contains(&painting["palette"].as_array().unwrap().len()));
}

#[test]
fn mixing_brings_the_photo_back() {
    let place = Place::new();
    paint(&place, &["--mix=1", "-o", "photo-again.png"]);
    assert!(pixels(&place, "photo-again.png") == pixels(&place, "photo.png"));
}

#[test]
fn a_run_that_was_interrupted_goes_on_to_the_same_bytes() {
    let place = Place::new();
    place.picture("large.png", 320, 240, |x, y| [(x * 7 % 256) as u8, (y * 5 % 256) as u8, (x * y % 256) as u8]);
    let run = ["strokes", "large.png", "--relax=2"];
    place.done(&[&run[..], &["-o", "whole.png", "--quiet"]].concat());
    let saving = ["-o", "broken.png", "--checkpoint=run", "--checkpoint-every=0", "--progress=json"];
    let (mut child, events) = place.started(&[&run[..], &saving].concat(), 3);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    std::io::copy(&mut { events }, &mut std::io::sink()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    place.done(&["resume", "run", "--quiet"]);
    assert!(place.read("whole.png") == place.read("broken.png"));
}

#[test]
fn a_picture_is_repeated_from_its_recipe() {
    let place = Place::new();
    paint(&place, &["painting.png", "--preset=pencil", "--seed=5", "--quiet"]);
    place.done(&["repeat", "out.png", "--quiet", "-o", "again.png"]);
    assert!(place.read("out.png") == place.read("again.png"));
}

#[test]
fn narrow_and_even_pictures_are_no_trouble() {
    let place = Place::new();
    place.picture("line.png", 1, 40, |_, y| [(y * 6) as u8; 3]);
    place.done(&["strokes", "line.png", "--quiet"]);
    place.picture("even.png", 40, 30, |_, _| [90, 120, 40]);
    for preset in ["oil", "impasto", "moments"] {
        place.done(&["strokes", "even.png", "--preset", preset, "--quiet"]);
        let [red, green, blue] = mean(&pixels(&place, "out.png"));
        assert!((red - 90.0).abs() < 40.0 && (green - 120.0).abs() < 40.0 && (blue - 40.0).abs() < 40.0, "{preset}");
    }
}

/// The picture so far has light and canvas, as the finished one has.
#[test]
fn pictures_in_the_making_are_finished() {
    let place = Place::new();
    paint(&place, &["--preset=impasto", "--save-every=1", "--size=200", "-o", "out.png", "--quiet"]);
    let mut saved: Vec<_> = place.files().into_iter().filter(|path| path.to_string_lossy().contains("out_")).collect();
    saved.sort_by_key(|path| std::fs::metadata(path).unwrap().modified().unwrap());
    let last = image::open(saved.last().expect("a picture in the making")).unwrap().to_rgb8();
    let whole = pixels(&place, "out.png");
    let square = |(a, b): (&u8, &u8)| f64::from(a.abs_diff(*b)).powi(2);
    let sum: f64 = last.as_raw().iter().zip(whole.as_raw()).map(square).sum();
    // Without the relief it is more than a hundred.
    assert!(sum / (last.as_raw().len() as f64) < 30.0, "{}", sum / last.as_raw().len() as f64);
}

/// A filter works at the size that is wanted; pencil lines over it take what they need.
#[test]
fn filters_are_as_large_as_wanted() {
    let place = Place::new();
    for (size, wide) in [("--size=32", 32), ("--size=200", 200)] {
        paint(
            &place,
            &["--preset=kuwahara", size, "--outline=0.5", "--direction-smoothing=2", "-o", "out.png", "--quiet"],
        );
        assert_eq!(pixels(&place, "out.png").width(), wide);
    }
}

#[test]
fn a_painting_in_json_is_drawn_again() {
    let place = Place::new();
    paint(&place, &["--preset=oil", "--also=out.json", "--quiet"]);
    place.done(&["draw", "out.json", "-o", "again.png", "--quiet"]);
    assert_eq!(pixels(&place, "out.png"), pixels(&place, "again.png"));
    place.done(&["draw", "out.json", "-o", "large.png", "--size=300"]);
    assert_eq!(pixels(&place, "large.png").dimensions(), (300, 225));
    assert_eq!(place.run(&["draw", "photo.png"]).code, Some(1));
    assert!(place.run(&["strokes", "--recipe=out.json"]).stderr.len() < 400, "errors are short");
}

/// Dark on light and opaque on transparent are the same mark, and it shows in the strokes.
#[test]
fn strokes_are_laid_with_a_brush_of_ones_own() {
    let place = Place::new();
    let stripe = |y: u32| !y.is_multiple_of(4) && (2..14).contains(&y);
    place.picture("dark.png", 60, 16, |_, y| [if stripe(y) { 0 } else { 255 }; 3]);
    let clear = image::RgbaImage::from_fn(60, 16, |_, y| image::Rgba([9, 99, 200, if stripe(y) { 255 } else { 0 }]));
    clear.save(place.path("clear.png")).unwrap();
    place.picture("pale.png", 60, 16, |_, y| if stripe(y) { [230, 225, 150] } else { [225, 225, 225] });
    for mark in ["dark", "clear", "pale"] {
        let (mark, out) = (format!("--brush-file={mark}.png"), format!("{mark}-out.png"));
        paint(&place, &[&mark, "-o", &out, "--size=300", "--quiet"]);
    }
    assert_eq!(pixels(&place, "dark-out.png"), pixels(&place, "clear-out.png"));
    assert_eq!(pixels(&place, "dark-out.png"), pixels(&place, "pale-out.png"));
    paint(&place, &["-o", "plain.png", "--size=300", "--quiet"]);
    assert_ne!(pixels(&place, "dark-out.png"), pixels(&place, "plain.png"));
    // Even colours are no mark, light or dark.
    place.picture("grey.png", 60, 16, |_, _| [140; 3]);
    assert_eq!(place.run(&["strokes", "photo.png", "--brush-file=grey.png"]).code, Some(1));
    std::fs::remove_file(place.path("dark.png")).unwrap();
    assert_eq!(place.run(&["repeat", "dark-out.png", "-o", "again.png"]).code, Some(1), "its mark is gone");
    place.picture("moved.png", 60, 16, |_, y| [if stripe(y) { 0 } else { 255 }; 3]);
    place.done(&["repeat", "dark-out.png", "--brush-file=moved.png", "-o", "again.png", "--quiet"]);
    assert_eq!(pixels(&place, "dark-out.png"), pixels(&place, "again.png"));
}

/// With a mask that is black, and a recipe of two styles.
fn odd() -> Place {
    let place = Place::new();
    place.picture("black.png", 64, 48, |_, _| [0; 3]);
    place.write("two.toml", "preset = \"oil\"\nstyles = [\"photo.png\", \"painting.png\"]");
    place
}

refusals! {
    "strokes" in odd();
    no_strokes: ["photo.png", "--count=0"];
    ten_million_strokes: ["photo.png", "--count=10000000"];
    no_picture: ["--preset=oil"];
    two_styles: ["photo.png", "--recipe=two.toml"];
    missing_style: ["photo.png", "missing.png"];
    mask_of_another_size: ["photo.png", "--mask=painting.png"];
    black_mask: ["photo.png", "--mask=black.png"];
    palette_twice: ["photo.png", "painting.png", "--style-colours=palette", "--palette=#102030"];
    painter_without_its_parameters: ["photo.png", "--painter=hatch"];
    growing_radii: ["photo.png", "--radii=4,10"];
    unknown_painter: ["photo.png", "--painter=monet"];
    preset_of_another_method: ["photo.png", "--preset=triangles"];
    relaxed_pencil: ["photo.png", "--preset=pencil", "--relax=2"];
    relaxed_filter: ["photo.png", "--preset=kuwahara", "--relax=2"];
    refined_wilful_colours: ["photo.png", "--preset=expressionist", "--refine=2"];
    what_the_painter_does_not_take: ["photo.png", "--curvature=0.5"];
    lengths_of_rectangles: ["photo.png", "--preset=moments", "--stroke-length=2"];
    brush_without_a_mark: ["photo.png", "--brush-file=black.png"];
    brush_twice: ["photo.png", "--brush=solid", "--brush-file=photo.png"];
    masked_filter: ["photo.png", "--preset=ink", "--mask=photo.png"];
    brush_of_a_pencil: ["photo.png", "--preset=pencil", "--brush-file=photo.png"];
    brush_and_the_styles: ["photo.png", "painting.png", "--style-brush", "--brush-file=photo.png"];
    film_over_the_picture: ["photo.png", "-o", "out.webp", "--film=out.webp"];
    written_over_its_picture: ["photo.png", "--also=photo.png"];
    written_twice: ["photo.png", "-o", "out.png", "--also=out.png"];
    layers_in_a_file: ["photo.png", "--layers=painting.png"];
    unwritable_target: ["photo.png", "-o", "missing/out.png"];
}
