//! Improves a painting and tells what it gained: by relaxation, sweep by sweep, and then by refinement.
//!
//! `cargo run --release -p scumble-paint --example relax -- PAINTING.json|KIND:COUNT[:ALPHA] PICTURE OUT.png SWEEPS [SEED] [WORK_PX] [STEPS]`

use std::path::Path;
use std::time::{Duration, Instant};

use scumble_core::{Error, Result};
use scumble_image::{EncodeOptions, Format, Limits, encode, open, write_atomically};
use scumble_paint::painters::relax::{Relax, RelaxParams};
use scumble_paint::painters::{Greedy, Painter};
use scumble_paint::refine::{Refine, RefineParams};
use scumble_paint::{Painting, draw, output};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [start, picture, out, sweeps, rest @ ..] = args.as_slice() else {
        return Err(Error::parameter(
            "usage: relax PAINTING.json|KIND:COUNT[:ALPHA] PICTURE OUT.png SWEEPS [SEED] [WORK_PX] [STEPS]",
        ));
    };
    let number = |text: &str| text.parse::<u32>().map_err(|e| Error::parameter(format!("'{text}': {e}")));
    let seed = rest.first().map_or(Ok(1), |text| number(text))?;
    let work_px = rest.get(1).map_or(Ok(384), |text| number(text))?;
    let picture = open(Path::new(picture), &Limits::default())?.canvas;
    let mut parts = start.split(':');
    let (kind, count, alpha) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let painting = match count {
        None => {
            let text = std::fs::read_to_string(start).map_err(|e| Error::io(format!("cannot read {start}: {e}")))?;
            Painting::from_json(&text)?
        }
        Some(count) => {
            let mut params = serde_json::json!({
                "shapes": [kind], "count": number(count)?, "level": "normal", "work_px": work_px, "seed": seed,
                "abstraction": 0.0,
            });
            if let Some(alpha) = alpha {
                params["alpha"] = number(alpha)?.into();
            }
            let params = serde_json::from_value(params).map_err(Error::parameter)?;
            let begun = Instant::now();
            let mut painter = Greedy::new(&picture, None, params)?;
            while painter.step()?.is_some() {}
            println!("painted in {:.2} s", begun.elapsed().as_secs_f64());
            painter.into_painting()
        }
    };
    let solve_alpha = alpha.is_none() && count.is_some();
    let params = RelaxParams {
        sweeps: number(sweeps)?,
        tries: 80,
        reseed: 0.1,
        solve_alpha,
        least_gain: 0.0,
        work_px,
        seed: u64::from(seed),
    };
    let mut relax = Relax::new(painting, &picture, None, params)?;
    let first = relax.report();
    println!("{} strokes  {:.3} dB", first.strokes, first.psnr);
    let mut spent = Duration::ZERO;
    loop {
        let begun = Instant::now();
        let sweep = relax.sweeps();
        let more = relax.step()?.is_some();
        spent += begun.elapsed();
        if relax.sweeps() > sweep {
            let now = relax.report();
            let ratio = now.sse as f64 / first.sse as f64;
            let seconds = spent.as_secs_f64();
            let gain = now.psnr - first.psnr;
            println!(
                "sweep {:3}  {:.3} dB  {gain:+.3} dB  SSE x {ratio:.3}  {seconds:7.2} s",
                relax.sweeps(),
                now.psnr
            );
        }
        if !more {
            break;
        }
    }
    let params = RefineParams {
        steps: rest.get(2).map_or(Ok(0), |text| number(text))?,
        point_rate: 0.6,
        size_rate: 0.1,
        colour_rate: 0.01,
        solve_alpha,
        softness: 2.0,
        work_px,
    };
    let mut refine = Refine::new(relax.into_painting(), &picture, None, params)?;
    let begun = Instant::now();
    while let Some(now) = refine.step()? {
        let gain = now.psnr - first.psnr;
        println!("refined    {:.3} dB  {gain:+.3} dB  {:7.2} s", now.psnr, begun.elapsed().as_secs_f64());
    }
    let painting = refine.into_painting();
    let (width, height) = (picture.width(), picture.height());
    let drawn = draw(&painting, width, height)?;
    write_atomically(Path::new(out), &encode(&drawn, Format::Png, &EncodeOptions::default())?)?;
    let json = Path::new(out).with_extension("json");
    write_atomically(&json, painting.to_json()?.as_bytes())?;
    write_atomically(&Path::new(out).with_extension("svg"), output::svg(&painting, width, height)?.as_bytes())
}
