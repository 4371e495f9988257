//! A seamless texture from a style alone, laid out two by two to show that it tiles.
use scumble::{Artwork, Canvas, Environment, Job, Recipe, Silent};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all("out")?;
    let recipe = Recipe::builder()
        .preset("texture")?
        .set("size", "192")?
        .set("scale-iterations", "60,40")?
        .style("samples/style/night-hills.jpg", 1.0)
        .build()?;
    let tile = Job::prepare(&recipe, &Environment::from_system())?.run(0, &mut Silent)?;
    tile.save("out/texture.png".as_ref())?;

    let (w, h) = (tile.canvas.width(), tile.canvas.height());
    let row = |y: usize| tile.canvas.rgb()[y % h * w * 3..][..w * 3].repeat(2);
    let tiled = Canvas::new(2 * w, 2 * h, (0..2 * h).flat_map(row).collect())?;
    Artwork { canvas: tiled, ..tile }.save("out/texture-tiled.png".as_ref())?;
    Ok(())
}
