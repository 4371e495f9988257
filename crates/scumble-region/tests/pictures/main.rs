//! Pictures of regions as paintings.

mod fills;
mod hidden;
mod outlines;
mod robust;
mod rules;

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::painters::Painter;
use scumble_paint::strokes::StrokesParams;
use scumble_paint::{Painting, draw};
use scumble_region::{Regions, RegionsParams};
use serde_json::{Value, json};

/// Parameters like those of presets, some of them changed.
fn params(changes: Value) -> RegionsParams {
    let mut params = json!({
        "kind": "regions", "count": 40, "abstraction": 0.3, "colour_smoothing": 0.0, "mix": 0.0, "seed": 1,
        "segment": "snic", "clusters": 0, "min_area": 20.0, "shapes": [], "behind": 0, "simplify": 1.0, "round": false,
        "ragged": 0.0, "fill": "flat", "colour": "mean", "style_colours": "transfer", "palette_size": 8,
        "outline": 0.0, "outline_colour": "#101018", "shadow": 0.0, "weave": 0.0, "work_px": 256,
    });
    params.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    serde_json::from_value(params).unwrap()
}

/// No preset of brush strokes is known.
fn none(name: &str) -> Result<StrokesParams> {
    Err(scumble_core::Error::parameter(format!("no preset '{name}'")))
}

fn painted(picture: &Canvas, params: RegionsParams) -> Result<Painting> {
    let mut painter = Regions::new(picture, None, None, &none, params)?;
    while painter.step()?.is_some() {}
    Ok(painter.painting().clone())
}

fn drawn(picture: &Canvas, params: RegionsParams) -> Canvas {
    draw(&painted(picture, params).unwrap(), picture.width(), picture.height()).unwrap()
}

/// Discs of several colours on a sky that changes from blue to white.
fn picture(width: usize, height: usize) -> Canvas {
    let discs = [
        ([0.3, 0.4], 0.2, [0.8, 0.1, 0.1]),
        ([0.7, 0.6], 0.25, [0.1, 0.6, 0.2]),
        ([0.65, 0.2], 0.12, [0.95, 0.85, 0.2]),
    ];
    let rgb = (0..width * height).flat_map(|i| {
        let place = [(i % width) as f32 / width as f32, (i / width) as f32 / height as f32];
        let within = |(centre, radius, _): &&([f32; 2], f32, [f32; 3])| {
            (place[0] - centre[0]).hypot(place[1] - centre[1]) < *radius
        };
        let sky = [0.2 + 0.6 * place[1], 0.4 + 0.5 * place[1], 0.95];
        discs.iter().rev().find(within).map_or(sky, |disc| disc.2)
    });
    Canvas::new(width, height, rgb.collect()).unwrap()
}
