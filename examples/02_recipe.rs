//! A recipe as text, recorded in the picture, and the same picture again from the picture alone.
use scumble::{Environment, Job, Recipe, Silent};

const RECIPE: &str = r#"
preset = "draft"
content = "samples/content/coffee.jpg"
styles = ["samples/style/night-hills.jpg", { path = "samples/style/woodcut-waves.jpg", weight = 0.5 }]

[neural]
size = 192
color = "luma-after"
strength = 0.6
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all("out")?;
    let environment = Environment::from_system();
    let recipe = Recipe::from_text(RECIPE)?;
    Job::prepare(&recipe, &environment)?.run(0, &mut Silent)?.save("out/recipe.png".as_ref())?;

    // The recipe in the picture holds every parameter and the checksums of the pictures it was made from.
    let found = Recipe::from_image("out/recipe.png".as_ref())?;
    println!("{}", found.to_json_pretty());
    Job::prepare(&found, &environment)?.run(0, &mut Silent)?.save("out/recipe-again.png".as_ref())?;

    // The same recipe for another photo.
    let other =
        Recipe::builder().merge_image("out/recipe.png".as_ref())?.content("samples/content/rocket.jpg").build()?;
    Job::prepare(&other, &environment)?.run(0, &mut Silent)?.save("out/recipe-rocket.png".as_ref())?;
    Ok(())
}
