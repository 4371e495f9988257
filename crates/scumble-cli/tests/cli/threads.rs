//! Same seed, same bytes: with any number of threads, in tiles and as a whole.

use crate::harness::Place;

/// Runs with one and two threads; both recipes, once the pictures were found to be the same.
fn recipes(place: &Place, settings: &[&str]) -> [serde_json::Value; 2] {
    let run = ["neural", "photo.png", "painting.png", "--seed=5", "--json", "--quiet"];
    let recipes = ["1", "2"].map(|threads| {
        let (threads, output) = (format!("--threads={threads}"), format!("--output={threads}.png"));
        place.done(&[&run[..], settings, &[&threads, &output]].concat()).json()["recipe"].take()
    });
    assert!(place.read("1.png") == place.read("2.png"), "{}", settings.join(" "));
    recipes
}

#[test]
fn threads_do_not_change_a_byte_with_either_optimiser_in_tiles_or_as_a_whole() {
    let place = Place::new();
    for preset in ["--preset=crowsonkb", "--preset=neural-style-pt"] {
        // Both ways that the convolution goes: wide maps in blocks, small ones as a whole. Two scales, 106 and 150 pixels,
        // of several tiles each.
        for tile in ["--tile=64", "--tile=1024"] {
            let sizes = ["--size=150", "--min-size=106", "--init=random", "--scale-iterations=2"];
            for recipe in recipes(&place, &[&[preset, tile], &sizes[..]].concat()) {
                let history = if preset == "--preset=crowsonkb" { 10 } else { 100 };
                assert_eq!(recipe["neural"]["lbfgs_history"], history, "tiles that were wished for leave it alone");
            }
        }
    }
}

#[test]
fn threads_do_not_change_a_byte_where_memory_asks_for_tiles() {
    let place = Place::new();
    let run = ["--preset=draft", "--size=448", "--min-size=448", "--scale-iterations=1"];
    // What the smallest tiles need depends on the processor's kernels; the program tells.
    let refused = place.run(&[&["neural", "photo.png", "painting.png", "--memory=1MiB"], &run[..]].concat());
    let least = refused.stderr.split("needs ").nth(1).and_then(|rest| rest.split(" MiB").next());
    let least: u32 = least.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{}", refused.stderr));
    let recipes = recipes(&place, &[&run[..], &[&format!("--memory={}MiB", least + 16)]].concat());
    for recipe in recipes {
        assert_eq!(recipe["neural"]["tile"], 256, "the smallest");
    }
}
