//! A picture can be made again from itself.

use crate::harness::Place;

#[test]
fn repeating_gives_the_same_bytes() {
    let place = Place::new();
    for name in ["out.png", "out.jpg", "out.webp", "out.tif"] {
        place.neural(&["--seed=9", "--init=gray", "--quiet", "-o", name]);
        place.done(&["repeat", name, "--quiet", "-o", &format!("again-{name}")]);
        assert!(place.read(name) == place.read(&format!("again-{name}")), "{name}");
    }
}

#[test]
fn without_an_output_a_name_is_made() {
    let place = Place::new();
    std::fs::create_dir(place.path("made")).unwrap();
    place.neural(&["-o", "made/out.png"]);
    place.done(&["repeat", "made/out.png"]);
    assert!(place.read("made/out.png") == place.read("out-repeat.png"));
}

#[test]
fn moved_pictures_give_the_same_bytes() {
    let place = Place::new();
    place.neural(&["--quiet", "-o", "out.png"]);
    std::fs::create_dir(place.path("elsewhere")).unwrap();
    for name in ["photo.png", "painting.png"] {
        std::fs::rename(place.path(name), place.path("elsewhere").join(name)).unwrap();
    }
    let lost = place.run(&["repeat", "out.png", "-o", "again.png"]);
    assert_eq!(lost.code, Some(1));
    assert!(lost.stderr.contains("hint: if the picture is elsewhere"), "{}", lost.stderr);
    let found = ["--content=elsewhere/photo.png", "--style=elsewhere/painting.png", "--quiet"];
    place.done(&[&["repeat", "out.png", "-o", "again.png"], &found[..]].concat());
    assert!(place.read("out.png") == place.read("again.png"));
}

#[test]
fn another_content_gets_the_same_treatment() {
    let place = Place::new();
    place.neural(&["--strength=0.8", "--quiet"]);
    place.picture("other.png", 48, 64, |x, y| [(x * 5) as u8, 90, (y * 4) as u8]);
    let again = place.done(&["repeat", "out.png", "--content=other.png", "--seed=4", "--json", "--quiet"]).json();
    assert_eq!((again["width"].as_u64(), again["height"].as_u64()), (Some(48), Some(64)));
    let recipe = &again["recipe"];
    assert_eq!((&recipe["content"]["path"], &recipe["neural"]["seed"]), (&"other.png".into(), &4.into()));
    assert_eq!(recipe["neural"]["strength"], 0.8);
}

#[test]
fn a_changed_picture_is_noticed() {
    let place = Place::new();
    place.neural(&["--quiet"]);
    place.picture("photo.png", 64, 48, |_, _| [0, 0, 0]);
    let ended = place.run(&["repeat", "out.png"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("photo.png: is not the file the recipe was made with"), "{}", ended.stderr);
}
