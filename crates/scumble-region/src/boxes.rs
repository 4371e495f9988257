//! Means over squares.

use rayon::prelude::*;

/// Means over windows of `2 radius + 1` pixels a side, cut at the border.
pub(crate) fn boxed(values: &[f32], [width, height]: [usize; 2], radius: usize) -> Vec<f32> {
    let mut across = vec![0.0; values.len()];
    across.par_chunks_mut(width).zip(values.par_chunks(width)).for_each(|(out, row)| {
        let mut sum: f64 = row[..radius.min(width)].iter().map(|v| f64::from(*v)).sum();
        for (x, out) in out.iter_mut().enumerate() {
            sum += row.get(x + radius).map_or(0.0, |v| f64::from(*v));
            sum -= x.checked_sub(radius + 1).map_or(0.0, |before| f64::from(row[before]));
            *out = (sum / ((x + radius + 1).min(width) - x.saturating_sub(radius)) as f64) as f32;
        }
    });
    // Columns in blocks, so that rows are read whole.
    const BLOCK: usize = 64;
    let columns: Vec<Vec<f32>> = (0..width.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            let xs = block * BLOCK..((block + 1) * BLOCK).min(width);
            let mut sums = vec![0.0f64; xs.len()];
            let row = |y: usize| &across[y * width + xs.start..y * width + xs.end];
            (0..radius.min(height))
                .for_each(|y| sums.iter_mut().zip(row(y)).for_each(|(sum, v)| *sum += f64::from(*v)));
            let mut out = Vec::with_capacity(xs.len() * height);
            for y in 0..height {
                if y + radius < height {
                    sums.iter_mut().zip(row(y + radius)).for_each(|(sum, v)| *sum += f64::from(*v));
                }
                if y > radius {
                    sums.iter_mut().zip(row(y - radius - 1)).for_each(|(sum, v)| *sum -= f64::from(*v));
                }
                let count = ((y + radius + 1).min(height) - y.saturating_sub(radius)) as f64;
                out.extend(sums.iter().map(|sum| (sum / count) as f32));
            }
            out
        })
        .collect();
    let mut out = vec![0.0; values.len()];
    out.par_chunks_mut(width).enumerate().for_each(|(y, out)| {
        for (part, column) in out.chunks_mut(BLOCK).zip(&columns) {
            let count = part.len();
            part.copy_from_slice(&column[y * count..(y + 1) * count]);
        }
    });
    out
}
