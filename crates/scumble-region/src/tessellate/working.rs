//! The copy of a picture on which polygons are searched for.

use scumble_core::Result;
use scumble_image::{Canvas, Filter, Light, resize};
use scumble_paint::painting::{Colour, Point};

/// A picture made small, on its ground.
#[derive(Debug, Clone)]
pub(super) struct Working {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Levels, row by row.
    pub pixels: Vec<[u8; 3]>,
    /// The same as values from 0 to 1.
    pub canvas: Canvas,
    /// The mean of what can be seen of the source, white if nothing can: what shows through where it is transparent.
    pub ground: Colour,
    /// The source's sides.
    pub frame: [f32; 2],
}

impl Working {
    /// The picture on its ground, its longer side at most `longest` pixels.
    ///
    /// It is shrunk on encoded values, since polygons' colours are means of those.
    pub fn new(picture: &Canvas, longest: u32) -> Result<Self> {
        let (from, longest) = ([picture.width(), picture.height()], longest as usize);
        let shrink = (longest as f64 / from[0].max(from[1]) as f64).min(1.0);
        let [width, height] = from.map(|side| ((side as f64 * shrink).round() as usize).clamp(1, longest));
        let ground = picture.mean_colour();
        let small = resize(picture, width, height, Filter::Bilinear, Light::Encoded)?;
        let level = |v: f32| (v * 255.0).round().clamp(0.0, 255.0) as u8;
        let shown = small.pixels().iter().enumerate().map(|(i, pixel)| {
            let alpha = small.alpha().map_or(1.0, |alpha| alpha[i]);
            [0, 1, 2].map(|c| level(pixel[c] * alpha + ground[c] * (1.0 - alpha)))
        });
        let pixels: Vec<[u8; 3]> = shown.collect();
        let values = pixels.iter().flat_map(|pixel| pixel.map(|level| f32::from(level) / 255.0));
        let canvas = Canvas::new(width, height, values.collect())?;
        Ok(Self { width, height, pixels, canvas, ground, frame: from.map(|side| side as f32) })
    }

    /// Its sides in pixels.
    pub fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }

    /// Pixels of the copy that the unit of sizes, `max(1, shorter side of the frame / 512)`, stands for.
    pub fn unit(&self) -> f64 {
        let shorter = self.frame[0].min(self.frame[1]);
        f64::from((shorter / 512.0).max(1.0)) * self.width.max(self.height) as f64
            / f64::from(self.frame[0].max(self.frame[1]))
    }

    /// A point of the copy, in pixels, in the source's frame; its borders are the frame's, exactly.
    pub fn place(&self, point: [f64; 2]) -> Point {
        let size = [self.width as f64, self.height as f64];
        [0, 1].map(|k| (point[k] / size[k] * f64::from(self.frame[k])) as f32)
    }

    /// The colour of the pixel that holds a point of the copy, or of the nearest.
    pub fn colour(&self, [x, y]: [f64; 2]) -> Colour {
        let at = |v: f64, side: usize| (v.max(0.0) as usize).min(side - 1);
        self.pixels[at(y, self.height) * self.width + at(x, self.width)].map(|level| f32::from(level) / 255.0)
    }
}
