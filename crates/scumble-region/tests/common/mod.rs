//! Pictures and methods for tests.
#![allow(dead_code, reason = "each test file uses a part")]

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_region::Labels;
use scumble_region::segment::{
    GraphParams, GrowParams, KMeansParams, MeanShiftParams, SlicParams, SnicParams, ThresholdParams, WatershedParams,
    graph, grow, kmeans, mean_shift, slic, snic, threshold, watershed,
};

pub const GROW: GrowParams = GrowParams { threshold: 0.08, seeds: Vec::new() };
pub const KMEANS: KMeansParams = KMeansParams { clusters: Some(4), position: 0.0, texture: 0.0, seed: 3 };
pub const MEAN_SHIFT: MeanShiftParams = MeanShiftParams { spatial: 7.0, range: 6.5, min_area: 20.0 };
pub const SLIC: SlicParams = SlicParams { count: 60, compactness: 25.0, rounds: 10 };
pub const SNIC: SnicParams = SnicParams { count: 60, compactness: 25.0 };
pub const GRAPH: GraphParams = GraphParams { scale: 300.0, sigma: 0.8, min_area: 50.0 };
pub const WATERSHED: WatershedParams = WatershedParams { depth: 0.02, sigma: 1.0 };

/// Every method: its name, whether its regions are connected through pixels' sides, its labels.
pub fn all(picture: &Canvas) -> Vec<(&'static str, bool, Result<Labels>)> {
    let otsu = ThresholdParams::Otsu { classes: 3 };
    let adaptive = ThresholdParams::AdaptiveMean { window: 0.125, offset: 0.15 };
    let sauvola = ThresholdParams::Sauvola { window: 15.0, k: 0.34 };
    let hysteresis = ThresholdParams::Hysteresis { low: 0.4, high: 0.6 };
    let chosen = KMeansParams { clusters: None, ..KMEANS };
    let textured = KMeansParams { texture: 0.5, position: 0.05, ..KMEANS };
    vec![
        ("otsu", false, threshold(picture, &otsu)),
        ("levels", false, threshold(picture, &ThresholdParams::Levels { levels: vec![0.3, 0.7] })),
        ("adaptive", false, threshold(picture, &adaptive)),
        ("sauvola", false, threshold(picture, &sauvola)),
        ("hysteresis", false, threshold(picture, &hysteresis)),
        ("kmeans", false, kmeans(picture, &KMEANS).map(|found| found.labels)),
        ("kmeans auto", false, kmeans(picture, &chosen).map(|found| found.labels)),
        ("kmeans texture", false, kmeans(picture, &textured).map(|found| found.labels)),
        ("graph", false, graph(picture, &GRAPH)),
        ("grow", true, grow(picture, &GROW)),
        ("mean shift", true, mean_shift(picture, &MEAN_SHIFT)),
        ("slic", true, slic(picture, &SLIC)),
        ("snic", true, snic(picture, &SNIC)),
        ("watershed", true, watershed(picture, &WATERSHED)),
    ]
}

/// A smooth picture with edges, made by formula.
pub fn picture(width: usize, height: usize) -> Canvas {
    let value = |x: f32, y: f32| {
        let ring = if (x - 0.4).hypot(y - 0.6) < 0.25 { 0.4 } else { 0.0 };
        [0.5 + 0.4 * (x * 7.0).sin() * y, 0.2 + 0.5 * x + ring, 0.9 - 0.6 * y * x - ring]
    };
    painted(width, height, |x, y| value(x as f32 / width as f32, y as f32 / height as f32).map(|v| v.clamp(0.0, 1.0)))
}

/// A picture by column and row.
pub fn painted(width: usize, height: usize, mut colour: impl FnMut(usize, usize) -> [f32; 3]) -> Canvas {
    Canvas::new(width, height, (0..width * height).flat_map(|i| colour(i % width, i / width)).collect()).unwrap()
}

/// Red to the left of the column, blue from there on, with noise of the given amplitude.
pub fn halves(width: usize, height: usize, column: usize, strength: f32) -> Canvas {
    let mut noise = noise(11);
    painted(width, height, |x, _| {
        let colour: [f32; 3] = if x < column { [0.8, 0.3, 0.2] } else { [0.2, 0.3, 0.7] };
        colour.map(|v| (v + strength * (noise() as f32 - 0.5)).clamp(0.0, 1.0))
    })
}

/// The labels of [`halves`].
pub fn half_labels(width: usize, height: usize, column: usize) -> Labels {
    Labels::new(width, height, (0..width * height).map(|i| u32::from(i % width >= column)).collect()).unwrap()
}

/// Random Voronoi cells in random colours with noise, and which cell each pixel is of.
pub fn voronoi(width: usize, height: usize, cells: usize, strength: f32, seed: u64) -> (Canvas, Labels) {
    let mut noise = noise(seed);
    let sites: Vec<([f64; 2], [f32; 3])> = (0..cells)
        .map(|_| {
            let at = [noise() * width as f64, noise() * height as f64];
            (at, [(); 3].map(|()| 0.15 + 0.7 * noise() as f32))
        })
        .collect();
    let mut ids = Vec::new();
    let canvas = painted(width, height, |x, y| {
        let distance = |at: [f64; 2]| (at[0] - x as f64 - 0.5).hypot(at[1] - y as f64 - 0.5);
        let nearest = (0..cells).min_by(|p, q| distance(sites[*p].0).total_cmp(&distance(sites[*q].0))).unwrap();
        ids.push(nearest as u32);
        sites[nearest].1.map(|v| (v + strength * (noise() as f32 - 0.5)).clamp(0.0, 1.0))
    });
    (canvas, Labels::new(width, height, ids).unwrap())
}

/// Numbers from 0 to 1 that look random (SplitMix64).
pub fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) >> 11) as f64 / (1u64 << 53) as f64
    }
}
