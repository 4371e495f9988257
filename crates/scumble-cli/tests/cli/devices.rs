//! Devices: which there are, trying them out, falling back.

use crate::harness::Place;

#[test]
fn probing_prints_a_finding() {
    let place = Place::new();
    let probed = place.done(&["probe", "cpu:stock"]);
    let lines: Vec<serde_json::Value> =
        probed.text().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(lines.len(), 1, "the processor is no adapter: {lines:?}");
    let passed = &lines[0]["finding"]["passed"];
    // Single precision against single precision.
    assert!(passed["deviation"]["sums"].as_f64().is_some_and(|d| d > 0.0 && d < 1e-5), "{lines:?}");
    assert!(passed["seconds"].as_f64().is_some_and(|s| s > 0.0), "{lines:?}");
    assert!(place.files().iter().all(|file| !file.ends_with("devices.json")), "the processor is not remembered");
}

#[test]
fn probing_takes_no_nonsense() {
    let place = Place::new();
    assert_eq!(place.run(&["probe", "gpu"]).code, Some(2));
    assert_eq!(place.run(&["probe", "cpu", "--known", "a card"]).code, Some(2));
    assert!(!place.done(&["--help"]).text().contains("probe"), "it is for the program itself");
}

/// What a build without graphics devices says.
#[cfg(not(any(feature = "cuda", feature = "rocm", feature = "metal", feature = "vulkan", feature = "wgpu")))]
mod without_graphics {
    use super::Place;

    #[test]
    fn doctor_lists_the_processor_alone() {
        let place = Place::new();
        for arguments in [&["doctor", "--json"][..], &["doctor", "--json", "--probe"]] {
            let report = place.done(arguments).json();
            let devices = report["devices"].as_array().expect("devices");
            assert_eq!(devices.len(), 1, "{report}");
            assert_eq!((&devices[0]["name"], &devices[0]["usable"]), (&"cpu".into(), &true.into()));
        }
    }

    #[test]
    fn a_device_that_is_not_built_in_says_what_to_build() {
        let place = Place::new();
        insta::assert_snapshot!(place.run(&["compare", "photo.png", "photo.png", "--device=vulkan:1"]).shown());
        assert_eq!(place.run(&["probe", "metal"]).code, Some(1));
    }

    #[test]
    fn auto_is_silent() {
        let ended = Place::new().neural(&["--progress=none"]);
        assert!(!ended.stderr.contains("note:"), "{}", ended.stderr);
    }
}

/// With `wgpu` built in.
#[cfg(all(feature = "wgpu", not(any(feature = "cuda", feature = "rocm", feature = "metal", feature = "vulkan"))))]
mod with_wgpu {
    use std::process::Command;

    use super::Place;
    use crate::harness::{Ended, SHORT};

    /// The program on a machine without any driver: Vulkan's loader and OpenGL's are shown an empty place.
    fn without_drivers(place: &Place, arguments: &[&str]) -> Ended {
        let mut command: Command = place.command(env!("CARGO_BIN_EXE_scumble"));
        for variable in ["VK_DRIVER_FILES", "VK_ICD_FILENAMES", "__EGL_VENDOR_LIBRARY_FILENAMES"] {
            command.env(variable, place.path("no-such-file.json"));
        }
        Ended::of(command.args(arguments).output().expect("the program starts"))
    }

    #[test]
    fn auto_without_a_driver_is_the_processor_and_says_so() {
        let place = Place::new();
        let run = [&["neural", "photo.png", "painting.png"], &SHORT[..]].concat();
        let ended = without_drivers(&place, &[&run[..], &["-o=auto.png"]].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let notes: Vec<&str> = ended.stderr.lines().filter(|line| line.starts_with("note: ")).collect();
        assert_eq!(notes.len(), 1, "{}", ended.stderr);
        assert!(notes[0].starts_with("note: the processor computes: device 'wgpu' cannot be opened: "), "{}", notes[0]);
        place.done(&[&run[..], &["-o=cpu.png", "--device=cpu"]].concat());
        let pixels = |name: &str| image::open(place.path(name)).expect("a picture").to_rgb8();
        assert!(pixels("auto.png") == pixels("cpu.png"));

        let silent = without_drivers(&place, &[&run[..], &["--quiet"]].concat());
        assert_eq!((silent.code, silent.stderr.as_str()), (Some(0), ""));
    }

    #[test]
    fn a_device_asked_for_by_name_is_needed() {
        let place = Place::new();
        let ended = without_drivers(&place, &["neural", "photo.png", "painting.png", "--device=wgpu"]);
        assert_eq!(ended.code, Some(1));
        assert!(ended.stderr.starts_with("error: device 'wgpu' cannot be opened: "), "{}", ended.stderr);
        assert!(ended.stderr.contains("hint: --device cpu"), "{}", ended.stderr);
        assert!(!place.path("out.png").exists());
    }

    #[test]
    #[ignore = "needs a software driver for Vulkan, such as Debian's mesa-vulkan-drivers"]
    fn a_software_driver_makes_the_processors_picture() {
        let place = Place::new();
        let run = [&["neural", "photo.png", "painting.png", "--optimizer=adam"], &SHORT[..]].concat();
        let first = place.done(&[&run[..], &["-o=wgpu.png", "--device=wgpu:cpu"]].concat());
        assert!(first.stderr.contains("passes its self-test"), "{}", first.stderr);
        let again = place.done(&[&run[..], &["-o=again.png", "--device=wgpu:cpu"]].concat());
        assert!(!again.stderr.contains("self-test"), "it is remembered: {}", again.stderr);
        place.done(&[&run[..], &["-o=cpu.png", "--device=cpu"]].concat());
        let pixels = |name: &str| image::open(place.path(name)).expect("a picture").to_rgb8();
        let (wgpu, cpu) = (pixels("wgpu.png"), pixels("cpu.png"));
        assert!(wgpu == pixels("again.png"), "the same seed, device and driver make the same picture");
        let far = wgpu.as_raw().iter().zip(cpu.as_raw()).filter(|(a, b)| a.abs_diff(**b) > 1).count();
        // As between tiles and the whole: Adam's first steps take a gradient's sign, and a value near zero may go either way.
        assert!(far * 1000 < cpu.as_raw().len(), "{far} of {} values differ", cpu.as_raw().len());
    }
}
