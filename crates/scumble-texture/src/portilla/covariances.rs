//! Covariances of planes with each other and with those of the next octave, measured and imposed.

use rayon::prelude::*;

use crate::matrix::Matrix;

/// Eigenvalues, of the largest, that count as zero: planes that the others make up.
const NONE: f64 = 1e-9;

/// Values of a plane that are worked on at a time: so much of all planes stays in a cache.
const BLOCK: usize = 1 << 11;

/// The mean products of planes `a`, a row each, with planes `b`, a column each.
pub(super) fn covariances(a: &[Vec<f64>], b: &[Vec<f64>]) -> Matrix {
    let count = a.first().map_or(0, Vec::len);
    let of_block = |first: usize| -> Vec<f64> {
        let block = first..count.min(first + BLOCK);
        a.iter().flat_map(|a| b.iter().map(|b| dot(&a[block.clone()], &b[block.clone()]))).collect()
    };
    let blocks: Vec<Vec<f64>> = (0..count).into_par_iter().step_by(BLOCK).map(of_block).collect();
    let sum = |i: usize| blocks.iter().map(|block| block[i]).sum::<f64>();
    Matrix::new(a.len(), b.len(), |r, c| sum(r * b.len() + c) / count.max(1) as f64)
}

/// The sum of products, in eight sums side by side.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, rest_of_a), (b, rest_of_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        (0..8).for_each(|i| sums[i] += a[i] * b[i]);
    }
    sums.iter().sum::<f64>() + rest_of_a.iter().zip(rest_of_b).map(|(a, b)| a * b).sum::<f64>()
}

/// Planes that are sums of planes, by weight: of each a row.
fn mixed(planes: &[&[Vec<f64>]; 2], weights: &[&Matrix; 2], count: usize) -> Vec<Vec<f64>> {
    let rows = weights[0].rows();
    let of_block = |first: usize| -> Vec<Vec<f64>> {
        let block = first..count.min(first + BLOCK);
        let row = |r: usize| {
            let mut sum = vec![0.0; block.len()];
            for (planes, weights) in planes.iter().zip(weights) {
                for (c, plane) in planes.iter().enumerate() {
                    let weight = weights.at(r, c);
                    sum.iter_mut().zip(&plane[block.clone()]).for_each(|(sum, v)| *sum += weight * v);
                }
            }
            sum
        };
        (0..rows).map(row).collect()
    };
    let blocks: Vec<Vec<Vec<f64>>> = (0..count).into_par_iter().step_by(BLOCK).map(of_block).collect();
    (0..rows).into_par_iter().map(|r| blocks.iter().flat_map(|block| &block[r]).copied().collect()).collect()
}

/// What planes of mean zero have to do with each other and with the coarser ones of their octave.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariances {
    /// Of the planes, a row and a column each.
    pub own: Matrix,
    /// Of the planes, a row each, with the coarser ones, a column each.
    pub coarser: Matrix,
}

impl Covariances {
    pub(super) fn of(planes: &[Vec<f64>], coarser: &[Vec<f64>]) -> Self {
        Self { own: covariances(planes, planes), coarser: covariances(planes, coarser) }
    }

    /// Gives planes these covariances with each other and with coarser ones, which stay, by the linear change that moves them
    /// least: X becomes X M + Y K (Portilla & Simoncelli 2000, appendix).
    pub(super) fn impose(&self, planes: &mut [Vec<f64>], coarser: &[Vec<f64>]) {
        let found = Self::of(planes, coarser);
        let of_coarser = covariances(coarser, coarser);
        let inverse = of_coarser.of_eigenvalues(|v, largest| if v > NONE * largest { 1.0 / v } else { 0.0 });
        // What the coarser planes do not say of the others.
        let rest = |c: &Self| c.own.minus(&c.coarser.times(&inverse).times(&c.coarser.transposed()));
        let change = least_change(&rest(&found), &rest(self));
        let added = self.coarser.minus(&change.times(&found.coarser)).times(&inverse);
        let count = planes.first().map_or(0, Vec::len);
        let made = mixed(&[&*planes, coarser], &[&change, &added], count);
        planes.iter_mut().zip(made).for_each(|(plane, made)| *plane = made);
    }
}

/// The symmetric matrix that gives vectors of covariance `from` the covariance `to` and moves them least: that of optimal
/// transport between normal distributions (Olkin & Pukelsheim 1982), `F^-½ (F^½ T F^½)^½ F^-½`. Negative eigenvalues of `to`
/// count as zero.
fn least_change(from: &Matrix, to: &Matrix) -> Matrix {
    let to = to.of_eigenvalues(|v, _| v.max(0.0));
    let root = from.of_eigenvalues(|v, _| v.max(0.0).sqrt());
    let inverse = from.of_eigenvalues(|v, largest| if v > NONE * largest { 1.0 / v.sqrt() } else { 0.0 });
    let middle = root.times(&to).times(&root).of_eigenvalues(|v, _| v.max(0.0).sqrt());
    inverse.times(&middle).times(&inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planes(count: usize, seed: usize) -> Vec<Vec<f64>> {
        let value = |k: usize, i: usize| ((i * i * (31 + k) + i * (17 + seed) + k * seed) % 1009) as f64 / 1009.0 - 0.5;
        let plane = |k: usize| (0..2000).map(|i| value(k, i) + 0.4 * value(k / 2 + 7, i)).collect();
        (0..count).map(plane).collect()
    }

    fn far(a: &Matrix, b: &Matrix) -> f64 {
        a.values().iter().zip(b.values()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn covariances_are_imposed() {
        for coarser in [0, 3] {
            let above = planes(coarser, 5);
            let mut other = planes(4, 3);
            other.iter_mut().enumerate().for_each(|(k, plane)| {
                plane.iter_mut().for_each(|v| *v *= 1.0 + 0.3 * k as f64);
                above.iter().for_each(|a| plane.iter_mut().zip(a).for_each(|(v, a)| *v += 0.2 * k as f64 * a));
            });
            let wanted = Covariances::of(&other, &above);
            let mut made = planes(4, 11);
            assert!(far(&Covariances::of(&made, &above).own, &wanted.own) > 0.02);
            wanted.impose(&mut made, &above);
            let found = Covariances::of(&made, &above);
            assert!(far(&found.own, &wanted.own) < 1e-12 && far(&found.coarser, &wanted.coarser) < 1e-12);
        }
    }

    #[test]
    fn what_has_them_stays() {
        let (mut made, above) = (planes(5, 3), planes(2, 9));
        Covariances::of(&made, &above).impose(&mut made, &above);
        let apart = made.iter().flatten().zip(planes(5, 3).concat()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-9, "{apart}");
    }

    #[test]
    fn planes_that_are_the_same_stay_finite() {
        let mut same = vec![planes(1, 3)[0].clone(); 3];
        let wanted = Covariances::of(&planes(3, 4), &[]);
        wanted.impose(&mut same, &[]);
        assert!(same.iter().flatten().all(|v| v.is_finite()));
        let mut flat = vec![vec![0.0; 2000]; 3];
        wanted.impose(&mut flat, &[]);
        assert!(flat.iter().flatten().all(|v| *v == 0.0));
    }
}
