//! Skewness and kurtosis, measured and imposed by steps along their gradients (Portilla & Simoncelli 2000, appendix).

use crate::parallel;

/// The highest power that is summed: the fourth of a polynomial of degree three.
const POWERS: usize = 13;
/// The steps tried, from the shortest on, each longer than the one before; of a gradient of length 1.
const SHORTEST: f64 = 1e-3;
const LONGER: f64 = 1.15;
const STEPS: usize = 70;
/// Halvings of the interval in which a step is found.
const HALVINGS: usize = 50;
/// Variance of what counts as flat.
const FLAT: f64 = 1e-24;

/// The distribution of values: mean, variance, and mean powers of the standardised values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments {
    pub mean: f64,
    pub variance: f64,
    powers: [f64; POWERS],
}

/// Coefficients by power.
type Polynomial = Vec<f64>;

impl Moments {
    pub fn of(values: &[f64]) -> Self {
        let mean = parallel::mean(values);
        let count = values.len().max(1) as f64;
        let variance = parallel::sum(values, |v| (v - mean).powi(2)) / count;
        let deviation = if variance > FLAT { variance.sqrt() } else { f64::INFINITY };
        let powers = parallel::sums(values.len(), |block| {
            block.fold([0.0; POWERS], |mut sums, i| {
                let (value, mut power) = ((values[i] - mean) / deviation, 1.0);
                sums.iter_mut().for_each(|sum| {
                    *sum += power;
                    power *= value;
                });
                sums
            })
        });
        Self { mean, variance, powers: powers.map(|sum| sum / count) }
    }

    /// Third standardised moment, 0 of flat values.
    pub fn skewness(&self) -> f64 {
        self.powers[3]
    }

    /// Fourth standardised moment: 3 of a normal distribution, 0 of flat values.
    pub fn kurtosis(&self) -> f64 {
        self.powers[4]
    }

    /// The mean of a polynomial of the standardised values.
    fn mean_of(&self, polynomial: &[f64]) -> f64 {
        polynomial.iter().zip(&self.powers).map(|(c, power)| c * power).sum()
    }

    /// The standardised moment of that order of `z + step · gradient(z)`, of mean 0.
    fn moved(&self, gradient: &[f64], step: f64, order: usize) -> f64 {
        let mut values: Polynomial = gradient.iter().map(|c| step * c).collect();
        values[1] += 1.0;
        let square = product(&values, &values);
        let power = if order == 3 { product(&square, &values) } else { product(&square, &square) };
        self.mean_of(&power) / self.mean_of(&square).powf(order as f64 / 2.0)
    }

    /// Skewness's gradient where mean and variance stay: z² − s z − 1.
    fn skew_gradient(&self) -> Polynomial {
        vec![-1.0, -self.skewness(), 1.0]
    }

    /// Kurtosis's gradient where mean, variance and skewness stay: z³ less what of it lies along 1, z and skewness's.
    fn kurtosis_gradient(&self) -> Polynomial {
        let skew = self.skew_gradient();
        let (size, along) =
            (self.mean_of(&product(&skew, &skew)), self.mean_of(&product(&skew, &[0.0, 0.0, 0.0, 1.0])));
        let share = if size > 1e-9 { along / size } else { 0.0 };
        vec![-self.powers[3] - share * skew[0], -self.powers[4] - share * skew[1], -share, 1.0]
    }

    /// The shortest step along a gradient of the moment of that order that brings it to `wanted`, or as near as it comes.
    fn step(&self, gradient: &[f64], order: usize, wanted: f64) -> f64 {
        let length = self.mean_of(&product(gradient, gradient)).max(0.0).sqrt();
        let missing = wanted - self.moved(gradient, 0.0, order);
        if length < 1e-6 || missing == 0.0 {
            return 0.0;
        }
        // How much is missing after a step, as a positive number before it.
        let missing_after = |step: f64| missing.signum() * (wanted - self.moved(gradient, step, order));
        let (mut last, mut best) = (0.0, (missing.abs(), 0.0));
        for i in 0..STEPS {
            let step = missing.signum() * SHORTEST * LONGER.powi(i as i32) / length;
            let left = missing_after(step);
            if left <= 0.0 {
                let (mut before, mut after) = (last, step);
                for _ in 0..HALVINGS {
                    let middle = 0.5 * (before + after);
                    *(if missing_after(middle) > 0.0 { &mut before } else { &mut after }) = middle;
                }
                return after;
            }
            if left < best.0 {
                best = (left, step);
            }
            last = step;
        }
        best.1
    }

    /// Moves values of these moments along a gradient; mean and variance stay.
    fn walk(&self, values: &mut [f64], gradient: &[f64], step: f64) {
        let mut polynomial: Polynomial = gradient.iter().map(|c| step * c).collect();
        polynomial[1] += 1.0;
        let deviation = self.variance.sqrt();
        let scale = deviation / self.mean_of(&product(&polynomial, &polynomial)).sqrt();
        parallel::each(values, |_, value| {
            let z = (*value - self.mean) / deviation;
            *value = self.mean + scale * polynomial.iter().rev().fold(0.0, |sum, c| sum * z + c);
        });
    }
}

fn product(a: &[f64], b: &[f64]) -> Polynomial {
    let mut product = vec![0.0; a.len() + b.len() - 1];
    for (i, a) in a.iter().enumerate() {
        b.iter().enumerate().for_each(|(j, b)| product[i + j] += a * b);
    }
    product
}

/// Gives values a skewness and a kurtosis, as nearly as a step along each gradient does; mean and variance stay. Flat values
/// stay as they are.
pub(super) fn impose(values: &mut [f64], skewness: f64, kurtosis: f64) {
    let moments = Moments::of(values);
    if moments.variance <= FLAT {
        return;
    }
    let gradient = moments.skew_gradient();
    moments.walk(values, &gradient, moments.step(&gradient, 3, skewness));
    let moments = Moments::of(values);
    let gradient = moments.kurtosis_gradient();
    moments.walk(values, &gradient, moments.step(&gradient, 4, kurtosis));
}

/// Gives values a variance; their mean stays. Flat values stay as they are.
pub(super) fn impose_variance(values: &mut [f64], variance: f64) {
    let mean = parallel::mean(values);
    let own = parallel::sum(values, |v| (v - mean).powi(2)) / values.len().max(1) as f64;
    if own > FLAT {
        let scale = (variance / own).sqrt();
        parallel::each(values, |_, v| *v = mean + scale * (*v - mean));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(count: usize) -> Vec<f64> {
        (0..count).map(|i| ((i * 7919 % 1009) as f64 / 1009.0).powi(2) + 0.3 * (i as f64 * 0.37).sin() + 2.0).collect()
    }

    #[test]
    fn moments_are_imposed() {
        for (skewness, kurtosis) in [(0.0, 3.0), (0.8, 3.4), (-0.7, 2.9), (0.1, 6.0), (0.3, 2.2)] {
            let mut moved = values(3000);
            let before = Moments::of(&moved);
            // The step to the kurtosis keeps the skewness to first order.
            (0..4).for_each(|_| impose(&mut moved, skewness, kurtosis));
            let after = Moments::of(&moved);
            assert!((after.mean - before.mean).abs() < 1e-12 && (after.variance - before.variance).abs() < 1e-12);
            assert!((after.skewness() - skewness).abs() < 0.02, "{skewness}, {kurtosis}: {}", after.skewness());
            assert!((after.kurtosis() - kurtosis).abs() < 1e-6, "{skewness}, {kurtosis}: {}", after.kurtosis());
        }
    }

    #[test]
    fn what_has_the_moments_stays() {
        let mut same = values(500);
        let moments = Moments::of(&same);
        impose(&mut same, moments.skewness(), moments.kurtosis());
        assert!(same.iter().zip(values(500)).all(|(a, b)| (a - b).abs() < 1e-9));
        let mut flat = vec![0.4; 50];
        impose(&mut flat, 1.0, 5.0);
        impose_variance(&mut flat, 2.0);
        assert_eq!(flat, [0.4; 50]);
    }

    #[test]
    fn impossible_moments_come_as_near_as_may_be() {
        let mut two: Vec<f64> = (0..100).map(|i| f64::from(i % 2)).collect();
        // Two values have a kurtosis of 1 whatever they are.
        impose(&mut two, 0.0, 9.0);
        assert!(two.iter().all(|v| v.is_finite()) && (Moments::of(&two).kurtosis() - 1.0).abs() < 1e-9);
    }
}
