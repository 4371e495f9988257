//! Which colour each region has.

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::oklab;
use scumble_paint::painters::HexColour;
use scumble_paint::painting::Colour;
use scumble_paint::strokes::main_colours;

use crate::params::{ColourRule, RegionsParams};

/// Share of the regions that get the complementary colour.
const ACCENTS: f64 = 0.05;
/// Chroma in Oklab of the weakest accent: less is grey, and so is its complement.
const LEAST_CHROMA: f32 = 0.03;

/// By how much differences of hue and chroma count more than such of lightness, where colours are few: else a face among greys
/// becomes grey.
const CHROMA: f32 = 4.0;
/// Samples along a side of the square from which a palette is taken.
const SIDE: usize = 96;

/// What is known of a region's colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The mean, sRGB-encoded.
    pub mean: Colour,
    /// The median of each channel.
    pub median: Colour,
}

/// The regions' colours by a rule; of a palette the nearest in Oklab, hue and chroma counting more, unless that is empty.
pub fn colours(looks: &[Look], rule: ColourRule, palette: &[HexColour]) -> Vec<Colour> {
    let own = |look: &Look| if rule == ColourRule::Median { look.median } else { look.mean };
    let mut colours: Vec<Colour> = looks.iter().map(own).collect();
    if rule == ColourRule::Accents {
        accentuate(&mut colours);
    }
    if !palette.is_empty() {
        let known: Vec<(Colour, oklab::Lab)> = palette
            .iter()
            .map(|colour| colour.0.map(|level| f32::from(level) / 255.0))
            .map(|colour| (colour, vivid(colour)))
            .collect();
        for colour in &mut colours {
            let lab = vivid(*colour);
            let away = |(_, other): &&(Colour, oklab::Lab)| oklab::distance(lab, *other);
            if let Some((nearest, _)) = known.iter().min_by(|a, b| away(a).total_cmp(&away(b))) {
                *colour = *nearest;
            }
        }
    }
    colours
}

/// The regions' colours by the parameters' rule, of a palette if that is not empty; and whether each is the region's own, neither
/// of a palette nor an accent.
pub(crate) fn chosen(
    looks: &[Look],
    areas: &[usize],
    params: &RegionsParams,
    known: &[HexColour],
) -> Result<Vec<(Colour, bool)>> {
    let known = match params.colour {
        ColourRule::Palette if known.is_empty() => palette(looks, areas, params.palette_size as usize, params.seed)?,
        _ => known.to_vec(),
    };
    let colours = colours(looks, params.colour, &known);
    let is_own = |look: &Look, colour: &Colour| known.is_empty() && [look.mean, look.median].contains(colour);
    Ok(looks.iter().zip(colours).map(|(look, colour)| (colour, is_own(look, &colour))).collect())
}

/// A colour in Oklab, with hue and chroma weighted.
fn vivid(colour: Colour) -> oklab::Lab {
    let [light, a, b] = oklab::from_srgb(colour);
    [light, CHROMA * a, CHROMA * b]
}

/// Main colours of regions, which count by the fourth roots of their areas, lest large even ones take all the palette.
///
/// # Errors
/// None of regions whose colours are numbers.
pub fn palette(looks: &[Look], areas: &[usize], count: usize, seed: u64) -> Result<Vec<HexColour>> {
    let weights: Vec<f64> = areas.iter().map(|area| (*area as f64).sqrt().sqrt()).collect();
    let total: f64 = weights.iter().sum();
    // Every sample is of the region in which its share of all weights falls.
    let (mut region, mut passed) = (0, weights.first().copied().unwrap_or_default());
    let mut rgb = Vec::with_capacity(3 * SIDE * SIDE);
    for i in 0..SIDE * SIDE {
        let at = (i as f64 + 0.5) / (SIDE * SIDE) as f64 * total;
        while passed < at && region + 1 < looks.len() {
            region += 1;
            passed += weights[region];
        }
        rgb.extend(looks.get(region).map_or([1.0; 3], |look| look.mean));
    }
    Ok(main_colours(&Canvas::new(SIDE, SIDE, rgb)?, count, CHROMA, seed))
}

/// Gives the most colourful regions the complementary colour.
fn accentuate(colours: &mut [Colour]) {
    let labs: Vec<oklab::Lab> = colours.iter().map(|colour| oklab::from_srgb(*colour)).collect();
    let chroma = |i: usize| labs[i][1].hypot(labs[i][2]);
    let mut order: Vec<usize> = (0..labs.len()).filter(|i| chroma(*i) >= LEAST_CHROMA).collect();
    order.sort_by(|a, b| chroma(*b).total_cmp(&chroma(*a)).then(a.cmp(b)));
    order.truncate((labs.len() as f64 * ACCENTS).round() as usize);
    for i in order {
        let [light, a, b] = labs[i];
        colours[i] = oklab::to_srgb([light, -a, -b]);
    }
}
