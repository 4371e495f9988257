use super::*;

/// What a child that runs this shell script is taken for. `$0` is the device, `$2` what is known.
fn probed_within(script: &str, known: Option<&Adapter>, opening: Duration, testing: Duration) -> Probed {
    let arguments = vec!["-c".into(), script.into()];
    Probe { program: "sh".into(), arguments, opening, testing }.probe("vulkan:1", known)
}

/// With more time than any of these scripts takes.
fn probed(script: &str) -> Probed {
    probed_within(script, None, AMPLE, AMPLE)
}

const AMPLE: Duration = Duration::from_secs(100);
const SOON: Duration = Duration::from_millis(200);
/// Never ends by itself.
const HANG: &str = "kill -STOP $$";

const CARD: &str = r#"{"adapter":{"name":"Card","driver":"1.0","kind":"discrete"}}"#;
const PASSED: &str = r#"{"finding":{"passed":{"deviation":{"sums":2e-6,"gradient":1e-5},"seconds":0.5}}}"#;

fn card() -> Adapter {
    Adapter { name: "Card".into(), driver: "1.0".into(), kind: scumble::AdapterKind::Discrete }
}

fn reason(probed: &Probed) -> &str {
    match &probed.finding {
        Finding::Failed { reason } => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_good_child_is_believed() {
    let found = probed(&format!("echo '{CARD}'; echo '{PASSED}'"));
    let finding = Finding::Passed { deviation: scumble::Deviation { sums: 2e-6, gradient: 1e-5 }, seconds: 0.5 };
    assert_eq!(found, Probed { adapter: Some(card()), finding });
}

#[test]
fn a_child_is_told_the_device_and_what_is_known() {
    let script = r#"[ "$0" = vulkan:1 ] && [ "$1" = --known ] && printf '{"adapter":%s}\n{"finding":"known"}\n' "$2""#;
    let found = probed_within(script, Some(&card()), AMPLE, AMPLE);
    assert_eq!(found, Probed { adapter: Some(card()), finding: Finding::Known });
}

#[test]
fn a_crash_is_a_finding() {
    let found = probed("kill -SEGV $$");
    assert_eq!(reason(&found), "the driver of device 'vulkan:1' crashed while it was tried out (signal 11)");
    assert_eq!(found.adapter, None);
    // After it said what the device is, so that the crash can be remembered.
    let found = probed(&format!("echo '{CARD}'; kill -ABRT $$"));
    assert_eq!(reason(&found), "the driver of device 'vulkan:1' crashed while it was tried out (signal 6)");
    assert_eq!(found.adapter, Some(card()));
}

#[test]
fn a_device_that_passes_and_then_crashes_is_not_used() {
    let found = probed(&format!("echo '{CARD}'; echo '{PASSED}'; kill -SEGV $$"));
    assert!(reason(&found).contains("signal 11"), "{found:?}");
    let found = probed(&format!("echo '{CARD}'; echo '{PASSED}'; exit 3"));
    assert!(reason(&found).contains("exit status: 3"), "{found:?}");
}

#[test]
fn a_child_that_hangs_is_ended() {
    let found = probed_within(HANG, None, SOON, AMPLE);
    assert_eq!(reason(&found), "device 'vulkan:1' could not be opened within 0.2 s");
    let found = probed_within(&format!("echo '{CARD}'; {HANG}"), None, AMPLE, SOON);
    assert_eq!(reason(&found), "device 'vulkan:1' could not be tried out within 0.2 s");
    // It says no more, but does not end.
    let found = probed_within(&format!("echo '{CARD}'; echo '{PASSED}'; exec >&-; {HANG}"), None, AMPLE, SOON);
    assert_eq!(reason(&found), "device 'vulkan:1' could not be tried out within 0.2 s");
}

#[test]
fn rubbish_is_passed_over() {
    let found = probed(&format!(
        "echo WARNING; printf '\\377\\n{{\"finding\":3}}\\n'; echo '{CARD}'; echo '{PASSED}'; echo bye"
    ));
    assert_eq!((found.adapter, matches!(found.finding, Finding::Passed { .. })), (Some(card()), true));
    let found = probed("echo nothing but rubbish");
    assert_eq!(reason(&found), "device 'vulkan:1' was tried out without a result");
    // Without end: only its beginning is read, and who goes on is ended by that.
    assert!(reason(&probed("exec yes")).contains("signal"));
}

#[test]
fn a_program_that_is_not_there_is_a_finding() {
    let mut probe = Probe { program: "/no/such/program".into(), ..Probe::default() };
    let found = probe.probe("cuda", None);
    assert!(reason(&found).starts_with("device 'cuda' was not tried out: no process can be started: "), "{found:?}");
}
