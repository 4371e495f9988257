//! The example of the README; put `photo.jpg` and `painting.jpg` into the current folder first.
use scumble::{Control, Environment, Event, Job, Recipe};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let recipe = Recipe::builder().preset("draft")?.content("photo.jpg").style("painting.jpg", 1.0).build()?;
    let artwork = Job::prepare(&recipe, &Environment::from_system())?.run(0, &mut |event: &Event| {
        if let Event::Step(step) = event {
            eprintln!("{}×{} step {} loss {}", step.width, step.height, step.step, step.loss);
        }
        Control::Continue
    })?;
    Ok(artwork.save("out.png".as_ref())?)
}
