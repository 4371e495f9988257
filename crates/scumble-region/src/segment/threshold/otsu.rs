//! Thresholds where the classes' means are farthest apart.

use scumble_core::{Result, within};
use scumble_image::{Canvas, color};

use crate::segment::Pixels;

/// Levels of brightness that are told apart.
const LEVELS: usize = 256;
/// The most classes.
const MOST: u32 = 6;

pub(super) fn check(classes: u32) -> Result<()> {
    within("classes", classes, 2, MOST)
}

/// The thresholds, 0 to 1 in rising order, one fewer than `classes` (2 to 6), that divide the luma of a picture in 256 levels
/// so that the variance between classes is greatest (Otsu 1979). All ways to divide are compared, through a table of the
/// classes' moments (Liao, Chen, Chung 2001). Fewer if the picture has fewer levels than `classes`: then each is a class.
///
/// # Errors
/// `Fault::Parameter` for another number of classes, `Fault::Input` if no pixel is seen.
pub fn otsu(picture: &Canvas, classes: u32) -> Result<Vec<f64>> {
    check(classes)?;
    let pixels = Pixels::new(picture)?;
    let mut histogram = [0.0f64; LEVELS];
    for (_, pixel) in picture.pixels().iter().enumerate().filter(|(i, _)| !pixels.is_hidden(*i)) {
        let level = (color::luma(*pixel).clamp(0.0, 1.0) * (LEVELS - 1) as f32).round() as usize;
        histogram[level] += 1.0;
    }
    let used: Vec<usize> = (0..LEVELS).filter(|level| histogram[*level] > 0.0).collect();
    let ends = if used.len() > classes as usize {
        best(&histogram, classes as usize)
    } else {
        used[..used.len().saturating_sub(1)].to_vec()
    };
    Ok(ends.into_iter().map(|level| (level as f64 + 0.5) / (LEVELS - 1) as f64).collect())
}

/// The last level of each class but the last one.
fn best(histogram: &[f64; LEVELS], classes: usize) -> Vec<usize> {
    let mut weights = [0.0; LEVELS + 1];
    let mut moments = [0.0; LEVELS + 1];
    for level in 0..LEVELS {
        weights[level + 1] = weights[level] + histogram[level];
        moments[level + 1] = moments[level] + histogram[level] * level as f64;
    }
    // The square of the sum of levels, divided by their number: the part of the variance between classes that depends on a
    // class.
    let between = |first: usize, end: usize| {
        let (weight, moment) = (weights[end] - weights[first], moments[end] - moments[first]);
        if weight > 0.0 { moment * moment / weight } else { 0.0 }
    };
    // Of the levels before each, the best sum with as many classes, and where the last of them begins.
    let mut sums: Vec<f64> = (0..=LEVELS).map(|end| between(0, end)).collect();
    let mut begins: Vec<Vec<usize>> = Vec::new();
    for _ in 1..classes {
        let mut next = vec![f64::NEG_INFINITY; LEVELS + 1];
        let mut begin = vec![0; LEVELS + 1];
        for end in 1..=LEVELS {
            for (first, before) in sums[..end].iter().enumerate().skip(1) {
                let sum = before + between(first, end);
                if sum > next[end] {
                    (next[end], begin[end]) = (sum, first);
                }
            }
        }
        sums = next;
        begins.push(begin);
    }
    let mut end = LEVELS;
    let mut ends: Vec<usize> = begins
        .iter()
        .rev()
        .map(|begin| {
            end = begin[end];
            end.saturating_sub(1)
        })
        .collect();
    ends.reverse();
    ends
}
