//! TIFF, deflated.

use std::io::Cursor;

use ::tiff::encoder::colortype::{ColorType, RGB8, RGB16, RGBA8, RGBA16};
use ::tiff::encoder::compression::DeflateLevel;
use ::tiff::encoder::{Compression, Predictor, TiffEncoder, TiffValue};
use ::tiff::tags::{ExtraSamples, Tag, Type};
use ::tiff::{Directory, TiffResult};
use scumble_core::Result;

use super::quantise::Level;
use super::{EncodeOptions, failure, quantise};
use crate::{Canvas, Depth, Format, recipe, srgb};

pub(super) fn encode(canvas: &Canvas, options: &EncodeOptions<'_>) -> Result<Vec<u8>> {
    let icc = srgb::encoded()?;
    let description = options.recipe.map(recipe::tiff_description);
    let file = Parts { canvas, icc: &icc, description: description.as_deref() };
    let written = match (options.depth, canvas.alpha().is_some()) {
        (Depth::Eight, false) => file.write::<RGB8>(),
        (Depth::Eight, true) => file.write::<RGBA8>(),
        (Depth::Sixteen, false) => file.write::<RGB16>(),
        (Depth::Sixteen, true) => file.write::<RGBA16>(),
    };
    written.map_err(|e| failure(Format::Tiff, e))
}

/// What goes into the file.
struct Parts<'a> {
    canvas: &'a Canvas,
    icc: &'a [u8],
    description: Option<&'a [u8]>,
}

impl Parts<'_> {
    fn write<C: ColorType>(&self) -> TiffResult<Vec<u8>>
    where
        C::Inner: Level,
        [C::Inner]: TiffValue,
    {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file)?
            .with_compression(Compression::Deflate(DeflateLevel::Balanced))
            .with_predictor(Predictor::Horizontal);
        let (width, height) = (self.canvas.width() as u32, self.canvas.height() as u32);
        let mut image = encoder.new_image::<C>(width, height)?;
        let directory = image.encoder();
        let mut tags = Directory::empty();
        tags.extend([(Tag::IccProfile, directory.write_entry_bytes(Type::UNDEFINED, self.icc)?)]);
        if let Some(text) = self.description {
            // Type ASCII, but UTF-8, as other programs write it; the crate's own strings refuse that.
            tags.extend([(Tag::ImageDescription, directory.write_entry_bytes(Type::ASCII, text)?)]);
        }
        directory.extend_from(&tags);
        if self.canvas.alpha().is_some() {
            let alpha = [ExtraSamples::UnassociatedAlpha.to_u16()];
            directory.write_tag(Tag::ExtraSamples, &alpha[..])?;
        }
        image.write_data(&quantise::rgb_or_rgba(self.canvas))?;
        Ok(file.into_inner())
    }
}
