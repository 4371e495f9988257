//! A phase that changes smoothly over a picture: a polynomial.

use crate::matrix::Matrix;

/// The degree that follows rows in perspective: they fan out as `x / (a + by)`.
pub(crate) const DEGREE: usize = 3;
/// Keeps coefficients finite of which the samples say nothing, of the largest entry: a rounding error of sums of a thousand.
const RIDGE: f64 = 1e-9;

/// A polynomial over a rectangle.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Its value in the middle.
    pub begin: f64,
    pub degree: usize,
    size: [f64; 2],
    /// Powers of both coordinates, from −1 to 1 over the rectangle, and coefficients.
    terms: Vec<([i32; 2], f64)>,
}

/// The slope of a field at a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    pub at: [f64; 2],
    pub slope: [f64; 2],
    pub weight: f64,
}

impl Field {
    /// One of the same slope everywhere.
    pub fn straight(size: [f64; 2], slope: [f64; 2]) -> Self {
        let terms = vec![([1, 0], 0.5 * slope[0] * size[0]), ([0, 1], 0.5 * slope[1] * size[1])];
        Self { begin: 0.0, degree: 1, size, terms }
    }

    /// The polynomial of a degree whose slopes are nearest to samples, by least squares; `None` if they weigh nothing.
    pub fn of_slopes(size: [f64; 2], degree: usize, samples: &[Sample]) -> Option<Self> {
        let powers = (1..=degree as i32).flat_map(|sum| (0..=sum).map(move |down| ([sum - down, down], 1.0)));
        let mut field = Self { begin: 0.0, degree, size, terms: powers.collect() };
        let rows = |sample: &Sample| {
            let rows = field.rows(sample.at);
            [0, 1].map(|side| (rows.iter().map(|row| row[side]).collect(), sample.slope[side], sample.weight))
        };
        let solved = least_squares(field.terms.len(), samples.iter().flat_map(rows))?;
        field.terms.iter_mut().zip(solved).for_each(|(term, v)| term.1 = v);
        Some(field)
    }

    /// One of the same degree that is nearer to the phases of a wave: of each place, by how many turns this one is off, and its weight.
    pub fn nearer(&self, off: impl Iterator<Item = ([f64; 2], f64, f64)>) -> Option<Self> {
        let row = |(at, off, weight): ([f64; 2], f64, f64)| {
            let [x, y] = self.local(at);
            let powers = self.terms.iter().map(|([i, j], _)| x.powi(*i) * y.powi(*j));
            (std::iter::once(1.0).chain(powers).collect(), off, weight)
        };
        let solved = least_squares(self.terms.len() + 1, off.map(row))?;
        let mut field = self.clone();
        field.begin += solved[0];
        field.terms.iter_mut().zip(&solved[1..]).for_each(|(term, v)| term.1 += v);
        Some(field)
    }

    /// The value at a place.
    pub fn at(&self, place: [f64; 2]) -> f64 {
        let [x, y] = self.local(place);
        self.begin + self.terms.iter().map(|([i, j], v)| v * x.powi(*i) * y.powi(*j)).sum::<f64>()
    }

    /// By how much the value grows a unit, across and down.
    pub fn slope(&self, place: [f64; 2]) -> [f64; 2] {
        let rows = self.rows(place);
        [0, 1].map(|side| self.terms.iter().zip(&rows).map(|((_, v), row)| v * row[side]).sum())
    }

    /// The slopes of each power.
    fn rows(&self, place: [f64; 2]) -> Vec<[f64; 2]> {
        let [x, y] = self.local(place);
        let [across, down] = self.size.map(|side| 2.0 / side);
        let power = |v: f64, n: i32| if n < 0 { 0.0 } else { v.powi(n) };
        let row = |([i, j], _): &([i32; 2], f64)| {
            let [i, j] = [*i, *j];
            [across * f64::from(i) * power(x, i - 1) * power(y, j), down * f64::from(j) * power(x, i) * power(y, j - 1)]
        };
        self.terms.iter().map(row).collect()
    }

    fn local(&self, place: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|i| 2.0 * place[i] / self.size[i] - 1.0)
    }
}

/// The factors with which rows of numbers add up most nearly to values, of rows (numbers, value, weight).
fn least_squares(count: usize, rows: impl Iterator<Item = (Vec<f64>, f64, f64)>) -> Option<Vec<f64>> {
    let (mut products, mut right) = (vec![0.0; count * count], vec![0.0; count]);
    for (row, value, weight) in rows {
        for i in 0..count {
            right[i] += weight * row[i] * value;
            (0..count).for_each(|k| products[i * count + k] += weight * row[i] * row[k]);
        }
    }
    let ridge = RIDGE * products.iter().fold(0.0f64, |most, v| most.max(*v));
    (0..count).for_each(|i| products[i * count + i] += ridge);
    Matrix::new(count, count, |r, c| products[r * count + c]).solve(&right)
}
