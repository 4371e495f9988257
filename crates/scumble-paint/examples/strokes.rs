//! Paints a picture with brush strokes and tells how near it came and how fast.
//!
//! `cargo run --release -p scumble-paint --example strokes -- PICTURE OUT.png PAINTER [PARAMETERS]`, where PAINTER is
//! impressionist, expressionist, wash, pointillist, fine, short, adaptive, moments, hatch, kuwahara, histogram or xdog (the last
//! three are filters), and PARAMETERS is a JSON object of values to be changed.
//!
//! Prints the PSNR of the working copy after each layer and after 250, 500, 1000 … strokes. OUT.png is as large as the
//! picture, its strokes drawn with even paint.

use std::path::Path;
use std::time::{Duration, Instant};

use scumble_core::{Error, Result};
use scumble_image::{Canvas, EncodeOptions, Format, Limits, encode, metrics, open, write_atomically};
use scumble_paint::painters::{Adaptive, Hatch, Layered, Moments, Painter, Short};
use scumble_paint::painting::{Brush, Painting};
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
    if let Some(filtered) = filtered(name, &picture, changed)? {
        println!("{:.3} dB  {:.2} s", metrics::psnr(&filtered, &picture)?, begun.elapsed().as_secs_f64());
        return save(&filtered, out);
    }
    let mut painting = match name.as_str() {
        "adaptive" => paint(&mut Adaptive::new(&picture, None, parameters(adaptive(), changed)?)?)?,
        "moments" => paint(&mut Moments::new(&picture, None, parameters(moments(), changed)?)?)?,
        "hatch" => paint(&mut Hatch::new(&picture, None, parameters(hatch(), changed)?)?)?,
        "short" => paint(&mut Short::new(&picture, None, parameters(short(), changed)?)?)?,
        _ => paint(&mut Layered::new(&picture, None, parameters(layered(name)?, changed)?)?)?,
    };
    let spent = begun.elapsed().as_secs_f64();
    painting.brushes.iter_mut().for_each(|brush| *brush = Brush::solid());
    let drawn = draw(&painting, picture.width(), picture.height())?;
    println!("{:.3} dB drawn  {spent:.2} s in all", metrics::psnr(&drawn, &picture)?);
    save(&drawn, out)
}

fn save(canvas: &Canvas, out: &str) -> Result<()> {
    write_atomically(Path::new(out), &encode(canvas, Format::Png, &EncodeOptions::default())?)
}

/// The picture as a filter makes it, if `name` is one.
fn filtered(name: &str, picture: &Canvas, changed: &str) -> Result<Option<Canvas>> {
    Ok(Some(match name {
        "kuwahara" => {
            let params = json!({"radius": 6.0, "sharpness": 8.0, "roundness": 1.0});
            filters::kuwahara(picture, &parameters(params, changed)?)?
        }
        "histogram" => filters::histogram_oil(picture, &parameters(json!({"radius": 5.0, "levels": 32}), changed)?)?,
        "xdog" => {
            let params = json!({"sigma": 0.8, "sharpen": 20.0, "threshold": 0.5, "steepness": 10.0});
            filters::xdog(picture, &parameters(params, changed)?)?
        }
        _ => return Ok(None),
    }))
}

/// Paints to the end.
fn paint(painter: &mut impl Painter) -> Result<Painting> {
    let (mut spent, mut longest) = (Duration::ZERO, Duration::ZERO);
    let (mut layer, mut next, mut last) = (0, 250, None);
    loop {
        let begun = Instant::now();
        let report = painter.step()?;
        let took = begun.elapsed();
        spent += took;
        longest = longest.max(took);
        let now = painter.painting().strokes.last().map_or(0, |stroke| stroke.layer);
        if let Some(report) = report.or(last)
            && (now != layer || report.strokes >= next || last == Some(report) && now > layer)
        {
            println!(
                "{:6} strokes  {:6.3} dB  sse {:10}  {:.3} s",
                report.strokes,
                report.psnr,
                report.sse,
                spent.as_secs_f64()
            );
            next = next.max(report.strokes / 2 * 2) * 2;
            layer = now;
        }
        if report.is_none() {
            break;
        }
        last = report;
    }
    let painting = painter.painting();
    for (i, layer) in painting.layers.iter().enumerate() {
        println!("{:14} {:6} strokes", layer.name, painting.strokes.iter().filter(|stroke| stroke.layer == i).count());
    }
    if let Some(report) = last {
        let longest = longest.as_secs_f64() * 1e3;
        println!(
            "{} strokes  {:.3} dB  {:.3} s, the longest step {longest:.0} ms",
            report.strokes,
            report.psnr,
            spent.as_secs_f64()
        );
    }
    Ok(painting.clone())
}

/// Hertzmann's styles (1998, section 3.1), and one for likeness. His thresholds are 100, 50, 200 and 100; ours are lower, as
/// cells are judged when their turn comes, and bare ground is covered whatever the threshold. So is the pointillist jitter,
/// which hides the picture at his hue 0.3 and value 1.
fn layered(style: &str) -> Result<Value> {
    let still = json!({"hue": 0.0, "saturation": 0.0, "value": 0.0, "red": 0.0, "green": 0.0, "blue": 0.0});
    let mut value = json!({
        "radii": [8.0, 4.0, 2.0], "threshold": 40.0, "curvature": 1.0, "blur": 0.5, "grid": 1.0, "min_length": 4,
        "max_length": 16, "alpha": 255, "jitter": still, "solve_colour": true, "detail": 1.0, "brush": "bristle",
        "thickness": 0.3, "count": 200_000, "work_px": 512, "seed": 1, "wash": false, "wet": 0.0, "sway": 0.0, "direction_smoothing": 1.0,
    });
    let mut change = |changes: Value| {
        for (key, new) in changes.as_object().into_iter().flatten() {
            match new.as_object() {
                Some(parts) => parts.iter().for_each(|(part, new)| value[key][part] = new.clone()),
                None => value[key] = new.clone(),
            }
        }
    };
    match style {
        "impressionist" => {}
        "expressionist" => change(json!({
            "threshold": 30.0, "curvature": 0.25, "alpha": 178, "min_length": 10, "jitter": {"value": 0.5},
        })),
        "wash" => change(json!({
            "threshold": 60.0, "alpha": 127, "brush": "round", "jitter": {"red": 0.3, "green": 0.3, "blue": 0.3},
        })),
        "pointillist" => change(json!({
            "radii": [4.0, 2.0], "threshold": 25.0, "grid": 0.5, "min_length": 0, "max_length": 0, "brush": "round",
            "jitter": {"hue": 0.15, "value": 0.3},
        })),
        "fine" => change(json!({"radii": [16.0, 8.0, 4.0, 2.0], "threshold": 20.0, "min_length": 2})),
        _ => return Err(Error::parameter(format!("there is no painter '{style}'"))),
    }
    Ok(value)
}

/// Litwinowicz's strokes (1997).
fn short() -> Value {
    json!({
        "spacing": 2.0, "radius": [1.5, 2.0], "length": [4.0, 10.0], "turn": 15.0, "brightness": 0.15, "edge": 10.0,
        "solve_colour": false, "alpha": 255, "brush": "bristle", "thickness": 0.3, "count": 200_000, "work_px": 512,
        "seed": 1, "direction_smoothing": 1.0,
    })
}

fn adaptive() -> Value {
    json!({
        "radii": [24.0, 10.0, 4.0], "fineness": 3.0, "tolerance": 0.12, "stretch": 3.0, "threshold": 4.0, "alpha": 242,
        "jitter": 0.03, "thickness": 0.3, "brush": "bristle", "direction_smoothing": 1.0, "wash": false, "wet": 0.0, "count": 200_000, "work_px": 768, "seed": 1,
    })
}

fn moments() -> Value {
    json!({
        "windows": [64.0, 28.0, 12.0], "cover": 3.0, "tolerance": 0.3, "threshold": 5.0, "alpha": 255, "jitter": 0.0,
        "thickness": 0.3, "brush": "bristle", "count": 200_000, "work_px": 768, "seed": 1,
    })
}

fn hatch() -> Value {
    json!({
        "tones": [0.8, 0.6, 0.4, 0.2], "width": 1.2, "spacing": 1.8, "length": 18.0, "angle": -50.0, "form": 0.8,
        "outline": 1.0, "shade": 0.0, "direction_smoothing": 1.0, "lead": "grey", "alpha": 140, "count": 200_000, "work_px": 1024, "seed": 1,
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
