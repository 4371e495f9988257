//! Gaussian and Laplacian pyramids (Burt and Adelson, "The Laplacian Pyramid as a Compact Image Code",
//! 1983) in linear light: each level has half the sides of the one before, rounded up.

use rayon::prelude::*;
use scumble_core::{Error, Result};

use crate::{Canvas, color, parallel};

/// The generating kernel with a = 3/8, the binomial one.
const KERNEL: [f32; 5] = [1.0 / 16.0, 4.0 / 16.0, 6.0 / 16.0, 4.0 / 16.0, 1.0 / 16.0];

/// One level: amounts of light, or differences of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Interleaved linear-light RGB, row by row. Differences may be negative.
    pub rgb: Vec<f32>,
}

impl Level {
    /// The light of a picture; its transparency is left out.
    pub fn of(canvas: &Canvas) -> Self {
        let mut rgb = canvas.rgb().to_vec();
        parallel::map(&mut rgb, color::srgb_to_linear);
        Self { width: canvas.width(), height: canvas.height(), rgb }
    }

    /// The level as a picture; values outside 0 to 1 are clamped.
    ///
    /// # Errors
    /// `Fault::Input` if the values do not fit the sides or are not finite.
    pub fn to_canvas(&self) -> Result<Canvas> {
        let mut rgb = self.rgb.clone();
        parallel::map(&mut rgb, |v| color::linear_to_srgb(v.clamp(0.0, 1.0)));
        Canvas::new(self.width, self.height, rgb)
    }

    /// Smoothed, and every second pixel of every second row kept, the first included (REDUCE).
    #[must_use]
    pub fn reduced(&self) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        // Rows first: (row, 0..width) of the narrow picture, all rows.
        let mut narrow = vec![0.0; width * 3 * self.height];
        fill_rows(&mut narrow, width, |x, y| weighted(2 * x, self.width, |i| self.pixel(i, y)));
        let narrow = Self { width, height: self.height, rgb: narrow };
        let mut rgb = vec![0.0; width * 3 * height];
        fill_rows(&mut rgb, width, |x, y| weighted(2 * y, self.height, |i| narrow.pixel(x, i)));
        Self { width, height, rgb }
    }

    /// Interpolated to the given sides, at most twice as large (EXPAND).
    fn expanded(&self, width: usize, height: usize) -> Self {
        let mut wide = vec![0.0; width * 3 * self.height];
        fill_rows(&mut wide, width, |x, y| between(x, self.width, |i| self.pixel(i, y)));
        let wide = Self { width, height: self.height, rgb: wide };
        let mut rgb = vec![0.0; width * 3 * height];
        fill_rows(&mut rgb, width, |x, y| between(y, self.height, |i| wide.pixel(x, i)));
        Self { width, height, rgb }
    }

    fn pixel(&self, x: usize, y: usize) -> [f32; 3] {
        let at = (y * self.width + x) * 3;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    fn combined(mut self, other: &Self, f: impl Fn(f32, f32) -> f32) -> Self {
        self.rgb.iter_mut().zip(&other.rgb).for_each(|(a, b)| *a = f(*a, *b));
        self
    }
}

/// The picture and its halves: `levels` levels, fewer once a level is one pixel.
///
/// # Errors
/// `Fault::Parameter` if `levels` is 0.
pub fn gaussian(canvas: &Canvas, levels: usize) -> Result<Vec<Level>> {
    if levels == 0 {
        return Err(Error::parameter("a pyramid cannot have 0 levels, allowed is at least 1"));
    }
    let smaller = |level: &Level| (level.width * level.height > 1).then(|| level.reduced());
    Ok(std::iter::successors(Some(Level::of(canvas)), smaller).take(levels).collect())
}

/// What each level of [`gaussian`] has beyond the next one, finest first; last the coarsest level itself.
///
/// # Errors
/// As [`gaussian`].
pub fn laplacian(canvas: &Canvas, levels: usize) -> Result<Vec<Level>> {
    let mut pyramid = gaussian(canvas, levels)?;
    for i in 1..pyramid.len() {
        let (finer, coarser) = (pyramid[i - 1].clone(), &pyramid[i]);
        let guess = coarser.expanded(finer.width, finer.height);
        pyramid[i - 1] = finer.combined(&guess, |a, b| a - b);
    }
    Ok(pyramid)
}

/// The light a Laplacian pyramid was made of, up to rounding.
///
/// # Errors
/// `Fault::Parameter` if there is no level, or one is not half its predecessor's size.
pub fn reconstruct(pyramid: &[Level]) -> Result<Level> {
    let Some((coarsest, finer)) = pyramid.split_last() else {
        return Err(Error::parameter("a pyramid without levels cannot be reconstructed"));
    };
    let mut picture = coarsest.clone();
    for level in finer.iter().rev() {
        let half = (level.width.div_ceil(2), level.height.div_ceil(2));
        if half != (picture.width, picture.height) {
            return Err(Error::parameter(format!(
                "a pyramid level of {}x{} cannot stand above one of {}x{}",
                level.width, level.height, picture.width, picture.height
            )));
        }
        let guess = picture.expanded(level.width, level.height);
        picture = guess.combined(level, |a, b| a + b);
    }
    Ok(picture)
}

/// Sets every pixel of the rows of `rgb` to `f(x, y)`.
fn fill_rows(rgb: &mut [f32], width: usize, f: impl Fn(usize, usize) -> [f32; 3] + Sync) {
    rgb.par_chunks_mut(width * 3).enumerate().for_each(|(y, row)| {
        for (x, pixel) in row.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            *pixel = f(x, y);
        }
    });
}

/// The kernel's mean around `centre`, the border's pixels repeated.
fn weighted(centre: usize, length: usize, pixel: impl Fn(usize) -> [f32; 3]) -> [f32; 3] {
    let at = |offset: usize| pixel((centre + offset).saturating_sub(2).min(length - 1));
    sum(KERNEL.iter().enumerate().map(|(offset, weight)| (*weight, at(offset))))
}

/// The value at `position` of a signal with twice the samples: the kernel over samples at even positions,
/// whose weights there are 1/8, 6/8, 1/8 and in between 1/2, 1/2.
fn between(position: usize, length: usize, pixel: impl Fn(usize) -> [f32; 3]) -> [f32; 3] {
    let i = position / 2;
    let next = (i + 1).min(length - 1);
    if position.is_multiple_of(2) {
        let terms = [(0.125, i.saturating_sub(1)), (0.75, i), (0.125, next)];
        sum(terms.map(|(weight, at)| (weight, pixel(at))).into_iter())
    } else {
        sum([(0.5, pixel(i)), (0.5, pixel(next))].into_iter())
    }
}

fn sum(terms: impl Iterator<Item = (f32, [f32; 3])>) -> [f32; 3] {
    terms.fold([0.0; 3], |total, (weight, pixel)| std::array::from_fn(|c| total[c] + weight * pixel[c]))
}
