//! Parameters as presets have them, with sizes for small pictures.

use scumble_image::{Canvas, metrics};
use scumble_paint::painters::{Painter, StepReport};
use scumble_paint::painting::{Finish, Painting};
use scumble_paint::strokes::StrokesParams;
use scumble_paint::{Strokes, draw};
use serde_json::{Value, json};

/// The painters, as presets name them.
pub const PAINTERS: [&str; 5] = ["layered", "adaptive", "moments", "short", "hatch"];

/// A painter's parameters with some of them changed. A pencil's lines are never improved.
pub fn params(painter: &str, changes: Value) -> StrokesParams {
    let mut all = json!({
        "painter": painter, "abstraction": 0.0, "detail": 0.5, "stroke_length": 1.0, "direction_smoothing": 1.0,
        "colour_smoothing": 0.0, "mix": 0.0, "seed": 1, "count": 200_000, "relax": 0, "refine": 0,
        "style_colours": "transfer", "style_strokes": false, "style_brush": false, "style_steps": 0, "style_strength": 0.5, "palette_size": 12, "brush": "solid", "alpha": 242, "wash": false, "jitter": 0.0,
        "jitter_hue": 0.0, "jitter_rgb": 0.0, "thickness": 0.0, "light": 0.0, "density": 0.0, "rim": 0.0, "grain": 0.0,
        "weave": 0.0, "work_px": 160,
    });
    let own = match painter {
        "layered" => json!({
            "radii": [8.0, 4.0, 2.0], "threshold": 20.0, "curvature": 1.0, "min_length": 3, "length": 12.0,
            "spacing": 1.0,
        }),
        "adaptive" => json!({
            "radii": [10.0, 5.0, 2.0], "threshold": 4.0, "tolerance": 0.12, "length": 3.0, "fineness": 3.0,
        }),
        "moments" => json!({ "radii": [32.0, 14.0, 6.0], "threshold": 5.0, "tolerance": 0.3, "fineness": 3.0 }),
        "short" => json!({ "radii": [1.5, 2.0], "spacing": 3.0, "length": 10.0, "angle": 15.0 }),
        "hatch" => json!({
            "radii": [0.6], "tones": [0.8, 0.6, 0.4, 0.2], "spacing": 1.8, "length": 18.0, "angle": -50.0, "form": 0.8,
            "outline": 1.0, "lead": "grey", "style_colours": "none",
        }),
        other => panic!("{other}"),
    };
    for more in [own, changes] {
        for (name, value) in more.as_object().unwrap() {
            all[name] = value.clone();
        }
    }
    if painter == "hatch" {
        (all["relax"], all["refine"]) = (0.into(), 0.into());
    }
    serde_json::from_value(all).unwrap()
}

/// Paints to the end; the reports are those of every step.
pub fn finish(mut painter: Strokes) -> (Painting, Vec<StepReport>) {
    let reports = std::iter::from_fn(|| painter.step().unwrap()).collect();
    (painter.into_painting(), reports)
}

/// The painting of a picture.
pub fn paint(source: &Canvas, params: StrokesParams) -> Painting {
    finish(Strokes::new(source, None, None, params).unwrap()).0
}

/// The painting of a picture after a style.
pub fn paint_after(source: &Canvas, style: &Canvas, params: StrokesParams) -> Painting {
    finish(Strokes::new(source, Some(style), None, params).unwrap()).0
}

/// The strokes alone, drawn in the frame's size.
pub fn drawn(painting: &Painting) -> Canvas {
    let plain = Painting { finish: Finish::default(), ..painting.clone() };
    draw(&plain, painting.width as usize, painting.height as usize).unwrap()
}

/// Nearness of the drawing to a picture in dB.
pub fn psnr(painting: &Painting, source: &Canvas) -> f64 {
    metrics::psnr(&drawn(painting), source).unwrap()
}
