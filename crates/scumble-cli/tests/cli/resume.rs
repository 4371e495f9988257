//! `--checkpoint` and `scumble resume`.

use crate::harness::Place;

const RUN: [&str; 9] = [
    "neural",
    "photo.png",
    "painting.png",
    "--size=68",
    "--min-size=48",
    "--scale-iterations=12",
    "--seed=3",
    "--progress=json",
    "--checkpoint-every=0",
];

/// The picture of the run without a break.
fn whole(place: &Place) -> Vec<u8> {
    place.done(&[&RUN[..], &["--checkpoint=whole.run", "--output=whole.png"]].concat());
    assert!(!place.path("whole.run").exists(), "a finished run needs no checkpoint");
    place.read("whole.png")
}

#[cfg(unix)]
#[test]
fn ctrl_c_saves_the_run_and_resume_makes_the_picture_it_would_have_made() {
    use std::io::Read;
    use std::process::Command;

    let place = Place::new();
    let whole = whole(&place);
    // In the first scale, and in the second.
    for steps in [3, 14] {
        let run = [&RUN[..8], &["--checkpoint=my.run", "--output=out.png", "--trace=out.json"]].concat();
        let (mut child, mut events) = place.started(&run, steps);
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        let mut rest = String::new();
        events.read_to_string(&mut rest).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert!(rest.contains("scumble resume my.run"), "{rest}");
        assert!(place.read("out.png") != whole, "the picture so far is kept, too");

        place.done(&["resume", "my.run"]);
        assert!(place.read("out.png") == whole, "stopped after {steps} steps");
        let trace: serde_json::Value = serde_json::from_slice(&place.read("out.json")).unwrap();
        assert_eq!(trace["iterates"].as_array().map(Vec::len), Some(24), "the trace is that of the whole run");
        assert!(!place.path("my.run").exists(), "a finished run needs no checkpoint");
    }
}

#[test]
fn a_killed_run_leaves_a_checkpoint_that_can_be_used_however_often() {
    let place = Place::new();
    let whole = whole(&place);
    // The run is saved after every step, so that it is killed while or shortly before it writes.
    let run = [&RUN[..], &["--checkpoint=my.run", "--output=out.png"]].concat();
    let (mut child, _events) = place.started(&run, 2);
    child.kill().unwrap();
    child.wait().unwrap();
    for steps in [1, 3, 5] {
        let resume = ["resume", "my.run", "--progress=json"];
        let (mut child, _events) = place.started(&resume, steps);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // Begun anew by mistake it would be lost.
    let refused = place.run(&run);
    assert!(
        refused.code != Some(0) && refused.stderr.contains("holds a run that is not finished"),
        "{}",
        refused.stderr
    );
    // Little memory would have it computed in tiles, and so rounded otherwise, if it began now.
    let resumed = place.done(&["resume", "my.run", "--memory=1MB"]);
    assert!(resumed.stderr.contains("--memory counts when a run begins"), "{}", resumed.stderr);
    assert!(place.read("out.png") == whole);
}

#[test]
fn other_outputs_win_over_those_of_the_run() {
    let place = Place::new();
    let run = [&RUN[..], &["--checkpoint=my.run", "--output=out.png"]].concat();
    let (mut child, _events) = place.started(&run, 3);
    child.kill().unwrap();
    child.wait().unwrap();
    place.done(&["resume", "my.run", "--output=other.jpg", "--quiet"]);
    assert!(place.path("other.jpg").exists() && !place.path("out.png").exists());
}

#[test]
fn mistakes_are_told_before_the_work() {
    let place = Place::new();
    let shown = [
        &["neural", "photo.png", "painting.png", "--checkpoint=photo.png"][..],
        &["neural", "photo.png", "painting.png", "--checkpoint=out.png"],
        &["neural", "photo.png", "painting.png", "--checkpoint-every=5"],
        &["neural", "photo.png", "painting.png", "--checkpoint=my.run", "--checkpoint-every=-1"],
        &["resume", "photo.png"],
        &["resume", "missing.run"],
    ]
    .map(|arguments| format!("$ scumble {}\n{}", arguments.join(" "), place.run(arguments).shown()));
    insta::assert_snapshot!(shown.join("\n"));
}
