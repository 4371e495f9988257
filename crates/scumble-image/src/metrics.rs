//! How much two pictures differ, value by value.

use rayon::prelude::*;
use scumble_core::{Error, Result};

use crate::{Canvas, parallel};

/// Side of the window SSIM is measured in: a Gaussian of σ = 1.5, cut at 3.5 σ.
const WINDOW: usize = 11;
const SIGMA: f64 = 1.5;
/// Rows measured at a time.
const ROWS: usize = 16;

/// Peak signal-to-noise ratio in dB over all sRGB-encoded values, peak 1; infinite for equal pictures.
///
/// # Errors
/// `Fault::Input` if the pictures' sides differ.
pub fn psnr(a: &Canvas, b: &Canvas) -> Result<f64> {
    check_sides(a, b)?;
    let (a, b) = (a.rgb(), b.rgb());
    let [sum] = parallel::sums(a.len(), |block| {
        let pairs = a[block.clone()].iter().zip(&b[block]);
        [pairs.map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2)).sum()]
    });
    Ok(-10.0 * (sum / a.len() as f64).log10())
}

/// The same of the pixels of a picture that are opaque, of others as far as they are; infinite if none are.
///
/// # Errors
/// `Fault::Input` if the pictures' sides differ.
pub fn psnr_of_opaque(drawn: &Canvas, picture: &Canvas) -> Result<f64> {
    let Some(alpha) = picture.alpha() else { return psnr(drawn, picture) };
    check_sides(drawn, picture)?;
    let (a, b) = (drawn.pixels(), picture.pixels());
    let [sum, weight] = parallel::sums(a.len(), |block| {
        block.fold([0.0, 0.0], |[sum, weight], i| {
            let square: f64 = (0..3).map(|c| (f64::from(a[i][c]) - f64::from(b[i][c])).powi(2)).sum();
            [sum + f64::from(alpha[i]) * square, weight + 3.0 * f64::from(alpha[i])]
        })
    });
    Ok(if sum > 0.0 { -10.0 * (sum / weight).log10() } else { f64::INFINITY })
}

/// Structural similarity (Wang et al. 2004) of the sRGB-encoded values, at most 1: Gaussian window of
/// σ = 1.5 and 11 × 11 pixels, K₁ = 0.01, K₂ = 0.03, population covariance, mean over the channels and over
/// all pixels whose window lies inside.
///
/// # Errors
/// `Fault::Input` if the pictures' sides differ or are less than 11.
pub fn ssim(a: &Canvas, b: &Canvas) -> Result<f64> {
    check_sides(a, b)?;
    let (width, height) = (a.width(), a.height());
    if width.min(height) < WINDOW {
        return Err(Error::input(format!(
            "structural similarity needs pictures of at least {WINDOW}x{WINDOW} pixels, not {width}x{height}"
        )));
    }
    let (rows, columns) = (height - WINDOW + 1, width - WINDOW + 1);
    let window = gaussian_window();
    let blocks: Vec<f64> = (0..rows.div_ceil(ROWS))
        .into_par_iter()
        .map(|block| {
            let rows = block * ROWS..rows.min((block + 1) * ROWS);
            rows.map(|row| ssim_of_row(a, b, row, &window)).sum::<f64>()
        })
        .collect();
    Ok(blocks.iter().sum::<f64>() / (rows * columns * 3) as f64)
}

fn gaussian_window() -> [f64; WINDOW] {
    let centre = (WINDOW / 2) as f64;
    let weights: [f64; WINDOW] = std::array::from_fn(|i| (-0.5 * ((i as f64 - centre) / SIGMA).powi(2)).exp());
    let sum: f64 = weights.iter().sum();
    weights.map(|w| w / sum)
}

/// Sum of the similarities, over the channels, of the windows whose first row is `row`.
fn ssim_of_row(a: &Canvas, b: &Canvas, row: usize, window: &[f64; WINDOW]) -> f64 {
    let stride = a.width() * 3;
    // Weighted sums down the columns, for each value: a, b, a², b², ab.
    let mut columns = vec![[0.0; 5]; stride];
    for (i, weight) in window.iter().enumerate() {
        let values = (row + i) * stride..(row + i + 1) * stride;
        let pairs = a.rgb()[values.clone()].iter().zip(&b.rgb()[values]);
        for (column, (a, b)) in columns.iter_mut().zip(pairs) {
            let (a, b) = (f64::from(*a), f64::from(*b));
            let terms = [a, b, a * a, b * b, a * b];
            column.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
        }
    }
    let windows = columns.windows((WINDOW - 1) * 3 + 1);
    windows
        .map(|columns| {
            let weighted = columns.iter().step_by(3).zip(window);
            similarity(
                weighted.fold([0.0; 5], |sum, (column, weight)| std::array::from_fn(|i| sum[i] + weight * column[i])),
            )
        })
        .sum()
}

/// The similarity of a window with the given weighted means of a, b, a², b², ab.
fn similarity([a, b, aa, bb, ab]: [f64; 5]) -> f64 {
    const C1: f64 = 0.01 * 0.01;
    const C2: f64 = 0.03 * 0.03;
    let (variances, covariance) = (aa - a * a + bb - b * b, ab - a * b);
    (2.0 * a * b + C1) * (2.0 * covariance + C2) / ((a * a + b * b + C1) * (variances + C2))
}

fn check_sides(a: &Canvas, b: &Canvas) -> Result<()> {
    if (a.width(), a.height()) == (b.width(), b.height()) {
        return Ok(());
    }
    Err(Error::input(format!(
        "pictures of {}x{} and {}x{} pixels cannot be compared value by value",
        a.width(),
        a.height(),
        b.width(),
        b.height()
    ))
    .hint("resize one to the other first"))
}
