//! The copy of a picture on which strokes and shapes are searched for.

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Filter, Light, resize, resize_planes};

use crate::energy::{Easel, Prefix};

/// How far pixels of a flat ground may be from its colour, in levels: what sensors and codecs do.
const FLAT: u8 = 4;

/// The mean of what can be seen of a picture in levels, white if nothing can.
pub(super) fn mean_colour(picture: &Canvas) -> [u8; 3] {
    picture.mean_colour().map(level)
}

/// The colour of a flat ground, if the picture has one: along most of its border, and on a quarter of it or more. Else the mean
/// of what can be seen.
pub(super) fn ground_colour(picture: &Canvas) -> [u8; 3] {
    let (width, height) = (picture.width(), picture.height());
    let pixels: Vec<[u8; 3]> = picture.pixels().iter().map(|pixel| pixel.map(level)).collect();
    let seen = |i: usize| picture.alpha().is_none_or(|alpha| alpha[i] >= 0.5);
    let at_border =
        |i: usize| i < width || i >= width * (height - 1) || i.is_multiple_of(width) || i % width == width - 1;
    let border: Vec<usize> = (0..pixels.len()).filter(|i| at_border(*i) && seen(*i)).collect();
    // A colour that most have is the median of every channel.
    let colour = [0, 1, 2].map(|c| {
        let mut levels: Vec<u8> = border.iter().map(|i| pixels[*i][c]).collect();
        levels.sort_unstable();
        levels.get(levels.len() / 2).copied().unwrap_or(255)
    });
    let near = |i: &usize| pixels[*i].iter().zip(colour).all(|(a, b)| a.abs_diff(b) <= FLAT);
    let along = border.iter().filter(|i| near(i)).count();
    let all = (0..pixels.len()).filter(|i| seen(*i) && near(i)).count();
    if 2 * along > border.len() && 4 * all >= pixels.len() { colour } else { mean_colour(picture) }
}

/// The picture, its longer side at most `longest` pixels.
pub(crate) fn reduced(picture: &Canvas, longest: usize, light: Light) -> Result<Canvas> {
    let (width, height) = (picture.width(), picture.height());
    let shrink = (longest as f64 / width.max(height) as f64).min(1.0);
    let [width, height] = [width, height].map(|side| ((side as f64 * shrink).round() as usize).clamp(1, longest));
    resize(picture, width, height, Filter::Bilinear, light)
}

/// The picture on the ground, its longer side at most `longest` pixels.
///
/// It is shrunk on encoded values, since colours of shapes are means of those.
pub(super) fn easel(picture: &Canvas, importance: Option<&[f32]>, longest: usize, ground: [u8; 3]) -> Result<Easel> {
    let small = reduced(picture, longest, Light::Encoded)?;
    let to = (small.width(), small.height());
    let shown = small.pixels().iter().enumerate().map(|(i, pixel)| {
        let alpha = small.alpha().map_or(1.0, |alpha| alpha[i]);
        [0, 1, 2].map(|c| level(pixel[c] * alpha + f32::from(ground[c]) / 255.0 * (1.0 - alpha)))
    });
    let weights = importance.map(|map| weights(map, (picture.width(), picture.height()), to)).transpose()?;
    Ok(Easel::new(to.0, shown.collect(), weights, ground))
}

/// An importance map in another size and in whole weights.
fn weights(map: &[f32], from: (usize, usize), to: (usize, usize)) -> Result<Vec<u8>> {
    if map.len() != from.0 * from.1 {
        return Err(Error::input(format!(
            "the importance map has {} values, the picture {}x{} pixels",
            map.len(),
            from.0,
            from.1
        )));
    }
    if let Some(value) = map.iter().find(|value| !(0.0..=1.0).contains(*value)) {
        return Err(Error::input(format!("the importance map holds {value}, allowed is 0 to 1")));
    }
    let most = f32::from(Prefix::MOST_WEIGHT);
    let small = resize_planes(map, 1, from, to, Filter::Bilinear)?;
    let weights: Vec<u8> = small.iter().map(|value| (value * most).round().clamp(0.0, most) as u8).collect();
    if weights.iter().all(|weight| *weight == 0) {
        let error = Error::input("the importance map is zero everywhere");
        return Err(error.hint("give what matters a value above 1/30"));
    }
    Ok(weights)
}

/// A level as a value from 0 to 1.
pub(super) fn unit(level: u8) -> f32 {
    f32::from(level) / 255.0
}

/// The level nearest to a value.
pub(super) fn level(value: f32) -> u8 {
    (value * 255.0).round().clamp(0.0, 255.0) as u8
}
