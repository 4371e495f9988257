//! How near low-poly pictures come, against the Delaunay triangulation of points drawn by Sobel gradients.
//!
//! `cargo run --release -p scumble-region --example low_poly_error -- COUNT PICTURE… [--colour linear] [--passes N] [--work-px N]
//! [--chart FILE]` prints CSV: name, method, passes, seconds, mean squared error at the working copy's size and drawn at 512 pixels, values
//! from 0 to 1; and draws the latter by seconds to an SVG file. The opponent has as many points and the frame's corners too; of three
//! seeds the best is taken. Seconds are from the decoded picture on.

mod chart;
mod sobel;

use std::path::Path;
use std::str::FromStr;
use std::time::Instant;

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Filter, Light, Limits, open, resize};
use scumble_paint::draw;
use scumble_region::tessellate::low_poly::{FacetColour, LowPoly, LowPolyParams};

use chart::Row;

/// Longer side at which pictures are compared.
const SIDE: usize = 512;
/// The longer side that sources are enlarged to, about a megapixel.
const SOURCE: usize = 1024;
/// Passes after which it is told how near it has come.
const TOLD: [u32; 13] = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let mut words = Vec::new();
    let (mut colour, mut passes, mut work_px, mut target) = (FacetColour::Flat, 400, 512, None);
    while let Some(word) = args.next() {
        let mut value = || args.next().ok_or_else(|| Error::parameter(format!("{word} needs a value")));
        match word.as_str() {
            "--colour" if value()? == "linear" => colour = FacetColour::Linear,
            "--colour" => {}
            "--passes" => passes = number(&value()?)?,
            "--work-px" => work_px = number(&value()?)?,
            "--chart" => target = Some(value()?),
            _ => words.push(word),
        }
    }
    let [count, pictures @ ..] = words.as_slice() else {
        return Err(Error::parameter("usage: low_poly_error COUNT PICTURE… [--colour linear] [--chart FILE]"));
    };
    let params = LowPolyParams { count: number(count)?, colour, passes, least_angle: 5.0, work_px, seed: 1 };
    println!("picture,method,passes,seconds,mse_work,mse_{SIDE}");
    let mut rows = Vec::new();
    for picture in pictures {
        compare(Path::new(picture), &params, &mut rows)?;
    }
    let title = format!("mean squared difference by seconds, {} points", params.count);
    target.map_or(Ok(()), |path| chart::draw(&rows, &title, Path::new(&path)))
}

fn number<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T> {
    text.parse().map_err(|e| Error::parameter(format!("'{text}': {e}")))
}

/// Both methods on one picture.
fn compare(path: &Path, params: &LowPolyParams, rows: &mut Vec<Row>) -> Result<()> {
    let picture = open(path, &Limits::default())?.canvas;
    let source = sized(&picture, SOURCE)?;
    let target = sized(&source, SIDE)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut tell = |method: &str, poly: &LowPoly, seconds: f64, mse: f64| {
        let report = poly.report();
        println!("{name},{method},{},{seconds:.3},{:.6},{mse:.6}", report.pass, report.mse);
        rows.push(Row { picture: name.clone(), ours: method != "sobel", seconds, mse });
    };

    let mut opponents = Vec::new();
    for seed in 1..=3 {
        let begun = Instant::now();
        let points = sobel::points(&source, params.count as usize, seed);
        let poly =
            LowPoly::with_points(&source, &points, LowPolyParams { colour: FacetColour::Flat, ..params.clone() })?;
        let seconds = begun.elapsed().as_secs_f64();
        opponents.push((drawn_error(&poly, &target)?, seconds, poly));
    }
    opponents.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mse, seconds, poly) = &opponents[0];
    tell("sobel", poly, *seconds, *mse);

    let begun = Instant::now();
    let mut poly = LowPoly::new(&source, params.clone())?;
    let mut paused = 0.0;
    loop {
        let pass = poly.report().pass;
        let last = pass >= params.passes;
        if last || TOLD.contains(&pass) {
            let seconds = begun.elapsed().as_secs_f64() - paused;
            let drawing = Instant::now();
            let mse = drawn_error(&poly, &target)?;
            tell("moved", &poly, seconds, mse);
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
