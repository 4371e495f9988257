//! A picture in double precision.

use scumble_core::Result;
use scumble_image::Canvas;

use crate::parallel;

/// A picture of three planes, red, green, blue: sRGB-encoded values of nominally 0 to 1, in double precision and not
/// clamped, so that what holds exactly of a synthesis can be seen to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Planes {
    width: usize,
    height: usize,
    channels: [Vec<f64>; 3],
}

impl Planes {
    /// The planes of a picture, without its transparency.
    pub fn of(picture: &Canvas) -> Self {
        let pixels = picture.pixels();
        let channels = std::array::from_fn(|c| pixels.iter().map(|pixel| f64::from(pixel[c])).collect());
        Self { width: picture.width(), height: picture.height(), channels }
    }

    /// Planes of `size[0] · size[1]` values each.
    pub(crate) fn new(size: [usize; 2], channels: [Vec<f64>; 3]) -> Self {
        debug_assert!(channels.iter().all(|channel| channel.len() == size[0] * size[1]));
        Self { width: size[0], height: size[1], channels }
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Width and height in pixels.
    pub fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }

    /// The planes, red, green, blue, each row by row.
    pub fn channels(&self) -> &[Vec<f64>; 3] {
        &self.channels
    }

    /// The planes alone.
    pub(crate) fn into_channels(self) -> [Vec<f64>; 3] {
        self.channels
    }

    /// The mean of each channel.
    pub fn mean(&self) -> [f64; 3] {
        [0, 1, 2].map(|c| parallel::mean(&self.channels[c]))
    }

    /// The opaque picture, values brought into 0 to 1. Clamping moves the statistics by as much as values had left that
    /// range: usually a few pixels of extreme colour, whose variance becomes a little smaller.
    ///
    /// # Errors
    /// `Fault::Input` if a value is not finite.
    pub fn to_canvas(&self) -> Result<Canvas> {
        let [red, green, blue] = &self.channels;
        let pixels = red.iter().zip(green).zip(blue);
        let rgb = pixels.flat_map(|((r, g), b)| [*r, *g, *b].map(|v| v.clamp(0.0, 1.0) as f32)).collect();
        Canvas::new(self.width, self.height, rgb)
    }
}
