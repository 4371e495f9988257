//! The opponent's points.

use std::collections::HashSet;

use scumble_core::Stream;
use scumble_image::Canvas;
use scumble_paint::fields::blur;

/// Points drawn without repetition, in proportion to the Sobel gradient of the blurred lightness.
pub fn points(picture: &Canvas, count: usize, seed: u64) -> Vec<[f32; 2]> {
    let (width, height) = (picture.width(), picture.height());
    let grey: Vec<f32> = picture.pixels().iter().map(|p| 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]).collect();
    let grey = blur(&grey, width, 2.0);
    let at = |x: isize, y: isize| {
        let [x, y] = [(x, width), (y, height)].map(|(v, side)| v.clamp(0, side as isize - 1) as usize);
        grey[y * width + x]
    };
    let mut sums = Vec::with_capacity(grey.len());
    let mut sum = 0.0f64;
    for i in 0..grey.len() {
        let (x, y) = ((i % width) as isize, (i / width) as isize);
        let column = |x: isize| at(x, y - 1) + 2.0 * at(x, y) + at(x, y + 1);
        let row = |y: isize| at(x - 1, y) + 2.0 * at(x, y) + at(x + 1, y);
        let across = column(x + 1) - column(x - 1);
        let down = row(y + 1) - row(y - 1);
        sum += f64::from(across.hypot(down));
        sums.push(sum);
    }
    let mut stream = Stream::new(seed, 1);
    let mut seen = HashSet::new();
    let mut points = Vec::new();
    for index in 0..1_000_000 {
        if points.len() == count {
            break;
        }
        let wanted = stream.uniform(index) * sum;
        let pixel = sums.partition_point(|sum| *sum <= wanted).min(sums.len() - 1);
        if seen.insert(pixel) {
            points.push([(pixel % width) as f32 + 0.5, (pixel / width) as f32 + 0.5]);
        }
    }
    points
}
