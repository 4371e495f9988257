//! Measures pictures' structure and says which method suits them.
//!
//! `cargo run --release -p scumble-texture --example structure -- PICTURE[@X,Y,WIDTH,HEIGHT] …`; the numbers behind @ name a
//! part of the picture.

use std::path::Path;

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Limits, open};
use scumble_texture::choose::choose;
use scumble_texture::drift::drift;
use scumble_texture::structure::Structure;

fn main() -> Result<()> {
    for name in std::env::args().skip(1) {
        let picture = part(&name)?;
        let Structure { kurtosis, skewness, period } = Structure::of(&picture);
        let period = period.map(|p| format!("{:.1} px ({:.2})", p.length, p.strength)).unwrap_or_default();
        let kurtosis: Vec<String> = kurtosis.iter().map(|[x, y]| format!("{x:6.2} {y:6.2}")).collect();
        let skewness: Vec<String> = skewness.iter().map(|v| format!("{v:5.2}")).collect();
        println!("{name}  {}  {}  {period}", kurtosis.join(" | "), skewness.join(" "));
        println!("    {}; drift {:.2}", choose(&picture).reason.unwrap_or_default(), drift(&picture));
    }
    Ok(())
}

/// A picture, or the part of it that is named.
fn part(name: &str) -> Result<Canvas> {
    let (path, part) = name.split_once('@').unwrap_or((name, ""));
    let picture = open(Path::new(path), &Limits::default())?.canvas;
    let numbers: Vec<usize> = part.split(',').filter_map(|number| number.parse().ok()).collect();
    let [x, y, width, height] = numbers[..] else { return Ok(picture) };
    if x + width > picture.width() || y + height > picture.height() {
        return Err(Error::parameter(format!("{name}: the picture has {}x{}", picture.width(), picture.height())));
    }
    let at = |i: usize| picture.pixels()[(y + i / width) * picture.width() + x + i % width];
    Canvas::new(width, height, (0..width * height).flat_map(at).collect())
}
