use std::sync::Arc;

use proptest::prelude::*;
use scumble_image::Canvas;
use scumble_paint::dice::Dice;

use super::super::working::Working;
use super::mesh::{Mesh, NONE, cross, shape};
use super::model::{Flat, Linear, Model, Place, STEPS};
use super::{LowPolyParams, pass_over, start};
use crate::tessellate::low_poly::FacetColour;

/// Coloured noise over a few flat areas.
fn working(width: usize, height: usize, seed: u64) -> Working {
    let mut dice = Dice::new(seed, 0, 0);
    let value = |i: usize| {
        let area = f64::from(u8::from(i % width * 3 > i / width + width) + 2 * u8::from(i / width * 2 > height)) * 0.2;
        [0.0, 0.1, 0.2].map(|more| (area + more + 0.2 * dice.unit_f64()) as f32)
    };
    Working::new(&Canvas::new(width, height, (0..width * height).flat_map(value).collect()).unwrap(), 1024).unwrap()
}

fn params(count: u32) -> LowPolyParams {
    LowPolyParams { count, colour: FacetColour::Flat, passes: 1, least_angle: 3.0, work_px: 1024, seed: 5 }
}

fn mesh<M: Model>(working: &Working, count: u32, model: M) -> Mesh<M> {
    let size = working.size().map(|side| side as i32 * STEPS);
    Mesh::new(Arc::new(model), size, start::points(working, &params(count)).unwrap()).unwrap()
}

/// The pixels that lie within a triangle, by crossing out one by one; none if a centre lies on a side.
fn pixels_within(places: [Place; 3], width: usize, height: usize) -> Option<Vec<[usize; 2]>> {
    let mut found = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let centre = [x as i32 * STEPS + STEPS / 2, y as i32 * STEPS + STEPS / 2];
        let sides = [0, 1, 2].map(|i| cross(places[i], places[(i + 1) % 3], centre));
        if sides.contains(&0) {
            return None;
        }
        if sides.iter().all(|side| *side > 0) {
            found.push([x, y]);
        }
    }
    Some(found)
}

/// That everything a mesh keeps is what it would be if it were made anew.
fn check<M: Model>(mesh: &Mesh<M>) -> Result<(), TestCaseError>
where
    M::Sums: PartialEq + std::fmt::Debug,
{
    let mut area = 0;
    let mut triangles = 0;
    for at in mesh.alive() {
        let triangle = &mesh.triangles[at as usize];
        let [a, b, c] = mesh.places(at);
        prop_assert!(cross(a, b, c) > 0);
        area += cross(a, b, c);
        triangles += 1;
        for i in 0..3 {
            let (p, q) = (triangle.corners[(i + 1) % 3], triangle.corners[(i + 2) % 3]);
            prop_assert_eq!(triangle.sides[i], mesh.side(p, q));
            if triangle.beyond[i] == NONE {
                let on = |k: usize, v: i32| [p, q].iter().all(|at| mesh.points[*at as usize][k] == v);
                prop_assert!((0..2).any(|k| on(k, 0) || on(k, mesh.size[k])));
            } else {
                let other = &mesh.triangles[triangle.beyond[i] as usize];
                let j = other.beyond.iter().position(|beyond| *beyond == at).unwrap();
                prop_assert_eq!([other.corners[(j + 1) % 3], other.corners[(j + 2) % 3]], [q, p]);
            }
        }
        prop_assert_eq!(triangle.sse, M::sse(&triangle.sums()));
    }
    prop_assert_eq!(area, 2 * i64::from(mesh.size[0]) * i64::from(mesh.size[1]));
    for vertex in mesh.vertices() {
        prop_assert!(mesh.triangles[mesh.first[vertex as usize] as usize].corners.contains(&vertex));
    }
    // Euler: with b points on the border, 2 n − 2 − b triangles.
    let border = mesh.vertices().filter(|vertex| mesh.free(*vertex) != [true; 2]).count();
    prop_assert_eq!(triangles, 2 * mesh.count() - 2 - border);
    Ok(())
}

/// That passes keep the mesh whole, its points in number, and never raise the difference.
fn check_passes<M: Model>(mesh: &mut Mesh<M>, seed: u64) -> Result<(), TestCaseError>
where
    M::Sums: PartialEq + std::fmt::Debug,
{
    check(mesh)?;
    let (count, mut last) = (mesh.count(), mesh.sse());
    for pass in 0..6 {
        pass_over(mesh, [0, 1].map(|way| Dice::new(seed, way, pass)), 0.2, 0.003);
        check(mesh)?;
        prop_assert_eq!(mesh.count(), count);
        prop_assert!(mesh.sse() <= last * (1.0 + 1e-12), "{} after {last}", mesh.sse());
        last = mesh.sse();
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn passes_keep_the_mesh_whole(width in 1usize..60, height in 1usize..60, count in 1u32..80, seed in 0u64..1000) {
        let working = working(width, height, seed);
        let count = count.min((width * height) as u32);
        check_passes(&mut mesh(&working, count, Flat::new(&working)), seed)?;
        check_passes(&mut mesh(&working, count, Linear::new(&working)), seed)?;
    }

    #[test]
    fn sums_of_triangles_are_those_of_their_pixels(
        places in prop::array::uniform3(prop::array::uniform2(0i32..(24 * STEPS))),
        seed in 0u64..100,
    ) {
        let working = working(24, 24, seed);
        let [a, b, c] = places;
        prop_assume!(cross(a, b, c) > 0);
        let Some(within) = pixels_within(places, 24, 24) else { return Ok(()) };
        let pixels = within.iter().map(|[x, y]| ([*x as f64 + 0.5, *y as f64 + 0.5], working.pixels[y * 24 + x].map(f64::from)));
        let pixels: Vec<_> = pixels.collect();
        let flat = Flat::new(&working);
        let sums = flat.side(a, b) + flat.side(b, c) + flat.side(c, a);
        prop_assert_eq!(sums.0[0] as usize, within.len());
        let Some(fit) = Flat::fit(&sums) else { return Ok(()) };
        let wanted: f64 = pixels.iter().flat_map(|(_, t)| (0..3).map(|c| (t[c] - fit.mean[c]).powi(2))).sum();
        // Rounding of sums near 10⁷.
        prop_assert!((Flat::sse(&sums) - wanted).abs() < 1e-6, "{} {wanted}", Flat::sse(&sums));

        let linear = Linear::new(&working);
        let sums = linear.side(a, b) + linear.side(b, c) + linear.side(c, a);
        let fit = Linear::fit(&sums).unwrap();
        let left = |slope: [[f64; 2]; 3]| -> f64 {
            let terms = pixels.iter().flat_map(|(p, t)| (0..3).map(move |c| {
                t[c] - fit.mean[c] - slope[c][0] * (p[0] - fit.centre[0]) - slope[c][1] * (p[1] - fit.centre[1])
            }));
            terms.map(|v| v * v).sum()
        };
        let least = left(fit.slope);
        prop_assert!((Linear::sse(&sums) - least).abs() < 1e-5 * wanted.max(1.0), "{} {least}", Linear::sse(&sums));
        // No slope nearby is better, if the pixels spread along two axes enough for slopes.
        let mean = |f: &dyn Fn([f64; 2]) -> f64| pixels.iter().map(|(p, _)| f(*p)).sum::<f64>() / pixels.len() as f64;
        let [x, y] = [mean(&|p| p[0]), mean(&|p| p[1])];
        let (xx, yy) = (mean(&|p| (p[0] - x).powi(2)), mean(&|p| (p[1] - y).powi(2)));
        let xy = mean(&|p| (p[0] - x) * (p[1] - y));
        if (xx + yy) / 2.0 - ((xx - yy) / 2.0).hypot(xy) > 0.11 {
            for (c, k, step) in [(0, 0, 1e-3), (1, 1, -1e-3), (2, 0, -1e-3)] {
                let mut slope = fit.slope;
                slope[c][k] += step;
                prop_assert!(left(slope) >= least - 1e-6 * wanted.max(1.0));
            }
        }
    }
}

#[test]
fn all_pixels_belong_to_one_triangle() {
    let working = working(67, 41, 3);
    let mut mesh = mesh(&working, 150, Flat::new(&working));
    for pass in 0..10 {
        mesh.sweep(&mut Dice::new(1, 2, pass), 0.003);
    }
    let sums = mesh.alive().map(|at| mesh.triangles[at as usize].sums()).reduce(|a, b| a + b).unwrap();
    let total = |c: usize| working.pixels.iter().map(|pixel| i64::from(pixel[c])).sum::<i64>();
    assert_eq!(sums.0[..4], [67 * 41, total(0), total(1), total(2)]);
}

#[test]
fn shapes_are_squared_sines() {
    let right = shape([0, 0], [100, 0], [0, 100]);
    assert!((right - 0.5).abs() < 1e-12, "{right}");
    assert_eq!(shape([0, 0], [0, 100], [100, 0]), -1.0);
    assert_eq!(shape([0, 0], [50, 50], [100, 100]), -1.0);
}
