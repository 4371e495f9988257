//! Divides a picture into regions, shows them and tells how long it took.
//!
//! `cargo run --release -p scumble-region --example segments -- COMMAND ...`, where COMMAND is
//!
//! * `show PICTURE OUT.png METHOD PARAMS [COUNT]`: regions in their mean colours with borders; with COUNT, cleaned, and so
//!   many of the merge tree
//! * `time PICTURE METHOD PARAMS ROUNDS LABELS`: JSON with the seconds of each round, and for k-means J; the labels are
//!   written as 32-bit numbers
//! * `oklab PICTURE OUT`: the three planes of the colours in Oklab as 32-bit floats
//!
//! METHOD is threshold, grow, kmeans, mean-shift, slic, snic, graph or watershed, PARAMS its parameters as JSON.

use std::path::Path;
use std::time::Instant;

use scumble_core::{Error, Result};
use scumble_image::{Canvas, EncodeOptions, Format, Limits, encode, open, write_atomically};
use scumble_paint::oklab;
use scumble_region::{CleanParams, Labels, MergeParams, MergeTree, clean, segment, statistics};
use serde::de::DeserializeOwned;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["show", picture, out, method, params, rest @ ..] => {
            let picture = read(picture)?;
            let begun = Instant::now();
            let (mut labels, _) = divided(&picture, method, params)?;
            println!("{method}: {} regions, {:.3} s", labels.count(), begun.elapsed().as_secs_f64());
            if let Some(count) = rest.first() {
                let begun = Instant::now();
                labels = clean(&labels, &picture, &CleanParams { smooth: 2, min_area: 60.0 })?;
                println!("cleaned: {} regions, {:.3} s", labels.count(), begun.elapsed().as_secs_f64());
                let begun = Instant::now();
                let tree = MergeTree::new(&labels, &picture, &MergeParams { gradient: 4.0, texture: 0.0 })?;
                labels = tree.cut(number(count)?)?;
                println!("merged: {} regions, {:.3} s", labels.count(), begun.elapsed().as_secs_f64());
            }
            let shown = shown(&labels, &picture)?;
            write_atomically(Path::new(out), &encode(&shown, Format::Png, &EncodeOptions::default())?)
        }
        ["time", picture, method, params, rounds, out] => {
            let picture = read(picture)?;
            let (mut seconds, mut result) = (Vec::new(), None);
            for _ in 0..number(rounds)? {
                let begun = Instant::now();
                result = Some(divided(&picture, method, params)?);
                seconds.push(begun.elapsed().as_secs_f64());
            }
            let Some((labels, objective)) = result else { return Err(Error::parameter("ROUNDS is 0")) };
            let told = serde_json::json!({ "seconds": seconds, "count": labels.count(), "objective": objective });
            println!("{told}");
            let bytes: Vec<u8> = labels.ids().iter().flat_map(|id| id.to_le_bytes()).collect();
            write_atomically(Path::new(out), &bytes)
        }
        ["oklab", picture, out] => {
            let colours: Vec<oklab::Lab> = read(picture)?.pixels().iter().map(|p| oklab::from_srgb(*p)).collect();
            let planes = (0..3).flat_map(|c| colours.iter().map(move |colour| colour[c]));
            write_atomically(Path::new(out), &planes.flat_map(f32::to_le_bytes).collect::<Vec<u8>>())
        }
        _ => Err(Error::parameter("usage: segments show|time|oklab ..., see the head of the file")),
    }
}

fn read(path: &str) -> Result<Canvas> {
    Ok(open(Path::new(path), &Limits::default())?.canvas)
}

fn number(text: &str) -> Result<usize> {
    text.parse().map_err(|e| Error::parameter(format!("'{text}': {e}")))
}

/// The regions, and J of k-means.
fn divided(picture: &Canvas, method: &str, params: &str) -> Result<(Labels, Option<f64>)> {
    fn parsed<T: DeserializeOwned>(params: &str) -> Result<T> {
        serde_json::from_str(params).map_err(Error::parameter)
    }
    let labels = match method {
        "threshold" => segment::threshold(picture, &parsed(params)?)?,
        "grow" => segment::grow(picture, &parsed(params)?)?,
        "mean-shift" => segment::mean_shift(picture, &parsed(params)?)?,
        "slic" => segment::slic(picture, &parsed(params)?)?,
        "snic" => segment::snic(picture, &parsed(params)?)?,
        "graph" => segment::graph(picture, &parsed(params)?)?,
        "watershed" => segment::watershed(picture, &parsed(params)?)?,
        "kmeans" => {
            let clusters = segment::kmeans(picture, &parsed(params)?)?;
            return Ok((clusters.labels, Some(clusters.objective)));
        }
        _ => return Err(Error::parameter(format!("METHOD is '{method}'"))),
    };
    Ok((labels, None))
}

/// Regions in their mean colours, their borders dark.
fn shown(labels: &Labels, picture: &Canvas) -> Result<Canvas> {
    let regions = statistics(labels, picture)?;
    let (width, ids) = (labels.width(), labels.ids());
    let mut rgb = Vec::with_capacity(3 * ids.len());
    for (i, id) in ids.iter().enumerate() {
        let right = (i + 1) % width != 0 && ids[i + 1] != *id;
        let below = ids.get(i + width).is_some_and(|other| other != id);
        let shade = if right || below { 0.4 } else { 1.0 };
        rgb.extend(regions[*id as usize].mean.map(|v| v * shade));
    }
    Canvas::new(width, labels.height(), rgb)
}
