//! Correlation of a window with every place of a picture, by Fourier transforms in double precision.

use std::sync::Arc;

use rayon::prelude::*;
use rustfft::num_complex::Complex64;
use rustfft::{Fft, FftPlanner};

/// Lines (columns or rows) one thread transforms at a time.
const LINES: usize = 8;
/// Columns that are taken from rows at a time: a cache line of complex numbers.
const BESIDE: usize = 4;
const ZERO: Complex64 = Complex64 { re: 0.0, im: 0.0 };

/// Planes to be correlated with, as spectra. A plane of complex numbers holds two real ones.
pub(crate) struct Correlator {
    /// Width and height of the transforms.
    size: [usize; 2],
    /// For each plane its spectrum, column by column.
    spectra: Vec<Vec<Complex64>>,
    /// Of rows and of columns: forward, inverse.
    plans: [[Arc<dyn Fft<f64>>; 2]; 2],
    /// Rows of the windows, padded and transformed; one window after the other.
    rows: Vec<Complex64>,
    /// The product's columns, of which the second half would mirror the first.
    columns: Vec<Complex64>,
    /// Rows of the result, two in one.
    lines: Vec<Complex64>,
}

/// The least length from `length` on without prime factors above 7, whose transforms are fast.
pub(crate) fn fast_length(length: usize) -> usize {
    let smooth = |n: usize| {
        let rest = [2, 3, 5, 7].iter().fold(n, |mut n, p| {
            while n.is_multiple_of(*p) {
                n /= p;
            }
            n
        });
        rest == 1
    };
    (length.max(1)..).find(|n| smooth(*n)).unwrap_or(length)
}

/// Transforms `lines`, each of a plan's length, in place.
fn transform(plan: &Arc<dyn Fft<f64>>, lines: &mut [Complex64]) {
    let length = plan.len();
    lines.par_chunks_mut(length * LINES).for_each_init(
        || vec![ZERO; plan.get_inplace_scratch_len()],
        |scratch, lines| plan.process_with_scratch(lines, scratch),
    );
}

impl Correlator {
    /// Of planes of `size` (width, height) values, row by row; outside they are zero.
    pub fn new(size: [usize; 2], planes: &[Vec<Complex64>]) -> Self {
        let padded = size.map(fast_length);
        let mut planner = FftPlanner::new();
        let plans = padded.map(|n| [planner.plan_fft_forward(n), planner.plan_fft_inverse(n)]);
        let spectrum = |plane: &Vec<Complex64>| {
            let [width, height] = padded;
            let mut rows = vec![ZERO; width * size[1]];
            for (row, values) in rows.chunks_exact_mut(width).zip(plane.chunks_exact(size[0])) {
                row[..size[0]].copy_from_slice(values);
            }
            transform(&plans[0][0], &mut rows);
            let mut columns = vec![ZERO; width * height];
            for (x, column) in columns.chunks_exact_mut(height).enumerate() {
                column.iter_mut().zip(rows.iter().skip(x).step_by(width)).for_each(|(to, from)| *to = *from);
            }
            transform(&plans[1][0], &mut columns);
            columns
        };
        let spectra = planes.iter().map(spectrum).collect();
        Self { size: padded, spectra, plans, rows: Vec::new(), columns: Vec::new(), lines: Vec::new() }
    }

    /// `Σ_k Σ_q Re(plane_k(p + q) · conj(window_k(q)))` for every place p with `p < places` (columns, rows), row by row.
    /// There is a window of `size` for each plane; a window at any of the places lies within the planes.
    pub fn correlate(&mut self, windows: &[Vec<Complex64>], size: [usize; 2], places: [usize; 2]) -> Vec<f64> {
        let [width, height] = self.size;
        let area = width * size[1];
        self.rows.clear();
        self.rows.resize(area * windows.len(), ZERO);
        for (rows, window) in self.rows.chunks_exact_mut(area).zip(windows) {
            for (row, values) in rows.chunks_exact_mut(width).zip(window.chunks_exact(size[0])) {
                row[..size[0]].copy_from_slice(values);
            }
        }
        transform(&self.plans[0][0], &mut self.rows);

        // Only the real part is asked for: its spectrum at -k is the conjugate of that at k, so half the columns do.
        let (rows, spectra, [forward, inverse]) = (&self.rows, &self.spectra, &self.plans[1]);
        let half = width / 2 + 1;
        self.columns.resize(half * height, ZERO);
        self.columns.par_chunks_mut(height * BESIDE).enumerate().for_each_init(
            || {
                let scratch = forward.get_inplace_scratch_len().max(inverse.get_inplace_scratch_len());
                (
                    vec![ZERO; scratch],
                    [vec![ZERO; height * BESIDE], vec![ZERO; height * BESIDE]],
                    vec![ZERO; height * BESIDE],
                )
            },
            |(scratch, products, window), (block, columns)| {
                let count = columns.len() / height;
                let xs = |j: usize| block * BESIDE + j;
                // Columns at k, and at -k.
                let mirrored = |j: usize| (width - xs(j)) % width;
                let at: [&dyn Fn(usize) -> usize; 2] = [&xs, &mirrored];
                for (products, at) in products.iter_mut().zip(at) {
                    products[..count * height].fill(ZERO);
                    for (rows, spectrum) in rows.chunks_exact(area).zip(spectra) {
                        let window = &mut window[..count * height];
                        window.fill(ZERO);
                        for (y, row) in rows.chunks_exact(width).enumerate() {
                            (0..count).for_each(|j| window[j * height + y] = row[at(j)]);
                        }
                        forward.process_with_scratch(window, scratch);
                        for (j, (sums, window)) in
                            products.chunks_exact_mut(height).zip(window.chunks_exact(height)).enumerate()
                        {
                            let spectrum = &spectrum[at(j) * height..(at(j) + 1) * height];
                            for ((sum, window), plane) in sums.iter_mut().zip(window).zip(spectrum) {
                                *sum += plane * window.conj();
                            }
                        }
                    }
                }
                for (j, column) in columns.chunks_exact_mut(height).enumerate() {
                    let [here, there] = [0, 1].map(|side: usize| &products[side][j * height..(j + 1) * height]);
                    column[0] = 0.5 * (here[0] + there[0].conj());
                    for ((v, here), there) in column[1..].iter_mut().zip(&here[1..]).zip(there[1..].iter().rev()) {
                        *v = 0.5 * (here + there.conj());
                    }
                }
                inverse.process_with_scratch(columns, scratch);
            },
        );

        // A row and the next one, as real and imaginary part.
        let (columns, inverse) = (&self.columns, &self.plans[0][1]);
        let scale = 1.0 / (width * height) as f64;
        let mut found = vec![0.0; places[0] * places[1]];
        self.lines.resize(width * LINES * places[1].div_ceil(2 * LINES), ZERO);
        let lines = self.lines.par_chunks_mut(width * LINES);
        lines.zip(found.par_chunks_mut(2 * LINES * places[0])).enumerate().for_each_init(
            || vec![ZERO; inverse.get_inplace_scratch_len()],
            |scratch, (block, (lines, found))| {
                for (x, column) in columns.chunks_exact(height).enumerate() {
                    for j in 0..LINES {
                        // What lies beyond the transform's height repeats its last row.
                        let [a, b] = [0, 1].map(|next| column[(2 * (block * LINES + j) + next).min(height - 1)]);
                        lines[j * width + x] = Complex64::new(a.re - b.im, a.im + b.re);
                        if x > 0 {
                            lines[j * width + width - x] = Complex64::new(a.re + b.im, b.re - a.im);
                        }
                    }
                }
                inverse.process_with_scratch(lines, scratch);
                for (j, row) in found.chunks_exact_mut(places[0]).enumerate() {
                    let line = lines[j / 2 * width..].iter();
                    let part = |v: &Complex64| scale * if j % 2 == 0 { v.re } else { v.im };
                    row.iter_mut().zip(line).for_each(|(to, v)| *to = part(v));
                }
            },
        );
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        assert_eq!([1, 11, 13, 255, 347].map(fast_length), [1, 12, 14, 256, 350]);
    }

    #[test]
    fn is_what_summing_says() {
        let [w, h] = [23, 11];
        let value = |i: usize, m: usize| ((i * i * 31 + i * 7) % m) as f64;
        let plane =
            |k: usize| (0..w * h).map(|i| Complex64::new(value(i + k, 97), value(i + k, 89))).collect::<Vec<_>>();
        let window =
            |k: usize| (0..5 * 4).map(|i| Complex64::new(value(i + k, 7), -value(i + k, 5))).collect::<Vec<_>>();
        let (planes, windows) = ([plane(0), plane(3)], [window(1), window(2)]);
        let found = Correlator::new([w, h], &planes).correlate(&windows, [5, 4], [w - 4, h - 3]);
        assert_eq!(found.len(), (w - 4) * (h - 3));
        for (i, found) in found.iter().enumerate() {
            let (x, y) = (i % (w - 4), i / (w - 4));
            let mut sum = 0.0;
            for (plane, window) in planes.iter().zip(&windows) {
                for (j, q) in window.iter().enumerate() {
                    let p = plane[(y + j / 5) * w + x + j % 5];
                    sum += p.re * q.re + p.im * q.im;
                }
            }
            assert!((found - sum).abs() < 1e-9, "{found} {sum} at {x}, {y}");
        }
    }
}
