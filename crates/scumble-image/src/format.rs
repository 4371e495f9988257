//! The picture formats: told by content when reading, by the name's ending when writing.

use std::path::Path;

use scumble_core::{Error, Result, suggest};

/// Bits a colour value has in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Depth {
    /// 8 bits, 256 levels.
    #[default]
    Eight,
    /// 16 bits, 65536 levels: PNG and TIFF only. Floating-point pictures count as this.
    Sixteen,
}

/// A file format pictures are read from and written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// PNG: lossless, 8 or 16 bits, transparency.
    Png,
    /// JPEG: lossy, 8 bits, no transparency, at most 65535 a side.
    Jpeg,
    /// WebP: written lossless, 8 bits, transparency, at most 16383 a side.
    WebP,
    /// TIFF: lossless, 8 or 16 bits, transparency.
    Tiff,
}

/// Endings of file names and what they stand for.
const ENDINGS: [(&str, Format); 6] = [
    ("png", Format::Png),
    ("jpg", Format::Jpeg),
    ("jpeg", Format::Jpeg),
    ("webp", Format::WebP),
    ("tif", Format::Tiff),
    ("tiff", Format::Tiff),
];

/// How files of other kinds begin, to name them when they are refused: offset, bytes, name.
const FOREIGN: [(usize, &[u8], &str); 12] = [
    (0, b"GIF8", "a GIF picture"),
    (0, b"BM", "a BMP picture"),
    (4, b"ftyphei", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIC picture"),
    (4, b"ftypavif", "an AVIF picture"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (4, b"JXL ", "a JPEG XL picture"),
    (4, b"jP  ", "a JPEG 2000 picture"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"%PDF", "a PDF document"),
    (0, b"<svg", "an SVG drawing"),
    (0, b"<?xml", "an XML document"),
];

impl Format {
    /// The format a file is to be written in, from its name's ending.
    ///
    /// # Errors
    /// `Fault::Parameter` if there is no ending or it stands for no format; names the allowed ones.
    pub fn from_path(path: &Path) -> Result<Self> {
        let shown = path.display();
        let allowed = ENDINGS.map(|(ending, _)| ending).join(", ");
        let Some(ending) = path.extension() else {
            return Err(Error::parameter(format!(
                "cannot tell the format of {shown}: its name has no ending, allowed are {allowed}"
            ))
            .hint(format!("for example {shown}.png")));
        };
        let ending = ending.to_string_lossy().to_lowercase();
        let known = ENDINGS.iter().find(|(known, _)| *known == ending);
        known.map(|(_, format)| *format).ok_or_else(|| {
            Error::parameter(format!(
                "cannot write {shown}: no format has the ending '{ending}', allowed are {allowed}"
            ))
            .maybe_hint(suggest(&ending, ENDINGS.map(|(known, _)| known)))
        })
    }

    /// The format's name.
    pub fn name(self) -> &'static str {
        match self {
            Format::Png => "PNG",
            Format::Jpeg => "JPEG",
            Format::WebP => "WebP",
            Format::Tiff => "TIFF",
        }
    }

    /// The format a file's content is in.
    pub(crate) fn sniff(bytes: &[u8], name: &str) -> Result<Self> {
        let at = |offset: usize, magic: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic));
        if at(0, b"\x89PNG\r\n\x1a\n") {
            Ok(Format::Png)
        } else if at(0, b"\xff\xd8\xff") {
            Ok(Format::Jpeg)
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Ok(Format::WebP)
        } else if [&b"II*\0"[..], b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|m| at(0, m)) {
            Ok(Format::Tiff)
        } else {
            let foreign = FOREIGN.iter().find(|(offset, magic, _)| at(*offset, magic));
            let kind = match foreign {
                _ if bytes.is_empty() => "an empty file",
                Some((_, _, kind)) => kind,
                None => "no picture in a known format",
            };
            Err(Error::input(format!("{name} is {kind}")).hint("pictures are read from PNG, JPEG, WebP and TIFF files"))
        }
    }
}
