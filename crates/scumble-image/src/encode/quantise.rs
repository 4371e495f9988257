//! From values to levels.

use rayon::prelude::*;

use crate::Canvas;

/// Values converted at a time: whole pixels of 3 or 4 values.
const BLOCK: usize = 12 << 12;

/// A file's integer.
pub(crate) trait Level: Copy + Default + Send + Sync {
    /// The level nearest to a value from 0 to 1; values outside count as 0 or 1.
    fn nearest(value: f32) -> Self;
}

impl Level for u8 {
    fn nearest(value: f32) -> Self {
        (value.clamp(0.0, 1.0) * 255.0).round() as u8
    }
}

impl Level for u16 {
    fn nearest(value: f32) -> Self {
        (value.clamp(0.0, 1.0) * 65_535.0).round() as u16
    }
}

/// The levels of values, in their order.
pub(crate) fn grey<T: Level>(values: &[f32]) -> Vec<T> {
    values.par_iter().map(|v| T::nearest(*v)).collect()
}

/// The colours' levels, interleaved RGB.
pub(crate) fn rgb<T: Level>(canvas: &Canvas) -> Vec<T> {
    grey(canvas.rgb())
}

/// The levels of colours and transparency, interleaved: RGBA if the canvas has transparency, else RGB.
pub(crate) fn rgb_or_rgba<T: Level>(canvas: &Canvas) -> Vec<T> {
    let Some(alpha) = canvas.alpha() else {
        return rgb(canvas);
    };
    let mut levels = vec![T::default(); alpha.len() * 4];
    let pixels = canvas.rgb().par_chunks(BLOCK / 4 * 3).zip(alpha.par_chunks(BLOCK / 4));
    levels.par_chunks_mut(BLOCK).zip(pixels).for_each(|(levels, (rgb, alpha))| {
        let colours = rgb.as_chunks::<3>().0.iter().zip(alpha);
        for (level, ([r, g, b], a)) in levels.as_chunks_mut::<4>().0.iter_mut().zip(colours) {
            *level = [*r, *g, *b, *a].map(T::nearest);
        }
    });
    levels
}
