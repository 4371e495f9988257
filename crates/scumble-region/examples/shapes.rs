//! Replaces the regions of a picture by shapes.
//!
//! `cargo run --release -p scumble-region --example shapes -- PICTURE OUT.png [ABSTRACTION] [SHAPE,SHAPE...] [LEVELS] [SIDE]`
//!
//! The picture is scaled to a longer side of SIDE (1024), blurred, and cut into the connected parts of as many colours as LEVELS
//! (4) levels a channel give; parts of less than 60 pixels go to their neighbours. Each region is drawn as the shape chosen for it, in its
//! mean colour, large ones first, over the regions of half as many levels. Prints times and how often each shape was chosen.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use scumble_core::{Error, Result};
use scumble_image::{Canvas, EncodeOptions, Filter, Format, Light, Limits, encode, open, resize, write_atomically};
use scumble_paint::fields::blur_canvas;
use scumble_paint::painting::{Geometry, Stroke};
use scumble_paint::{Painting, draw};
use scumble_region::Labels;
use scumble_region::contour::{Contours, Simplify, signed_area};
use scumble_region::shapes::choose::{Chooser, ShapesParams};
use scumble_region::shapes::learn::Learned;
use scumble_region::shapes::{Figure, ShapeClass};

/// Pixels that a region needs.
const LEAST: usize = 60;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [picture, out, rest @ ..] = args.as_slice() else {
        return Err(Error::parameter("usage: shapes PICTURE OUT.png [ABSTRACTION] [SHAPE,SHAPE...] [LEVELS] [SIDE]"));
    };
    let number = |at: usize, default: f64| {
        rest.get(at).map_or(Ok(default), |text| text.parse::<f64>()).map_err(Error::parameter)
    };
    let (abstraction, levels, side) = (number(0, 0.05)?, number(2, 4.0)?, number(3, 1024.0)?);
    let shapes = match rest.get(1).map(String::as_str) {
        None | Some("all") => ShapeClass::ALL.to_vec(),
        Some(names) => serde_json::from_value(names.split(',').collect()).map_err(Error::parameter)?,
    };
    let picture = open(Path::new(picture), &Limits::default())?.canvas;
    let scale = side / picture.width().max(picture.height()) as f64;
    let sides = [picture.width(), picture.height()].map(|v| ((v as f64 * scale) as usize).max(1));
    let picture = resize(&picture, sides[0], sides[1], Filter::Bilinear, Light::Encoded)?;
    let blurred = blur_canvas(&picture, 3.0);
    let labels = segment(&blurred, levels as f32)?;

    let begun = Instant::now();
    let contours = Contours::new(&labels);
    let traced = begun.elapsed();
    let contours = contours.simplified(Simplify::DouglasPeucker(1.0))?.smoothed(2);
    let simplified = begun.elapsed() - traced;
    let begun = Instant::now();
    let chooser = Chooser::new(ShapesParams { abstraction, shapes, reflect: true }, &[], Learned::new())?;
    let fits = chooser.choose_all(&contours)?;
    println!(
        "{} regions: traced in {:.3} s, simplified and smoothed in {:.3} s, chosen in {:.3} s on {} threads",
        labels.count(),
        traced.as_secs_f64(),
        simplified.as_secs_f64(),
        begun.elapsed().as_secs_f64(),
        rayon::current_num_threads()
    );
    let mut counts = BTreeMap::new();
    fits.iter().for_each(|fit| *counts.entry(fit.class).or_insert(0) += 1);
    println!("{counts:?}");

    let whole = Labels::new(sides[0], sides[1], vec![0; sides[0] * sides[1]])?;
    let ground = means(&picture, &whole)[0];
    let mut painting = Painting::new(sides[0] as f32, sides[1] as f32, ground, 0);
    // Coarse regions as they are lie behind, so that what shapes leave open has about the right colour.
    let coarse = segment(&blurred, (levels as f32 / 2.0).ceil())?;
    let behind = Contours::new(&coarse).simplified(Simplify::DouglasPeucker(1.0))?.smoothed(2);
    let figures = (0..coarse.count()).map(|region| Figure::Rings(behind.rings(region))).collect();
    lay(&mut painting, &behind, figures, &means(&picture, &coarse));
    lay(&mut painting, &contours, fits.into_iter().map(|fit| fit.figure).collect(), &means(&picture, &labels));
    let drawn = draw(&painting, sides[0], sides[1])?;
    write_atomically(Path::new(out), &encode(&drawn, Format::Png, &EncodeOptions::default())?)
}

/// Lays the figures of regions, large ones first.
fn lay(painting: &mut Painting, contours: &Contours, figures: Vec<Figure>, colours: &[[f32; 3]]) {
    let size = |region: usize| contours.rings(region).first().map_or(0.0, |ring| signed_area(ring));
    let mut order: Vec<(f64, usize, Figure)> =
        figures.into_iter().enumerate().map(|(region, figure)| (size(region), region, figure)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, region, figure) in order {
        let geometries = match figure {
            Figure::Geometry(geometry) => vec![geometry],
            // What is in the holes is drawn later.
            Figure::Rings(rings) => {
                let outlines = rings.into_iter().filter(|ring| signed_area(ring) > 0.0);
                // A polygon may have a thousand corners; those at the picture's edge must be among them.
                let sides = [painting.width, painting.height];
                let at_edge = |p: [f32; 2]| (0..2).any(|k| p[k] <= 0.0 || p[k] >= sides[k]);
                let fewer = |ring: Vec<[f32; 2]>| {
                    let step = ring.len().div_ceil(800);
                    ring.into_iter()
                        .enumerate()
                        .filter(|(at, p)| at.is_multiple_of(step) || at_edge(*p))
                        .map(|(_, p)| p)
                        .collect()
                };
                outlines.map(|ring| Geometry::Polygon { points: fewer(ring) }).collect()
            }
        };
        let stroke = |geometry| Stroke { layer: 0, geometry, colour: colours[region], alpha: 1.0, ramp: None };
        painting.strokes.extend(geometries.into_iter().map(stroke));
    }
}

/// Connected parts of evenly spaced colours.
fn segment(picture: &Canvas, levels: f32) -> Result<Labels> {
    let (width, height) = (picture.width(), picture.height());
    let level = |v: f32| (v * levels).min(levels - 1.0) as u32;
    let mut colours: Vec<u32> =
        picture.pixels().iter().map(|p| p.iter().fold(0, |sum, v| sum * 256 + level(*v))).collect();
    loop {
        let parts = connected(&colours, width, height);
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        parts.iter().for_each(|part| *sizes.entry(*part).or_default() += 1);
        // Small parts take the colour of the pixel before their first one, or else after.
        let mut changed = false;
        for at in 0..colours.len() {
            if sizes[&parts[at]] < LEAST {
                let before = if at % width > 0 {
                    at - 1
                } else if at >= width {
                    at - width
                } else {
                    at + 1
                };
                if colours.get(before).is_some_and(|colour| *colour != colours[at]) {
                    colours[at] = colours[before];
                    changed = true;
                }
            }
        }
        if !changed {
            return Labels::new(width, height, parts);
        }
    }
}

/// A number for each part that holds together by edges.
fn connected(colours: &[u32], width: usize, height: usize) -> Vec<u32> {
    let mut parts = vec![u32::MAX; colours.len()];
    let mut open = Vec::new();
    let mut next = 0;
    for start in 0..colours.len() {
        if parts[start] != u32::MAX {
            continue;
        }
        open.push(start);
        parts[start] = next;
        while let Some(at) = open.pop() {
            let (x, y) = (at % width, at / width);
            let around = [
                (x > 0).then(|| at - 1),
                (x + 1 < width).then_some(at + 1),
                (y > 0).then(|| at - width),
                (y + 1 < height).then_some(at + width),
            ];
            for other in around.into_iter().flatten() {
                if parts[other] == u32::MAX && colours[other] == colours[at] {
                    parts[other] = next;
                    open.push(other);
                }
            }
        }
        next += 1;
    }
    parts
}

fn means(picture: &Canvas, labels: &Labels) -> Vec<[f32; 3]> {
    let mut sums = vec![([0.0f64; 3], 0.0f64); labels.count()];
    for (pixel, id) in picture.pixels().iter().zip(labels.ids()) {
        let (sum, count) = &mut sums[*id as usize];
        (0..3).for_each(|c| sum[c] += f64::from(pixel[c]));
        *count += 1.0;
    }
    sums.iter().map(|(sum, count)| sum.map(|v| (v / count) as f32)).collect()
}
