//! Products of square matrices, shared by threads.

use gemm::Parallelism;
use rayon::prelude::*;

use super::shared_mut::SharedMut;

/// Side of a block of the result that is a task.
const BLOCK: usize = 128;

/// `a·b`, of `n` rows and columns each, row by row.
///
/// # Panics
/// If a length is not `n * n`.
pub fn product(a: &[f32], b: &[f32], n: usize) -> Vec<f32> {
    assert!(a.len() == n * n && b.len() == n * n, "square matrices");
    let mut out = vec![0.0; n * n];
    let shared = SharedMut::new(out.as_mut_ptr());
    let starts = || (0..n).step_by(BLOCK);
    let tasks: Vec<(usize, usize)> = starts().flat_map(|row| starts().map(move |column| (row, column))).collect();
    tasks.into_par_iter().with_max_len(1).for_each(|(row, column)| {
        let (rows, columns) = (BLOCK.min(n - row), BLOCK.min(n - column));
        // SAFETY: rows of `a` and columns of `b` inside them; this block of the result is this task's alone.
        unsafe {
            gemm::gemm(
                rows,
                columns,
                n,
                shared.at(row * n + column),
                1,
                n as isize,
                false,
                a[row * n..].as_ptr(),
                1,
                n as isize,
                b[column..].as_ptr(),
                1,
                n as isize,
                0.0,
                1.0,
                false,
                false,
                false,
                Parallelism::None,
            );
        }
    });
    out
}
