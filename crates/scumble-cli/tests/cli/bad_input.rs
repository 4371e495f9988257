//! Every bad input has its message, hint and exit code, and leaves nothing behind.

use crate::harness::{Ended, Place, SHORT};

/// Runs `neural`, which must fail, say nothing on standard output and leave no file.
fn refused(place: &Place, arguments: &[&str]) -> Ended {
    let before = place.files();
    let ended = place.run(&[&["neural"], &SHORT[..], &["--output=out.png"], arguments].concat());
    assert_ne!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.is_empty(), "{}", ended.text());
    assert_eq!(place.files(), before, "something was left behind");
    ended
}

macro_rules! refusals {
    ($($name:ident: $arguments:expr;)*) => {
        $(
            #[test]
            fn $name() {
                let place = Place::new();
                insta::assert_snapshot!(stringify!($name), refused(&place, &$arguments).shown());
            }
        )*
    };
}

refusals! {
    misspelt_file: ["foto.png", "painting.png"];
    missing_file: ["missing.jpg", "painting.png"];
    missing_style: ["photo.png", "missing.jpg"];
    no_style: ["photo.png"];
    no_content: ["--style=painting.png"];
    unknown_layer: ["photo.png", "painting.png", "--content-layers=relu9_9"];
    negative_weight: ["photo.png", "painting.png", "--content-weight", "-5"];
    weight_that_is_no_number: ["photo.png", "painting.png", "--tv-weight=nan"];
    size_out_of_range: ["photo.png", "painting.png", "--size=8"];
    fewer_style_weights_than_styles: ["photo.png", "painting.png", "photo.png", "--style-weights=1"];
    style_weights_that_cancel_out: ["photo.png", "painting.png", "photo.png", "--style-weights=1,-1"];
    style_weights_of_zero: ["photo.png", "painting.png", "--style-weights=0"];
    unknown_preset: ["photo.png", "painting.png", "--preset=qualty"];
    unknown_choice: ["photo.png", "painting.png", "--pooling=maximum"];
    strokes_of_a_picture_without: ["photo.png", "painting.png", "--also=out.svg"];
    unknown_model: ["photo.png", "painting.png", "--model=vgg18"];
    no_threads: ["photo.png", "painting.png", "--threads=0"];
    memory_that_is_no_size: ["photo.png", "painting.png", "--memory=much"];
    tile_out_of_range: ["photo.png", "painting.png", "--tile=8"];
    trace_in_a_missing_folder: ["photo.png", "painting.png", "--trace=missing/trace.json"];
    missing_recipe: ["photo.png", "painting.png", "--recipe=missing.toml"];
}

// Hints name the devices of the build.
#[cfg(not(any(feature = "cuda", feature = "rocm", feature = "metal", feature = "vulkan", feature = "wgpu")))]
refusals! {
    unknown_device: ["photo.png", "painting.png", "--device=gpu"];
    absent_device: ["photo.png", "painting.png", "--device=cuda"];
}

#[test]
fn directory() {
    let place = Place::new();
    std::fs::create_dir(place.path("folder")).unwrap();
    insta::assert_snapshot!(refused(&place, &["folder", "painting.png"]).shown());
}

#[test]
fn folder_without_styles() {
    let place = Place::new();
    std::fs::create_dir(place.path("folder")).unwrap();
    insta::assert_snapshot!(refused(&place, &["photo.png", "folder"]).shown());
}

#[test]
fn truncated_jpeg() {
    let place = Place::new();
    place.picture("whole.jpg", 64, 64, |x, y| [(x * 4) as u8, (y * 4) as u8, (x * y) as u8]);
    let whole = place.read("whole.jpg");
    place.write("cut.jpg", &whole[..whole.len() / 2]);
    insta::assert_snapshot!(refused(&place, &["cut.jpg", "painting.png"]).shown());
}

#[test]
fn text_called_a_picture() {
    let place = Place::new();
    place.write("notes.png", "not a picture\n");
    insta::assert_snapshot!(refused(&place, &["notes.png", "painting.png"]).shown());
}

#[test]
fn one_pixel() {
    let place = Place::new();
    place.picture("dot.png", 1, 1, |_, _| [1, 2, 3]);
    insta::assert_snapshot!(refused(&place, &["photo.png", "dot.png"]).shown());
}

#[test]
fn header_bomb() {
    let place = Place::new();
    // A PNG of 20000 × 20000 pixels in 45 bytes: header and end.
    const BOMB: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\x02\0\0\0\x6c\x12\xd1\x6e\
        \0\0\0\0IEND\xaeB`\x82";
    place.write("bomb.png", BOMB);
    insta::assert_snapshot!(refused(&place, &["bomb.png", "painting.png"]).shown());
}

#[test]
fn recipe_with_an_unknown_parameter() {
    let place = Place::new();
    place.write("recipe.toml", "[neural]\nstyle_wieght = 3.0\n");
    insta::assert_snapshot!(refused(&place, &["photo.png", "painting.png", "--recipe=recipe.toml"]).shown());
}

#[test]
fn recipe_that_is_not_toml() {
    let place = Place::new();
    place.write("recipe.toml", "preset = 'draft'\nstrength 0.5\n");
    insta::assert_snapshot!(refused(&place, &["photo.png", "painting.png", "--recipe=recipe.toml"]).shown());
}

/// Runs `neural` with an output that cannot be written.
fn no_place_for(place: &Place, output: &str) -> Ended {
    let before = place.files();
    let arguments = [&["neural", "photo.png", "painting.png", "-o", output], &SHORT[..]].concat();
    let ended = place.run(&arguments);
    assert_eq!(place.files(), before, "something was left behind");
    ended
}

#[test]
fn output_in_a_missing_folder() {
    insta::assert_snapshot!(no_place_for(&Place::new(), "missing/out.png").shown());
}

#[test]
fn output_is_a_folder() {
    let place = Place::new();
    std::fs::create_dir(place.path("out.png")).unwrap();
    insta::assert_snapshot!(no_place_for(&place, "out.png").shown());
}

#[test]
fn output_of_unknown_format() {
    insta::assert_snapshot!(no_place_for(&Place::new(), "out.bmp").shown());
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk() {
    let place = Place::new();
    let before = place.files();
    // The shell forbids files of more than a block and lets writing fail instead of killing the writer.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let mut command = place.command("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_scumble"), "neural", "photo.png", "painting.png", "--quiet"]);
    let ended = Ended::of(command.args(SHORT).output().unwrap());
    assert_eq!(place.files(), before, "something was left behind");
    insta::assert_snapshot!(ended.shown());
}

#[cfg(target_os = "linux")]
#[test]
fn full_device() {
    let place = Place::new();
    let before = place.files();
    let mut command = place.command(env!("CARGO_BIN_EXE_scumble"));
    command.args(["neural", "photo.png", "painting.png", "--quiet", "--output=-"]).args(SHORT);
    command.stdout(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let ended = Ended::of(command.output().unwrap());
    assert_eq!(place.files(), before, "something was left behind");
    insta::assert_snapshot!(ended.shown());
}

#[test]
fn a_picture_without_a_recipe_is_not_repeated() {
    let place = Place::new();
    let before = place.files();
    let ended = place.run(&["repeat", "photo.png"]);
    assert_eq!(place.files(), before, "something was left behind");
    insta::assert_snapshot!(ended.shown());
}

#[test]
fn two_things_do_not_share_standard_output() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["neural", "photo.png", "painting.png", "-o", "-", "--json"]).shown());
}

#[test]
fn an_unknown_flag_is_told_with_its_neighbour() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["neural", "photo.png", "painting.png", "--strenght", "1"]).shown());
}

#[test]
fn errors_are_json_where_progress_is() {
    let place = Place::new();
    let ended = place.run(&["neural", "photo.png", "painting.png", "--preset=qualty", "--progress=json"]);
    assert_eq!(ended.code, Some(2));
    let line: serde_json::Value = serde_json::from_str(&ended.stderr).unwrap();
    assert_eq!(line["event"], "error");
    assert_eq!(line["fault"], "parameter");
    assert_eq!(line["hint"], "did you mean 'quality'?");
}
