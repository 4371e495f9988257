//! Spectra of a picture and of one with fewer pixels: the same waves, fewer of them.

use crate::fft::{Fft2, Value};
use crate::parallel;

/// The waves of a spectrum that fit a smaller picture; amplitudes stay.
pub(super) fn cropped(spectrum: &[Value], from: &Fft2, to: &Fft2) -> Vec<Value> {
    let scale = to.area() as f64 / from.area() as f64;
    parallel::made(to.area(), |i| spectrum[within(from, to, i)] * scale)
}

/// The spectrum of a larger picture with the same waves and no others.
pub(super) fn placed(spectrum: &[Value], from: &Fft2, to: &Fft2) -> Vec<Value> {
    let scale = to.area() as f64 / from.area() as f64;
    let mut placed = vec![Value::default(); to.area()];
    for (i, value) in spectrum.iter().enumerate() {
        placed[within(to, from, i)] = value * scale;
    }
    placed
}

/// Where a wave of the smaller picture lies in the larger one's spectrum.
fn within(large: &Fft2, small: &Fft2, i: usize) -> usize {
    let side = |k: usize, small: usize, large: usize| if k * 2 > small { large - (small - k) } else { k };
    let (x, y) = (i % small.width(), i / small.width());
    side(y, small.height(), large.height()) * large.width() + side(x, small.width(), large.width())
}
