//! Quilts a texture and tells how long it took.
//!
//! `cargo run --release -p scumble-texture --example quilt -- EXEMPLAR OUT.png WIDTH HEIGHT [KEY=VALUE …]`, where KEY is block,
//! overlap, tolerance, feather, tileable (0 or 1), layout (0: auto, 1: free, 2: kept), weight (of the guide), guide (a picture) or seed.

use std::path::Path;
use std::time::Instant;

use scumble_core::{Error, Result};
use scumble_image::{EncodeOptions, Format, Limits, encode, open, write_atomically};
use scumble_texture::quilt::{Layout, QuiltParams, quilt};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [exemplar, out, width, height, rest @ ..] = args.as_slice() else {
        return Err(Error::parameter("usage: quilt EXEMPLAR OUT.png WIDTH HEIGHT [KEY=VALUE …]"));
    };
    let exemplar = open(Path::new(exemplar), &Limits::default())?.canvas;
    let value = |key: &str| rest.iter().find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
    let number = |key: &str, other: f64| value(key).and_then(|v| v.parse().ok()).unwrap_or(other);
    let params = QuiltParams {
        block: number("block", 0.0) as usize,
        overlap: number("overlap", 1.0 / 6.0),
        tolerance: number("tolerance", 0.1),
        feather: number("feather", 0.0) as usize,
        tileable: number("tileable", 0.0) > 0.0,
        layout: [Layout::Auto, Layout::Free, Layout::Kept][(number("layout", 0.0) as usize).min(2)],
        guide_weight: number("weight", 0.8),
    };
    let guide = value("guide").map(|path| open(Path::new(path), &Limits::default())).transpose()?;
    let guide = guide.map(|picture| picture.canvas);
    let size = [width, height].map(|side| side.parse().unwrap_or(0));
    let begun = Instant::now();
    let made = quilt(&exemplar, guide.as_ref(), size, &params, number("seed", 1.0) as u64, &mut |_| true)?;
    println!("{:.2} s", begun.elapsed().as_secs_f64());
    write_atomically(Path::new(out), &encode(&made, Format::Png, &EncodeOptions::default())?)
}
