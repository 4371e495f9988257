//! Jobs as a program that embeds scumble sees them.

use std::path::PathBuf;

use scumble::{Artwork, Control, End, Environment, Event, Fault, Format, Job, Recipe, RecipeBuilder, Silent, Step};

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name)
}

/// A short run of the default preset at small sizes.
fn small(sizes: [&str; 2], steps: &str) -> RecipeBuilder {
    let recipe = Recipe::builder().content(sample("content/chelsea.jpg")).style(sample("style/night-hills.jpg"), 1.0);
    let settings = [("min_size", sizes[0]), ("size", sizes[1]), ("iterations", steps), ("initial_iterations", steps)];
    settings.into_iter().fold(recipe, |recipe, (name, value)| recipe.set(name, value).unwrap())
}

fn job(recipe: RecipeBuilder) -> Job {
    job_on(recipe, None)
}

fn job_on(recipe: RecipeBuilder, threads: Option<usize>) -> Job {
    let environment = Environment { device: "cpu".into(), threads, ..Environment::from_system() };
    Job::prepare(&recipe.build().unwrap(), &environment).unwrap()
}

fn run(recipe: RecipeBuilder) -> Artwork {
    job(recipe).run(0, &mut Silent).unwrap()
}

fn losses(artwork: &Artwork, stage: usize) -> Vec<f64> {
    artwork.trace.iter().filter(|s| s.stage == stage).map(|s| s.loss).collect()
}

#[test]
fn the_loss_falls_and_does_not_spike_where_a_scale_begins() {
    let artwork = run(small(["64", "91"], "12"));
    assert_eq!((artwork.canvas.width(), artwork.canvas.height(), artwork.end), (91, 61, End::Finished));
    let (first, second) = (losses(&artwork, 0), losses(&artwork, 1));
    assert!(first[11] < 0.7 * first[0], "{first:?}");
    // Adam's moments are carried over: without them the first step would be as long as at the very start.
    assert!(second[1] < 2.0 * second[0], "{second:?}");
    assert!(second[11] < second[0], "{second:?}");
}

#[test]
fn threads_change_nothing_with_either_optimiser_and_every_kind_of_style_loss() {
    for preset in ["quality", "gatys2016", "crowsonkb-2021"] {
        let recipe = || small(["96", "96"], "3").preset(preset).unwrap();
        let bytes = |threads| {
            let artwork = job_on(recipe(), Some(threads)).run(0, &mut Silent).unwrap();
            artwork.encode(Format::Png).unwrap()
        };
        let one = bytes(1);
        assert!(one == bytes(2) && one == bytes(3), "{preset}");
    }
}

#[test]
fn an_observer_stops_a_run_and_keeps_its_picture() {
    let mut seen = 0;
    let job = job(small(["64", "91"], "5"));
    let artwork = job.run(0, &mut |event: &Event<'_>| match event {
        Event::Step(step) if step.total_step == 7 => Control::StopAndKeep,
        Event::Step(_) => {
            seen += 1;
            Control::Continue
        }
        _ => Control::Continue,
    });
    let artwork = artwork.unwrap();
    assert_eq!((artwork.end, artwork.trace.len(), seen), (End::Stopped, 7, 6));
    assert_eq!(artwork.canvas.width(), 91, "the second scale had begun");
}

#[test]
fn an_observer_sees_plan_steps_and_previews() {
    let (mut plan_steps, mut steps, mut previews) = (0, Vec::<Step>::new(), Vec::new());
    let job = job(small(["64", "91"], "4"));
    job.run(3, &mut |event: &Event<'_>| {
        match event {
            Event::Plan(plan) => plan_steps = plan.stages.iter().map(|s| s.steps).sum(),
            Event::Step(step) => steps.push((*step).clone()),
            Event::Preview(preview) => {
                assert!(preview.rgb.iter().all(|v| (0.0..=1.0).contains(v)), "a shown picture is in range");
                previews.push((preview.total_step, preview.width, preview.rgb.len()));
            }
            _ => {}
        }
        Control::Continue
    })
    .unwrap();
    assert_eq!((plan_steps, steps.len()), (8, 8));
    assert_eq!(previews, [(3, 64, 64 * 43 * 3), (6, 91, 91 * 61 * 3)]);
    for step in &steps {
        let sum: f64 = step.parts.iter().map(|(_, value)| value).sum();
        assert!((sum - step.loss).abs() <= 1e-12 * step.loss);
    }
}

#[test]
fn strength_slides_from_the_photo_to_the_style() {
    let content = |strength: &str| {
        let artwork = run(small(["64", "64"], "25").set("strength", strength).unwrap());
        let last = artwork.trace.last().unwrap().parts.clone();
        let weight = 100f64.powf(1.0 - 2.0 * strength.parse::<f64>().unwrap());
        last.iter().filter(|(name, _)| name.starts_with("content")).map(|(_, v)| v / weight).sum::<f64>()
    };
    let distances = ["0", "0.5", "1"].map(content);
    assert!(distances[0] < 0.3 * distances[1] && distances[1] < distances[2], "{distances:?}");
}

#[test]
fn two_styles_lie_between_each_alone() {
    let toward = |first: f64, second: f64| {
        let recipe = small(["64", "64"], "20").set("init", "gray").unwrap().set("content_weight", "0").unwrap();
        let recipe = recipe.style(sample("style/night-hills.jpg"), first);
        let artwork = run(recipe.style(sample("style/woodcut-waves.jpg"), second));
        let rgb = artwork.canvas.rgb().iter().step_by(3).copied().collect::<Vec<f32>>();
        rgb.iter().sum::<f32>() / rgb.len() as f32
    };
    // `small` already holds one share of the night hills.
    let (hills, both, waves) = (toward(1.0, 0.0), toward(0.0, 1.0), toward(0.0, 1e4));
    assert!((hills.min(waves)..=hills.max(waves)).contains(&both), "mean red {hills} {both} {waves}");
}

#[test]
fn a_diverging_run_says_so() {
    let recipe = small(["64", "64"], "10").preset("neural-style").unwrap();
    let recipe = recipe.set("optimizer", "adam").unwrap().set("learning_rate", "1e30").unwrap();
    let error = job(recipe).run(0, &mut Silent).unwrap_err();
    assert!(error.to_string().contains("diverged"), "{error}");
    assert!(error.hint_text().unwrap().contains("--learning-rate"));
}

#[test]
fn neural_styles_total_variation_pulls_and_is_not_reported() {
    let run = |tv: &str| run(small(["64", "64"], "3").preset("neural-style").unwrap().set("tv_weight", tv).unwrap());
    let (with, without) = (run("10"), run("0"));
    assert!(with.trace.iter().all(|step| step.parts.iter().all(|(name, _)| name != "tv")));
    assert_eq!(with.trace[0].loss, without.trace[0].loss);
    assert_ne!(with.canvas.rgb(), without.canvas.rgb());
}

#[test]
fn sizes_beyond_every_limit_are_refused_before_memory_is_asked_for() {
    let recipe = small(["64", "64"], "1").set("size", "32768").unwrap().set("min_size", "32768").unwrap();
    let environment = Environment { device: "cpu".into(), ..Environment::from_system() };
    let error = Job::prepare(&recipe.build().unwrap(), &environment).unwrap_err();
    assert_eq!(error.fault(), Fault::Limit);
    assert!(error.to_string().starts_with("the picture would be 32768×21943 pixels"), "{error}");
}

#[test]
fn without_style_or_content_weight_the_other_is_left() {
    let artwork = run(small(["64", "64"], "3").set("style_weight", "0").unwrap());
    assert!(artwork.trace[0].parts.iter().all(|(name, _)| !name.starts_with("style")));
    let artwork = run(small(["64", "64"], "3").set("content_weight", "0").unwrap());
    assert!(artwork.trace[0].parts.iter().all(|(name, _)| !name.starts_with("content")));
}
