//! Opening a file by its content.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use scumble_core::{Error, Result};

use super::container::Container;
use super::pickle::TorchFile;
use super::safetensors_file::SafetensorsFile;

/// Larger files are refused; the largest VGG file people have is 575 MB.
const MAX_FILE: u64 = 4 << 30;

const READABLE: &str = "scumble reads VGG-16 and VGG-19 from safetensors and from PyTorch's .pth";

/// Opens `path` as what its first bytes say it is. Errors continue the sentence "PATH: …".
pub(super) fn open(path: &Path) -> Result<Box<dyn Container>> {
    let start = first_bytes(path)?;
    if start.is_empty() {
        return Err(Error::weights("is empty").hint("the download or copy did not finish; do it again"));
    }
    if start.len() > 8 && start[8] == b'{' && start[4..8] == [0; 4] {
        let file = File::open(path).map_err(|e| unreadable(&e))?;
        return Ok(Box::new(SafetensorsFile::open(BufReader::new(file))?));
    }
    if looks_like_torch(&start) {
        return Ok(Box::new(TorchFile::open(path)?));
    }
    Err(match foreign(&start) {
        Some(kind) => Error::weights(format!("is {kind}, not a weight file scumble reads")).hint(READABLE),
        None if start.iter().all(|byte| *byte >= b'\t') => Error::weights("is text, not a weight file")
            .hint("was a web page or a Git LFS pointer saved in place of the file? download it again"),
        None => Error::weights("is not a weight file scumble reads").hint(READABLE),
    })
}

/// Up to 512 bytes from the start of a regular file of allowed size.
fn first_bytes(path: &Path) -> Result<Vec<u8>> {
    let about = std::fs::metadata(path).map_err(|e| unreadable(&e))?;
    if about.is_dir() {
        return Err(Error::weights("is a directory, not a weight file"));
    }
    if about.len() > MAX_FILE {
        return Err(Error::limit(format!("has {} bytes; weight files may have {MAX_FILE}", about.len()))
            .hint("save the network's state dict alone"));
    }
    let mut start = Vec::new();
    File::open(path).and_then(|file| file.take(512).read_to_end(&mut start)).map_err(|e| unreadable(&e))?;
    Ok(start)
}

fn unreadable(error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => Error::weights("no such file"),
        std::io::ErrorKind::PermissionDenied => Error::io("cannot be read: permission denied"),
        _ => Error::io(format!("cannot be read: {error}")),
    }
}

/// Zip, tar, or a binary pickle (the legacy stream opens with one).
fn looks_like_torch(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
        || start.get(257..262) == Some(b"ustar")
        || (start[0] == 0x80 && start.get(1).is_some_and(|protocol| (1..=5).contains(protocol)))
}

/// Formats people have that are not read.
fn foreign(start: &[u8]) -> Option<&'static str> {
    match start {
        [b'M', b'A', b'T', b'L', b'A', b'B', ..] => Some("a MATLAB file (MatConvNet)"),
        [0x89, b'H', b'D', b'F', ..] => Some("an HDF5 file (Keras, MATLAB)"),
        [0x1f, 0x8b, ..] => Some("a gzip archive"),
        [4, 0, 0, 0, 1, 0, 0, 0, ..] => Some("a Torch7 file"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => Some("a picture"),
        _ => None,
    }
}
