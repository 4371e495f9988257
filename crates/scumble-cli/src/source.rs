//! Pictures that do not come from the files their recipe names.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use scumble::{Error, PictureRef, Result, Source};
use sha2::{Digest, Sha256};

/// The name of standard input among files.
pub const STDIN: &str = "-";

/// Standard input, read when a recipe first names it, and files that take the place of others.
#[derive(Debug, Default)]
pub struct Pictures {
    bytes: BTreeMap<PathBuf, Vec<u8>>,
}

impl Source for Pictures {
    fn bytes(&mut self, path: &Path) -> Option<Result<Vec<u8>>> {
        if path == Path::new(STDIN) && !self.bytes.contains_key(path) {
            match read_stdin() {
                Ok(bytes) => self.bytes.insert(path.to_owned(), bytes),
                Err(e) => return Some(Err(e)),
            };
        }
        self.bytes.get(path).cloned().map(Ok)
    }
}

impl Pictures {
    /// Lets `file` stand for a recorded picture. If it is the very picture that was recorded, only in
    /// another place, the recipe stays as it is, and so does the picture made from it; else the recipe
    /// names `file` from now on.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn stand_in(&mut self, reference: &mut PictureRef, file: &Path) -> Result<()> {
        let bytes = if file == Path::new(STDIN) { read_stdin() } else { read(file) }?;
        let checksum = format!("{:x}", Sha256::digest(&bytes));
        if reference.sha256.as_deref() != Some(&checksum) {
            *reference = PictureRef { path: file.to_owned(), sha256: None };
        }
        self.bytes.insert(reference.path.clone(), bytes);
        Ok(())
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|e| Error::from_io("read", file, &e))
}

fn read_stdin() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|e| Error::input(format!("cannot read standard input: {e}")))?;
    Ok(bytes)
}
