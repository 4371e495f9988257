//! What `scumble neural` makes.

use crate::harness::{Place, SHORT};

#[test]
fn a_picture_of_the_asked_size_is_written() {
    let place = Place::new();
    let ended = place.neural(&[]);
    assert!(ended.stdout.is_empty(), "data only on standard output");
    assert!(
        ended.stderr.ends_with(" s\n") && ended.stderr.contains("wrote out.png: 64×48, 2 steps"),
        "{}",
        ended.stderr
    );
    let picture = image::open(place.path("out.png")).unwrap();
    assert_eq!((picture.width(), picture.height()), (64, 48));
}

#[test]
fn quiet_is_quiet() {
    let place = Place::new();
    let ended = place.neural(&["--quiet"]);
    assert!(ended.stdout.is_empty() && ended.stderr.is_empty(), "{}", ended.shown());
}

#[test]
fn the_number_of_threads_does_not_change_a_byte() {
    let place = Place::new();
    place.neural(&["--threads=1", "-o", "one.png"]);
    place.neural(&["--threads=2", "-o", "two.png"]);
    assert!(place.read("one.png") == place.read("two.png"));
}

#[test]
fn the_seed_changes_the_picture() {
    let place = Place::new();
    place.neural(&["--init=gray", "--seed=1", "-o", "one.tif"]);
    place.neural(&["--init=gray", "--seed=2", "-o", "two.tif"]);
    let pixels = |name: &str| image::open(place.path(name)).unwrap().to_rgb8().into_raw();
    assert!(pixels("one.tif") != pixels("two.tif"));
}

#[test]
fn json_describes_the_run() {
    let place = Place::new();
    let run = place.neural(&["--json", "--quiet"]).json();
    assert_eq!(run["output"], "out.png");
    assert_eq!((run["width"].as_u64(), run["height"].as_u64()), (Some(64), Some(48)));
    assert_eq!(run["end"], "finished");
    assert!(run["seconds"].as_f64() > Some(0.0) && run["loss"].as_f64() > Some(0.0), "{run}");
    assert_eq!(run["recipe"]["neural"]["size"], 64);
}

#[test]
fn progress_in_json_is_json_on_every_line() {
    let place = Place::new();
    let ended = place.neural(&["--progress=json", "--save-every=1"]);
    let events: Vec<serde_json::Value> = ended.stderr.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let names: Vec<&str> = events.iter().filter_map(|event| event["event"].as_str()).collect();
    assert_eq!(names, ["plan", "step", "saved", "step", "end"]);
    assert_eq!(events[0]["total_steps"], 2);
    let last = &events[3];
    assert_eq!((last["total_step"].as_u64(), last["fraction"].as_f64()), (Some(2), Some(1.0)));
    let parts: f64 = last["parts"].as_object().unwrap().values().filter_map(|part| part.as_f64()).sum();
    let loss = last["loss"].as_f64().unwrap();
    assert!((parts - loss).abs() <= 1e-9 * loss, "the parts sum to the loss");
}

#[test]
fn plain_progress_tells_the_end_of_every_scale() {
    let place = Place::new();
    let arguments = ["neural", "photo.png", "painting.png", "--size=64", "--min-size=32", "-ii", "2", "-i", "1"];
    let ended = place.done(&arguments);
    let places: Vec<&str> = ended.stderr.lines().filter_map(|line| line.split("  loss").next()).collect();
    assert_eq!(places[..3], ["scale 1/3  32×24  step 2/2", "scale 2/3  45×34  step 1/1", "scale 3/3  64×48  step 1/1"]);
}

#[test]
fn the_picture_so_far_is_saved_beside_the_output() {
    let place = Place::new();
    std::fs::create_dir(place.path("made")).unwrap();
    place.neural(&["--iterations=5", "--initial-iterations=5", "--save-every=2", "-o", "made/out.jpg"]);
    let mut made: Vec<_> = std::fs::read_dir(place.path("made")).unwrap().map(|e| e.unwrap().file_name()).collect();
    made.sort();
    assert_eq!(made, ["out.jpg", "out_2.jpg", "out_4.jpg"]);
    image::open(place.path("made/out_2.jpg")).unwrap();
}

#[test]
fn the_trace_holds_every_step() {
    let place = Place::new();
    place.neural(&["--trace=trace.json", "--quiet"]);
    let trace: serde_json::Value = serde_json::from_slice(&place.read("trace.json")).unwrap();
    assert_eq!(trace["iterates"].as_array().map(Vec::len), Some(2));
    assert_eq!(trace["iterates"][1]["i"], 2);
    assert_eq!(trace["args"]["neural"]["size"], 64);
}

#[test]
fn a_dumped_recipe_makes_the_same_recipe_and_the_same_picture() {
    let place = Place::new();
    let flags = ["--strength=0.7", "--color=luma-after", "--style-layers=relu1_1,relu2_1:0.5", "-r", "5"];
    let recipe = place.neural(&[&flags[..], &["--dump-recipe"]].concat());
    place.write("recipe.json", &recipe.stdout);
    let again = place.done(&["neural", "--recipe=recipe.json", "--dump-recipe"]);
    assert_eq!(again.text(), recipe.text());
    place.neural(&[&flags[..], &["-o", "flags.png"]].concat());
    place.done(&["neural", "--recipe=recipe.json", "-o", "recipe.png"]);
    assert!(place.read("flags.png") == place.read("recipe.png"));
    // A picture is a recipe too; only the checksums of what it was made from are added.
    place.done(&["neural", "--recipe=flags.png", "-o", "picture.png"]);
    assert!(place.read("flags.png") == place.read("picture.png"));
}

/// The parameters a command line makes.
fn parameters(arguments: &[&str]) -> serde_json::Value {
    let place = Place::new();
    let dumped = place.done(&[&["neural", "photo.png", "painting.png", "--dump-recipe"], arguments].concat());
    dumped.json()["neural"].take()
}

#[test]
fn style_transfer_pytorchs_spelling_is_understood() {
    let ours = ["--size=256", "--min-size=64", "--content-weight=0.02", "--tv-weight=3", "--initial-iterations=9"];
    let more = ["--iterations=8", "--learning-rate=0.03", "--avg-decay=0.9", "--seed=4", "--style-scale=1.5"];
    let theirs = ["-s", "256", "-ms", "64", "-cw", "0.02", "-tw", "3", "-ii", "9", "-i", "8", "-ss", "0.03"];
    let rest = ["-ad", "0.9", "--random-seed", "4", "--style-scale-fac", "1.5"];
    let long = ["--end-scale", "256", "--min-scale", "64", "-cw", "0.02", "-tw", "3", "-ii", "9", "-i", "8"];
    let long_rest = ["--step-size", "0.03", "-ad", "0.9", "-r", "4", "--style-scale-fac", "1.5"];
    let ours = parameters(&[&ours[..], &more].concat());
    assert_eq!(ours["content_weight"], 0.02);
    assert_eq!(parameters(&[&theirs[..], &rest].concat()), ours);
    assert_eq!(parameters(&[&long[..], &long_rest].concat()), ours);
}

#[test]
fn sizes_of_equal_area_and_steps_of_every_scale_have_a_short_form() {
    let made =
        parameters(&["--size", "512+", "--iterations", "30,20,10", "--init", "style_stats", "--linear-light=false"]);
    assert_eq!((made["size"].as_u64(), &made["size_rule"]), (Some(512), &"area".into()));
    assert_eq!(made["scale_iterations"], serde_json::json!([30, 20, 10]));
    assert_eq!((&made["init"], &made["linear_light"]), (&"style-stats".into(), &false.into()));
    assert_eq!(parameters(&["--normalize-gradients"])["normalize_gradients"], "layer");
    assert_eq!(parameters(&["--normalize-gradients=pt-compat"])["normalize_gradients"], "pt-compat");
}

#[test]
fn later_flags_win_and_flags_win_over_recipes_and_recipes_over_presets() {
    let place = Place::new();
    place.write("recipe.toml", "preset = 'draft'\ncontent = 'photo.png'\n[neural]\nstrength = 0.1\nseed = 3\n");
    let flags = ["--style=painting.png", "--strength=0.2", "--strength=0.3", "--dump-recipe"];
    let made = place.done(&[&["neural", "--recipe=recipe.toml"], &flags[..]].concat()).json();
    assert_eq!((&made["preset"], &made["neural"]["strength"]), (&"draft".into(), &0.3.into()));
    assert_eq!((&made["neural"]["seed"], &made["content"]["path"]), (&3.into(), &"photo.png".into()));
    assert_eq!(made["neural"]["size"], 320, "the preset's own");
}

#[test]
fn several_styles_folders_and_their_weights_are_recorded() {
    let place = Place::new();
    std::fs::create_dir(place.path("styles")).unwrap();
    place.picture("styles/a.png", 64, 64, |x, _| [(x * 4) as u8, 0, 0]);
    place.picture("styles/b.jpg", 64, 64, |_, y| [0, (y * 4) as u8, 0]);
    let pictures = [
        "neural",
        "photo.png",
        "painting.png",
        "styles",
        "--style-weights=2,-0.5",
        "--preset=gatys2016",
        "--quiet",
        "--json",
    ];
    let run = place.done(&[&pictures, &SHORT[..]].concat()).json();
    let styles = run["recipe"]["styles"].as_array().unwrap().iter();
    let styles: Vec<_> = styles.map(|s| (s["path"].as_str().unwrap(), s["weight"].as_f64().unwrap())).collect();
    assert_eq!(styles, [("painting.png", 2.0), ("styles/a.png", -0.5), ("styles/b.jpg", -0.5)]);
}

#[test]
fn a_run_starts_from_the_init_image() {
    let place = Place::new();
    place.picture("start.png", 64, 48, |_, _| [200, 10, 10]);
    place.neural(&["--init-image=start.png", "-i", "0", "-ii", "0", "--quiet"]);
    let made = image::open(place.path("out.png")).unwrap().to_rgb8();
    assert!(made.pixels().all(|p| p.0[0].abs_diff(200) < 3 && p.0[1].abs_diff(10) < 3), "no step changed it");
}

#[test]
fn a_texture_needs_no_content() {
    let place = Place::new();
    let arguments = ["neural", "--preset=texture", "--style=painting.png", "--quiet"];
    place.done(&[&arguments, &SHORT[..]].concat());
    let made = image::open(place.path("out.png")).unwrap();
    assert_eq!((made.width(), made.height()), (56, 64), "the style's proportions");
}
