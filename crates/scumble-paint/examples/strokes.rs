//! Paints a picture with brush strokes, or filters it, and tells how near it came and how fast.
//!
//! `cargo run --release -p scumble-paint --example strokes -- PICTURE OUT.png PAINTER [PARAMETERS]`, where PAINTER is
//! adaptive, moments, hatch, kuwahara, histogram or xdog, and PARAMETERS is a JSON object of values to be changed.
//!
//! OUT.png is as large as the picture; strokes are drawn with even paint.

use std::path::Path;
use std::time::{Duration, Instant};

use scumble_core::{Error, Result};
use scumble_image::{Canvas, EncodeOptions, Format, Limits, encode, metrics, open, write_atomically};
use scumble_paint::painters::{Adaptive, Hatch, Moments, Painter};
use scumble_paint::painting::Brush;
use scumble_paint::{draw, filters};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [picture, out, name, rest @ ..] = args.as_slice() else {
        return Err(Error::parameter("usage: strokes PICTURE OUT.png PAINTER [PARAMETERS]"));
    };
    let picture = open(Path::new(picture), &Limits::default())?.canvas;
    let changed = rest.first().map_or("{}", String::as_str);
    let begun = Instant::now();
    let made = match name.as_str() {
        "adaptive" => paint(&mut Adaptive::new(&picture, None, parameters(adaptive(), changed)?)?, &picture)?,
        "moments" => paint(&mut Moments::new(&picture, None, parameters(moments(), changed)?)?, &picture)?,
        "hatch" => paint(&mut Hatch::new(&picture, None, parameters(hatch(), changed)?)?, &picture)?,
        "kuwahara" => {
            let params = json!({"radius": 6.0, "sharpness": 8.0, "roundness": 1.0});
            filters::kuwahara(&picture, &parameters(params, changed)?)?
        }
        "histogram" => filters::histogram_oil(&picture, &parameters(json!({"radius": 5.0, "levels": 32}), changed)?)?,
        "xdog" => {
            let params = json!({"sigma": 0.8, "sharpen": 20.0, "threshold": 0.5, "steepness": 10.0});
            filters::xdog(&picture, &parameters(params, changed)?)?
        }
        _ => return Err(Error::parameter(format!("there is no painter '{name}'"))),
    };
    println!("{:.3} dB  {:.2} s in all", metrics::psnr(&made, &picture)?, begun.elapsed().as_secs_f64());
    write_atomically(Path::new(out), &encode(&made, Format::Png, &EncodeOptions::default())?)
}

/// Paints to the end and draws the painting with even paint.
fn paint(painter: &mut impl Painter, picture: &Canvas) -> Result<Canvas> {
    let begun = Instant::now();
    let (mut longest, mut last, mut steps) = (Duration::ZERO, None, 0);
    loop {
        let step = Instant::now();
        let report = painter.step()?;
        longest = longest.max(step.elapsed());
        let Some(report) = report else { break };
        last = Some(report);
        steps += 1;
    }
    let spent = begun.elapsed().as_secs_f64();
    let mut painting = painter.painting().clone();
    for (i, layer) in painting.layers.iter().enumerate() {
        println!("{:14} {:6} strokes", layer.name, painting.strokes.iter().filter(|stroke| stroke.layer == i).count());
    }
    if let Some(report) = last {
        let longest = longest.as_secs_f64() * 1e3;
        println!(
            "{} strokes  {:.3} dB  {spent:.3} s  {steps} steps, the longest {longest:.0} ms",
            report.strokes, report.psnr
        );
    }
    painting.brushes.iter_mut().for_each(|brush| *brush = Brush::solid());
    draw(&painting, picture.width(), picture.height())
}

fn adaptive() -> Value {
    json!({
        "radii": [24.0, 10.0, 4.0], "fineness": 3.0, "tolerance": 0.12, "stretch": 3.0, "threshold": 4.0, "alpha": 242,
        "jitter": 0.03, "thickness": 0.3, "count": 200_000, "work_px": 512, "seed": 1,
    })
}

fn moments() -> Value {
    json!({
        "windows": [64.0, 28.0, 12.0], "cover": 3.0, "tolerance": 0.3, "threshold": 5.0, "alpha": 255, "jitter": 0.0,
        "thickness": 0.3, "count": 200_000, "work_px": 768, "seed": 1,
    })
}

fn hatch() -> Value {
    json!({
        "tones": [0.8, 0.6, 0.4, 0.2], "width": 1.2, "spacing": 1.8, "length": 18.0, "angle": -50.0, "form": 0.8,
        "outline": 1.0, "lead": "grey", "alpha": 140, "count": 200_000, "work_px": 1024, "seed": 1,
    })
}

/// Parameters with some values changed by a JSON object.
fn parameters<P: DeserializeOwned>(mut value: Value, changed: &str) -> Result<P> {
    let changed: Value = serde_json::from_str(changed).map_err(Error::parameter)?;
    for (key, new) in changed.as_object().into_iter().flatten() {
        value[key] = new.clone();
    }
    serde_json::from_value(value).map_err(Error::parameter)
}
