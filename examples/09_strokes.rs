//! A painting in oil, drawn small and large from the same strokes.
use scumble::{Environment, Job, Method, Recipe, Result, Silent, draw};

fn main() -> Result<()> {
    let recipe = Recipe::builder_for(Method::Strokes).preset("oil")?.set("abstraction", "0.3")?;
    let recipe = recipe.content("samples/content/coffee.jpg").build()?;
    let artwork = Job::prepare(&recipe, &Environment::from_system())?.run(0, &mut Silent)?;
    artwork.save("oil.jpg".as_ref())?;
    if let Some(painting) = &artwork.painting {
        let large = draw(painting, 1792, 1196)?;
        println!("{} strokes, drawn on {}×{} pixels", painting.strokes.len(), large.width(), large.height());
    }
    Ok(())
}
