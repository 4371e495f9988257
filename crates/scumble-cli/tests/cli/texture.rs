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

#[test]
fn a_picture_is_put_together_from_a_texture() {
    let place = Place::new();
    place.done(&["texture", "painting.png", "--guide=photo.png", "--quiet"]);
    assert_eq!(image::image_dimensions(place.path("out.png")).unwrap(), (64, 48));
}

/// With exemplars that are too small or cannot be seen.
fn odd() -> Place {
    let place = Place::new();
    place.picture("dot.png", 1, 1, |_, _| [9; 3]);
    image::RgbaImage::new(30, 20).save(place.path("clear.png")).unwrap();
    place
}

refusals! {
    "texture" in odd();
    block_larger_than_the_exemplar: ["painting.png", "--preset=quilt", "--block=100"];
    nothing_to_be_seen: ["clear.png"];
    no_exemplar: ["--preset=quilt"];
    guide_without_quilting: ["painting.png", "--preset=phase", "--guide=photo.png"];
    too_large: ["painting.png", "--width=65000", "--height=65000"];
    not_as_vectors: ["painting.png", "-o", "out.svg"];
    unknown_method: ["painting.png", "--method=magic"];
}
