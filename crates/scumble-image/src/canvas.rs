//! The picture all of scumble works on.

use scumble_core::{Error, Result};

use crate::parallel;

/// The most pixels of a picture that is read or made.
pub const MOST_PIXELS: usize = 1 << 28;
/// The longest side of a picture that is read or made. Single precision places edges in it to 1/100 of a pixel.
pub const LONGEST_SIDE: usize = 65_535;

/// A picture: interleaved RGB, sRGB-encoded, row by row from the top left; transparency apart.
///
/// Values are finite and nominally 0 (none) to 1 (full). Steps in between may leave that range;
/// [`Canvas::clamped`] brings them back.
#[derive(Debug, Clone, PartialEq)]
pub struct Canvas {
    width: usize,
    height: usize,
    rgb: Vec<f32>,
    alpha: Option<Vec<f32>>,
}

impl Canvas {
    /// A picture without transparency from `3 · width · height` interleaved values.
    ///
    /// # Errors
    /// `Fault::Input` if a side is 0, the number of values does not fit the sides, or a value is not
    /// finite.
    pub fn new(width: usize, height: usize, rgb: Vec<f32>) -> Result<Self> {
        check_values("a picture", &rgb, width, height, 3)?;
        Ok(Self { width, height, rgb, alpha: None })
    }

    /// A picture of one colour. Sides of 0 count as 1.
    pub fn filled(width: usize, height: usize, colour: [f32; 3]) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        Self { width, height, rgb: colour.repeat(width * height), alpha: None }
    }

    /// A picture from three planes, red, green, blue, each `width · height` values row by row.
    ///
    /// # Errors
    /// As [`Canvas::new`].
    pub fn from_planar(width: usize, height: usize, planes: &[f32]) -> Result<Self> {
        check_values("a picture", planes, width, height, 3)?;
        let area = width * height;
        let mut rgb = vec![0.0; planes.len()];
        let (red, rest) = planes.split_at(area);
        let (green, blue) = rest.split_at(area);
        for (i, pixel) in rgb.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            *pixel = [red[i], green[i], blue[i]];
        }
        Self::new(width, height, rgb)
    }

    /// The three planes, red, green, blue, one after the other.
    pub fn to_planar(&self) -> Vec<f32> {
        (0..3).flat_map(|c| self.pixels().iter().map(move |pixel| pixel[c])).collect()
    }

    /// Width in pixels, at least 1.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels, at least 1.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Pixels that a size of 1 stands for, where sizes are for a picture whose shorter side is 512 pixels and grow with it: a
    /// 512th of the shorter side, at least 1.
    pub fn size_unit(&self) -> f32 {
        (self.width.min(self.height) as f32 / 512.0).max(1.0)
    }

    /// The mean colour of what can be seen, from 0 to 1; white if nothing can.
    pub fn mean_colour(&self) -> [f32; 3] {
        let (mut sums, mut weight) = ([0.0f64; 3], 0.0);
        for (i, pixel) in self.pixels().iter().enumerate() {
            let alpha = f64::from(self.alpha().map_or(1.0, |alpha| alpha[i].clamp(0.0, 1.0)));
            weight += alpha;
            sums.iter_mut().zip(pixel).for_each(|(sum, v)| *sum += alpha * f64::from(*v));
        }
        sums.map(|sum| if weight > 0.0 { ((sum / weight) as f32).clamp(0.0, 1.0) } else { 1.0 })
    }

    /// The colour values, interleaved.
    pub fn rgb(&self) -> &[f32] {
        &self.rgb
    }

    /// The colour values, to be changed; they must stay finite.
    pub fn rgb_mut(&mut self) -> &mut [f32] {
        &mut self.rgb
    }

    /// The colours, pixel by pixel.
    pub fn pixels(&self) -> &[[f32; 3]] {
        self.rgb.as_chunks().0
    }

    /// The opacity of each pixel, 0 (transparent) to 1, if the picture has transparency. Colours are not
    /// multiplied by it.
    pub fn alpha(&self) -> Option<&[f32]> {
        self.alpha.as_deref()
    }

    /// The picture with its transparency replaced or taken away.
    ///
    /// # Errors
    /// `Fault::Input` if there is not one finite value a pixel.
    pub fn with_alpha(mut self, alpha: Option<Vec<f32>>) -> Result<Self> {
        if let Some(alpha) = &alpha {
            check_values("an alpha channel", alpha, self.width, self.height, 1)?;
        }
        self.alpha = alpha;
        Ok(self)
    }

    /// The picture with all values brought into 0 to 1.
    #[must_use]
    pub fn clamped(mut self) -> Self {
        parallel::map(&mut self.rgb, |v| v.clamp(0.0, 1.0));
        if let Some(alpha) = &mut self.alpha {
            parallel::map(alpha, |v| v.clamp(0.0, 1.0));
        }
        self
    }
}

/// Checks that `values` is `channels` finite values for each pixel of a non-empty picture.
fn check_values(what: &str, values: &[f32], width: usize, height: usize, channels: usize) -> Result<()> {
    let area = width.checked_mul(height).filter(|area| *area > 0);
    let expected = area.and_then(|area| area.checked_mul(channels));
    if expected != Some(values.len()) {
        return Err(Error::input(format!(
            "{what} of {width}x{height} pixels cannot hold {} values of {channels} channels",
            values.len()
        )));
    }
    match values.iter().position(|v| !v.is_finite()) {
        Some(at) => Err(Error::input(format!(
            "{what} holds {} at pixel ({}, {}), allowed are finite numbers",
            values[at],
            at / channels % width,
            at / channels / width
        ))),
        None => Ok(()),
    }
}
