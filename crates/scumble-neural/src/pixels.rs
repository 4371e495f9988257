//! Between pictures and the optimised variable: a plain planar vector in the preset's pixel space.

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_nn::encoder::CAFFE_MEAN_BGR;

use crate::params::PixelSpace;

impl PixelSpace {
    /// Factor from sRGB values to the space's unit.
    fn scale(self) -> f32 {
        match self {
            PixelSpace::Unit => 1.0,
            PixelSpace::Caffe255 => 255.0,
            PixelSpace::Caffe256 => 256.0,
        }
    }

    /// Smallest and largest value, where the space is bounded.
    pub(crate) fn bounds(self) -> Option<(f32, f32)> {
        (self == PixelSpace::Unit).then_some((0.0, 1.0))
    }

    /// Planes R, G, B of sRGB values to the space's three planes.
    pub(crate) fn encode(self, rgb: &[f32]) -> Vec<f32> {
        if self == PixelSpace::Unit {
            return rgb.to_vec();
        }
        let plane = rgb.len() / 3;
        (0..3)
            .flat_map(|c| rgb[(2 - c) * plane..][..plane].iter().map(move |v| v * self.scale() - CAFFE_MEAN_BGR[c]))
            .collect()
    }

    /// The inverse of [`PixelSpace::encode`]; may leave 0 to 1.
    pub(crate) fn decode(self, x: &[f32]) -> Vec<f32> {
        if self == PixelSpace::Unit {
            return x.to_vec();
        }
        let plane = x.len() / 3;
        (0..3)
            .flat_map(|c| {
                let bgr = 2 - c;
                x[bgr * plane..][..plane].iter().map(move |v| (v + CAFFE_MEAN_BGR[bgr]) / self.scale())
            })
            .collect()
    }

    /// A picture in this space.
    pub fn of_canvas(self, canvas: &Canvas) -> Vec<f32> {
        self.encode(&canvas.to_planar())
    }

    /// The picture of a point in this space, clamped to 0 to 1.
    pub(crate) fn to_canvas(self, x: &[f32], width: usize, height: usize) -> Result<Canvas> {
        Ok(Canvas::from_planar(width, height, &self.decode(x))?.clamped())
    }
}
