//! Paints a picture with shapes and tells how near it came and how fast.
//!
//! `cargo run --release -p scumble-paint --example shapes -- PICTURE OUT.png KIND[,KIND...] COUNT SEED`, and then, if
//! wanted, the level (draft, normal, fine), the opacity (1 to 255, or solved), and the longer side of the working copy
//! (256).
//!
//! Prints the PSNR against the picture at 512 pixels after 50, 100, 200, 500 … shapes. OUT.png is 512 pixels large;
//! OUT.svg is written beside it.

use std::path::Path;
use std::time::{Duration, Instant};

use scumble_core::{Error, Result};
use scumble_image::{EncodeOptions, Filter, Format, Light, Limits, encode, metrics, open, resize, write_atomically};
use scumble_paint::painters::Painter;
use scumble_paint::painters::greedy::{Greedy, ShapesParams};
use scumble_paint::{draw, output};

/// Longer side at which pictures are compared.
const SIDE: usize = 512;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [picture, out, kinds, count, seed, rest @ ..] = args.as_slice() else {
        return Err(Error::parameter(
            "usage: shapes PICTURE OUT.png KIND[,KIND...] COUNT SEED [LEVEL] [ALPHA] [WORK_PX]",
        ));
    };
    let picture = open(Path::new(picture), &Limits::default())?.canvas;
    let params = parameters(kinds, count, seed, rest)?;
    let longer = picture.width().max(picture.height());
    let side = |side: usize| (side * SIDE / longer).max(1);
    let (width, height) = (side(picture.width()), side(picture.height()));
    let source = resize(&picture, width, height, Filter::Bilinear, Light::Encoded)?;

    let mut painter = Greedy::new(&picture, None, params)?;
    let mut spent = Duration::ZERO;
    let mut strokes = 0;
    loop {
        let begun = Instant::now();
        let report = painter.step()?;
        spent += begun.elapsed();
        let done = report.is_none();
        strokes = report.map_or(strokes, |report| report.strokes);
        if done || [50, 100, 200, 500, 1000, 2000].contains(&strokes) {
            let drawn = draw(painter.painting(), width, height)?;
            let psnr = metrics::psnr(&drawn, &source)?;
            let rate = strokes as f64 / spent.as_secs_f64();
            println!(
                "{strokes:5} shapes  {psnr:6.3} dB  (working copy {:6.3} dB)  {:7.3} s  {rate:7.1} shapes/s",
                painter.report().psnr,
                spent.as_secs_f64()
            );
        }
        if done {
            break;
        }
    }
    let drawn = draw(painter.painting(), width, height)?;
    write_atomically(Path::new(out), &encode(&drawn, Format::Png, &EncodeOptions::default())?)?;
    write_atomically(&Path::new(out).with_extension("svg"), output::svg(painter.painting(), width, height)?.as_bytes())
}

fn parameters(kinds: &str, count: &str, seed: &str, rest: &[String]) -> Result<ShapesParams> {
    let number = |text: &str| text.parse::<u64>().map_err(|e| Error::parameter(format!("'{text}': {e}")));
    let mut value = serde_json::json!({
        "shapes": kinds.split(',').collect::<Vec<_>>(),
        "count": number(count)?,
        "level": rest.first().map_or("normal", String::as_str),
        "work_px": number(rest.get(2).map_or("256", String::as_str))?,
        "seed": number(seed)?,
        "relax": 0,
        "refine": 0,
        "abstraction": 0.0,
    });
    if let Some(alpha) = rest.get(1).filter(|alpha| *alpha != "solved") {
        value["alpha"] = number(alpha)?.into();
    }
    serde_json::from_value(value).map_err(Error::parameter)
}
