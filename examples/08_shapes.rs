//! A photo put together from fifty ellipses, as a picture, as vectors and as data.
use scumble::{Environment, Form, Job, Method, Recipe, Result, Silent};

fn main() -> Result<()> {
    let recipe = Recipe::builder_for(Method::Shapes).preset("ellipses")?.set("count", "50")?;
    let recipe = recipe.content("samples/content/chelsea.jpg").build()?;
    let artwork = Job::prepare(&recipe, &Environment::from_system())?.run(0, &mut Silent)?;
    for name in ["shapes.png", "shapes.svg", "shapes.json"] {
        artwork.save(name.as_ref())?;
    }
    println!("{} bytes of SVG", artwork.encode_as(Form::Svg)?.len());
    Ok(())
}
