//! The graph of regions, the merge tree, statistics, quality.

mod common;

use common::{half_labels, halves, painted, voronoi};
use proptest::prelude::*;
use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_region::quality::{boundary_recall, undersegmentation};
use scumble_region::segment::{SlicParams, slic};
use scumble_region::{Adjacency, Labels, MergeParams, MergeTree, statistics};

const PLAIN: MergeParams = MergeParams { gradient: 4.0, texture: 0.0 };

fn superpixels(picture: &Canvas, count: u32) -> Labels {
    slic(picture, &SlicParams { count, ..common::SLIC }).unwrap()
}

proptest! {
    #[test]
    fn graphs_are_those_of_counting(width in 1usize..14, height in 1usize..14, numbers in 1u32..6, seed in any::<u64>()) {
        let mut noise = common::noise(seed);
        let ids: Vec<u32> = (0..width * height).map(|_| (noise() * f64::from(numbers)) as u32).collect();
        let labels = Labels::new(width, height, ids).unwrap();
        let graph = Adjacency::new(&labels, &common::picture(width, height)).unwrap();
        let areas: Vec<usize> = graph.nodes().iter().map(|node| node.area).collect();
        prop_assert_eq!(areas, labels.sizes());
        let border = |p: u32, q: u32| {
            let at = |x: usize, y: usize| labels.ids()[y * width + x];
            let pair = |one: u32, other: u32| usize::from((one.min(other), one.max(other)) == (p, q));
            let across = (0..height).flat_map(|y| (1..width).map(move |x| (x, y)));
            let down = (1..height).flat_map(|y| (0..width).map(move |x| (x, y)));
            across.map(|(x, y)| pair(at(x - 1, y), at(x, y))).sum::<usize>()
                + down.map(|(x, y)| pair(at(x, y - 1), at(x, y))).sum::<usize>()
        };
        let count = labels.count() as u32;
        let mut sides = 0;
        for (p, q) in (0..count).flat_map(|p| (p + 1..count).map(move |q| (p, q))) {
            let edge = graph.edges().iter().find(|edge| edge.regions == [p, q]);
            prop_assert_eq!(edge.map_or(0, |edge| edge.border), border(p, q));
            sides += 2 * border(p, q);
            let neighbours = |of: u32| graph.neighbours(of).map(|(other, _)| other).collect::<Vec<u32>>();
            prop_assert_eq!(neighbours(p).contains(&q), edge.is_some());
            prop_assert_eq!(neighbours(q).contains(&p), edge.is_some());
        }
        let perimeters: usize = graph.nodes().iter().map(|node| node.perimeter).sum();
        prop_assert_eq!(perimeters, sides + 2 * (width + height));
        prop_assert_eq!(graph.neighbours(count).count(), 0);
    }
}

#[test]
fn nodes_know_their_colours() {
    let picture = halves(40, 30, 17, 0.3);
    let graph = Adjacency::new(&half_labels(40, 30, 17), &picture).unwrap();
    let node = &graph.nodes()[1];
    let colours: Vec<[f64; 3]> = (0..1200)
        .filter(|i| i % 40 >= 17)
        .map(|i| scumble_paint::oklab::from_srgb(picture.pixels()[i]).map(f64::from))
        .collect();
    let mean = |of: &dyn Fn(&[f64; 3]) -> f64| colours.iter().map(of).sum::<f64>() / colours.len() as f64;
    let means = [0, 1, 2].map(|c| mean(&|colour| colour[c]));
    for (found, wanted) in node.mean().iter().zip(means) {
        assert!((f64::from(*found) - wanted).abs() < 1e-6);
    }
    let pairs = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];
    for (found, (i, j)) in node.covariance().iter().zip(pairs) {
        let wanted = mean(&|colour| (colour[i] - means[i]) * (colour[j] - means[j]));
        assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
    }
    assert_eq!((node.bbox, node.area, node.perimeter), ([17, 0, 40, 30], 690, 2 * 53));
}

/// Compares each merge with all pairs there are before it.
fn check_merges(leaves: &Labels, picture: &Canvas) {
    let tree = MergeTree::new(leaves, picture, &PLAIN).unwrap();
    assert_eq!(tree.merges().len(), leaves.count() - 1);
    let mut before: f64 = 0.0;
    for (made, merge) in tree.merges().iter().enumerate() {
        let labels = tree.cut(leaves.count() - made).unwrap();
        let graph = Adjacency::new(&labels, picture).unwrap();
        let cost = |edge: &scumble_region::Edge| {
            let [p, q] = edge.regions.map(|region| &graph.nodes()[region as usize]);
            let (n, m) = (p.area as f64, q.area as f64);
            let distance: f64 = (0..3).map(|c| (p.sums[c] / n - q.sums[c] / m).powi(2)).sum();
            n * m / (n + m) * distance / edge.border as f64 * (1.0 + 4.0 * edge.gradient)
        };
        let least = graph.edges().iter().map(cost).fold(f64::INFINITY, f64::min);
        before = before.max(least);
        assert!((merge.cost / before - 1.0).abs() < 1e-9, "merge {made}: {} {before}", merge.cost);
    }
}

#[test]
fn every_merge_is_the_cheapest() {
    let (picture, _) = voronoi(60, 45, 8, 0.15, 2);
    check_merges(&superpixels(&picture, 40), &picture);
    // Each merge changes the costs of all pairs that are left.
    let mut noise = common::noise(12);
    let picture =
        painted(61, 41, |x, y| if x % 3 == 1 && y % 3 == 1 { [(); 3].map(|()| noise() as f32) } else { [0.5; 3] });
    let islands = (0..61 * 41u32).map(|i| if i % 61 % 3 == 1 && i / 61 % 3 == 1 { i } else { 0 });
    check_merges(&Labels::new(61, 41, islands.collect()).unwrap(), &picture);
}

#[test]
fn any_number_of_regions_is_one_cut_away() {
    let (picture, _) = voronoi(90, 70, 12, 0.2, 6);
    let leaves = superpixels(&picture, 80);
    let tree = MergeTree::new(&leaves, &picture, &PLAIN).unwrap();
    assert_eq!((tree.leaves(), tree.fewest()), (&leaves, 1));
    let mut finer = leaves.clone();
    for count in (1..=leaves.count()).rev() {
        let labels = tree.cut(count).unwrap();
        assert_eq!(labels.count(), count);
        assert_eq!(labels.components().count(), count);
        // Nested: no finer region lies in two coarser ones.
        assert_eq!(undersegmentation(&finer, &labels).unwrap(), 0.0);
        finer = labels;
    }
    assert_eq!(tree.cut(1_000_000).unwrap(), leaves);
    assert!(tree.merges().windows(2).all(|pair| pair[0].cost <= pair[1].cost));
    assert_eq!(tree.cut_at(-1.0).unwrap(), leaves);
    assert_eq!(tree.cut_at(f64::INFINITY).unwrap().count(), 1);
    let middle = tree.merges()[leaves.count() / 2].cost;
    let wanted = leaves.count() - tree.merges().iter().filter(|merge| merge.cost <= middle).count();
    assert_eq!(tree.cut_at(middle).unwrap().count(), wanted);
    for error in [tree.cut(0).unwrap_err(), tree.cut_at(f64::NAN).unwrap_err()] {
        assert_eq!(error.fault(), Fault::Parameter, "{error}");
    }
}

#[test]
fn the_last_regions_are_the_right_ones() {
    let (picture, truth) = voronoi(120, 90, 5, 0.1, 40);
    let tree = MergeTree::new(&superpixels(&picture, 150), &picture, &PLAIN).unwrap();
    let labels = tree.cut(truth.count()).unwrap();
    assert!(undersegmentation(&labels, &truth).unwrap() < 0.03);
    assert!(boundary_recall(&labels, &truth, 2).unwrap() > 0.97);
}

#[test]
fn textures_keep_regions_apart() {
    // Four strips whose brightness rises by equal steps; the first two are striped across, the others down.
    let picture = painted(160, 60, |x, y| {
        let wave = if x < 80 { x % 8 < 4 } else { y % 8 < 4 };
        [0.3 + 0.1 * (x / 40) as f32 + if wave { 0.1 } else { -0.1 }; 3]
    });
    let labels = Labels::new(160, 60, (0..160 * 60).map(|i| i % 160 / 40).collect()).unwrap();
    let halves = half_labels(160, 60, 80);
    let with = |texture: f64| {
        MergeTree::new(&labels, &picture, &MergeParams { gradient: 0.0, texture }).unwrap().cut(2).unwrap()
    };
    assert_eq!(with(10.0), halves);
}

/// Strips 12, 20 and 20 pixels wide, in two of which the middle one is after a cut to two.
fn with_middle(colours: [[f32; 3]; 3], weights: Option<&[f32]>) -> [bool; 2] {
    let strip = |x: usize| (x >= 12) as usize + (x >= 32) as usize;
    let picture = painted(52, 30, |x, _| colours[strip(x)]);
    let labels = Labels::new(52, 30, (0..52 * 30).map(|i| strip(i % 52) as u32).collect()).unwrap();
    let params = MergeParams { gradient: 0.0, texture: 0.0 };
    let cut = MergeTree::weighted(&labels, &picture, weights, &params).unwrap().cut(2).unwrap();
    [0, 51].map(|x| cut.ids()[x] == cut.ids()[20])
}

#[test]
fn what_weighs_more_is_kept() {
    let colours = [[0.4; 3], [0.5; 3], [0.62; 3]];
    assert_eq!(with_middle(colours, None), [true, false]);
    let weights: Vec<f32> = (0..52 * 30).map(|i| if i % 52 < 12 { 10.0 } else { 1.0 }).collect();
    assert_eq!(with_middle(colours, Some(&weights)), [false, true]);
    // Weights that are all the same change nothing.
    assert_eq!(with_middle(colours, Some(&[3.0; 52 * 30])), [true, false]);
    let (picture, labels) = (painted(4, 1, |_, _| [0.5; 3]), Labels::new(4, 1, vec![0, 0, 1, 1]).unwrap());
    for weights in [&[1.0; 3][..], &[1.0, 0.0, 1.0, 1.0], &[1.0, f32::NAN, 1.0, 1.0]] {
        let error = MergeTree::weighted(&labels, &picture, Some(weights), &PLAIN).unwrap_err();
        assert_eq!(error.fault(), Fault::Input);
    }
}

#[test]
fn hidden_pixels_divide() {
    let alpha = (0..40 * 30).map(|i| f32::from(i % 40 < 18 || i % 40 > 21)).collect();
    let picture = halves(40, 30, 10, 0.1).with_alpha(Some(alpha)).unwrap();
    let tree = MergeTree::new(&superpixels(&picture, 30), &picture, &PLAIN).unwrap();
    assert_eq!(tree.fewest(), 3);
    let labels = tree.cut(1).unwrap();
    assert_eq!(labels.count(), 3);
    assert_eq!(labels.ids()[..40].iter().filter(|id| **id == labels.ids()[20]).count(), 4);
}

#[test]
fn regions_are_measured() {
    let picture = painted(50, 40, |x, y| {
        if !(10..30).contains(&x) || !(8..20).contains(&y) {
            return [0.5; 3];
        }
        // One pixel in four is far from the others: the median does not see it.
        if x % 2 == 0 && y % 2 == 0 { [1.0; 3] } else { [0.2, 0.4, 0.1] }
    });
    let ids = (0..2000).map(|i| u32::from((10..30).contains(&(i % 50)) && (8..20).contains(&(i / 50)))).collect();
    let regions = statistics(&Labels::new(50, 40, ids).unwrap(), &picture).unwrap();
    let region = &regions[1];
    assert_eq!((region.id, region.area, region.bbox, region.touches_border), (1, 240, [10, 8, 30, 20], false));
    assert_eq!(region.centroid, [20.0, 14.0]);
    // Those of a rectangle: side² / 12.
    for (found, wanted) in region.covariance.iter().zip([400.0 / 12.0, 0.0, 12.0]) {
        assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
    }
    assert_eq!(region.median, [0.2, 0.4, 0.1]);
    for (found, wanted) in region.mean.iter().zip([0.4, 0.55, 0.325]) {
        assert!((found - wanted).abs() < 1e-6);
    }
    let [light, a, b] = region.mean_oklab;
    let mix = |c: usize| {
        0.75 * scumble_paint::oklab::from_srgb([0.2, 0.4, 0.1])[c] + 0.25 * scumble_paint::oklab::from_srgb([1.0; 3])[c]
    };
    assert!((light - mix(0)).abs() < 1e-5 && (a - mix(1)).abs() < 1e-5 && (b - mix(2)).abs() < 1e-5);
    // The surroundings are flat, and so they are told to be, in spite of their border.
    assert_eq!((regions[0].energy, regions[0].anisotropy, regions[0].touches_border), (0.0, 0.0, true));
    assert!(region.energy > 0.1 && !region.hidden);
}

#[test]
fn colours_are_those_of_oklab() {
    // Levels of 8 bits and values between, black and white among them.
    let mut noise = common::noise(3);
    let picture = painted(80, 50, |x, y| match y {
        0 => [x as f32 / 79.0; 3],
        1..25 => [(); 3].map(|()| (noise() * 255.0).round() as f32 / 255.0),
        _ => [(); 3].map(|()| noise() as f32),
    });
    let labels = Labels::new(80, 50, (0..4000).collect()).unwrap();
    for (region, pixel) in statistics(&labels, &picture).unwrap().iter().zip(picture.pixels()) {
        let wanted = scumble_paint::oklab::from_srgb(*pixel);
        // Roots are exact to 2⁻²², and the axes are differences of them times up to 4.
        let near = region.mean_oklab.iter().zip(wanted).all(|(v, wanted)| (v - wanted).abs() < 3e-6);
        assert!(near, "{pixel:?}: {:?} {wanted:?}", region.mean_oklab);
    }
}

#[test]
fn stripes_have_a_direction() {
    let wave = |v: usize| 0.5 + 0.3 * (v as f32 * 0.8).sin();
    let stripes = painted(60, 60, |x, _| [wave(x); 3]);
    let checks = painted(60, 60, |x, y| [(wave(x) + wave(y)) / 2.0; 3]);
    let whole = Labels::new(60, 60, vec![0; 3600]).unwrap();
    let [stripes, checks] = [stripes, checks].map(|picture| statistics(&whole, &picture).unwrap()[0].clone());
    assert!(stripes.anisotropy > 0.99 && checks.anisotropy < 0.1, "{} {}", stripes.anisotropy, checks.anisotropy);
    // From one pixel to the next, 0.3 sin changes by 0.3 · 2 sin(0.4) cos, in three channels.
    let wanted = 0.3 * 2.0 * 0.4f64.sin() * 0.5f64.sqrt() * 3f64.sqrt();
    assert!((stripes.energy / wanted - 1.0).abs() < 0.03, "{} {wanted}", stripes.energy);
}

#[test]
fn quality_is_measured() {
    let truth = half_labels(40, 30, 20);
    assert_eq!((boundary_recall(&truth, &truth, 0).unwrap(), undersegmentation(&truth, &truth).unwrap()), (1.0, 0.0));
    let moved = half_labels(40, 30, 23);
    let recalls = [0, 2, 3].map(|reach| boundary_recall(&moved, &truth, reach).unwrap());
    assert_eq!(recalls, [0.0, 0.0, 1.0]);
    // Three columns of the wide part lie in the other half: they count from both sides.
    assert_eq!(undersegmentation(&moved, &truth).unwrap(), 2.0 * 90.0 / 1200.0);
    let whole = Labels::new(40, 30, vec![0; 1200]).unwrap();
    assert_eq!((boundary_recall(&whole, &truth, 5).unwrap(), undersegmentation(&whole, &truth).unwrap()), (0.0, 1.0));
    assert_eq!(boundary_recall(&truth, &whole, 0).unwrap(), 1.0);
    assert!(boundary_recall(&truth, &half_labels(30, 40, 20), 0).is_err());
}
