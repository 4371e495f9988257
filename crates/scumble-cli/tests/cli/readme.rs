//! Every command of the README works.

use crate::harness::{Place, SHORT};

const README: &str = include_str!("../../../../README.md");

/// The lines of the README's blocks for the shell, without their comments.
fn commands() -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in README.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => found.push(line.split('#').next().unwrap_or_default().trim().to_owned()),
            _ => {}
        }
    }
    found
}

#[test]
fn every_command_works() {
    let place = Place::new();
    for folder in ["samples/content", "samples/style"] {
        std::fs::create_dir_all(place.path(folder)).unwrap();
    }
    let colour = |x: u32, y: u32| [(x * 4) as u8, (y * 4) as u8, (x * y) as u8];
    for name in ["photo.jpg", "other.jpg", "painting.jpg", "night.jpg", "bricks.jpg"] {
        place.picture(name, 64, 48, colour);
    }
    for name in ["samples/content/chelsea.jpg", "samples/style/night-hills.jpg"] {
        let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
        std::fs::copy(&sample, place.path(name)).expect("the README names pictures that exist");
    }
    let mut run = 0;
    for command in commands() {
        let words: Vec<&str> = command.split_whitespace().collect();
        let arguments = match words.as_slice() {
            // Run by continuous integration.
            ["cargo", "test", ..] => continue,
            ["cargo", "run", "--release", "--", rest @ ..] | ["scumble", rest @ ..] => rest,
            other => panic!("what is this? {other:?}"),
        };
        // The same command, but small and short.
        let short: &[&str] = match arguments {
            [_, "--help"] => &[],
            ["neural", ..] | ["repeat", "out.png", _, ..] => &SHORT,
            ["shapes", ..] | ["strokes", ..] | ["regions", ..] => &["--size", "96"],
            ["draw", ..] => &["--size", "96"],
            ["texture", ..] => &["--width", "96", "--height", "96"],
            ["neural-style", ..] => &["-image_size", "64", "-num_iterations", "1"],
            _ => &[],
        };
        place.done(&[arguments, short].concat());
        if arguments == ["repeat", "out.png"] {
            assert!(place.read("out.png") == place.read("out-repeat.png"), "as the README says");
        }
        run += 1;
    }
    assert!(run > 12, "only {run} commands were found");
}

#[test]
fn the_library_example_is_the_readmes() {
    let example = include_str!("../../../../examples/00_readme.rs");
    let block = README.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a Rust block");
    assert!(example.ends_with(block), "examples/00_readme.rs is not what the README shows");
}
