//! How much two areas have in common.

use super::V2;

/// The fewest lines an area is looked at by: small regions too are measured to a few per cent.
const FEWEST: usize = 24;
/// The most lines: of the largest regions, edges along the lines are known to half a 256th of the height.
const MOST: usize = 256;

/// Lines by which the area of a shape is measured.
const EXACT: usize = 1024;

/// The area that rings enclose by the even-odd rule, whatever way they run and cross.
pub(crate) fn even_odd_area(rings: &[Vec<V2>]) -> f64 {
    let [top, bottom] = extent(rings);
    let step = (bottom - top) / EXACT as f64;
    if !(step.is_finite() && step > 0.0) {
        return 0.0;
    }
    let mut scratch = Scratch::default();
    scratch.scan(rings, top, step, EXACT);
    scratch.crossings.iter().flat_map(|line| line.chunks_exact(2)).map(|pair| pair[1] - pair[0]).sum::<f64>() * step
}

/// The least and the largest y.
fn extent(rings: &[Vec<V2>]) -> [f64; 2] {
    let ys = || rings.iter().flatten().map(|p| p[1]);
    [ys().fold(f64::INFINITY, f64::min), ys().fold(f64::NEG_INFINITY, f64::max)]
}

/// An area as the spans it covers on evenly spaced lines.
#[derive(Debug, Clone)]
pub(crate) struct Spans {
    top: f64,
    step: f64,
    /// Where the spans of each line begin in `spans`; one more than there are lines.
    starts: Vec<usize>,
    spans: Vec<V2>,
}

/// Room for one comparison.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    crossings: Vec<Vec<f64>>,
}

impl Spans {
    /// Of rings filled by the even-odd rule; `pixel` is the side of a pixel, in whose middle lines lie if there are not too many.
    pub fn new(rings: &[Vec<V2>], pixel: f64, scratch: &mut Scratch) -> Self {
        let [top, bottom] = extent(rings);
        let rows = ((bottom - top) / pixel).round().clamp(1.0, 1e6) as usize;
        let lines = if rows < FEWEST { rows * FEWEST.div_ceil(rows) } else { rows.min(MOST) };
        let step = (bottom - top) / lines as f64;
        scratch.scan(rings, top, step, lines);
        let mut spans = Self { top, step, starts: vec![0], spans: Vec::new() };
        for crossings in &scratch.crossings[..lines] {
            spans.spans.extend(crossings.chunks_exact(2).map(|pair| [pair[0], pair[1]]));
            spans.starts.push(spans.spans.len());
        }
        spans
    }

    /// The area that all spans cover, by the midpoint rule.
    pub fn area(&self) -> f64 {
        self.spans.iter().map(|[from, to]| to - from).sum::<f64>() * self.step
    }

    /// The area in common with rings filled by the even-odd rule.
    pub fn overlap(&self, rings: &[Vec<V2>], scratch: &mut Scratch) -> f64 {
        let lines = self.starts.len() - 1;
        scratch.scan(rings, self.top, self.step, lines);
        let mut sum = 0.0;
        for (line, crossings) in scratch.crossings[..lines].iter().enumerate() {
            let mut spans = self.spans[self.starts[line]..self.starts[line + 1]].iter().peekable();
            for pair in crossings.chunks_exact(2) {
                // A span that ends behind this one may meet the next too.
                while let Some([from, to]) = spans.peek() {
                    sum += (to.min(pair[1]) - from.max(pair[0])).max(0.0);
                    if *to > pair[1] {
                        break;
                    }
                    spans.next();
                }
            }
        }
        sum * self.step
    }
}

impl Scratch {
    /// Where edges cross lines, sorted.
    fn scan(&mut self, rings: &[Vec<V2>], top: f64, step: f64, lines: usize) {
        if self.crossings.len() < lines {
            self.crossings.resize_with(lines, Vec::new);
        }
        self.crossings[..lines].iter_mut().for_each(Vec::clear);
        // The first line at or below a height: lines lie at top + (i + 1/2) step.
        let line = |y: f64| ((y - top) / step - 0.5).ceil().clamp(0.0, lines as f64) as usize;
        for ring in rings {
            let Some(&last) = ring.last() else { continue };
            let mut from = last;
            for &to in ring {
                let (upper, lower) = if from[1] <= to[1] { (from, to) } else { (to, from) };
                let (first, end) = (line(upper[1]), line(lower[1]));
                if first < end {
                    let slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
                    for (at, crossings) in self.crossings[first..end].iter_mut().enumerate() {
                        let y = top + ((first + at) as f64 + 0.5) * step;
                        crossings.push(upper[0] + (y - upper[1]) * slope);
                    }
                }
                from = to;
            }
        }
        self.crossings[..lines].iter_mut().for_each(|crossings| crossings.sort_by(f64::total_cmp));
    }
}
