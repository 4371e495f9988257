//! A stained-glass window of a photo, and its largest regions as soft masks.
use scumble::{Environment, Job, Method, Recipe, Result, Silent, encode_grey, write_atomically};

fn main() -> Result<()> {
    let recipe = Recipe::builder_for(Method::Regions).preset("stained-glass")?.set("count", "80")?;
    let job = Job::prepare(&recipe.content("samples/content/coffee.jpg").build()?, &Environment::from_system())?;
    job.run(0, &mut Silent)?.save("window.png".as_ref())?;
    job.masks(&|number, size, mask| match number {
        1..=3 => write_atomically(format!("mask-{number}.png").as_ref(), &encode_grey(&mask, size)?),
        _ => Ok(()),
    })?;
    Ok(())
}
