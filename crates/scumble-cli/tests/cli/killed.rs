//! Runs that are killed, again and again, while they save themselves.

use std::os::unix::process::ExitStatusExt;

use crate::harness::Place;

/// Runs over two scales. The last one is computed in tiles.
const RUNS: [(&str, &[&str]); 3] = [
    ("Adam", &["--preset=crowsonkb", "--size=68", "--min-size=48", "--scale-iterations=9"]),
    ("L-BFGS", &["--preset=gatys2016", "--size=68", "--min-size=48", "--scale-iterations=9"]),
    ("tiles", &["--preset=gatys2016", "--size=110", "--min-size=78", "--tile=64", "--scale-iterations=7"]),
];

/// The command of a run that saves itself after every step.
fn command<'a>(settings: &[&'a str], files: [&'a str; 2]) -> Vec<&'a str> {
    let run = ["neural", "photo.png", "painting.png", "--seed=3", "--progress=json", "--checkpoint-every=0"];
    [&run[..], settings, &files].concat()
}

/// The picture of the run without a break.
fn whole(place: &Place, settings: &[&str]) -> Vec<u8> {
    place.done(&command(settings, ["--checkpoint=whole.run", "--output=whole.png"]));
    place.read("whole.png")
}

/// Number of files that are being written, or were when their program was killed.
fn half_written(place: &Place) -> usize {
    place.files().into_iter().filter(|path| path.extension().is_some_and(|e| e == "part")).count()
}

/// Starts a program, and kills it (SIGKILL) when it writes a file after it has told of some steps. It may have been done
/// with the file by then; says whether it was not.
fn killed_while_it_writes(place: &Place, arguments: &[&str], steps: usize) -> bool {
    let left = half_written(place);
    let (mut child, _events) = place.started(arguments, steps);
    while half_written(place) == left {
        assert!(child.try_wait().unwrap().is_none(), "it was to be killed before its end");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    half_written(place) > left
}

#[test]
fn killed_however_often_while_it_saves_itself_it_makes_the_same_picture() {
    let mut caught = 0;
    for (name, settings) in RUNS {
        let place = Place::new();
        let whole = whole(&place, settings);
        let run = command(settings, ["--checkpoint=my.run", "--output=out.png"]);
        // Told of two steps, we know the first to be saved; each time the run gets on by one at least.
        caught += usize::from(killed_while_it_writes(&place, &run, 2));
        for steps in [2, 4] {
            caught += usize::from(killed_while_it_writes(&place, &["resume", "my.run", "--progress=json"], steps));
        }
        place.done(&["resume", "my.run"]);
        assert!(place.read("out.png") == whole, "{name}");
    }
    assert!(caught > 0, "of nine runs none was killed while it wrote");
}

#[test]
fn dead_in_the_middle_of_a_file_it_goes_on_from_the_one_before() {
    let place = Place::new();
    let settings = RUNS[1].1;
    let whole = whole(&place, settings);
    // L-BFGS's memory grows from step to step, three arrays of 64×48 pixels at first: it becomes larger than the system
    // lets a file become, which ends a program in the middle of the writing. The limit counts half or whole kibibytes,
    // as the shell has it: it stands for six or twelve arrays of the ten and more of the last steps.
    let array = 64 * 48 * 3 * size_of::<f32>();
    let script = format!("ulimit -c 0; ulimit -f {}; exec \"$@\"", 6 * array / 512);
    let run = command(settings, ["--checkpoint=my.run", "--output=out.png"]);
    let mut shell = place.command("sh");
    shell.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_scumble")]).args(&run);
    let ended = shell.output().unwrap();
    assert!(ended.status.signal().is_some(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(half_written(&place), 1, "it died while it wrote");
    let steps = String::from_utf8_lossy(&ended.stderr).matches("\"event\":\"step\"").count();
    assert!(steps > 2, "files had been written before: {steps} steps");

    let resumed = place.done(&["resume", "my.run", "--progress=json"]);
    assert!(place.read("out.png") == whole);
    let left = resumed.stderr.matches("\"event\":\"step\"").count();
    assert_eq!(left, 18 - (steps - 1), "all but the step whose file was not finished are kept");
}

#[test]
fn changed_pictures_are_noticed() {
    let place = Place::new();
    let run = command(RUNS[0].1, ["--checkpoint=my.run", "--output=out.png"]);
    let (mut child, _events) = place.started(&run, 2);
    child.kill().unwrap();
    child.wait().unwrap();
    place.picture("painting.png", 56, 64, |x, y| [x as u8, y as u8, 0]);
    let refused = place.run(&["resume", "my.run"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("painting.png: is not the file the recipe was made with"), "{}", refused.stderr);
    assert!(place.path("my.run").exists() && !place.path("out.png").exists());
    std::fs::remove_file(place.path("painting.png")).unwrap();
    let refused = place.run(&["resume", "my.run"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("painting.png") && refused.stderr.contains("hint"), "{}", refused.stderr);
}
