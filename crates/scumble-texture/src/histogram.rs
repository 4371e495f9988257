//! Exact matching of histograms: values get the distribution of others and keep their order.

use scumble_core::Stream;

use crate::parallel;

/// The stage under which equal values are put in order.
const TIES: u64 = 0x7469_6573;

/// A distribution: the values it was made of, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Sorted(Vec<f64>);

impl Sorted {
    /// The distribution of values, which must be finite.
    pub fn of(values: &[f64]) -> Self {
        let sorted = ordered(values).into_iter().filter_map(|i| values.get(i as usize).copied()).collect();
        Self(sorted)
    }

    /// The values in order.
    pub fn values(&self) -> &[f64] {
        &self.0
    }

    /// Value `rank` of `count` that have this distribution, by the inverse of its cumulative one: between the middles
    /// of two values' shares, linear. Zero if there are none.
    pub fn quantile(&self, rank: usize, count: usize) -> f64 {
        let (Some(last), false) = (self.0.len().checked_sub(1), count == 0) else { return 0.0 };
        if count == self.0.len() {
            return self.0[rank.min(last)];
        }
        let at = (rank as f64 + 0.5) / count as f64 * self.0.len() as f64 - 0.5;
        let below = (at.max(0.0) as usize).min(last);
        let share = (at - below as f64).clamp(0.0, 1.0);
        self.0[below] + share * (self.0[(below + 1).min(last)] - self.0[below])
    }

    /// The distribution's standard deviation.
    pub fn deviation(&self) -> f64 {
        let mean = parallel::mean(&self.0);
        (parallel::sum(&self.0, |v| (v - mean).powi(2)) / self.0.len().max(1) as f64).sqrt()
    }

    /// The Wasserstein distance (of first order, the earth mover's) to another distribution: by how much a value
    /// differs from that of the same rank.
    pub fn distance(&self, other: &Self) -> f64 {
        let count = self.0.len().max(other.0.len());
        let [sum] = parallel::sums(count, |block| {
            [block.map(|rank| (self.quantile(rank, count) - other.quantile(rank, count)).abs()).sum()]
        });
        sum / count.max(1) as f64
    }
}

/// Gives values the distribution `to`, of as many or of another number. Their order stays; equal ones get an
/// order of `seed`. Exact: of equally many, the sorted values are `to`'s.
pub fn match_histogram(values: &mut [f64], to: &Sorted, seed: u64) {
    if to.0.is_empty() {
        return;
    }
    let count = values.len();
    let mut order = ordered(values);
    let mut stream = Stream::new(seed, TIES);
    for ties in order.chunk_by_mut(|a, b| values[*a as usize] == values[*b as usize]).filter(|ties| ties.len() > 1) {
        let mut drawn: Vec<(u64, u32)> = ties.iter().map(|i| (stream.uniform(u64::from(*i)).to_bits(), *i)).collect();
        drawn.sort_unstable();
        ties.iter_mut().zip(drawn).for_each(|(place, (_, i))| *place = i);
    }
    for (rank, i) in order.into_iter().enumerate() {
        values[i as usize] = to.quantile(rank, count);
    }
}

/// Bits of a digit that values are sorted by.
const DIGIT: u32 = 11;

/// The positions of values in ascending order, of equal ones in order of position: a radix sort in single precision,
/// then what that does not tell apart.
fn ordered(values: &[f64]) -> Vec<u32> {
    let key = |(i, value): (usize, &f64)| u64::from(single(*value)) << 32 | i as u64;
    let mut keys: Vec<u64> = values.iter().enumerate().map(key).collect();
    let mut sorted = vec![0; keys.len()];
    for shift in [32, 32 + DIGIT, 32 + 2 * DIGIT] {
        let digit = |key: &u64| (key >> shift) as usize & ((1 << DIGIT) - 1);
        let mut places = [0; 1 << DIGIT];
        keys.iter().for_each(|key| places[digit(key)] += 1);
        let mut before = 0;
        for place in &mut places {
            (*place, before) = (before, before + *place);
        }
        for key in &keys {
            let place = &mut places[digit(key)];
            sorted[*place] = *key;
            *place += 1;
        }
        std::mem::swap(&mut keys, &mut sorted);
    }
    let mut order: Vec<u32> = keys.iter().map(|key| *key as u32).collect();
    let alike = |a: &u32, b: &u32| single(values[*a as usize]) == single(values[*b as usize]);
    for run in order.chunk_by_mut(alike).filter(|run| run.len() > 1) {
        run.sort_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]));
    }
    order
}

/// A whole number that orders values as they are in single precision.
fn single(value: f64) -> u32 {
    // Zeros of both signs are one.
    let bits = (value as f32 + 0.0).to_bits();
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}
