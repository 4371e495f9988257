//! More of a texture, by the method that suits it.
use scumble::{Control, Environment, Event, Job, Method, Recipe, Result};

fn main() -> Result<()> {
    let recipe = Recipe::builder_for(Method::Texture).set("width", "512")?.set("height", "384")?;
    let recipe = recipe.style("samples/texture/brick.jpg", 1.0).build()?;
    let artwork = Job::prepare(&recipe, &Environment::from_system())?.run(0, &mut |event: &Event| {
        if let Event::Note(reason) = event {
            println!("{reason}");
        }
        Control::Continue
    })?;
    artwork.save("more.png".as_ref())
}
