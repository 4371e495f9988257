//! A painting in the making.

/// Numbers of strokes at which to show a painting of `strokes` strokes, from the bare ground to the end: `most` of them at
/// most, two at least, each a step larger than the one before, for what is seen of a stroke falls with the number of those
/// there already.
pub fn timelapse(strokes: usize, most: usize) -> Vec<usize> {
    let last = most.max(2) - 1;
    let mut counts: Vec<usize> =
        (1..=last).map(|i| ((strokes as f64 + 1.0).powf(i as f64 / last as f64) - 1.0).round() as usize).collect();
    counts.insert(0, 0);
    counts.dedup();
    counts
}

#[cfg(test)]
mod tests {
    use super::timelapse;

    #[test]
    fn it_begins_with_the_ground_ends_with_everything_and_shows_nothing_twice() {
        for (strokes, most) in [(0, 10), (1, 10), (5, 100), (1000, 50), (100_000, 300)] {
            let counts = timelapse(strokes, most);
            assert_eq!((counts[0], counts.last().copied()), (0, Some(strokes)));
            assert!(counts.len() <= most && counts.is_sorted_by(|a, b| a < b), "{counts:?}");
        }
    }
}
