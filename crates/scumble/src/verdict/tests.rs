use scumble_nn::AdapterKind;
use tempfile::TempDir;

use super::*;

fn place() -> (TempDir, Environment) {
    let folder = TempDir::new().expect("a folder");
    let environment = Environment { data_dir: folder.path().join("data"), ..Environment::from_system() };
    (folder, environment)
}

fn adapter(driver: &str) -> Adapter {
    Adapter { name: "Card".into(), driver: driver.into(), kind: AdapterKind::Discrete }
}

const PASSED: Finding = Finding::Passed { deviation: DEVIATION, seconds: 0.5 };
const DEVIATION: Deviation = Deviation { sums: 2e-6, gradient: 1e-5 };

/// A machine whose only device has this driver: as the child process, it tests what is not known.
fn machine<'a>(driver: &'a str, finding: &'a Finding, tests: &'a mut u32) -> impl Prober + 'a {
    move |_: &str, known: Option<&Adapter>| {
        let adapter = adapter(driver);
        if known == Some(&adapter) {
            return Probed { adapter: Some(adapter), finding: Finding::Known };
        }
        *tests += 1;
        Probed { adapter: Some(adapter), finding: finding.clone() }
    }
}

#[test]
fn a_device_is_tried_out_once_for_each_driver() {
    let (_folder, environment) = place();
    let mut tests = 0;
    for (driver, expected) in [("1.0", 1), ("1.0", 1), ("1.1", 2), ("1.1", 2), ("1.0", 3)] {
        // Read anew, as by another run of the program.
        let (verdict, kept) = Verdicts::read(&environment).of("vulkan", &mut machine(driver, &PASSED, &mut tests));
        kept.expect("kept");
        assert_eq!(tests, expected, "driver {driver}");
        assert_eq!((verdict.adapter, verdict.outcome), (Some(adapter(driver)), Ok((DEVIATION, 0.5))));
    }
}

#[test]
fn a_failure_is_kept_too_and_says_so() {
    let (_folder, environment) = place();
    let failed = Finding::Failed { reason: "device 'vulkan' crashed".into() };
    let mut tests = 0;
    let mut verdict = || Verdicts::read(&environment).of("vulkan", &mut machine("1.0", &failed, &mut tests)).0;
    let (first, second) = (verdict(), verdict());
    assert_eq!((first.outcome.unwrap_err().as_str(), first.is_new), ("device 'vulkan' crashed", true));
    assert!(!second.is_new);
    assert!(second.outcome.unwrap_err().starts_with("device 'vulkan' crashed (tried earlier"));
    assert_eq!(tests, 1);
}

#[test]
fn forgetting_and_another_build_try_again() {
    let (_folder, environment) = place();
    let mut tests = 0;
    let mut verdicts = Verdicts::read(&environment);
    let _ = verdicts.of("vulkan", &mut machine("1.0", &PASSED, &mut tests));
    verdicts.forget();
    let _ = verdicts.of("vulkan", &mut machine("1.0", &PASSED, &mut tests));
    assert_eq!(tests, 2);

    let path = environment.data_dir.join("devices.json");
    let text = std::fs::read_to_string(&path).expect("a file");
    assert!(text.contains(&build()), "{text}");
    std::fs::write(&path, text.replace(&build(), "0.0.1 metal")).expect("written");
    let _ = Verdicts::read(&environment).of("vulkan", &mut machine("1.0", &PASSED, &mut tests));
    assert_eq!(tests, 3);
}

#[test]
fn a_device_that_does_not_say_what_it_is_is_not_kept() {
    let (_folder, environment) = place();
    let mut none = |_: &str, _: Option<&Adapter>| Probed {
        adapter: None,
        finding: Finding::Failed { reason: "no driver".into() },
    };
    let (verdict, kept) = Verdicts::read(&environment).of("vulkan", &mut none);
    kept.expect("nothing to keep");
    assert_eq!(verdict.outcome, Err("no driver".into()));
    assert!(!environment.data_dir.exists());
}

#[test]
fn a_damaged_file_is_made_anew() {
    let (_folder, environment) = place();
    std::fs::create_dir_all(&environment.data_dir).expect("a folder");
    let path = environment.data_dir.join("devices.json");
    for text in ["", "{ not json", "[1, 2]", r#"{"vulkan": {"build": 3}}"#] {
        std::fs::write(&path, text).expect("written");
        let mut tests = 0;
        let (verdict, kept) = Verdicts::read(&environment).of("vulkan", &mut machine("1.0", &PASSED, &mut tests));
        kept.expect("kept");
        assert_eq!((verdict.outcome, tests), (Ok((DEVIATION, 0.5)), 1), "{text}");
        let (verdict, _) = Verdicts::read(&environment).of("vulkan", &mut machine("1.0", &PASSED, &mut tests));
        assert!(!verdict.is_new && tests == 1, "{text}");
    }
}

#[test]
fn a_verdict_that_cannot_be_kept_still_counts() {
    let (_folder, environment) = place();
    std::fs::write(&environment.data_dir, "a file in the folder's place").expect("written");
    let mut tests = 0;
    let (verdict, kept) = Verdicts::read(&environment).of("vulkan", &mut machine("1.0", &PASSED, &mut tests));
    assert_eq!(verdict.outcome, Ok((DEVIATION, 0.5)));
    assert!(kept.unwrap_err().to_string().starts_with("the verdict on a device was not kept: "));
}

#[test]
fn what_is_said_to_be_known_must_be() {
    let (_folder, environment) = place();
    let mut liar = |_: &str, _: Option<&Adapter>| Probed { adapter: Some(adapter("1.0")), finding: Finding::Known };
    let (verdict, _) = Verdicts::read(&environment).of("vulkan", &mut liar);
    assert!(verdict.outcome.is_err());
}
