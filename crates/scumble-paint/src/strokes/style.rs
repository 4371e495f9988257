//! What a style picture gives a painting: its colours.

use scumble_core::{Error, Result};
use scumble_image::color::{MatchMethod, match_color};
use scumble_image::{Canvas, Filter, Light, resize};

use super::{StrokesParams, StyleColours};
use crate::dice::Dice;
use crate::oklab::{self, Lab};
use crate::painters::HexColour;

/// Longer side in pixels to which a style is reduced before its palette is sought.
const LOOK: usize = 128;
/// Rounds of k-means.
const ROUNDS: usize = 50;
/// The stage under which random numbers are drawn.
const STAGE: u64 = 0x7061_6c65;

/// The picture in the style's colours as far as the parameters want, and into them the style's palette.
pub(super) fn recoloured(picture: &Canvas, style: Option<&Canvas>, params: &mut StrokesParams) -> Result<Canvas> {
    let style = match (style, params.style_colours) {
        (None, _) | (_, StyleColours::None) => return Ok(picture.clone()),
        (Some(style), _) => style,
    };
    if params.style_colours == StyleColours::Palette {
        if !params.palette.is_empty() {
            return Err(Error::parameter("both a palette and the style's are wanted")
                .hint("leave palette out, or set style_colours to transfer or none"));
        }
        params.palette = palette(style, params.palette_size as usize, params.seed)?;
    }
    match_color(picture, style, MatchMethod::Sym)
}

/// The main colours of a picture: k-means in Oklab (seeded by k-means++), darkest first.
///
/// # Errors
/// If the picture cannot be reduced.
pub fn palette(picture: &Canvas, colours: usize, seed: u64) -> Result<Vec<HexColour>> {
    let scale = (LOOK as f64 / picture.width().max(picture.height()) as f64).min(1.0);
    let side = |side: usize| ((side as f64 * scale).round() as usize).max(1);
    let small =
        resize(picture, side(picture.width()), side(picture.height()), Filter::Lanczos, Light::Linear)?.clamped();
    let points: Vec<Lab> = small.rgb().as_chunks().0.iter().map(|pixel| oklab::from_srgb(*pixel)).collect();
    let mut centres = spread(&points, colours, &mut Dice::new(seed, STAGE, 0));
    for _ in 0..ROUNDS {
        let moved = means(&points, &centres);
        if moved == centres {
            break;
        }
        centres = moved;
    }
    centres.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let level = |v: f32| (v * 255.0).round() as u8;
    let mut colours: Vec<HexColour> =
        centres.into_iter().map(|centre| HexColour(oklab::to_srgb(centre).map(level))).collect();
    colours.dedup();
    Ok(colours)
}

/// Centres far from each other: each drawn with a chance in proportion to the squared distance to those before
/// (k-means++, Arthur and Vassilvitskii 2007). Fewer if there are fewer colours.
fn spread(points: &[Lab], count: usize, dice: &mut Dice) -> Vec<Lab> {
    let mut centres = vec![points[dice.below(points.len())]];
    let mut far: Vec<f64> = points.iter().map(|point| square(point, &centres[0])).collect();
    while centres.len() < count {
        let total: f64 = far.iter().sum();
        if total <= 0.0 {
            break;
        }
        let mut left = f64::from(dice.unit()) * total;
        let at = far.iter().position(|far| {
            left -= far;
            left < 0.0
        });
        let centre = points[at.unwrap_or(points.len() - 1)];
        far.iter_mut().zip(points).for_each(|(far, point)| *far = far.min(square(point, &centre)));
        centres.push(centre);
    }
    centres
}

/// The mean of the points nearest to each centre; a centre without points stays.
fn means(points: &[Lab], centres: &[Lab]) -> Vec<Lab> {
    let mut sums = vec![([0.0f64; 3], 0usize); centres.len()];
    for point in points {
        let near = |i: &usize| square(point, &centres[*i]);
        let nearest = (0..centres.len()).min_by(|a, b| near(a).total_cmp(&near(b))).unwrap_or(0);
        let (sum, count) = &mut sums[nearest];
        sum.iter_mut().zip(point).for_each(|(sum, v)| *sum += f64::from(*v));
        *count += 1;
    }
    let mean = |(centre, (sum, count)): (&Lab, ([f64; 3], usize))| match count {
        0 => *centre,
        count => sum.map(|sum| (sum / count as f64) as f32),
    };
    centres.iter().zip(sums).map(mean).collect()
}

fn square(a: &Lab, b: &Lab) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum()
}
