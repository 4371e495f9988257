//! Bad input becomes an error that names it, never a panic and never a heap of memory.

use proptest::prelude::*;
use scumble_core::Fault;
use scumble_image::{Canvas, Depth, EncodeOptions, Format, Limits, decode, encode, open, read_recipe};

use crate::support::{json, noise, reference};

fn fault_and_message(bytes: &[u8]) -> (Fault, String) {
    let error = decode(bytes, "x", &Limits::default()).unwrap_err();
    (error.fault(), error.to_string())
}

/// A PNG whose header claims the given sides, and that holds next to nothing.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let canvas = Canvas::filled(1, 1, [0.5; 3]);
    let mut bytes = encode(&canvas, Format::Png, &EncodeOptions::default()).unwrap();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&bytes[12..29]).to_be_bytes();
    bytes[29..33].copy_from_slice(&checksum);
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

#[test]
fn a_header_bomb_meets_the_limit() {
    let (fault, message) = fault_and_message(&png_claiming(20_000, 20_000));
    assert_eq!(fault, Fault::Limit);
    assert_eq!(message, "x is 20000x20000 pixels (400000000 in all), allowed are 268435456 pixels in all");
    let (fault, message) = fault_and_message(&png_claiming(70_000, 2));
    assert_eq!(fault, Fault::Limit);
    assert_eq!(message, "x is 70000x2 pixels (140000 in all), allowed are 65535 a side");
}

#[test]
fn a_header_that_claims_more_than_the_file_can_hold_is_damaged() {
    let (fault, message) = fault_and_message(&png_claiming(16_000, 16_000));
    assert_eq!(fault, Fault::Input);
    assert!(message.starts_with("x is damaged or cut short ("), "{message}");
    assert!(message.ends_with("bytes cannot hold 16000x16000 pixels)"), "{message}");

    let mut jpeg = std::fs::read(reference("files/progressive.jpg")).unwrap();
    let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc2]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x3e, 0x80, 0x3e, 0x80]);
    let (fault, message) = fault_and_message(&jpeg);
    assert_eq!(fault, Fault::Input);
    assert!(message.ends_with("bytes cannot hold 16000x16000 pixels)"), "{message}");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let limits = Limits { max_file_bytes: 20, ..Limits::default() };
    let error = open(&reference("files/rgb8.png"), &limits).unwrap_err();
    assert_eq!(error.fault(), Fault::Limit);
    #[cfg(unix)]
    {
        let error = open("/dev/zero".as_ref(), &limits).unwrap_err();
        assert_eq!(error.fault(), Fault::Limit);
    }
}

#[test]
fn what_is_no_picture_is_named() {
    for (bytes, message) in [
        (&b""[..], "x is an empty file"),
        (b"GIF89a", "x is a GIF picture"),
        (b"hello", "x is no picture in a known format"),
    ] {
        assert_eq!(fault_and_message(bytes), (Fault::Input, message.into()));
    }
    let folder = open(&reference("files"), &Limits::default()).unwrap_err();
    assert_eq!(folder.fault(), Fault::Input);
    assert!(folder.to_string().ends_with("is a directory, not a file"), "{folder}");
    let missing = open(&reference("files/none.png"), &Limits::default()).unwrap_err();
    assert_eq!(missing.fault(), Fault::Input);
    assert!(missing.to_string().ends_with("no such file"), "{missing}");
}

#[test]
fn kinds_that_cannot_be_read_are_named() {
    // A TIFF with a palette, which the decoder does not know.
    let mut tiff = std::fs::read(reference("files/rgb8.tif")).unwrap();
    let at = tiff.windows(4).position(|w| w == [0x06, 0x01, 0x03, 0x00]).unwrap();
    tiff[at + 8] = 3;
    let error = decode(&tiff, "x", &Limits::default()).unwrap_err();
    assert_eq!(error.fault(), Fault::Input);
    assert!(error.to_string().ends_with("is not supported"), "{error}");
    assert_eq!(error.hint_text(), Some("save the picture as an RGB or grey PNG with 8 or 16 bits"));
}

#[test]
fn every_truncation_is_an_error() {
    let canvas = noise(24, 16, 255);
    for format in [Format::Png, Format::Jpeg, Format::WebP, Format::Tiff] {
        for depth in [Depth::Eight, Depth::Sixteen] {
            let options = EncodeOptions { depth, recipe: Some("{}"), ..EncodeOptions::default() };
            let whole = encode(&canvas, format, &options).unwrap();
            // The last chunk of a PNG, and what follows the pixels of a WebP, are no pixels.
            let needed = match format {
                Format::Png => whole.len() - 16,
                Format::WebP => whole.windows(4).position(|w| w == b"XMP ").unwrap_or(whole.len()),
                _ => whole.len(),
            };
            for length in (0..needed).step_by(7).chain([needed - 1]) {
                let error = match decode(&whole[..length], "x", &Limits::default()) {
                    Err(error) => error,
                    Ok(_) => panic!("{format:?} {depth:?}: {length} of {} bytes", whole.len()),
                };
                assert_eq!(error.fault(), Fault::Input, "{format:?}: {length} bytes: {error}");
            }
        }
    }
}

#[test]
fn canvases_refuse_what_does_not_fit() {
    for (width, height, values) in [(0, 0, 0), (2, 2, 11), (usize::MAX, 2, 6)] {
        let error = Canvas::new(width, height, vec![0.0; values]).unwrap_err();
        assert_eq!(error.fault(), Fault::Input);
    }
    let error = Canvas::new(2, 1, vec![0.0, 0.0, 0.0, 0.0, f32::NAN, 0.0]).unwrap_err();
    assert_eq!(error.to_string(), "a picture holds NaN at pixel (1, 0), allowed are finite numbers");
    let canvas = Canvas::filled(2, 2, [0.0; 3]);
    assert_eq!(canvas.with_alpha(Some(vec![1.0])).unwrap_err().fault(), Fault::Input);
}

/// The reference pictures: every kind of file.
fn seeds() -> Vec<Vec<u8>> {
    let cases = json("decode.json");
    let file =
        |case: &serde_json::Value| std::fs::read(reference("files").join(case["file"].as_str().unwrap())).unwrap();
    cases.as_array().unwrap().iter().map(file).collect()
}

/// Small limits, so that damage to a header cannot make the tests slow.
const SMALL: Limits = Limits { max_pixels: 1 << 16, max_side: 1 << 12, max_file_bytes: 1 << 20 };

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn damaged_files_never_panic(
        index in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        static SEEDS: std::sync::LazyLock<Vec<Vec<u8>>> = std::sync::LazyLock::new(seeds);
        let mut bytes = SEEDS[index.index(SEEDS.len())].clone();
        for (at, value) in &damage {
            let at = at.index(bytes.len());
            bytes[at] = *value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = decode(&bytes, "x", &SMALL);
        let _ = read_recipe(&bytes);
    }

    #[test]
    fn random_bytes_behind_a_signature_never_panic(
        signature in prop::sample::select(vec![
            &b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff", b"RIFF\x40\0\0\0WEBPVP8L", b"RIFF\x40\0\0\0WEBPVP8X", b"II*\0\x08\0\0\0", b"MM\0*",
        ]),
        tail in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let bytes = [signature, &tail].concat();
        let _ = decode(&bytes, "x", &SMALL);
        let _ = read_recipe(&bytes);
    }
}
