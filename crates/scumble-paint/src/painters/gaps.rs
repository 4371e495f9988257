//! Areas that no stroke has reached.

use crate::painting::Point;

/// One point of each connected bare area, row by row of their first pixels: its centroid, or its pixel nearest to that.
pub(super) fn gaps(size: [usize; 2], is_bare: impl Fn(usize) -> bool) -> Vec<Point> {
    let [width, height] = size;
    let mut open: Vec<bool> = (0..width * height).map(is_bare).collect();
    let mut points = Vec::new();
    let mut area: Vec<usize> = Vec::new();
    for first in 0..open.len() {
        if !std::mem::take(&mut open[first]) {
            continue;
        }
        area.clear();
        area.push(first);
        let mut next = 0;
        while let Some(&at) = area.get(next) {
            next += 1;
            let (x, y) = (at % width, at / width);
            let beside = [
                (x > 0).then(|| at - 1),
                (x + 1 < width).then_some(at + 1),
                (y > 0).then(|| at - width),
                (y + 1 < height).then_some(at + width),
            ];
            area.extend(beside.into_iter().flatten().filter(|at| std::mem::take(&mut open[*at])));
        }
        points.push(middle(&area, width));
    }
    points
}

fn middle(area: &[usize], width: usize) -> Point {
    let centre = |at: usize| [(at % width) as f32 + 0.5, (at / width) as f32 + 0.5];
    let sum = area.iter().map(|at| centre(*at).map(f64::from)).fold([0.0; 2], |a, p| [a[0] + p[0], a[1] + p[1]]);
    let mean = sum.map(|v| (v / area.len() as f64) as f32);
    let away = |at: usize| (centre(at)[0] - mean[0]).hypot(centre(at)[1] - mean[1]);
    let nearest = area.iter().min_by(|a, b| away(**a).total_cmp(&away(**b)));
    nearest.map_or(mean, |at| if away(*at) < 1.0 { mean } else { centre(*at) })
}
