//! Which units of a ReLU were on, one bit each.

use rayon::prelude::*;

/// One bit a unit: set where the output was positive.
#[derive(Debug, Clone)]
pub(crate) struct ReluBits {
    words: Vec<u64>,
}

impl ReluBits {
    /// Reads the bits off a ReLU's output.
    pub(crate) fn of(output: &[f32]) -> Self {
        let words = output
            .par_chunks(64)
            .with_min_len(512)
            .map(|chunk| chunk.iter().enumerate().fold(0, |word, (i, v)| word | (u64::from(*v > 0.0) << i)))
            .collect();
        Self { words }
    }

    /// `gradient` where the unit was on, 0 elsewhere.
    pub(crate) fn mask(&self, gradient: &[f32]) -> Vec<f32> {
        let mut masked = vec![0.0; gradient.len()];
        masked.par_chunks_mut(64).with_min_len(512).zip(gradient.par_chunks(64)).zip(&self.words).for_each(
            |((out, values), word)| {
                for (i, (out, value)) in out.iter_mut().zip(values).enumerate() {
                    *out = if word >> i & 1 == 1 { *value } else { 0.0 };
                }
            },
        );
        masked
    }
}
