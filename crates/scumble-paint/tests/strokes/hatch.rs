//! Pencil drawings.

use scumble_image::{Canvas, color};
use scumble_paint::painters::Hatch;
use scumble_paint::painters::hatch::{HatchParams, Lead};
use scumble_paint::painting::{Geometry, Painting, Point};

use crate::common::picture;
use crate::shared::{drawn, finish};

pub fn params() -> HatchParams {
    HatchParams {
        direction_smoothing: 1.0,
        tones: vec![0.8, 0.6, 0.4, 0.2],
        width: 1.2,
        spacing: 1.8,
        length: 18.0,
        angle: -50.0,
        form: 0.8,
        outline: 1.0,
        shade: 0.0,
        lead: Lead::Grey,
        alpha: 140,
        count: 50_000,
        work_px: 512,
        seed: 3,
        background: None,
        palette: Vec::new(),
        guides: Vec::new(),
    }
}

fn draw_lines(picture: &Canvas, params: HatchParams) -> Painting {
    finish(&mut Hatch::new(picture, None, params).unwrap())
}

fn ends(geometry: &Geometry) -> [Point; 2] {
    match geometry {
        Geometry::Line { points, .. } => *points,
        Geometry::Spline { points, .. } => [points[0], points[points.len() - 1]],
        other => panic!("{other:?}"),
    }
}

#[test]
fn tone_follows_luma() {
    let tones = [0.97, 0.85, 0.7, 0.55, 0.45, 0.3, 0.2, 0.1, 0.02];
    let mut last = f32::INFINITY;
    for tone in tones {
        let painting = draw_lines(&Canvas::filled(100, 80, [tone; 3]), HatchParams { outline: 0.0, ..params() });
        let drawing = drawn(painting, 100, 80);
        let mean = drawing.pixels().iter().map(|pixel| color::luma(*pixel)).sum::<f32>() / 8000.0;
        if tone >= 0.8 {
            assert!(mean > 0.999, "{tone}: {mean}");
        } else {
            assert!(mean < last - 0.02, "{tone}: {mean} after {last}");
        }
        last = mean;
    }
    assert!(last < 0.4, "{last}");
}

#[test]
fn the_broad_side_shades_below_the_lines() {
    let painting = |tone: f32| {
        let params = HatchParams { shade: 0.4, outline: 0.0, ..params() };
        draw_lines(&Canvas::filled(160, 120, [tone; 3]), params)
    };
    let shades = |tone: f32| -> Vec<f32> {
        let painting = painting(tone);
        assert_eq!((painting.layers.len(), painting.layers[0].name.as_str()), (5, "shade"));
        assert!(painting.strokes.is_sorted_by_key(|stroke| stroke.layer));
        painting.strokes.iter().filter(|stroke| stroke.layer == 0).map(|stroke| stroke.alpha).collect()
    };
    let mean = |alphas: &[f32]| alphas.iter().sum::<f32>() / alphas.len() as f32;
    let (light, dark) = (shades(0.9), shades(0.4));
    assert!(light.len() > 20 && dark.len() > 20 && mean(&dark) > 4.0 * mean(&light));
    assert!(shades(1.0).is_empty());
}

#[test]
fn light_colours_are_drawn_with_light_pencils() {
    let light = |tone: [f32; 3]| {
        let params = HatchParams { lead: Lead::Source, tones: vec![0.97, 0.5], outline: 0.0, ..params() };
        let painting = draw_lines(&Canvas::filled(100, 80, tone), params);
        color::luma(painting.strokes[0].colour)
    };
    let (skin, cloth) = (light([0.95, 0.85, 0.75]), light([0.5, 0.3, 0.2]));
    assert!(skin > 0.6 && skin < 0.85 && cloth < 0.4, "{skin} {cloth}");
}

#[test]
fn the_second_layer_crosses_the_first() {
    let painting = draw_lines(&Canvas::filled(100, 80, [0.3; 3]), params());
    for (layer, wanted) in [(0, -50.0f32), (1, 10.0)] {
        let lines: Vec<[Point; 2]> = painting
            .strokes
            .iter()
            .filter(|stroke| stroke.layer == layer)
            .map(|stroke| ends(&stroke.geometry))
            .collect();
        assert!(lines.len() > 50);
        let off = |[p, q]: &[Point; 2]| ((q[1] - p[1]).atan2(q[0] - p[0]) - wanted.to_radians()).sin().abs();
        assert!(lines.iter().all(|line| off(line) < 0.15), "layer {layer}");
        let lengths: Vec<f32> = lines.iter().map(|[p, q]| (q[0] - p[0]).hypot(q[1] - p[1])).collect();
        let mean = lengths.iter().sum::<f32>() / lengths.len() as f32;
        let deviation = (lengths.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / lengths.len() as f32).sqrt();
        assert!(deviation > 0.2 * mean, "{deviation} of {mean}");
    }
}

#[test]
fn lines_follow_forms_and_keep_to_them() {
    // A dark disc whose lightness grows outwards: its contours are circles.
    let at = |i: usize| ((i % 160) as f32 - 79.5).hypot((i / 160) as f32 - 79.5);
    let value = |i: usize| if at(i) < 70.0 { 0.15 + at(i) / 140.0 } else { 1.0 };
    let disc = Canvas::new(160, 160, (0..160 * 160).flat_map(|i| [value(i); 3]).collect()).unwrap();
    let painting = draw_lines(&disc, HatchParams { form: 1.0, outline: 0.0, ..params() });
    let mut off = Vec::new();
    for stroke in &painting.strokes {
        let [p, q] = ends(&stroke.geometry);
        let middle = [(p[0] + q[0]) / 2.0 - 80.0, (p[1] + q[1]) / 2.0 - 80.0];
        for [x, y] in [p, q] {
            assert!((x - 80.0).hypot(y - 80.0) < 74.0, "{stroke:?}");
        }
        let radius = middle[0].hypot(middle[1]);
        if stroke.layer == 0 && radius > 20.0 {
            let radial = (middle[0] * (q[0] - p[0]) + middle[1] * (q[1] - p[1])) / radius;
            off.push(radial.abs() / (q[0] - p[0]).hypot(q[1] - p[1]));
        }
    }
    off.sort_by(f32::total_cmp);
    assert!(off.len() > 100 && off[off.len() / 2] < 0.35, "{}", off[off.len() / 2]);
}

#[test]
fn edges_are_outlined_and_leads_differ() {
    let half = |i: usize| if i % 100 < 50 { [0.95, 0.9, 0.85] } else { [0.9, 0.3, 0.2] };
    let picture = Canvas::new(100, 80, (0..8000).flat_map(half).collect()).unwrap();
    let painting = draw_lines(&picture, params());
    let outline: Vec<_> = painting.strokes.iter().filter(|stroke| stroke.layer == 4).collect();
    assert!(!outline.is_empty());
    assert!(outline.iter().all(|stroke| ends(&stroke.geometry).iter().all(|p| (p[0] - 50.0).abs() < 5.0)));
    assert!(draw_lines(&picture, HatchParams { outline: 0.0, ..params() }).layers.len() == 4);

    let red = draw_lines(&picture, HatchParams { lead: Lead::Source, ..params() });
    assert!(painting.strokes.iter().all(|stroke| (stroke.colour[0] - stroke.colour[1]).abs() < 0.02));
    assert!(red.strokes.iter().all(|stroke| stroke.layer == 4 || stroke.colour[0] > stroke.colour[1] + 0.2));
}

#[test]
fn wrong_parameters_are_refused() {
    let flat = picture(20, 20);
    let rising = HatchParams { tones: vec![0.2, 0.4], ..params() };
    let error = Hatch::new(&flat, None, rising).unwrap_err();
    assert_eq!(error.to_string(), "tones do not fall from layer to layer");
    let error = Hatch::new(&flat, None, HatchParams { width: 0.0, ..params() }).unwrap_err();
    assert_eq!(error.to_string(), "width is 0, allowed is 0.2 to 32");
}
