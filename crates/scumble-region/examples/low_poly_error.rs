//! How near low-poly pictures come, against the Delaunay triangulation of points drawn by Sobel gradients.
//!
//! `cargo run --release -p scumble-region --example low_poly_error -- PICTURE COUNT [COLOUR] [PASSES] [WORK_PX]` prints CSV: name,
//! passes, seconds, mean squared error at the working copy's size and drawn at 512 pixels, values from 0 to 1. The
//! opponent has as many points and the frame's corners too; of three seeds the best is taken.

use std::path::Path;
use std::time::Instant;

use scumble_core::{Error, Result, Stream};
use scumble_image::{Canvas, Filter, Light, Limits, open, resize};
use scumble_paint::draw;
use scumble_paint::fields::blur;
use scumble_region::tessellate::low_poly::{FacetColour, LowPoly, LowPolyParams};

/// Longer side at which pictures are compared.
const SIDE: usize = 512;
/// The longer side that sources are enlarged to, about a megapixel.
const SOURCE: usize = 1024;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, count, rest @ ..] = args.as_slice() else {
        return Err(Error::parameter("usage: low_poly_error PICTURE COUNT [flat|linear] [PASSES] [WORK_PX]"));
    };
    let number = |text: &str| text.parse::<u32>().map_err(|e| Error::parameter(format!("'{text}': {e}")));
    let colour =
        if rest.first().is_some_and(|text| text == "linear") { FacetColour::Linear } else { FacetColour::Flat };
    let passes = number(rest.get(1).map_or("400", String::as_str))?;
    let work_px = number(rest.get(2).map_or("512", String::as_str))?;
    let picture = open(Path::new(path), &Limits::default())?.canvas;
    let source = sized(&picture, SOURCE)?;
    let target = sized(&source, SIDE)?;
    let params = LowPolyParams { count: number(count)?, colour, passes, least_angle: 5.0, work_px, seed: 1 };
    let name = Path::new(path).file_stem().unwrap_or_default().to_string_lossy();
    println!("picture,method,passes,seconds,mse_work,mse_{SIDE}");

    let mut opponents = Vec::new();
    for seed in 1..=3 {
        let begun = Instant::now();
        let points = sobel_points(&source, params.count as usize, seed);
        let poly =
            LowPoly::with_points(&source, &points, LowPolyParams { colour: FacetColour::Flat, ..params.clone() })?;
        let seconds = begun.elapsed().as_secs_f64();
        opponents.push((drawn_error(&poly, &target)?, poly.report().mse, seconds));
    }
    opponents.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (drawn, work, seconds) = opponents[0];
    println!("{name},sobel,0,{seconds:.3},{work:.6},{drawn:.6}");

    let begun = Instant::now();
    let mut poly = LowPoly::new(&source, params)?;
    let mut paused = 0.0;
    loop {
        let report = poly.report();
        let last = report.pass >= passes;
        if last || report.pass == 0 || [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].contains(&report.pass) {
            let seconds = begun.elapsed().as_secs_f64() - paused;
            let drawing = Instant::now();
            let drawn = drawn_error(&poly, &target)?;
            println!("{name},{colour:?},{},{seconds:.3},{:.6},{drawn:.6}", report.pass, report.mse);
            paused += drawing.elapsed().as_secs_f64();
        }
        if last || poly.step().is_none() {
            return Ok(());
        }
    }
}

/// The picture with a longer side of `side` pixels.
fn sized(picture: &Canvas, side: usize) -> Result<Canvas> {
    let longer = picture.width().max(picture.height());
    let [width, height] = [picture.width(), picture.height()].map(|v| ((v * side + longer / 2) / longer).max(1));
    resize(picture, width, height, Filter::Bicubic, Light::Encoded)
}

/// The mean squared error of the painting drawn in the target's size. Slopes are not drawn.
fn drawn_error(poly: &LowPoly, target: &Canvas) -> Result<f64> {
    let drawn = draw(&poly.tessellation().painting()?, target.width(), target.height())?;
    let squares = drawn.rgb().iter().zip(target.rgb()).map(|(a, b)| f64::from(a - b).powi(2));
    Ok(squares.sum::<f64>() / target.rgb().len() as f64)
}

/// Points drawn without repetition, in proportion to the Sobel gradient of the blurred lightness.
fn sobel_points(picture: &Canvas, count: usize, seed: u64) -> Vec<[f32; 2]> {
    let (width, height) = (picture.width(), picture.height());
    let grey: Vec<f32> = picture.pixels().iter().map(|p| 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]).collect();
    let grey = blur(&grey, width, 2.0);
    let at = |x: isize, y: isize| {
        let [x, y] = [(x, width), (y, height)].map(|(v, side)| v.clamp(0, side as isize - 1) as usize);
        grey[y * width + x]
    };
    let mut sums = Vec::with_capacity(grey.len());
    let mut sum = 0.0f64;
    for i in 0..grey.len() {
        let (x, y) = ((i % width) as isize, (i / width) as isize);
        let column = |x: isize| at(x, y - 1) + 2.0 * at(x, y) + at(x, y + 1);
        let row = |y: isize| at(x - 1, y) + 2.0 * at(x, y) + at(x + 1, y);
        let across = column(x + 1) - column(x - 1);
        let down = row(y + 1) - row(y - 1);
        sum += f64::from(across.hypot(down));
        sums.push(sum);
    }
    let mut stream = Stream::new(seed, 1);
    let mut seen = std::collections::HashSet::new();
    let mut points = Vec::new();
    for index in 0..1_000_000 {
        if points.len() == count {
            break;
        }
        let wanted = stream.uniform(index) * sum;
        let pixel = sums.partition_point(|sum| *sum <= wanted).min(sums.len() - 1);
        if seen.insert(pixel) {
            points.push([(pixel % width) as f32 + 0.5, (pixel / width) as f32 + 0.5]);
        }
    }
    points
}
