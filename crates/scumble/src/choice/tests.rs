use std::cell::RefCell;

use scumble_core::Fault;
use scumble_nn::{Adapter, AdapterKind, Deviation};
use tempfile::TempDir;

use super::*;
use crate::verdict::{Finding, Probed};

fn place() -> (TempDir, Environment) {
    let folder = TempDir::new().expect("a folder");
    let environment = Environment { data_dir: folder.path().to_owned(), ..Environment::from_system() };
    (folder, environment)
}

/// A machine on which only these devices work; tells which were looked at.
fn machine<'a>(working: &'a [&'a str], seen: &'a RefCell<Vec<String>>) -> impl Prober + 'a {
    move |device: &str, _: Option<&Adapter>| {
        seen.borrow_mut().push(device.to_owned());
        if working.contains(&device) {
            let adapter = Adapter { name: "Card".into(), driver: "1.0".into(), kind: AdapterKind::Discrete };
            Probed {
                adapter: Some(adapter),
                finding: Finding::Passed { deviation: Deviation { sums: 3e-6, gradient: 2e-5 }, seconds: 1.2 },
            }
        } else {
            Probed { adapter: None, finding: Finding::Failed { reason: format!("device '{device}' is broken") } }
        }
    }
}

fn chosen(choice: &str, candidates: &[&str], working: &[&str]) -> (Result<DeviceChoice>, Vec<String>) {
    let (_folder, environment) = place();
    let seen = RefCell::default();
    let found = choose(choice, candidates, &mut Verdicts::read(&environment), &mut machine(working, &seen));
    (found, seen.into_inner())
}

#[test]
fn auto_takes_the_first_device_that_works() {
    let (found, seen) = chosen("auto", &["cuda", "vulkan", "wgpu"], &["vulkan", "wgpu"]);
    let found = found.expect("a device");
    assert_eq!((found.device.as_str(), seen), ("vulkan", vec!["cuda".to_owned(), "vulkan".to_owned()]));
    let passes = "device 'vulkan', Card (discrete; 1.0), passes its self-test: deviation 3e-6 in sums, 2e-5 in the gradient; 1.2 s; this is kept";
    assert_eq!(found.notes, [passes]);
}

#[test]
fn auto_falls_back_to_the_processor_and_says_why() {
    let (found, _) = chosen("auto", &["cuda", "vulkan"], &[]);
    let found = found.expect("the processor");
    assert_eq!(found.device, "cpu");
    assert_eq!(found.notes, ["the processor computes: device 'cuda' is broken; device 'vulkan' is broken"]);
}

#[test]
fn without_graphics_in_the_build_there_is_nothing_to_say() {
    let (found, seen) = chosen("auto", &[], &[]);
    let found = found.expect("the processor");
    assert_eq!((found.device.as_str(), found.notes.len(), seen.len()), ("cpu", 0, 0));
}

#[test]
fn a_device_asked_for_by_name_works_or_is_an_error() {
    let (found, seen) = chosen("vulkan:1", &[], &["vulkan:1"]);
    assert_eq!((found.expect("a device").device.as_str(), seen.len()), ("vulkan:1", 1));
    let (found, _) = chosen("vulkan:1", &[], &["vulkan"]);
    let error = found.expect_err("it is broken");
    assert_eq!((error.fault(), error.to_string()), (Fault::Device, "device 'vulkan:1' is broken".into()));
    assert!(
        error.hint_text().is_some_and(|hint| hint.contains("--device cpu") && hint.contains("scumble probe vulkan:1"))
    );
}

#[test]
fn the_processor_is_never_tried_out() {
    let (_folder, environment) = place();
    let choose = |device: &str| {
        let seen = RefCell::default();
        let environment = Environment { device: device.into(), ..environment.clone() };
        let found = choose_device(&environment, &mut machine(&[], &seen));
        assert_eq!(seen.into_inner(), [] as [&str; 0], "{device}");
        found
    };
    for device in ["cpu", "cpu:stock"] {
        assert_eq!(choose(device).expect("the processor"), DeviceChoice { device: device.into(), notes: vec![] });
    }
    assert_eq!(choose("gpu").expect_err("no device").fault(), Fault::Parameter);
}
