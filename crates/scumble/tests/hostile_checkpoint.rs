//! Checkpoints that no run has saved: an error says so, and nothing panics.

use std::path::{Path, PathBuf};

use safetensors::SafeTensors;
use scumble::{Checkpoint, Control, Environment, Error, Event, Fault, Job, Recipe, Silent};
use serde_json::{Value, json};
use tempfile::TempDir;

const STEPS: usize = 3;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name)
}

/// A prepared job, and the bytes of its checkpoint after a step.
fn saved(optimizer: &str) -> (Job, Vec<u8>) {
    let recipe = Recipe::builder().content(sample("content/chelsea.jpg")).style(sample("style/night-hills.jpg"), 1.0);
    let steps = STEPS.to_string();
    let settings = [("min_size", "32"), ("size", "32"), ("initial_iterations", &steps), ("optimizer", optimizer)];
    let recipe = settings.into_iter().fold(recipe, |recipe, (name, value)| recipe.set(name, value).unwrap());
    let environment = Environment { device: "cpu".into(), ..Environment::from_system() };
    let job = Job::prepare(&recipe.build().unwrap(), &environment).unwrap();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("my.run");
    let mut done = 0;
    job.run_from(None, 0, &mut Silent, &mut |moment| {
        done += 1;
        if done == 2 {
            moment.save(&path, &Value::Null).unwrap();
        }
    })
    .unwrap();
    (job, std::fs::read(path).unwrap())
}

/// Reads bytes as a checkpoint and takes it up; the run itself is given up before its first step.
fn take_up(job: &Job, folder: &Path, bytes: &[u8]) -> Result<(), Error> {
    let path = folder.join("my.run");
    std::fs::write(&path, bytes).unwrap();
    let checkpoint = Checkpoint::read(&path)?;
    let mut cancel = |_: &Event<'_>| Control::Cancel;
    job.run_from(Some(checkpoint), 0, &mut cancel, &mut |_| {}).map(drop)
}

/// A file's header as JSON, and what follows it.
fn parts(bytes: &[u8]) -> (Value, &[u8]) {
    let (length, _) = SafeTensors::read_metadata(bytes).unwrap();
    (serde_json::from_slice(&bytes[8..8 + length]).unwrap(), &bytes[8 + length..])
}

fn together(header: &Value, arrays: &[u8]) -> Vec<u8> {
    let header = header.to_string().into_bytes();
    [&(header.len() as u64).to_le_bytes()[..], &header, arrays].concat()
}

/// The file with its state's text changed.
fn with_state(bytes: &[u8], change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let (mut header, arrays) = parts(bytes);
    let text = header["__metadata__"]["state"].as_str().unwrap();
    let mut state: Value = serde_json::from_str(text).unwrap();
    let before = state.clone();
    change(&mut state);
    assert_ne!(state, before, "the change names something that is there");
    header["__metadata__"]["state"] = state.to_string().into();
    together(&header, arrays)
}

#[test]
fn the_file_itself_is_taken_up() {
    let folder = TempDir::new().unwrap();
    for optimizer in ["adam", "lbfgs"] {
        let (job, bytes) = saved(optimizer);
        take_up(&job, folder.path(), &bytes).unwrap();
        let (header, arrays) = parts(&bytes);
        take_up(&job, folder.path(), &together(&header, arrays)).unwrap();
    }
}

#[test]
fn wherever_it_is_cut_it_is_refused() {
    let (job, bytes) = saved("adam");
    let folder = TempDir::new().unwrap();
    let (_, arrays) = parts(&bytes);
    let header = bytes.len() - arrays.len();
    for length in (0..header).step_by(13).chain((header..bytes.len()).step_by(1009)).chain([bytes.len() - 1]) {
        let refused = take_up(&job, folder.path(), &bytes[..length]).unwrap_err();
        assert_eq!(refused.fault(), Fault::Input, "{length}: {refused}");
        assert!(refused.to_string().contains("my.run"), "{length}: {refused}");
    }
}

#[test]
fn a_changed_byte_is_refused_or_harmless() {
    for optimizer in ["adam", "lbfgs"] {
        let (job, bytes) = saved(optimizer);
        let folder = TempDir::new().unwrap();
        let header = bytes.len() - parts(&bytes).1.len();
        let mut refused = 0;
        for (i, to) in (0..header).step_by(3).zip(b"9-e\"0}\xff,".iter().cycle()) {
            let mut bytes = bytes.clone();
            bytes[i] = *to;
            // Some bytes are a digit of a loss, or of a recipe that is not asked here: they may pass.
            if let Err(e) = take_up(&job, folder.path(), &bytes) {
                refused += 1;
                assert!(!e.to_string().is_empty());
            }
        }
        assert!(refused * 10 > header, "{refused} of {} were noticed", header / 3);
    }
}

#[test]
fn numbers_out_of_their_range_are_refused() {
    let (adam, of_adam) = saved("adam");
    let (lbfgs, of_lbfgs) = saved("lbfgs");
    let folder = TempDir::new().unwrap();
    let refused = |job: &Job, bytes: &[u8], what: &str| {
        let refused = take_up(job, folder.path(), bytes).expect_err(what);
        assert_eq!(refused.fault(), Fault::Input, "{what}: {refused}");
        assert!(refused.to_string().starts_with("the checkpoint: it is not of this run"), "{what}: {refused}");
        assert!(refused.hint_text().is_some(), "{what}: {refused}");
    };
    let cases: [(&str, &str, Value); 9] = [
        ("a stage too far", "/stage", json!(1)),
        ("a stage below zero", "/stage", json!(-1)),
        ("more steps than there are", "/step", json!(STEPS + 1)),
        ("Adam's last step", "/optimizer/adam/steps", json!(i32::MAX)),
        ("Adam's steps below zero", "/optimizer/adam/steps", json!(-2)),
        ("a loss that is no number", "/trace/0/loss", json!(null)),
        ("an average of more than everything", "/average_rest", json!(1.5)),
        ("an average below nothing", "/average_rest", json!(-0.5)),
        ("no average", "/average_rest", json!(null)),
    ];
    for (what, place, value) in cases {
        let changed = with_state(&of_adam, |state| *state.pointer_mut(place).expect(what) = value);
        refused(&adam, &changed, what);
    }
    let more = with_state(&of_lbfgs, |state| state["optimizer"]["lbfgs"]["inverses"] = json!(vec![1.0; 50]));
    refused(&lbfgs, &more, "pairs that are not there");
    let fewer = with_state(&of_lbfgs, |state| state["optimizer"]["lbfgs"]["moved"] = json!(false));
    refused(&lbfgs, &fewer, "arrays that nobody asks for");
    refused(&adam, &of_lbfgs, "another optimiser's");
    refused(&lbfgs, &of_adam, "another optimiser's");
}

#[test]
fn arrays_of_other_kinds_are_refused() {
    let (job, bytes) = saved("adam");
    let folder = TempDir::new().unwrap();
    let (header, arrays) = parts(&bytes);
    let refused = |header: &Value, arrays: &[u8], what: &str| {
        let refused = take_up(&job, folder.path(), &together(header, arrays)).expect_err(what);
        assert_eq!(refused.fault(), Fault::Input, "{what}: {refused}");
    };
    for place in [0, arrays.len() / 2, arrays.len() - 4] {
        let mut changed = arrays.to_vec();
        changed[place / 4 * 4..][..4].copy_from_slice(&f32::NAN.to_le_bytes());
        let refused = take_up(&job, folder.path(), &together(&header, &changed)).unwrap_err();
        assert!(refused.to_string().contains("a value is not a number"), "{refused}");
    }
    let mut other = header.clone();
    other["0"]["dtype"] = "I32".into();
    refused(&other, arrays, "integers");

    // The last array left out, or a value of it; the others are as they were.
    let last = header.as_object().unwrap().len() - 2;
    let [start, end] = [0, 1].map(|i| header[last.to_string()]["data_offsets"][i].as_u64().unwrap());
    let mut fewer = header.clone();
    fewer.as_object_mut().unwrap().remove(&last.to_string());
    refused(&fewer, &arrays[..start as usize], "an array is missing");
    let mut shorter = header.clone();
    shorter[last.to_string()] =
        json!({ "dtype": "F32", "shape": [(end - start) / 4 - 1], "data_offsets": [start, end - 4] });
    refused(&shorter, &arrays[..arrays.len() - 4], "an array is shorter");
    let mut renamed = header.clone();
    let array = renamed.as_object_mut().unwrap().remove("0").unwrap();
    renamed["first"] = array;
    refused(&renamed, arrays, "an array has a name");
}
