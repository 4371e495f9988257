//! Animated WebP, lossless (RFC 9649): frames of what changed alone, transparent where nothing did.

use image_webp::{ColorType, WebPEncoder};
use scumble_core::{Error, Result};

use super::Pace;
use super::part::Part;
use crate::Canvas;
use crate::encode::quantise;

/// Longest side that the format allows.
const LONGEST: usize = 1 << 14;
/// The most bytes that a RIFF file tells the number of.
const MOST_BYTES: usize = u32::MAX as usize - 1;
/// Flags of the file: it moves, and has transparency.
const FLAGS: u32 = 0b1_0010;

pub(super) fn encode(
    pace: Pace,
    count: usize,
    last: &Canvas,
    frames: &mut dyn Iterator<Item = Result<Canvas>>,
) -> Result<Vec<u8>> {
    let (width, height) = (last.width(), last.height());
    if width.max(height) > LONGEST {
        return Err(Error::limit(format!(
            "a moving WebP has sides of {LONGEST} pixels at most, this one {width}×{height}"
        ))
        .hint("write it smaller, or as apng"));
    }
    let mut body = b"WEBP".to_vec();
    chunk(&mut body, b"VP8X", &[&FLAGS.to_le_bytes()[..], &three(width - 1), &three(height - 1)].concat());
    // Black ground, played once.
    chunk(&mut body, b"ANIM", &[0, 0, 0, 255, 1, 0]);
    let mut before: Vec<u8> = Vec::new();
    for (i, frame) in frames.enumerate() {
        let levels = quantise::rgb::<u8>(&frame?);
        let part = Part::changed(&before, &levels, width);
        let stays = if i + 1 == count { pace.last } else { pace.frame };
        chunk(&mut body, b"ANMF", &framed(&part, usize::from(stays))?);
        before = levels;
    }
    let mut file = Vec::with_capacity(body.len() + 8);
    if body.len() > MOST_BYTES {
        return Err(Error::limit(format!("the moving WebP would have {} bytes, allowed are {MOST_BYTES}", body.len()))
            .hint("write it smaller, or as apng"));
    }
    chunk(&mut file, b"RIFF", &body);
    Ok(file)
}

/// What a frame's chunk holds.
fn framed(part: &Part, milliseconds: usize) -> Result<Vec<u8>> {
    let failed = |e| Error::limit(format!("the moving picture cannot be written as WebP ({e})"));
    let [x, y] = part.at;
    let [width, height] = part.size;
    let mut still = Vec::new();
    WebPEncoder::new(&mut still)
        .encode(&part.rgba, width as u32, height as u32, ColorType::Rgba8)
        .map_err(|e| failed(e.to_string()))?;
    // A still picture is `RIFF`, its length, `WEBP` and its one chunk.
    let picture = still.get(12..).ok_or_else(|| failed("the frame is empty".into()))?;
    let mut bytes = [x / 2, y / 2, width - 1, height - 1, milliseconds].map(three).concat();
    // Blended with what lies below, which stays.
    bytes.push(0);
    bytes.extend(picture);
    Ok(bytes)
}

/// A chunk: its name, its length, and what it holds, made even.
fn chunk(file: &mut Vec<u8>, name: &[u8; 4], holds: &[u8]) {
    file.extend(name);
    file.extend((holds.len() as u32).to_le_bytes());
    file.extend(holds);
    file.extend((holds.len() % 2 == 1).then_some(0));
}

/// A number in three bytes.
fn three(number: usize) -> [u8; 3] {
    let [a, b, c, _] = (number as u32).to_le_bytes();
    [a, b, c]
}
