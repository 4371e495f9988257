//! Compares what a texture takes of main memory with what was foreseen; on Linux.
//!
//! `cargo run --release -p scumble-texture --example memory -- METHOD EXEMPLAR_SIDE SIDE [COLOURS [SCALES ORIENTATIONS]]` makes a
//! texture of SIDE pixels a side of noise, in one round; COLOURS is 1 for grey. The library of C keeps what is freed: with
//! `MALLOC_MMAP_THRESHOLD_=131072` it gives back small planes as it does large ones.

use scumble_core::{Error, Result, Stream};
use scumble_image::Canvas;
use scumble_texture::{TextureParams, memory, synthesise};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [method, from, to, rest @ ..] = args.as_slice() else {
        return Err(Error::parameter("usage: memory METHOD EXEMPLAR_SIDE SIDE [COLOURS [SCALES ORIENTATIONS]]"));
    };
    let [from, to]: [usize; 2] = [from, to].map(|side| side.parse().unwrap_or(1));
    let number = |i: usize, other: u64| rest.get(i).and_then(|v| v.parse().ok()).unwrap_or(other);
    let (colours, stream) = (number(0, 3), std::cell::RefCell::new(Stream::new(1, 1)));
    let value = |i: u64| stream.borrow_mut().uniform(if colours == 1 { i / 3 } else { i }) as f32;
    let exemplar = Canvas::new(from, from, (0..3 * (from * from) as u64).map(value).collect())?;
    let params: TextureParams = serde_json::from_value(serde_json::json!({
        "method": method, "width": to, "height": to, "tileable": true, "block": 0, "overlap": 0.167, "tolerance": 0.1,
        "feather": 1, "layout": "auto", "guide_weight": 0.8, "scales": number(1, 4), "orientations": number(2, 4), "rounds": 1, "seed": 1,
    }))
    .map_err(Error::parameter)?;
    let needed = memory::needed(&exemplar, None, &params)?;
    let before = most_resident();
    synthesise(&exemplar, None, &params, &mut |_| true)?;
    let taken = most_resident() - before;
    let pixels = (from * from).max(to * to) as f64;
    println!(
        "{method} {from} to {to}: foreseen {:.0} B a pixel, taken {:.0}, {:+.0} %",
        needed as f64 / pixels,
        taken / pixels,
        100.0 * (needed as f64 / taken - 1.0)
    );
    Ok(())
}

/// Bytes of this process that were in main memory at most; not a number where the system does not tell.
fn most_resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    1024.0 * kilobytes.unwrap_or(f64::NAN)
}
