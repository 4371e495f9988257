//! The weights compiled into the program.

use scumble_core::Result;

use super::VggWeights;

/// SHA-256 of `models/vgg19-conv5_1-q8.safetensors`, the file compiled in.
pub const EMBEDDED_SHA256: &str = "02bfa2001796bf249fe48fad29082fe248659f2175b3a12e3e97eec64e7e667f";

/// The file's bytes.
#[cfg(feature = "embedded-vgg19")]
pub(super) static BYTES: &[u8] = include_bytes!("../../../../models/vgg19-conv5_1-q8.safetensors");

/// Reads the file compiled in.
#[cfg(feature = "embedded-vgg19")]
pub(super) fn read() -> Result<VggWeights> {
    let mut container = super::safetensors_file::SafetensorsFile::open(std::io::Cursor::new(BYTES))?;
    // The bytes are part of the program: their checksum is pinned here and checked by a test, not at every start.
    super::load::read_container(&mut container, super::load::Origin::known(EMBEDDED_SHA256))
        .map_err(|e| e.context("the embedded VGG-19"))
}

/// Says that nothing was compiled in.
#[cfg(not(feature = "embedded-vgg19"))]
pub(super) fn read() -> Result<VggWeights> {
    Err(scumble_core::Error::weights("this program was built without embedded weights").hint(
        "name a weight file or an imported model with --model (see 'scumble models import'), or build with the \
         feature 'embedded-vgg19'",
    ))
}

/// SHA-256 of the bytes compiled in; of nothing if there are none.
pub(super) fn actual_sha256() -> String {
    #[cfg(feature = "embedded-vgg19")]
    let bytes = BYTES;
    #[cfg(not(feature = "embedded-vgg19"))]
    let bytes: &[u8] = &[];
    super::checksum::of_bytes(bytes)
}
