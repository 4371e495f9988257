//! Textures by every Fourier and pyramid method, side by side, with the time they took.
//!
//! `cargo run --release -p scumble-texture --example textures -- FOLDER SIDE EXEMPLAR…` writes into FOLDER, for each exemplar, of
//! which the middle 256 pixels are taken, a picture FOLDER/NAME.png: exemplar, random phase, spectrum;
//! Heeger–Bergen, Portilla–Simoncelli, wavelet; a ring of the exemplar, random phase from that ring alone, a small texture
//! of Heeger–Bergen's tiled. Each has SIDE pixels. Prints seconds, how far the histograms of Heeger–Bergen's texture are
//! from the exemplar's, along each principal axis of colour: Wasserstein distances of the pixels and of the farthest band,
//! in percent of the pixels' deviation, and of the farthest band in percent of its own; and how far Portilla–Simoncelli's
//! statistics are.

use std::path::Path;
use std::time::Instant;

use scumble_core::{Error, Result};
use scumble_image::{Canvas, EncodeOptions, Format, Limits, encode, open, write_atomically};
use scumble_texture::PyramidParams;
use scumble_texture::heeger_bergen::{Marginal, heeger_bergen, marginals};
use scumble_texture::phase::random_phase;
use scumble_texture::planes::Planes;
use scumble_texture::portilla::{distances, portilla_simoncelli};
use scumble_texture::region::{Rectangle, crop, region_phase};
use scumble_texture::spectrum::spectrum;
use scumble_texture::wavelet::{WaveletParams, wavelet};

/// Pixels of the exemplar.
const PART: usize = 256;
/// Pixels between pictures.
const GAP: usize = 8;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, side, exemplars @ ..] = args.as_slice() else {
        return Err(Error::parameter("usage: textures FOLDER SIDE EXEMPLAR…"));
    };
    let side: usize = side.parse().map_err(Error::parameter)?;
    for exemplar in exemplars {
        let path = Path::new(exemplar);
        let picture = open(path, &Limits::default())?.canvas;
        let [width, height] = [picture.width(), picture.height()].map(|length| length.min(PART));
        let (x, y) = ((picture.width() - width) / 2, (picture.height() - height) / 2);
        let part = crop(&picture, Rectangle { x, y, width, height })?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        println!("{name}");
        let mut pictures = vec![part.clone()];
        for (method, make) in methods() {
            let begun = Instant::now();
            pictures.push(make(&part, [side, side])?.to_canvas()?);
            println!("  {method:20} {:.2} s", begun.elapsed().as_secs_f64());
        }
        let mask = ring(width, height);
        let mut shown = part.clone();
        let outside = shown.rgb_mut().as_chunks_mut::<3>().0.iter_mut().zip(&mask).filter(|(_, inside)| !**inside);
        outside.for_each(|(pixel, _)| *pixel = [1.0; 3]);
        pictures.extend([shown, region_phase(&part, &mask, [side, side], 1)?]);
        let small = heeger_bergen(&part, [side / 2, side / 2], &BANDS, 1, &mut |_| true)?;
        pictures.push(tiled(&small.to_canvas()?)?);
        let made = heeger_bergen(&part, [side, side], &BANDS, 1, &mut |_| true)?;
        for axis in marginals(&made, &part, &BANDS)? {
            if axis.iter().all(|m| m.deviation < 1e-6) {
                continue;
            }
            let percent = |m: &Marginal, of: f64| 100.0 * m.distance / of;
            let (pixels, bands) = axis.split_first().ok_or_else(|| Error::input("no histograms"))?;
            let worst = |of: fn(&Marginal, f64) -> f64| {
                bands.iter().map(|m| percent(m, of(m, pixels.deviation))).fold(0.0, f64::max)
            };
            let (all, own) = (worst(|_, pixels| pixels), worst(|m, _| m.deviation));
            let of = pixels.deviation;
            println!(
                "  deviation {of:.4}  pixels {:.3} %  bands {all:.2} %, of their own {own:.1} %",
                percent(pixels, of)
            );
        }
        let made = portilla_simoncelli(&part, [side, side], &BANDS, 1, &mut |_| true)?;
        for found in distances(&made, &part, &BANDS)? {
            println!("  {:.1} %  {}", 100.0 * found.distance, found.name);
        }
        let sheet = encode(&side_by_side(&pictures)?, Format::Png, &EncodeOptions::default())?;
        write_atomically(&Path::new(folder).join(format!("{name}.png")), &sheet)?;
    }
    Ok(())
}

/// Four octaves of four orientations, as many rounds as the method needs.
const BANDS: PyramidParams = PyramidParams { scales: 4, orientations: 4, rounds: 0 };

type Make = fn(&Canvas, [usize; 2]) -> Result<Planes>;

fn methods() -> [(&'static str, Make); 5] {
    [
        ("random phase", |part, size| random_phase(part, size, 1)),
        ("spectrum", |part, size| spectrum(part, size, 10, 1, &mut |_| true)),
        ("Heeger–Bergen", |part, size| heeger_bergen(part, size, &BANDS, 1, &mut |_| true)),
        ("Portilla–Simoncelli", |part, size| portilla_simoncelli(part, size, &BANDS, 1, &mut |_| true)),
        ("wavelet", |part, size| wavelet(part, size, &WaveletParams { scales: 5, rounds: 3 }, 1, &mut |_| true)),
    ]
}

/// A ring in which no large rectangle fits.
fn ring(width: usize, height: usize) -> Vec<bool> {
    let [w, h] = [width, height].map(|length| length as f64 / 2.0);
    let away = |i: usize| (((i % width) as f64 + 0.5) / w - 1.0).hypot(((i / width) as f64 + 0.5) / h - 1.0);
    (0..width * height).map(|i| (0.65..0.95).contains(&away(i))).collect()
}

/// A picture twice beside and twice below itself.
fn tiled(tile: &Canvas) -> Result<Canvas> {
    let rows = tile.rgb().chunks_exact(tile.width() * 3).flat_map(|row| [row, row].concat());
    let once: Vec<f32> = rows.collect();
    Canvas::new(tile.width() * 2, tile.height() * 2, once.repeat(2))
}

/// Pictures in rows of three.
fn side_by_side(pictures: &[Canvas]) -> Result<Canvas> {
    let [cell_w, cell_h] =
        [Canvas::width, Canvas::height].map(|length| pictures.iter().map(length).max().unwrap_or(0) + GAP);
    let (width, height) = (3 * cell_w, pictures.len().div_ceil(3) * cell_h);
    let mut rgb = vec![1.0; width * height * 3];
    for (i, picture) in pictures.iter().enumerate() {
        let (left, top) = (i % 3 * cell_w, i / 3 * cell_h);
        for (y, row) in picture.rgb().chunks_exact(picture.width() * 3).enumerate() {
            let at = ((top + y) * width + left) * 3;
            rgb[at..at + row.len()].copy_from_slice(row);
        }
    }
    Canvas::new(width, height, rgb)
}
