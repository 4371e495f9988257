//! The recipe inside a picture file: where each format keeps it, and how it is found again.
//!
//! | format | place |
//! |---|---|
//! | PNG | `iTXt` chunk with the keyword `scumble:recipe` |
//! | JPEG | comment segments `scumble:recipe N/COUNT`, a line feed, a part of the text |
//! | WebP | XMP property `scumble:recipe` |
//! | TIFF | tag ImageDescription: `scumble:recipe`, a line feed, the text |

use std::io::Cursor;

use image_webp::WebPDecoder;
use scumble_core::{Error, Result};

use crate::Format;
use crate::decode::tiff_recipe;
use crate::jpeg_segments::{COM, Segments};

/// What the recipe is called in every format.
pub(crate) const KEYWORD: &str = "scumble:recipe";
/// Most bytes of a recipe that is stored compressed.
const LARGEST_TEXT: usize = 16 << 20;
/// Text bytes in a comment segment; the segment may hold 65 533 with its heading.
const COMMENT_PART: usize = 65_000;

/// The recipe in a picture file, if scumble put one there; pixels are not decoded.
///
/// # Errors
/// `Fault::Input` if the file is no picture in a known format, or a PNG too damaged to be searched.
pub fn read_recipe(bytes: &[u8]) -> Result<Option<String>> {
    match Format::sniff(bytes, "the file")? {
        Format::Png => {
            let failed = |e| Error::input(format!("the PNG file is damaged or cut short ({e})"));
            let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().map_err(failed)?;
            if let Some(recipe) = in_png(reader.info()) {
                return Ok(Some(recipe));
            }
            reader.finish().map_err(failed)?;
            Ok(in_png(reader.info()))
        }
        Format::Jpeg => Ok(in_jpeg(&Segments::of(bytes))),
        Format::WebP => {
            let mut decoder = WebPDecoder::new(Cursor::new(bytes)).ok();
            let xmp = decoder.as_mut().and_then(|d| d.xmp_metadata().ok().flatten());
            Ok(xmp.and_then(|xmp| in_xmp(&xmp)))
        }
        Format::Tiff => Ok(tiff_recipe(bytes)),
    }
}

/// The recipe among a PNG's texts; other programs may have changed the kind of chunk.
pub(crate) fn in_png(info: &png::Info<'_>) -> Option<String> {
    let international = info.utf8_text.iter().find(|t| t.keyword == KEYWORD).cloned();
    if let Some(mut chunk) = international {
        chunk.decompress_text_with_limit(LARGEST_TEXT).ok()?;
        return chunk.get_text().ok();
    }
    let compressed = info.compressed_latin1_text.iter().find(|t| t.keyword == KEYWORD).cloned();
    if let Some(mut chunk) = compressed {
        chunk.decompress_text_with_limit(LARGEST_TEXT).ok()?;
        return chunk.get_text().ok();
    }
    let plain = info.uncompressed_latin1_text.iter().find(|t| t.keyword == KEYWORD);
    plain.map(|chunk| chunk.text.clone())
}

/// The comments that hold a recipe, without their segment headers.
pub(crate) fn jpeg_comments(recipe: &str) -> Vec<Vec<u8>> {
    let parts = recipe.as_bytes().chunks(COMMENT_PART);
    let count = parts.len();
    let comment = |(i, part): (usize, &[u8])| {
        let heading = format!("{KEYWORD} {}/{count}\n", i + 1);
        [heading.as_bytes(), part].concat()
    };
    parts.enumerate().map(comment).collect()
}

/// The recipe in a JPEG's comments.
pub(crate) fn in_jpeg(segments: &Segments<'_>) -> Option<String> {
    let mut text = Vec::new();
    let mut found = 0;
    let mut expected = 1;
    for (_, payload) in segments.list.iter().filter(|(marker, _)| *marker == COM) {
        let heading_end = payload.iter().position(|b| *b == b'\n');
        let Some((heading, part)) = heading_end.map(|at| (&payload[..at], &payload[at + 1..])) else {
            continue;
        };
        let place = str::from_utf8(heading).ok().and_then(|h| h.strip_prefix(KEYWORD));
        let Some((number, count)) = place.and_then(|p| p.trim().split_once('/')) else {
            continue;
        };
        if number.parse() == Ok(found + 1) {
            found += 1;
            expected = count.parse().unwrap_or(usize::MAX);
            text.extend_from_slice(part);
        }
    }
    (found == expected).then(|| String::from_utf8(text).ok())?
}

/// An XMP packet (ISO 16684-1) that holds a recipe.
pub(crate) fn xmp(recipe: &str) -> Vec<u8> {
    let escaped = recipe.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // A parser would read a bare carriage return as a line feed.
    let escaped = escaped.replace('\r', "&#13;");
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:scumble=\"urn:scumble\">\
         <{KEYWORD}>{escaped}</{KEYWORD}>\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>"
    )
    .into_bytes()
}

/// The recipe in an XMP packet.
pub(crate) fn in_xmp(packet: &[u8]) -> Option<String> {
    let packet = str::from_utf8(packet).ok()?;
    let (_, behind) = packet.split_once(&format!("<{KEYWORD}>"))?;
    let (escaped, _) = behind.split_once(&format!("</{KEYWORD}>"))?;
    let text = escaped.replace("&#13;", "\r").replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&apos;", "'");
    Some(text.replace("&amp;", "&"))
}

/// The value of a TIFF's ImageDescription that holds a recipe.
pub(crate) fn tiff_description(recipe: &str) -> Vec<u8> {
    [KEYWORD.as_bytes(), b"\n", recipe.as_bytes(), b"\0"].concat()
}

/// The recipe in a TIFF's ImageDescription.
pub(crate) fn in_tiff(description: Option<Vec<u8>>) -> Option<String> {
    let text = String::from_utf8(description?).ok()?;
    let recipe = text.strip_prefix(KEYWORD)?.strip_prefix('\n')?;
    Some(recipe.trim_end_matches('\0').to_owned())
}
