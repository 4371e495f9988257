//! Previews while the picture is made, and an observer that stops when it is good enough.
use scumble::{Control, Environment, Event, Job, Recipe};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all("out")?;
    let recipe = Recipe::builder()
        .preset("draft")?
        .set("size", "256")?
        .set("init", "style-stats")?
        .content("samples/content/astronaut.jpg")
        .style("samples/style/woodcut-waves.jpg", 1.0)
        .build()?;
    let mut last = f64::INFINITY;
    let artwork = Job::prepare(&recipe, &Environment::from_system())?.run(20, &mut |event: &Event| {
        match event {
            Event::Preview(p) => println!("step {}: {}×{}", p.total_step, p.width, p.height),
            Event::Step(step) if step.step % 10 == 0 => {
                let gain = 1.0 - step.loss / std::mem::replace(&mut last, step.loss);
                if step.stage > 0 && gain < 0.01 {
                    return Control::StopAndKeep;
                }
            }
            _ => {}
        }
        Control::Continue
    })?;
    println!("{:?} after {} steps", artwork.end, artwork.trace.len());
    artwork.save("out/stop_and_keep.png".as_ref())?;
    Ok(())
}
