//! `scumble texture`.

use crate::harness::{Place, refusals};

#[test]
fn every_preset_makes_more_of_a_texture() {
    let place = Place::new();
    for preset in &place.presets("texture") {
        let size = ["--width=100", "--height=90", "--quiet"];
        place.done(&[&["texture", "painting.png", "--preset", preset, "-o", "out.png"][..], &size].concat());
        assert_eq!(image::image_dimensions(place.path("out.png")).unwrap(), (100, 90), "{preset}");
        place.done(&["repeat", "out.png", "-o", "again.png", "--quiet"]);
        assert!(place.read("out.png") == place.read("again.png"), "{preset} is not repeated");
    }
}

#[test]
fn it_says_which_method_it_took_and_why() {
    let place = Place::new();
    let ended = place.done(&["texture", "painting.png"]);
    assert!(ended.stderr.contains("note: quilting") || ended.stderr.contains("note: random phase"), "{}", ended.stderr);
    assert_eq!(image::image_dimensions(place.path("out.png")).unwrap(), (112, 128), "twice the exemplar");
}

/// Patches of the usual size are larger than the exemplar, which is taken as it is.
#[test]
fn exemplars_smaller_than_a_patch_are_no_trouble() {
    let place = Place::new();
    place.picture("tiny.png", 5, 3, |x, y| [(x * 50) as u8, (y * 80) as u8, 90]);
    place.picture("dot.png", 1, 1, |_, _| [9, 200, 30]);
    for preset in &place.presets("texture") {
        for exemplar in ["tiny.png", "dot.png"] {
            let size = ["--width=20", "--height=16", "--quiet"];
            place.done(&[&["texture", exemplar, "--preset", preset, "-o", "out.png"][..], &size].concat());
            assert_eq!(image::image_dimensions(place.path("out.png")).unwrap(), (20, 16), "{preset}");
        }
        let dot = image::open(place.path("out.png")).unwrap().to_rgb8();
        assert!(dot.pixels().all(|pixel| pixel.0 == [9, 200, 30]), "{preset}");
    }
}

#[test]
fn a_picture_is_put_together_from_a_texture() {
    let place = Place::new();
    place.done(&["texture", "painting.png", "--guide=photo.png", "--quiet"]);
    assert_eq!(image::image_dimensions(place.path("out.png")).unwrap(), (64, 48));
}

#[test]
fn an_exemplar_of_one_brightness_is_said_to_follow_no_guide() {
    let place = Place::new();
    place.picture("even.png", 40, 40, |x, y| [if x % 20 == 0 || y % 10 == 0 { 40 } else { 150 }; 3]);
    let said =
        |exemplar| place.done(&["texture", exemplar, "--guide=photo.png"]).stderr.contains("of nearly one brightness");
    assert!(said("even.png") && !said("painting.png"));
}

/// Textures of every method but quilts continue themselves anyway.
#[test]
fn tileable_is_no_mistake_where_all_textures_are() {
    Place::new().done(&["texture", "painting.png", "--preset=phase", "--tileable", "--dump-recipe"]);
}

/// With exemplars that are too small or cannot be seen.
fn odd() -> Place {
    let place = Place::new();
    place.picture("dot.png", 1, 1, |_, _| [9; 3]);
    place.write("init.toml", "preset = \"quilt\"\ninit_image = \"painting.png\"");
    image::RgbaImage::new(30, 20).save(place.path("clear.png")).unwrap();
    place
}

refusals! {
    "texture" in odd();
    block_larger_than_the_exemplar: ["painting.png", "--preset=quilt", "--block=100"];
    picture_to_start_from: ["painting.png", "--recipe=init.toml"];
    nothing_to_be_seen: ["clear.png"];
    no_exemplar: ["--preset=quilt"];
    guide_that_cannot_be_seen: ["painting.png", "--guide=clear.png"];
    guide_without_quilting: ["painting.png", "--preset=phase", "--guide=photo.png"];
    too_large: ["painting.png", "--width=65000", "--height=65000"];
    not_as_vectors: ["painting.png", "-o", "out.svg"];
    size_of_one_side: ["painting.png", "--size=600"];
    rounds_of_a_quilt: ["painting.png", "--preset=quilt", "--rounds=3"];
    scales_of_random_phase: ["painting.png", "--preset=phase", "--scales=3"];
    not_to_tile_what_tiles: ["painting.png", "--preset=phase", "--tileable=false"];
    picture_so_far: ["painting.png", "--save-every=5"];
    unknown_method: ["painting.png", "--method=magic"];
}
