//! The search against sums, and what may be taken.

use scumble_image::Canvas;

use super::super::course::{Course, Lie};
use super::super::layout::Plan;
use super::super::seams::Seams;
use super::*;

/// Numbers every 12 pixels, linear between them: smooth, and alike to itself nowhere.
fn picture(width: usize, height: usize) -> Canvas {
    let number = |x: usize, y: usize, c: usize| ((x * x * 7 + y * y * 13 + x * y * 5 + c * 11) % 101) as f32 / 100.0;
    let value = |x: usize, y: usize, c: usize| {
        let [(x, u), (y, v)] = [x, y].map(|at| (at / 12, (at % 12) as f32 / 12.0));
        let row = |y: usize| number(x, y, c) * (1.0 - u) + number(x + 1, y, c) * u;
        row(y) * (1.0 - v) + row(y + 1) * v
    };
    let pixel = |i: usize| [0, 1, 2].map(|c| value(i % width, i / width, c * (1 + i / width / 12)));
    Canvas::new(width, height, (0..width * height).flat_map(pixel).collect()).unwrap()
}

fn tones(canvas: &Canvas) -> Vec<u8> {
    canvas.pixels().iter().map(|p| (p[1] * 255.0) as u8).collect()
}

fn anywhere<'a>(source: &Source<'_>, block: [usize; 2], bars: &'a [Bars]) -> Open<'a> {
    Open { room: Room::all(source, block), bars }
}

#[test]
fn costs_are_what_summing_says() {
    let canvas = picture(43, 31);
    let (source, tones) = (Source::new(&canvas), tones(&canvas));
    let block = [12, 9];
    let known = |i: usize| i % 12 < 3 || i / 12 < 2 || i.is_multiple_of(7);
    let wanted = Wanted {
        colours: (0..108).map(|i| known(i).then_some([(i * 37 % 256) as u8, (i * 91 % 256) as u8, 7])).collect(),
        tones: Some((0..108).map(|i| (i * 53 % 256) as u8).collect()),
        guided: 0.3,
    };
    let mut search = Search::new(&source, Some(&tones), block, 3);
    let costs = search.costs(&wanted);
    assert_eq!(costs.len(), 32 * 23);
    for (i, cost) in costs.iter().enumerate() {
        let summed = search.cost(&Known::of(&wanted, &search), [i % 32, i / 32]);
        assert!((cost - summed).abs() < 1e-9 * summed, "{cost} {summed}");
    }
}

#[test]
fn large_exemplars_are_met_to_the_pixel() {
    let canvas = picture(700, 400);
    let source = Source::new(&canvas);
    let at = [401, 203];
    let colours = (0..40 * 30).map(|i| Some(source.levels[(at[1] + i / 40) * 700 + at[0] + i % 40])).collect();
    let wanted = Wanted { colours, tones: None, guided: 0.0 };
    let mut search = Search::new(&source, None, [40, 30], 30);
    assert_eq!(search.factor, 3);
    assert_eq!(search.find(&wanted, 0.0, 0.5, &anywhere(&source, [40, 30], &[])), Some(at));
}

#[test]
fn the_best_places_come_first() {
    let canvas = picture(60, 50);
    let source = Source::new(&canvas);
    let colours = (0..80).map(|i| Some(source.levels[(20 + i / 10) * 60 + 30 + i % 10])).collect();
    let wanted = Wanted { colours, tones: None, guided: 0.0 };
    let mut search = Search::new(&source, None, [10, 8], 8);
    let bars = [Bars { places: vec![[30, 21]], radius: 1 }];
    let open = search.open(&anywhere(&source, [10, 8], &bars));
    let costs = search.costs(&wanted);
    let found = search.least(&costs, &wanted, 40, &open, &Room::all(&source, [10, 8]), None);
    let known = Known::of(&wanted, &search);
    let costs: Vec<f64> = found.iter().map(|place| search.cost(&known, *place)).collect();
    assert!(found.len() == 40 && found[0] == [30, 20] && costs[0] == 0.0 && costs.is_sorted(), "{found:?} {costs:?}");
    assert!(!found.contains(&[30, 21]));
    let others = (0..51 * 43).map(|i| [i % 51, i / 51]).filter(|place| !found.contains(place) && *place != [30, 21]);
    assert!(others.map(|place| search.cost(&known, place)).all(|cost| cost >= costs[39]));

    // Nothing else fits nearly as well as what fits exactly.
    assert_eq!(search.fitting(&wanted, 40, &anywhere(&source, [10, 8], &[])), [[30, 20]]);
    let all = Room::all(&source, [10, 8]);
    assert_eq!(search.best(&wanted, 1, &all, 5, &[]), [[30, 20]]);
    let apart = search.best(&wanted, 1, &all, 5, &[[30, 20]])[0];
    assert!(apart[0].abs_diff(30) >= 5 || apart[1].abs_diff(20) >= 5, "{apart:?}");
    // Where all are used, they are used again.
    assert_eq!(search.best(&wanted, 1, &all, 60, &[[30, 20]]), [[30, 20]]);
    let several = search.best(&wanted, 3, &all, 10, &[]);
    let far = |a: [usize; 2], b: [usize; 2]| (0..2).any(|i| a[i].abs_diff(b[i]) >= 5);
    assert!(several.len() == 3 && far(several[0], several[1]) && far(several[0], several[2]), "{several:?}");
    // Only of a room, if one is named.
    let open = || Open { room: Room { ends: [[35, 45], [0, 30]], rows: None }, bars: &[] };
    let inside = |place: &[usize; 2]| (35..45).contains(&place[0]) && place[1] < 30;
    assert!(search.best(&wanted, 1, &open().room, 5, &[]).iter().all(inside));
    assert!(search.fitting(&wanted, 40, &open()).iter().all(inside));
}

#[test]
fn barred_places_are_left_out() {
    let canvas = Canvas::filled(30, 20, [0.5; 3]);
    let source = Source::new(&canvas);
    let wanted = Wanted { colours: vec![None; 64], tones: None, guided: 0.0 };
    let mut search = Search::new(&source, None, [8, 8], 2);
    let mut found = |lists: &[Vec<[i64; 2]>], radius: i64| -> Vec<[usize; 2]> {
        let bars: Vec<Bars> = lists.iter().map(|list| Bars { places: list.clone(), radius }).collect();
        (0..500)
            .filter_map(|i| search.find(&wanted, 0.1, f64::from(i) / 500.0, &anywhere(&source, [8, 8], &bars)))
            .collect()
    };
    let near = |place: &[usize; 2], at: usize| place[0].abs_diff(at) < 3 && place[1].abs_diff(at) < 3;
    // All 23 by 13 places but 5 by 5.
    let places = found(&[vec![[4, 4]]], 3);
    assert!(places.iter().all(|place| !near(place, 4)));
    assert!([[0, 0], [22, 12], [7, 4], [4, 1], [1, 4]].iter().all(|place| places.contains(place)));
    // A second list that would leave too little is dropped, the first one stays.
    let places = found(&[vec![[4, 4]], vec![[5, 9], [9, 9], [13, 9], [17, 9], [17, 4], [13, 4], [9, 4], [21, 4]]], 3);
    assert!(places.iter().all(|place| !near(place, 4)) && places.contains(&[9, 9]));
    assert!(found(&[vec![[4, 4]]], 20).contains(&[4, 4]));
}

#[test]
fn bars_of_large_exemplars_count_pixels() {
    let canvas = picture(700, 400);
    let source = Source::new(&canvas);
    let search = Search::new(&source, None, [40, 30], 30);
    let open = search.open(&anywhere(&source, [40, 30], &[Bars { places: vec![[100, 50]], radius: 10 }]));
    let barred = |place: [usize; 2]| place[0].abs_diff(100) < 10 && place[1].abs_diff(50) < 10;
    assert!((0..search.whole.len()).all(|i| open[i] != barred(search.place(i))));
}

#[test]
fn rows_lie_as_they_shall_in_large_exemplars_too() {
    // Rows 15 pixels apart, of an exemplar that is searched in cells of three first.
    let size = [900, 880];
    let pixel = |i: usize| {
        let (x, y) = (i % size[0], i / size[0]);
        [if y % 15 < 3 { 0.9 } else { 0.2 + ((x / 31 * 7 + y / 15 * 3) % 11) as f32 / 30.0 }; 3]
    };
    let canvas = Canvas::new(size[0], size[1], (0..size[0] * size[1]).flat_map(pixel).collect()).unwrap();
    let source = Source::new(&canvas);
    let lie = Lie { size: [1200, 1000], largest: [60, 60], kept: false, wraps: false };
    let plan = Plan {
        source: &source,
        seams: Seams::new(&source, false, None),
        sheet: lie.size,
        kept: false,
        course: Course::of(&source, &lie, 3),
    };
    let mut search = Search::new(&source, None, [60, 60], 10);
    assert_eq!(search.factor, 3);
    // Something that lies otherwise, by half a row.
    for shift in [0, 7] {
        let colours = (0..3600).map(|i| Some(source.levels[(200 + shift + i / 60) * size[0] + 300 + i % 60])).collect();
        let wanted = Wanted { colours, tones: None, guided: 0.0 };
        let begins = [[40, 0], [333, 30], [520, 705]].map(|corner| {
            let place = search.best(&wanted, 1, &plan.room([60, 60], corner), 5, &[])[0];
            (place[1] + 15_000 - corner[1]) % 15
        });
        let apart = |a: usize, b: usize| a.abs_diff(b).min(15 - a.abs_diff(b));
        assert!(begins.iter().all(|begin| apart(*begin, begins[0]) <= 2), "{begins:?}");
    }
}
