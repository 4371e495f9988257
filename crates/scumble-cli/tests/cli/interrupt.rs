//! Ctrl-C keeps the picture.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};

use crate::harness::Place;

/// Starts a run of a million steps and waits until it has done one.
fn started(place: &Place, size: &str) -> (Child, BufReader<ChildStderr>) {
    let mut command = place.command(env!("CARGO_BIN_EXE_scumble"));
    let arguments = ["neural", "photo.png", "painting.png", "--progress=json", "--seed=3"];
    let sizes = [format!("--size={size}"), format!("--min-size={size}")];
    command.args(arguments).args(sizes).args(["--iterations=1000000", "--initial-iterations=1000000"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut events = BufReader::new(child.stderr.take().unwrap());
    wait_for(&mut events, "\"event\":\"step\"");
    (child, events)
}

/// Reads events up to one that holds `text`.
fn wait_for(events: &mut impl BufRead, text: &str) {
    let mut line = String::new();
    while !line.contains(text) {
        line.clear();
        assert!(events.read_line(&mut line).unwrap() > 0, "the program ended before '{text}'");
    }
}

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Reads what is left, so that the program is not held up, and waits for its end.
fn exit_code(mut child: Child, mut events: BufReader<ChildStderr>) -> Option<i32> {
    events.read_to_string(&mut String::new()).unwrap();
    child.wait().unwrap().code()
}

#[test]
fn the_first_signal_stops_and_keeps_the_picture() {
    for signal in ["-INT", "-TERM"] {
        let place = Place::new();
        let (child, events) = started(&place, "48");
        send(signal, &child);
        assert_eq!(exit_code(child, events), Some(130));
        let picture = image::open(place.path("out.png")).unwrap();
        assert_eq!((picture.width(), picture.height()), (48, 36));
        let recipe = place.done(&["neural", "--recipe=out.png", "--dump-recipe"]).json();
        assert_eq!(recipe["neural"]["seed"], 3);
        let parts = place.files().into_iter().filter(|path| path.extension().is_some_and(|e| e == "part"));
        assert_eq!(parts.count(), 0, "nothing half-written is left");
    }
}

#[test]
fn the_second_signal_ends_at_once() {
    let place = Place::new();
    // A step takes long enough here for the second signal to come within it.
    let (child, mut events) = started(&place, "448");
    send("-INT", &child);
    wait_for(&mut events, "stopping after this step");
    send("-INT", &child);
    assert_eq!(exit_code(child, events), Some(130));
    assert!(!place.path("out.png").exists(), "the picture was not waited for");
}
