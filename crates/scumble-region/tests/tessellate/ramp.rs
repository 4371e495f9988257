//! Slopes as ramps.

use scumble_region::tessellate::{Facet, Tessellation};

fn facet(slope: Option<[[f32; 2]; 3]>) -> Facet {
    let points = vec![[0.0, 0.0], [12.0, 0.0], [0.0, 6.0]];
    Facet { points, beyond: vec![None; 3], colour: [0.5, 0.4, 0.6], slope }
}

#[test]
fn a_slope_along_one_axis_is_its_ramp() {
    // Along (0.6, 0.8).
    let slope = [0.02f32, -0.01, 0.005].map(|rate| [0.6 * rate, 0.8 * rate]);
    let facet = facet(Some(slope));
    let (start, ramp) = facet.ramp().unwrap();
    for [x, y] in facet.points.clone() {
        let along = [ramp.to[0] - ramp.from[0], ramp.to[1] - ramp.from[1]];
        let square = along[0] * along[0] + along[1] * along[1];
        let t = ((x - ramp.from[0]) * along[0] + (y - ramp.from[1]) * along[1]) / square;
        assert!((-1e-5..=1.0 + 1e-5).contains(&t), "{t}");
        for (c, wanted) in facet.colour_at([x, y]).into_iter().enumerate() {
            let found = start[c] + t * (ramp.colour[c] - start[c]);
            assert!((found - wanted).abs() < 1e-5, "{found} {wanted}");
        }
    }
}

#[test]
fn of_slopes_along_several_axes_the_leading_one_counts() {
    let facet = facet(Some([[0.02, 0.0], [0.0, 0.001], [0.0, 0.0]]));
    let (start, ramp) = facet.ramp().unwrap();
    assert!((ramp.from[1] - ramp.to[1]).abs() < 1e-4 && (ramp.from[0] - ramp.to[0]).abs() > 11.9);
    assert!((start[0] - ramp.colour[0]).abs() > 0.2);
    assert!((start[1] - ramp.colour[1]).abs() < 1e-4);
}

#[test]
fn even_colours_have_no_ramp() {
    assert_eq!(facet(None).ramp(), None);
    assert_eq!(facet(Some([[0.0; 2]; 3])).ramp(), None);
}

#[test]
fn what_lies_below_sides_changes_alike() {
    let mut facets = [0.0, 20.0].map(|x| {
        let points = vec![[x, 0.0], [20.0, 0.0], [20.0, 30.0]];
        Facet { points, beyond: vec![None; 3], colour: [0.5; 3], slope: Some([[0.01, 0.004]; 3]) }
    });
    facets[1].points[0] = [40.0, 30.0];
    facets[0].beyond[1] = Some(1);
    facets[1].beyond[1] = Some(0);
    let (width, height) = (40.0, 30.0);
    let made = Tessellation { width, height, background: [0.0; 3], seed: 0, facets: facets.to_vec() };
    let strokes = made.painting().unwrap().strokes;
    assert_eq!(strokes.iter().map(|stroke| stroke.layer).collect::<Vec<_>>(), [0, 0, 1, 1]);
    for (facet, (below, above)) in facets.iter().zip(strokes.iter().zip(&strokes[2..])) {
        let (start, ramp) = facet.ramp().unwrap();
        assert_eq!([(below.colour, below.ramp), (above.colour, above.ramp)], [(start, Some(ramp)); 2]);
    }
}
