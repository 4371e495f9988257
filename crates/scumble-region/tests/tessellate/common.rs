//! Pictures for tests, and what holds for every tessellation.

use resvg::{tiny_skia, usvg};
use scumble_image::Canvas;
use scumble_paint::{Painting, output};
use scumble_region::tessellate::Tessellation;

/// A smooth picture with a disc in it, made by formula.
pub fn picture(width: usize, height: usize) -> Canvas {
    let value = |x: f32, y: f32| {
        let disc = if (x - 0.4).hypot(y - 0.6) < 0.25 { 0.4 } else { 0.0 };
        [0.5 + 0.4 * (x * 7.0).sin() * y, 0.2 + 0.5 * x + disc, 0.9 - 0.6 * y * x - disc]
    };
    let pixels = (0..width * height).flat_map(|i| {
        value((i % width) as f32 / width as f32, (i / width) as f32 / height as f32).map(|v| v.clamp(0.0, 1.0))
    });
    Canvas::new(width, height, pixels.collect()).unwrap()
}

/// Tiny, thin, flat, and more or less transparent pictures.
pub fn odd_pictures() -> Vec<Canvas> {
    let veiled = |of: fn(usize) -> f32| picture(40, 30).with_alpha(Some((0..1200).map(of).collect())).unwrap();
    vec![
        picture(1, 1),
        picture(1, 40),
        picture(40, 1),
        picture(2, 300),
        Canvas::filled(50, 40, [0.3, 0.6, 0.9]),
        veiled(|i| i as f32 / 1199.0),
        veiled(|_| 0.0),
    ]
}

/// The value of a function on one thread and on two.
pub fn on_threads<T: Send>(threads: usize, make: impl Fn() -> T + Send + Sync) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(make)
}

/// That facets fill the frame and stay within it, and that sides are the same from both sides.
pub fn check_cover(tessellation: &Tessellation) {
    let (width, height) = (tessellation.width, tessellation.height);
    let area: f64 = tessellation.facets.iter().map(|facet| facet.area()).sum();
    let frame = f64::from(width) * f64::from(height);
    // Coordinates are rounded to 2⁻²⁴ of their size, a few thousand times.
    assert!((area / frame - 1.0).abs() < 1e-5, "{area} of {frame}");
    for (at, facet) in tessellation.facets.iter().enumerate() {
        assert_eq!(facet.points.len(), facet.beyond.len());
        for [x, y] in &facet.points {
            assert!((0.0..=width).contains(x) && (0.0..=height).contains(y), "{x}, {y}");
        }
        for (i, other) in facet.beyond.iter().enumerate() {
            let (p, q) = (facet.points[i], facet.points[(i + 1) % facet.points.len()]);
            // Where four cells meet in a point, rounding may make it a side for one of them.
            let Some(other) = other.filter(|_| (p[0] - q[0]).hypot(p[1] - q[1]) > 1e-3) else { continue };
            let back = &tessellation.facets[other as usize].beyond;
            assert!(back.contains(&Some(at as u32)), "{other} does not know {at}");
        }
    }
}

/// How often each of a grid of points lies within a facet.
pub fn counts(tessellation: &Tessellation, columns: usize, rows: usize) -> Vec<usize> {
    let mut counts = vec![0; columns * rows];
    for facet in &tessellation.facets {
        let at = |i: usize| {
            // Off the grid of vertices, so that none lies on a side.
            let x = ((i % columns) as f32 + 0.513) / columns as f32 * tessellation.width;
            [x, ((i / columns) as f32 + 0.487) / rows as f32 * tessellation.height]
        };
        for (i, count) in counts.iter_mut().enumerate() {
            *count += usize::from(holds(&facet.points, at(i).map(f64::from)));
        }
    }
    counts
}

/// Whether a convex polygon that turns from x towards y holds a point.
pub fn holds(points: &[[f32; 2]], at: [f64; 2]) -> bool {
    (0..points.len()).all(|i| {
        let (p, q) = (points[i], points[(i + 1) % points.len()]);
        let [p, q] = [p, q].map(|p| p.map(f64::from));
        let (ux, uy, vx, vy) = (q[0] - p[0], q[1] - p[1], at[0] - p[0], at[1] - p[1]);
        ux * vy - uy * vx >= 0.0
    })
}

/// The painting's SVG as resvg draws it.
pub fn drawn_by_resvg(painting: &Painting, width: usize, height: usize) -> Canvas {
    let tree = usvg::Tree::from_str(&output::svg(painting, width, height).unwrap(), &usvg::Options::default()).unwrap();
    let mut pixels = tiny_skia::Pixmap::new(width as u32, height as u32).unwrap();
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    let rgb = pixels.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).map(|v| f32::from(v) / 255.0);
    Canvas::new(width, height, rgb.collect()).unwrap()
}
