//! Makes a tessellation of a picture as PNG, 1024 pixels long, and as SVG.
//!
//! `cargo run --release -p scumble-region --example tessellate -- KIND PICTURE OUT.png [COUNT]`; KIND is low-poly, linear,
//! voronoi, mosaic, bevel or sobel. COUNT is the number of points, or the side of a tile.

use std::path::Path;
use std::time::Instant;

use scumble_core::{Error, Result};
use scumble_image::{Canvas, EncodeOptions, Format, Limits, encode, open, write_atomically};
use scumble_paint::{Painting, draw, output};
use scumble_region::tessellate::Tessellation;
use scumble_region::tessellate::low_poly::{FacetColour, LowPoly, LowPolyParams};
use scumble_region::tessellate::mosaic::{MosaicParams, mosaic};
use scumble_region::tessellate::voronoi::{VoronoiParams, voronoi};

/// Longer side of the pictures written.
const SIDE: usize = 1024;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [kind, picture, out, rest @ ..] = args.as_slice() else {
        return Err(Error::parameter("usage: tessellate KIND PICTURE OUT.png [COUNT]"));
    };
    let picture = open(Path::new(picture), &Limits::default())?.canvas;
    let count = rest.first().map(|text| text.parse::<u32>().map_err(|e| Error::parameter(format!("'{text}': {e}"))));
    let count = count.transpose()?;
    let begun = Instant::now();
    let (painting, facets) = make(kind, &picture, count)?;
    let area: f64 = facets.facets.iter().map(|facet| facet.area()).sum();
    let covered = area / f64::from(facets.width * facets.height);
    println!("{kind}: {} facets, {:.4} covered, {:.2} s", facets.facets.len(), covered, begun.elapsed().as_secs_f64());

    let longer = picture.width().max(picture.height());
    let [width, height] = [picture.width(), picture.height()].map(|side| (side * SIDE / longer).max(1));
    let drawn = if kind == "linear" { sampled(&facets, width, height)? } else { draw(&painting, width, height)? };
    write_atomically(Path::new(out), &encode(&drawn, Format::Png, &EncodeOptions::default())?)?;
    write_atomically(&Path::new(out).with_extension("svg"), output::svg(&painting, width, height)?.as_bytes())
}

fn make(kind: &str, picture: &Canvas, count: Option<u32>) -> Result<(Painting, Tessellation)> {
    let poly = LowPolyParams {
        count: count.unwrap_or(300),
        colour: if kind == "linear" { FacetColour::Linear } else { FacetColour::Flat },
        passes: if kind == "sobel" { 0 } else { 200 },
        least_angle: 5.0,
        work_px: 512,
        seed: 1,
    };
    let cells = VoronoiParams { count: count.unwrap_or(400), even: 0.3, rounds: 10, work_px: 512, seed: 1 };
    let tiles = MosaicParams {
        tile: f64::from(count.unwrap_or(10)),
        grout: 0.1,
        grout_colour: "#d8d2c4".parse()?,
        jitter: 3.0,
        shade: 0.03,
        contrast: 0.15,
        work_px: 768,
        seed: 1,
    };
    let facets = match kind {
        "low-poly" | "linear" | "sobel" => {
            let mut poly = LowPoly::new(picture, poly)?;
            while poly.step().is_some() {}
            println!("{:?}", poly.report());
            poly.tessellation()
        }
        "voronoi" => voronoi(picture, &cells)?,
        "mosaic" | "bevel" => mosaic(picture, None, &tiles)?,
        other => return Err(Error::parameter(format!("there is no kind '{other}'"))),
    };
    let mut painting = facets.painting()?;
    if kind == "bevel" {
        painting.brushes.iter_mut().for_each(|brush| brush.thickness = 0.5);
        painting.finish.light.strength = 1.0;
    }
    Ok((painting, facets))
}

/// The facets' colours at four points a pixel.
fn sampled(tessellation: &Tessellation, width: usize, height: usize) -> Result<Canvas> {
    let scale = [tessellation.width / width as f32, tessellation.height / height as f32];
    let mut sums = vec![[0.0f32; 4]; width * height];
    for facet in &tessellation.facets {
        let [a, b, c] = facet.points[..] else { continue };
        let ends = |k: usize| [a[k].min(b[k]).min(c[k]) / scale[k], a[k].max(b[k]).max(c[k]) / scale[k]];
        let range = |[from, to]: [f32; 2], side: usize| {
            (2.0 * from).floor() as usize..((2.0 * to).ceil() as usize).min(2 * side)
        };
        for y in range(ends(1), height) {
            for x in range(ends(0), width) {
                let p = [(x as f32 + 0.5) * scale[0] / 2.0, (y as f32 + 0.5) * scale[1] / 2.0];
                let side = |p: [f32; 2], q: [f32; 2], r: [f32; 2]| {
                    (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]) >= 0.0
                };
                if side(a, b, p) && side(b, c, p) && side(c, a, p) {
                    let sum = &mut sums[y / 2 * width + x / 2];
                    let [r, g, b] = facet.colour_at(p);
                    *sum = [sum[0] + r, sum[1] + g, sum[2] + b, sum[3] + 1.0];
                }
            }
        }
    }
    Canvas::new(
        width,
        height,
        sums.iter().flat_map(|[r, g, b, n]| [r / n.max(1.0), g / n.max(1.0), b / n.max(1.0)]).collect(),
    )
}
