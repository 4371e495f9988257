//! Neighbouring facets leave no lines between them.

use std::collections::BTreeSet;

use scumble_image::Canvas;
use scumble_paint::{Painting, draw};
use scumble_region::tessellate::Tessellation;
use scumble_region::tessellate::low_poly::{FacetColour, LowPoly, LowPolyParams};
use scumble_region::tessellate::voronoi::{VoronoiParams, voronoi};

use super::common::{drawn_by_resvg, holds, picture};

/// Facets all of one colour on a ground of another.
fn plain(mut tessellation: Tessellation) -> Painting {
    tessellation.background = [1.0, 0.0, 0.0];
    tessellation.facets.iter_mut().for_each(|facet| facet.colour = [0.0, 0.5, 0.5]);
    tessellation.painting().unwrap()
}

fn tessellations() -> [Tessellation; 2] {
    let source = picture(160, 120);
    let params =
        LowPolyParams { count: 60, colour: FacetColour::Flat, passes: 10, least_angle: 5.0, work_px: 128, seed: 3 };
    let mut poly = LowPoly::new(&source, params).unwrap();
    while poly.step().is_some() {}
    let cells = VoronoiParams { count: 60, even: 0.3, rounds: 4, work_px: 128, seed: 11 };
    [poly.tessellation(), voronoi(&source, &cells).unwrap()]
}

/// How strongly the ground shows: the number of pixels where more than a fiftieth of it does, and the most of it.
fn ground(drawn: &Canvas) -> (usize, f32) {
    let shown = drawn.pixels().iter().filter(|pixel| pixel[0] > 0.02).count();
    (shown, drawn.pixels().iter().map(|pixel| pixel[0]).fold(0.0, f32::max))
}

#[test]
fn the_ground_shows_nowhere() {
    for tessellation in tessellations() {
        // Corners, each counted by its facets; three at least meet within the frame.
        let corners = tessellation.facets.iter().map(|facet| facet.points.len()).sum::<usize>() / 3;
        let painting = plain(tessellation);
        for (width, height) in [(160, 120), (333, 251), (640, 480)] {
            for drawn in [draw(&painting, width, height).unwrap(), drawn_by_resvg(&painting, width, height)] {
                let (shown, most) = ground(&drawn);
                // A little in the pixel of a corner, in which many facets have a part, but along no side.
                assert!(shown <= corners && most < 0.15, "{shown} of {corners}, {most} at {width}×{height}");
            }
        }
    }
}

#[test]
fn without_care_the_ground_would_show() {
    // The test above can fail: facets that know nothing of each other leave lines.
    for mut tessellation in tessellations() {
        tessellation.facets.iter_mut().for_each(|facet| facet.beyond.iter_mut().for_each(|beyond| *beyond = None));
        let (shown, most) = ground(&draw(&plain(tessellation), 333, 251).unwrap());
        assert!(shown > 1500 && most > 0.2, "{shown} {most}");
    }
}

#[test]
fn facets_look_as_they_would_alone() {
    // In the middle of each facet its own colour shows: what is laid below its neighbours does not cover it.
    for tessellation in tessellations() {
        let drawn = draw(&tessellation.painting().unwrap(), 640, 480).unwrap();
        for facet in tessellation.facets.iter().filter(|facet| facet.area() > 40.0) {
            let [x, y] = facet.middle().map(|v| (v * 4.0) as usize);
            let shown = drawn.pixels()[y * 640 + x];
            assert!(shown.iter().zip(facet.colour).all(|(a, b)| (a - b).abs() < 1e-4), "{shown:?} {:?}", facet.colour);
        }
    }
}

#[test]
fn no_third_colour_shows_along_a_side() {
    for mut tessellation in tessellations() {
        // Colours of neighbours are far apart, whatever their order.
        for (i, facet) in tessellation.facets.iter_mut().enumerate() {
            facet.colour = [37, 59, 83].map(|step| (i * step % 7) as f32 / 6.0);
        }
        let corners = tessellation.facets.iter().map(|facet| facet.points.len()).sum::<usize>() / 3;
        let (width, height) = (320, 240);
        let owners = owners(&tessellation, width, height);
        let painting = tessellation.painting().unwrap();
        for drawn in [draw(&painting, width, height).unwrap(), drawn_by_resvg(&painting, width, height)] {
            let foreign = drawn.pixels().iter().zip(&owners).filter(|(pixel, owners)| {
                let colour = |at: u32| tessellation.facets[at as usize].colour;
                match owners.iter().map(|at| colour(*at)).collect::<Vec<_>>()[..] {
                    [one] => distance(**pixel, one, one) > 0.1,
                    [one, other] => distance(**pixel, one, other) > 0.1,
                    _ => false,
                }
            });
            // Some corners are so sharp that the samples miss a facet.
            let foreign = foreign.count();
            assert!(foreign <= corners, "{foreign} of {corners}");
        }
    }
}

/// The facets that have one of 25 points of each pixel.
fn owners(tessellation: &Tessellation, width: usize, height: usize) -> Vec<BTreeSet<u32>> {
    let scale = [tessellation.width / width as f32, tessellation.height / height as f32];
    let mut owners = vec![BTreeSet::new(); width * height];
    for (at, facet) in tessellation.facets.iter().enumerate() {
        let pixels = |k: usize, side: usize| {
            let ends =
                facet.points.iter().map(|p| p[k] / scale[k]).fold([f32::MAX, 0.0], |[a, b], v| [a.min(v), b.max(v)]);
            ends[0] as usize..(ends[1].ceil() as usize).min(side)
        };
        for (y, x) in pixels(1, height).flat_map(|y| pixels(0, width).map(move |x| (y, x))) {
            let points = (0..25).map(|i| [x as f32 + (i % 5) as f32 / 4.0, y as f32 + (i / 5) as f32 / 4.0]);
            if points.into_iter().any(|p| holds(&facet.points, [p[0] * scale[0], p[1] * scale[1]].map(f64::from))) {
                owners[y * width + x].insert(at as u32);
            }
        }
    }
    owners
}

/// How far a colour is from the mixtures of two.
fn distance(colour: [f32; 3], one: [f32; 3], other: [f32; 3]) -> f32 {
    let dot = |a: [f32; 3], b: [f32; 3]| (0..3).map(|c| a[c] * b[c]).sum::<f32>();
    let minus = |a: [f32; 3], b: [f32; 3]| [0, 1, 2].map(|c| a[c] - b[c]);
    let (way, from) = (minus(other, one), minus(colour, one));
    let t = (dot(way, from) / dot(way, way).max(1e-9)).clamp(0.0, 1.0);
    let off = minus(from, way.map(|v| v * t));
    dot(off, off).sqrt()
}
