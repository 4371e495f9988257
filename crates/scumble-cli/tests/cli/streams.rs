//! Pictures through pipes.

use std::io::Write;
use std::process::Stdio;

use crate::harness::{Ended, Place, SHORT};

/// Runs scumble with `input` on standard input.
fn fed(place: &Place, input: &[u8], arguments: &[&str]) -> Ended {
    let mut command = place.command(env!("CARGO_BIN_EXE_scumble"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    Ended::of(child.wait_with_output().unwrap())
}

#[test]
fn a_picture_goes_through_standard_input_and_output() {
    let place = Place::new();
    place.neural(&["--quiet", "-o", "file.png"]);
    let before = place.files();
    let arguments = [&["neural", "-", "painting.png", "-o", "-", "--quiet"], &SHORT[..]].concat();
    let ended = fed(&place, &place.read("photo.png"), &arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(place.files(), before, "nothing is written beside");
    let piped = image::load_from_memory_with_format(&ended.stdout, image::ImageFormat::Png).unwrap();
    assert_eq!(piped.to_rgb8(), image::open(place.path("file.png")).unwrap().to_rgb8());
}

#[test]
fn the_format_of_standard_output_is_a_flag() {
    let place = Place::new();
    let ended = place.neural(&["-o", "-", "--format=jpeg", "--quiet"]);
    assert!(ended.stdout.starts_with(b"\xff\xd8\xff"));
}

#[test]
fn a_recipe_is_read_from_standard_input() {
    let place = Place::new();
    let arguments = ["neural", "photo.png", "painting.png", "--recipe=-", "--dump-recipe"];
    let ended = fed(&place, b"[neural]\nstrength = 0.25\n", &arguments);
    assert_eq!(ended.json()["neural"]["strength"], 0.25);
}

#[test]
fn an_empty_standard_input_is_an_error() {
    let place = Place::new();
    let ended = fed(&place, b"", &["neural", "-", "painting.png"]);
    insta::assert_snapshot!(ended.shown());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    let mut command = place.command(env!("CARGO_BIN_EXE_scumble"));
    command.arg("schema").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let ended = Ended::of(child.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}
