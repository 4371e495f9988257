//! A photo in the manner of a painting: `cargo run --release -p scumble --example 01_first_picture`
use scumble::{Control, Environment, Event, Job, Recipe};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all("out")?;
    let recipe = Recipe::builder()
        .preset("draft")?
        .content("samples/content/chelsea.jpg")
        .style("samples/style/night-hills.jpg", 1.0)
        .build()?;
    let job = Job::prepare(&recipe, &Environment::from_system())?;
    let plan = job.plan().clone();
    let artwork = job.run(0, &mut |event: &Event| {
        if let Event::Step(step) = event {
            let done = 100.0 * plan.fraction(step.stage, step.step);
            eprint!("\r{}×{} {done:3.0} %  loss {:.4}  ", step.width, step.height, step.loss);
        }
        Control::Continue
    })?;
    artwork.save("out/first_picture.png".as_ref())?;
    Ok(())
}
