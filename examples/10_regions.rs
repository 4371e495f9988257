//! A stained-glass window of a photo, and its largest regions as soft masks.
use scumble::{EncodeOptions, Environment, Format, Job, Method, Recipe, Result, Silent, encode, write_atomically};

fn main() -> Result<()> {
    let recipe = Recipe::builder_for(Method::Regions).preset("stained-glass")?.set("count", "80")?;
    let job = Job::prepare(&recipe.content("samples/content/coffee.jpg").build()?, &Environment::from_system())?;
    job.run(0, &mut Silent)?.save("window.png".as_ref())?;
    job.masks(&|number, mask| match number {
        1..=3 => {
            let bytes = encode(&mask, Format::Png, &EncodeOptions::default())?;
            write_atomically(format!("mask-{number}.png").as_ref(), &bytes)
        }
        _ => Ok(()),
    })?;
    Ok(())
}
