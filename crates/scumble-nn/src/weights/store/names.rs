//! Names a model may have.

use std::path::Path;

/// Name of the model compiled into the program.
pub const EMBEDDED: &str = "vgg19";

/// Whether there is one.
pub(super) const HAS_EMBEDDED: bool = cfg!(feature = "embedded-vgg19");

/// Whether the name belongs to the weights compiled into the program.
pub(super) fn is_reserved(name: &str) -> bool {
    HAS_EMBEDDED && name == EMBEDDED
}

/// Whether the name can be a file's, without ever leaving the folder.
pub(super) fn is_valid_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 100
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// The file's name without its ending, in lower case, with '-' for what a name may not hold.
pub(super) fn default_name(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    stem.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect()
}
