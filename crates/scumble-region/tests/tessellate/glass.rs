//! Stained glass.

use scumble_core::Fault;
use scumble_image::color::luma;
use scumble_paint::draw;
use scumble_region::tessellate::glass::{GlassParams, glass};
use scumble_region::tessellate::voronoi::{VoronoiParams, voronoi};
use scumble_region::tessellate::{Facet, Tessellation};

use super::common::{odd_pictures, picture};

fn params() -> GlassParams {
    let lead_colour = "#202020".parse().unwrap();
    GlassParams { lead: 0.02, lead_colour, saturation: 1.5, gradient: 0.2, shade: 0.0, seed: 1 }
}

fn cells(count: u32) -> Tessellation {
    voronoi(&picture(160, 120), &VoronoiParams { count, even: 0.5, rounds: 4, work_px: 128, seed: 11 }).unwrap()
}

#[test]
fn lead_runs_along_every_side_once() {
    let cells = cells(40);
    let window = glass(&cells, &params()).unwrap();
    let sides: usize = cells.facets.iter().map(|facet| facet.points.len()).sum();
    let border = cells.facets.iter().flat_map(|facet| &facet.beyond).filter(|beyond| beyond.is_none()).count();
    assert_eq!(window.leads.len(), border + (sides - border) / 2);
    let drawn = draw(&window.painting().unwrap(), 640, 480).unwrap();
    for [p, q] in &window.leads {
        let [x, y] = [0, 1].map(|k| ((p[k] + q[k]) * 2.0) as usize);
        let pixel = drawn.pixels()[y.min(479) * 640 + x.min(639)];
        // Dark and grey, wherever on its rounding.
        assert!(pixel.iter().all(|v| *v < 0.5 && (v - pixel[0]).abs() < 0.02), "{pixel:?}");
    }
}

#[test]
fn panes_are_stronger_in_colour_and_as_light() {
    let cells = cells(40);
    let window = glass(&cells, &params()).unwrap();
    for (pane, cell) in window.panes.facets.iter().zip(&cells.facets) {
        if pane.colour.iter().all(|v| *v > 0.0 && *v < 1.0) {
            assert!((luma(pane.colour) - luma(cell.colour)).abs() < 1e-4);
        }
        let spread = |colour: [f32; 3]| {
            colour.iter().fold(0.0f32, |a, v| a.max(*v)) - colour.iter().fold(1.0f32, |a, v| a.min(*v))
        };
        assert!(spread(pane.colour) >= spread(cell.colour) - 1e-6);
        // A fifth from end to end.
        let at = pane.points.iter().map(|p| luma(pane.colour_at(*p)) / luma(pane.colour));
        let [low, high] = at.fold([1.0f32, 1.0], |[a, b], v| [a.min(v), b.max(v)]);
        assert!(high - low < 0.21 && high - low > 0.05, "{low} {high}");
    }
}

#[test]
fn regions_of_any_outline_become_panes() {
    // A ring that is not convex, with neighbours that do not know it.
    let ell = vec![[0.0, 0.0], [60.0, 0.0], [60.0, 20.0], [20.0, 20.0], [20.0, 60.0], [0.0, 60.0]];
    let rest = vec![[60.0, 20.0], [60.0, 60.0], [20.0, 60.0], [20.0, 20.0]];
    let facet = |points: Vec<[f32; 2]>| Facet {
        beyond: vec![None; points.len()],
        points,
        colour: [0.8, 0.2, 0.1],
        slope: None,
    };
    let cells = Tessellation {
        width: 60.0,
        height: 60.0,
        background: [0.0; 3],
        seed: 0,
        facets: vec![facet(ell), facet(rest)],
    };
    let window = glass(&cells, &params()).unwrap();
    assert_eq!(window.leads.len(), 8);
    draw(&window.painting().unwrap(), 60, 60).unwrap();
}

#[test]
fn odd_pictures_become_windows() {
    for source in odd_pictures() {
        let count = 5.min((source.width() * source.height()) as u32);
        let cells = voronoi(&source, &VoronoiParams { count, even: 0.5, rounds: 2, work_px: 128, seed: 1 }).unwrap();
        let painting = glass(&cells, &params()).unwrap().painting().unwrap();
        let drawn = draw(&painting, source.width(), source.height()).unwrap();
        assert!(drawn.rgb().iter().all(|v| (0.0..=1.0).contains(v)));
    }
}

#[test]
fn wrong_windows_are_refused() {
    let error = glass(&cells(5), &GlassParams { lead: 0.5, ..params() }).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.fault()),
        ("lead is 0.5, allowed is 0.0005 to 0.1", Fault::Parameter)
    );
    let mut broken = cells(5);
    broken.facets[2].points.truncate(2);
    let error = glass(&broken, &params()).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.fault()),
        ("facet 2 has 2 corners, allowed are 3 or more", Fault::Input)
    );
}
