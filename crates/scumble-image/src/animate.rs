//! Writing moving pictures.

mod apng;
mod gif;
mod part;
mod webp;

use std::path::Path;

use scumble_core::{Error, Result};

use crate::Canvas;

/// A format of moving pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Animation {
    /// Animated PNG: lossless.
    Apng,
    /// GIF: 256 colours, those of the last frame, with ordered dither.
    Gif,
    /// Animated WebP: lossless. Its ending is that of still pictures, too.
    WebP,
}

/// How long frames stay, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Each but the last.
    pub frame: u16,
    /// The last.
    pub last: u16,
}

impl Animation {
    /// The format of a file name's ending, `gif` or `apng`, that only moving pictures have; none if it is another one.
    pub fn from_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "apng" => Some(Self::Apng),
            "gif" => Some(Self::Gif),
            _ => None,
        }
    }

    /// The format of the ending of a name that is known to be a moving picture's: also `webp` and `png`.
    ///
    /// # Errors
    /// `Fault::Parameter` if it is another one.
    pub fn of_film(path: &Path) -> Result<Self> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("gif") => Ok(Self::Gif),
            Some("apng" | "png") => Ok(Self::Apng),
            Some("webp") => Ok(Self::WebP),
            _ => Err(Error::parameter(format!("{}: not the name of a moving picture", path.display()))
                .hint("let it end in gif, webp, apng or png")),
        }
    }
}

/// A moving picture's bytes, played once: `count` frames, one at a time, of which `last` is the last. Transparency is dropped.
///
/// # Errors
/// `Fault::Limit` if a side is too large for the format or frames differ in size or number; what a frame fails with.
pub fn animate(
    format: Animation,
    pace: Pace,
    count: usize,
    last: &Canvas,
    frames: &mut dyn Iterator<Item = Result<Canvas>>,
) -> Result<Vec<u8>> {
    let differ = || Error::limit("the frames of a moving picture differ in size or number");
    let size = (last.width(), last.height());
    let mut seen = 0;
    let mut frames = frames.map(|frame| {
        let frame = frame?;
        seen += 1;
        if seen > count || (frame.width(), frame.height()) != size {
            return Err(differ());
        }
        Ok(frame)
    });
    let file = match format {
        Animation::Apng => apng::encode(pace, count, last, &mut frames),
        Animation::Gif => gif::encode(pace, count, last, &mut frames),
        Animation::WebP => webp::encode(pace, count, last, &mut frames),
    }?;
    if seen == count { Ok(file) } else { Err(differ()) }
}
