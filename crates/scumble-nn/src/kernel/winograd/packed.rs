//! Kernels transformed and laid out for the matrix products.

use rayon::prelude::*;

use super::transform::{self, PRODUCTS};
use crate::kernel::lanes::Level;

/// The transformed kernels of one direction: `[36][groups][in][rows]`, where a group is the output channels of a
/// register tile; the last is filled up with zeros.
#[derive(Debug, Clone)]
pub struct Packed {
    /// The instruction set it is laid out for.
    pub(super) level: Level,
    /// Channels of the input.
    pub(super) inputs: usize,
    /// Channels of the output.
    pub(super) outputs: usize,
    /// Groups of output channels.
    pub(super) groups: usize,
    values: Vec<f32>,
}

impl Packed {
    /// From a kernel in OIHW order, `outputs * inputs * 9` values.
    pub fn new(level: Level, inputs: usize, outputs: usize, kernel: &[f32]) -> Self {
        let rows = level.rows();
        let groups = outputs.div_ceil(rows);
        let block = inputs * rows;
        // First group by group, each with its thirty-six matrices, then point by point.
        let by_group: Vec<Vec<f32>> = (0..groups)
            .into_par_iter()
            .map(|group| {
                let mut values = vec![0.0; PRODUCTS * block];
                for row in 0..rows.min(outputs - group * rows) {
                    for input in 0..inputs {
                        let at = ((group * rows + row) * inputs + input) * 9;
                        for (point, u) in transform::kernel(&kernel[at..at + 9]).into_iter().enumerate() {
                            values[point * block + input * rows + row] = u;
                        }
                    }
                }
                values
            })
            .collect();
        let mut values = vec![0.0; PRODUCTS * groups * block];
        values.par_chunks_mut(groups * block).enumerate().for_each(|(point, matrix)| {
            for (to, from) in matrix.chunks_mut(block).zip(&by_group) {
                to.copy_from_slice(&from[point * block..][..block]);
            }
        });
        Self { level, inputs, outputs, groups, values }
    }

    /// The kernels of a group of output channels at a point: `[in][rows]`.
    #[inline(always)]
    pub(super) fn group(&self, point: usize, group: usize) -> *const f32 {
        let block = self.inputs * self.level.rows();
        self.values[(point * self.groups + group) * block..][..block].as_ptr()
    }
}
