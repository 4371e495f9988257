//! The segments of a JPEG file (ITU-T T.81, annex B), without decoding it.

/// Start and end of the file, start of a scan, comment.
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
pub(crate) const COM: u8 = 0xfe;

/// What a JPEG file is made of.
pub(crate) struct Segments<'a> {
    /// Markers with their payload, in order.
    pub list: Vec<(u8, &'a [u8])>,
    /// Whether the end marker was reached, that is, nothing was cut off.
    pub complete: bool,
}

impl<'a> Segments<'a> {
    /// Reads as far as the file makes sense.
    pub fn of(bytes: &'a [u8]) -> Self {
        let mut segments = Self { list: Vec::new(), complete: false };
        let mut rest = bytes;
        while let Some((marker, behind)) = next_marker(rest) {
            rest = behind;
            match marker {
                EOI => {
                    segments.complete = true;
                    break;
                }
                SOI | 0x01 | 0xd0..=0xd7 => {}
                _ => {
                    let Some((length, _)) = rest.split_first_chunk::<2>() else {
                        break;
                    };
                    let length = usize::from(u16::from_be_bytes(*length));
                    let Some(payload) = rest.get(2..length) else {
                        break;
                    };
                    segments.list.push((marker, payload));
                    rest = &rest[length..];
                    if marker == SOS {
                        rest = behind_scan(rest);
                    }
                }
            }
        }
        segments
    }
}

/// The next marker and what follows it; anything before it is skipped, as decoders do.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let start = bytes.iter().position(|b| *b == 0xff)?;
    let length = bytes[start..].iter().position(|b| *b != 0xff)?;
    let (marker, behind) = bytes[start + length..].split_first()?;
    Some((*marker, behind))
}

/// What follows the entropy-coded data of a scan: a 0xff that is neither stuffed nor a restart marker.
fn behind_scan(bytes: &[u8]) -> &[u8] {
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
    let end = bytes.windows(2).position(ends);
    end.map_or(&[], |end| &bytes[end..])
}
