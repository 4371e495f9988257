//! Paints a picture with strokes laid at random along its edges, to look at brushes and finishes.
//!
//! `cargo run --release -p scumble-paint --example brushes -- PICTURE OUT.png KIND COUNT LONGER_SIDE [THREADS]`, where KIND is solid, round,
//! oil, impasto, watercolour, pencil or texture. Prints how long the drawing took.

use std::path::Path;
use std::time::Instant;

use scumble_core::{Error, Result, Stream};
use scumble_image::{
    Canvas, EncodeOptions, Filter, Format, Light, Limits, color, encode, open, resize, write_atomically,
};
use scumble_paint::draw;
use scumble_paint::painting::{Blend, Brush, BrushKind, Finish, Geometry, Layer, Painting, Stroke};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [picture, out, kind, count, side, ..] = args.as_slice() else {
        return Err(Error::parameter("usage: brushes PICTURE OUT.png KIND COUNT LONGER_SIDE"));
    };
    let number = |text: &str| text.parse::<usize>().map_err(|e| Error::parameter(format!("'{text}': {e}")));
    let picture = open(Path::new(picture), &Limits::default())?.canvas;
    let sized = |side: usize| {
        let longer = picture.width().max(picture.height());
        (picture.width() * side / longer, picture.height() * side / longer)
    };
    let (width, height) = sized(512);
    let source = resize(&picture, width, height, Filter::Bilinear, Light::Encoded)?;
    let painting = paint(&source, kind, number(count)?)?;
    let (width, height) = sized(number(side)?);
    let begun = Instant::now();
    let drawn = draw(&painting, width, height)?;
    println!("{} strokes, {width}x{height}: {:.2} s", painting.strokes.len(), begun.elapsed().as_secs_f64());
    write_atomically(Path::new(out), &encode(&drawn, Format::Png, &EncodeOptions::default())?)
}

/// How a kind paints: half widths of its layers in pixels, opacity, points of a stroke, brush, blend, finish.
type Style = (&'static [f32], f32, usize, BrushKind, f32, Blend, Finish);

fn style(kind: &str) -> Result<Style> {
    let light = |strength: f32| scumble_paint::painting::Light { strength, ..Default::default() };
    let oil = Finish { light: light(3.0), weave: 0.15, ..Finish::default() };
    let impasto = Finish { light: light(8.0), ..Finish::default() };
    let water = Finish { density: 1.5, rim: 0.7, ..Finish::default() };
    let pencil = Finish { grain: 0.9, ..Finish::default() };
    let ramp = |i: usize| ((i % 32) as f32 / 31.0) * if (i / 32).is_multiple_of(2) { 1.0 } else { 0.4 };
    let texture = BrushKind::Texture { alpha: (0..512).map(ramp).collect(), width: 32 };
    Ok(match kind {
        "solid" => (&[12.0, 5.0, 2.0], 1.0, 10, BrushKind::Solid, 0.0, Blend::Normal, Finish::default()),
        "round" => {
            (&[12.0, 5.0, 2.0], 1.0, 10, BrushKind::Round { softness: 0.6 }, 0.0, Blend::Normal, Finish::default())
        }
        "bristle" => (&[12.0, 5.0, 2.0], 1.0, 10, BrushKind::Bristle, 0.0, Blend::Normal, Finish::default()),
        "oil" => (&[14.0, 7.0, 3.0], 0.95, 8, BrushKind::Bristle, 0.7, Blend::Normal, oil),
        "impasto" => (&[16.0, 8.0, 4.0], 1.0, 8, BrushKind::Bristle, 1.0, Blend::Normal, impasto),
        "watercolour" => (&[32.0, 12.0], 0.3, 6, BrushKind::Round { softness: 0.6 }, 0.0, Blend::Multiply, water),
        "pencil" => (&[0.6], 0.5, 6, BrushKind::Round { softness: 0.5 }, 0.0, Blend::Multiply, pencil),
        "texture" => (&[12.0, 5.0], 1.0, 6, texture, 0.0, Blend::Normal, Finish::default()),
        _ => return Err(Error::parameter(format!("unknown kind '{kind}'"))),
    })
}

fn paint(source: &Canvas, kind: &str, count: usize) -> Result<Painting> {
    let (radii, alpha, points, brush, thickness, blend, finish) = style(kind)?;
    let (width, height) = (source.width() as f32, source.height() as f32);
    let ground = if blend == Blend::Multiply { [1.0; 3] } else { [0.55, 0.48, 0.4] };
    let mut painting = Painting::new(width, height, ground, 1);
    painting.brushes = vec![Brush { kind: brush, thickness }];
    painting.finish = finish;
    painting.layers.clear();
    let mut stream = Stream::new(1, 0);
    let mut drawn = 0u64;
    let mut random = || {
        drawn += 1;
        stream.uniform(drawn) as f32
    };
    let area: f32 = radii.iter().map(|r| 1.0 / (r * r)).sum();
    for (layer, radius) in radii.iter().enumerate() {
        painting.layers.push(Layer { name: format!("{radius}"), brush: 0, blend, closed: false });
        let small = ((width / radius) as usize).clamp(2, source.width());
        let blurred =
            resize(source, small, (small * source.height() / source.width()).max(2), Filter::Bilinear, Light::Encoded)?;
        let blurred = resize(&blurred, source.width(), source.height(), Filter::Bilinear, Light::Encoded)?;
        let at = |x: f32, y: f32| {
            let (x, y) = (x.clamp(0.0, width - 1.0) as usize, y.clamp(0.0, height - 1.0) as usize);
            blurred.pixels()[y * source.width() + x]
        };
        for _ in 0..(count as f32 / (radius * radius) / area) as usize {
            let (mut x, mut y) = (random() * width, random() * height);
            let colour = at(x, y);
            let mut way = [random() - 0.5, random() - 0.5];
            let mut path = Vec::new();
            for _ in 0..points {
                path.push([x, y]);
                let step = radius.max(2.0);
                let slope = |dx: f32, dy: f32| color::luma(at(x + dx, y + dy)) - color::luma(at(x - dx, y - dy));
                let (gx, gy) = (slope(step, 0.0), slope(0.0, step));
                let sign = if way[0] * -gy + way[1] * gx < 0.0 { -1.0 } else { 1.0 };
                way = [way[0] + 20.0 * sign * -gy, way[1] + 20.0 * sign * gx];
                let length = way[0].hypot(way[1]).max(1e-6);
                way = way.map(|v| v / length);
                (x, y) = (x + way[0] * 1.3 * step, y + way[1] * 1.3 * step);
                let here = at(x, y);
                let differs = here.iter().zip(colour).map(|(a, b)| (a - b).abs()).sum::<f32>() > 0.25;
                if differs && path.len() > 2 {
                    break;
                }
            }
            let geometry = Geometry::Spline { points: path, width: 2.0 * radius };
            painting.strokes.push(Stroke { layer, geometry, colour, alpha, ramp: None });
        }
    }
    Ok(painting)
}
