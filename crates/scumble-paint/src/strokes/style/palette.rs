//! The main colours of a picture.

use scumble_image::Canvas;

use crate::dice::Dice;
use crate::oklab::{self, Lab};
use crate::painters::HexColour;

/// Most samples along the longer side of a picture.
const LOOK: usize = 128;
/// Rounds of k-means.
const ROUNDS: usize = 50;
/// The stage under which random numbers are drawn.
const STAGE: u64 = 0x7061_6c65;

/// The main colours of a picture: k-means in Oklab (seeded by k-means++), darkest first, each the picture's own colour nearest
/// to a centre. Fewer than `colours` if there are fewer. Differences of hue and chroma count `chroma` times as much as such of
/// lightness: 1 is as they look; more keeps small areas of another hue.
pub fn main_colours(picture: &Canvas, colours: usize, chroma: f32, seed: u64) -> Vec<HexColour> {
    let samples = samples(picture);
    let weighted = |[light, a, b]: Lab| [light, chroma * a, chroma * b];
    let points: Vec<Lab> = samples.iter().map(|pixel| weighted(oklab::from_srgb(*pixel))).collect();
    let mut centres = spread(&points, colours, &mut Dice::new(seed, STAGE, 0));
    for _ in 0..ROUNDS {
        let moved = means(&points, &centres);
        if moved == centres {
            break;
        }
        centres = moved;
    }
    centres.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let own = |centre: &Lab| {
        let away = |i: &usize| square(&points[*i], centre);
        (0..points.len()).min_by(|a, b| away(a).total_cmp(&away(b))).map(|i| samples[i])
    };
    let level = |v: f32| (v * 255.0).round() as u8;
    let mut found: Vec<HexColour> = Vec::new();
    for colour in centres.iter().filter_map(own).map(|colour| HexColour(colour.map(level))) {
        if !found.contains(&colour) {
            found.push(colour);
        }
    }
    found
}

/// Pixels at even distances: means of several would have colours that the picture lacks.
fn samples(picture: &Canvas) -> Vec<[f32; 3]> {
    let (width, height) = (picture.width(), picture.height());
    let scale = (LOOK as f64 / width.max(height) as f64).min(1.0);
    let [columns, rows] = [width, height].map(|side| ((side as f64 * scale).round() as usize).max(1));
    let middle = |i: usize, count: usize, side: usize| (2 * i + 1) * side / (2 * count);
    let pixel = |i: usize| {
        let [x, y] = [middle(i % columns, columns, width), middle(i / columns, rows, height)];
        picture.pixels()[y * width + x].map(|v| v.clamp(0.0, 1.0))
    };
    (0..columns * rows).map(pixel).collect()
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
