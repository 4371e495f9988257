//! A run saved and gone on with is the run without the break.

use std::path::{Path, PathBuf};

use scumble::{Artwork, Checkpoint, Environment, Event, Fault, Format, Job, Recipe, RecipeBuilder, Silent};
use serde_json::json;
use tempfile::TempDir;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name)
}

/// Two scales of three steps each.
fn recipe(preset: &str) -> RecipeBuilder {
    let recipe = Recipe::builder().preset(preset).unwrap();
    let recipe = recipe.content(sample("content/chelsea.jpg")).style(sample("style/night-hills.jpg"), 1.0);
    let settings = [("min_size", "48"), ("size", "68"), ("scale_iterations", "3")];
    settings.into_iter().fold(recipe, |recipe, (name, value)| recipe.set(name, value).unwrap())
}

fn prepared(recipe: &Recipe) -> Job {
    let environment = Environment { device: "cpu".into(), ..Environment::from_system() };
    Job::prepare(recipe, &environment).unwrap()
}

fn at(folder: &TempDir, step: usize) -> PathBuf {
    folder.path().join(format!("{step}.run"))
}

/// A run that is saved after every step.
fn saved_all_along(recipe: RecipeBuilder, folder: &TempDir) -> Artwork {
    let mut step = 0;
    let job = prepared(&recipe.build().unwrap());
    let artwork = job.run_from(None, 0, &mut Silent, &mut |moment| {
        step += 1;
        moment.save(&at(folder, step), &json!({ "step": step })).unwrap();
    });
    artwork.unwrap()
}

fn resumed(path: &Path) -> Artwork {
    let checkpoint = Checkpoint::read(path).unwrap();
    prepared(&checkpoint.recipe).run_from(Some(checkpoint), 0, &mut Silent, &mut |_| {}).unwrap()
}

#[test]
fn from_any_step_on_picture_and_trace_are_the_same_bytes() {
    // Adam whose moments and average go on, and L-BFGS of which only a number does.
    for preset in ["crowsonkb", "quality"] {
        let folder = TempDir::new().unwrap();
        let whole = saved_all_along(recipe(preset).set("seed", "5").unwrap(), &folder);
        assert_eq!(whole.trace.len(), 6, "{preset}");
        for step in 1..=6 {
            let again = resumed(&at(&folder, step));
            assert!(again.encode(Format::Png).unwrap() == whole.encode(Format::Png).unwrap(), "{preset} from {step}");
            assert_eq!(again.trace_json().to_string(), whole.trace_json().to_string(), "{preset} from {step}");
        }
        assert_eq!(Checkpoint::read(&at(&folder, 4)).unwrap().notes, json!({ "step": 4 }));
    }
}

#[test]
fn only_the_steps_that_are_left_are_done() {
    let folder = TempDir::new().unwrap();
    saved_all_along(recipe("quality"), &folder);
    let checkpoint = Checkpoint::read(&at(&folder, 4)).unwrap();
    let mut steps = Vec::new();
    let mut observer = |event: &Event<'_>| {
        if let Event::Step(step) = event {
            steps.push((step.stage, step.step, step.total_step));
        }
        scumble::Control::Continue
    };
    prepared(&checkpoint.recipe).run_from(Some(checkpoint), 0, &mut observer, &mut |_| {}).unwrap();
    assert_eq!(steps, [(1, 2, 5), (1, 3, 6)]);
}

#[test]
fn a_checkpoint_of_another_run_is_refused() {
    let folder = TempDir::new().unwrap();
    saved_all_along(recipe("crowsonkb"), &folder);
    for (name, value) in [("size", "72"), ("optimizer", "lbfgs"), ("avg_decay", "0"), ("scale_iterations", "1")] {
        let other = recipe("crowsonkb").set(name, value).unwrap().build().unwrap();
        let checkpoint = Checkpoint::read(&at(&folder, 5)).unwrap();
        let refused = prepared(&other).run_from(Some(checkpoint), 0, &mut Silent, &mut |_| {}).unwrap_err();
        assert_eq!(refused.fault(), Fault::Input, "{name}: {refused}");
        assert!(refused.hint_text().is_some(), "{name}: {refused}");
    }
}

#[test]
fn a_damaged_file_is_refused_wherever_it_is_cut() {
    let folder = TempDir::new().unwrap();
    saved_all_along(recipe("quality"), &folder);
    let bytes = std::fs::read(at(&folder, 2)).unwrap();
    let cut = folder.path().join("cut.run");
    for length in [0, 7, 40, 300, 4000, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&cut, &bytes[..length]).unwrap();
        let refused = Checkpoint::read(&cut).unwrap_err();
        assert_eq!(refused.fault(), Fault::Input, "{length}: {refused}");
        assert!(refused.to_string().contains("cut.run"), "{refused}");
    }
}

#[test]
fn no_file_is_taken_for_a_new_run() {
    let folder = TempDir::new().unwrap();
    saved_all_along(recipe("quality"), &folder);
    assert!(Checkpoint::check_new(&folder.path().join("new.run")).is_ok());
    let unfinished = Checkpoint::check_new(&at(&folder, 1)).unwrap_err();
    assert_eq!(unfinished.fault(), Fault::Parameter);
    assert!(unfinished.hint_text().is_some_and(|hint| hint.contains("scumble resume")), "{unfinished:?}");
    let photo = sample("content/chelsea.jpg");
    assert_eq!(Checkpoint::check_new(&photo).unwrap_err().fault(), Fault::Parameter);
}
