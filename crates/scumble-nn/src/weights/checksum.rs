//! SHA-256 of files, and the digits torch hub puts into file names.

use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

use scumble_core::{Error, Result};
use sha2::{Digest, Sha256};

use super::PixelConvention;

/// First digits of published files' SHA-256, and what they hold: torchvision's own training, and
/// jcjohnson's and pystiche's conversions of the Oxford models.
const PUBLISHED: [(&str, PixelConvention); 6] = [
    ("dcbb9e9d", PixelConvention::Torch),
    ("397923af", PixelConvention::Torch),
    ("d01eb7cb", PixelConvention::Caffe),
    ("00b39a1b", PixelConvention::Caffe),
    ("74e45263", PixelConvention::Caffe),
    ("781be684", PixelConvention::Caffe),
];

/// The convention of a published file, told by its checksum.
pub(super) fn published_convention(sha256: &str) -> Option<PixelConvention> {
    PUBLISHED.iter().find(|(digits, _)| sha256.starts_with(digits)).map(|(_, convention)| *convention)
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 of a whole file, read in pieces.
pub(super) fn of_file(path: &Path) -> Result<String> {
    let read = || -> std::io::Result<String> {
        let mut file = std::fs::File::open(path)?;
        let mut hash = Sha256::new();
        let mut piece = vec![0; 1 << 20];
        loop {
            match file.read(&mut piece)? {
                0 => return Ok(hex(&hash.finalize())),
                n => hash.update(&piece[..n]),
            }
        }
    };
    read().map_err(|e| Error::io(format!("cannot be read: {e}")))
}

/// The checksum a torch-hub name promises: `vgg19-dcbb9e9d.pth` gives `dcbb9e9d`.
///
/// Eight decimal digits are taken for a date.
pub(super) fn promised(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    let (name, digits) = stem.rsplit_once('-')?;
    let torch = path.extension().is_some_and(|e| e == "pth" || e == "pt" || e == "th");
    let checksum = digits.len() == 8
        && digits.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase())
        && !digits.bytes().all(|b| b.is_ascii_digit());
    (torch && checksum && name.starts_with("vgg")).then(|| digits.to_owned())
}

/// Compares a file's checksum with the one its name promises, if any.
pub(super) fn check_name(path: &Path, sha256: &str) -> Result<()> {
    match promised(path) {
        Some(digits) if !sha256.starts_with(&digits) => Err(Error::weights(format!(
            "its SHA-256 begins with {}, but its name promises {digits}",
            &sha256[..8]
        ))
        .hint(
            "the download is incomplete or damaged: fetch it again; if the file is another one on purpose, rename it",
        )),
        _ => Ok(()),
    }
}

/// SHA-256 of bytes in memory.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
