use serde_json::Value;

use super::*;

/// Numbers of an independent implementation (reference/texture/make_structure.py), and its pictures.
fn reference() -> (Value, [Autocorrelation; 2]) {
    let numbers = serde_json::from_str(include_str!("../../../../reference/texture/structure.json")).unwrap();
    let of = |width: usize, height: usize, value: fn(usize, usize) -> usize| {
        let colours = (0..width * height).flat_map(|i| [(value(i % width, i / width) as f64 / 97.0) as f32; 3]);
        Autocorrelation::of(&Tone::of(&Canvas::new(width, height, colours.collect()).unwrap()))
    };
    let first = of(48, 40, |x, y| (x * x * 31 + y * 17 + x * y * 5) % 97 / 2 + x % 12 * 4);
    (numbers, [first, of(40, 44, |x, y| (x * 13 + y * y * 7 + x * y * 3) % 97 / 3 + y % 9 * 7)])
}

#[test]
fn values_and_peaks_are_the_references() {
    let (numbers, [a, b]) = reference();
    // Root of the mean square of differences, over displacements of up to a quarter of the smaller sides.
    let displacements = (0..=10).flat_map(|y| (-10..=10).map(move |x| (x, y)));
    let squares: Vec<f64> = displacements.map(|(x, y)| (a.at(x, y) - b.at(x, y)).powi(2)).collect();
    let error = (squares.iter().sum::<f64>() / squares.len() as f64).sqrt();
    let highest = a.peaks(4.0, f64::MIN_POSITIVE)[0].1;
    for (found, name) in [(error, "autocorrelation_error"), (highest, "repeat_score")] {
        let wanted = numbers[name].as_f64().unwrap();
        assert!((found - wanted).abs() < 1e-6, "{name}: {found} {wanted}");
    }
}

#[test]
fn thin_pictures_have_cells_as_thin() {
    for (size, cells, cell) in [([2000, 1000], [500, 250], 4), ([2000, 3], [666, 1], 3), ([1, 2000], [1, 2000], 1)] {
        let tone = Tone::of(&Canvas::filled(size[0], size[1], [0.5; 3]));
        assert_eq!((tone.size, tone.cell), (cells, cell));
        assert!(Autocorrelation::of(&tone).peaks(4.0, 0.1).is_empty());
    }
}
