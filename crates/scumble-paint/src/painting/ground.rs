//! A picture below the strokes.

use std::io::Cursor;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use scumble_core::{Error, Result};
use scumble_image::{Canvas, Filter, Light, resize};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::draw::check_size;

/// What a data URI of a PNG begins with.
const SCHEME: &str = "data:image/png;base64,";

/// A picture that fills the painting's frame, in 8 bits a channel; as text, a PNG in a data URI.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    canvas: Arc<Canvas>,
}

impl Ground {
    /// The picture, rounded to 8 bits, without its transparency.
    ///
    /// # Errors
    /// None of a picture that is a canvas.
    pub fn new(canvas: &Canvas) -> Result<Self> {
        let mut canvas = canvas.clone().with_alpha(None)?.clamped();
        canvas.rgb_mut().iter_mut().for_each(|v| *v = (*v * 255.0).round() / 255.0);
        Ok(Self { canvas: Arc::new(canvas) })
    }

    /// The picture in another size.
    ///
    /// # Errors
    /// If a side is 0.
    pub fn sized(&self, width: usize, height: usize) -> Result<Canvas> {
        if (self.canvas.width(), self.canvas.height()) == (width, height) {
            return Ok((*self.canvas).clone());
        }
        resize(&self.canvas, width, height, Filter::Bicubic, Light::Linear).map(Canvas::clamped)
    }

    /// As a PNG in a data URI.
    ///
    /// # Errors
    /// If the picture is too large for a PNG.
    pub fn to_uri(&self) -> Result<String> {
        let levels: Vec<u8> = self.canvas.rgb().iter().map(|v| (v * 255.0).round() as u8).collect();
        uri(&levels, [self.canvas.width(), self.canvas.height()], png::ColorType::Rgb)
    }

    fn from_uri(uri: &str) -> Result<Self> {
        let text =
            uri.strip_prefix(SCHEME).ok_or_else(|| Error::input(format!("it does not begin with '{SCHEME}'")))?;
        let bytes = STANDARD.decode(text).map_err(|e| Error::input(format!("it is no base64 text ({e})")))?;
        let failed = |e: png::DecodingError| Error::input(format!("it is no PNG ({e})"));
        let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().map_err(failed)?;
        let info = reader.info();
        let (width, height) = (info.width as usize, info.height as usize);
        if (info.color_type, info.bit_depth) != (png::ColorType::Rgb, png::BitDepth::Eight) {
            return Err(Error::input("it is not a PNG of 8 bits a channel, red, green and blue"));
        }
        check_size(width, height)?;
        let mut levels = vec![0; 3 * width * height];
        reader.next_frame(&mut levels).map_err(failed)?;
        Self::new(&Canvas::new(width, height, levels.iter().map(|v| f32::from(*v) / 255.0).collect())?)
    }
}

impl Serialize for Ground {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.to_uri().map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Ground {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let uri = String::deserialize(deserializer)?;
        Self::from_uri(&uri).map_err(|e| serde::de::Error::custom(format!("the ground's picture: {e}")))
    }
}

/// A grey picture of 8 bits, row by row, as a PNG in a data URI.
///
/// # Errors
/// If it is too large for a PNG.
pub(crate) fn grey_uri(levels: &[u8], size: [usize; 2]) -> Result<String> {
    uri(levels, size, png::ColorType::Grayscale)
}

fn uri(levels: &[u8], size: [usize; 2], colours: png::ColorType) -> Result<String> {
    let failed = |e: png::EncodingError| Error::limit(format!("a painting's picture cannot be written as PNG: {e}"));
    let side =
        |side: usize| u32::try_from(side).map_err(|_| Error::limit("a painting's picture is too large for a PNG"));
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side(size[0])?, side(size[1])?);
    encoder.set_color(colours);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(levels)).map_err(failed)?;
    Ok(format!("{SCHEME}{}", STANDARD.encode(bytes)))
}
