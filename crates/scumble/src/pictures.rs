//! The pictures a recipe names: read, checked against their recorded checksums, decoded.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use scumble_core::{Error, Result};
use scumble_image::{Limits, Picture};
use sha2::{Digest, Sha256};

use crate::recipe::{PictureRef, StyleRef, unicode};

/// Endings of pictures, and of the files taken from a folder of styles.
pub(crate) const ENDINGS: [&str; 6] = ["jpg", "jpeg", "png", "tif", "tiff", "webp"];

/// Where the bytes of pictures come from: files, unless the caller knows better (standard input, an
/// upload). Any `FnMut(&Path) -> Option<Result<Vec<u8>>>` is one; `None` means "look for a file".
pub trait Source {
    /// The bytes of the picture called `path`, or nothing if it is to be read from the file system.
    ///
    /// # Errors
    /// If the picture is known to the source but cannot be had.
    fn bytes(&mut self, path: &Path) -> Option<Result<Vec<u8>>>;
}

impl<F: FnMut(&Path) -> Option<Result<Vec<u8>>>> Source for F {
    fn bytes(&mut self, path: &Path) -> Option<Result<Vec<u8>>> {
        self(path)
    }
}

/// Reads the pictures of one recipe.
pub(crate) struct Reader<'a> {
    pub source: &'a mut dyn Source,
    pub limits: &'a Limits,
}

impl Reader<'_> {
    /// A picture, with its checksum filled into `reference`. `flag` names what replaces it on the
    /// command line.
    pub fn picture(&mut self, reference: &mut PictureRef, flag: &str) -> Result<Picture> {
        self.read(&reference.path, &mut reference.sha256, flag)
    }

    /// The styles: folders become their pictures, each with the folder's weight.
    pub fn styles(&mut self, styles: &[StyleRef]) -> Result<Vec<(StyleRef, Picture)>> {
        let mut found = Vec::new();
        for style in styles {
            for path in pictures_of(&style.path)? {
                let mut one = StyleRef { path, ..style.clone() };
                let picture = self.read(&one.path, &mut one.sha256, "--style")?;
                found.push((one, picture));
            }
        }
        Ok(found)
    }

    fn read(&mut self, path: &Path, recorded: &mut Option<String>, flag: &str) -> Result<Picture> {
        let repeating = recorded.is_some();
        let bytes = match self.source.bytes(path) {
            Some(bytes) => bytes,
            None => read_file(path, self.limits),
        };
        let bytes = bytes.map_err(|e| if repeating { e.hint(elsewhere(flag)) } else { e })?;
        let actual = format!("{:x}", Sha256::digest(&bytes));
        if let Some(expected) = recorded.as_deref().filter(|expected| *expected != actual) {
            return Err(Error::input(format!(
                "{}: is not the file the recipe was made with: its SHA-256 was {expected}, now it is {actual}",
                path.display()
            ))
            .hint(elsewhere(flag)));
        }
        *recorded = Some(actual);
        scumble_image::decode(&bytes, &path.display().to_string(), self.limits)
    }
}

/// The bytes of a file, read no further than the decoder accepts: a device file may have no end.
///
/// # Errors
/// If the file cannot be read.
pub(crate) fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    let failed = |e: std::io::Error| Error::from_io("read", path, &e);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(limits.max_file_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn elsewhere(flag: &str) -> String {
    format!("if the picture is elsewhere, or another one is wanted, name it with {flag}")
}

/// A style's files: itself, or the pictures of a folder by name.
fn pictures_of(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |e: std::io::Error| Error::from_io("read", path, &e);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        let ending = file.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        if ending.is_some_and(|e| ENDINGS.contains(&e.as_str())) && file.is_file() {
            found.push(unicode(&file)?.to_owned());
        }
    }
    if found.is_empty() {
        return Err(Error::input(format!("{}: the folder holds no picture", path.display()))
            .hint(format!("pictures end in {}", ENDINGS.join(", "))));
    }
    found.sort();
    Ok(found)
}
