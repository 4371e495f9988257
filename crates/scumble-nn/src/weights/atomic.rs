//! Files that appear whole or not at all.

use std::io::{BufWriter, Write};
use std::path::Path;

use scumble_core::{Error, Result};

/// Writes a file beside its place, then renames it.
pub(super) fn write_beside(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut tempfile::NamedTempFile>) -> std::io::Result<()>,
) -> Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let save = || -> std::io::Result<()> {
        let mut beside = tempfile::Builder::new();
        beside.prefix(".scumble-").suffix(".part");
        // Temporary files are their owner's alone by default; models are ordinary files.
        #[cfg(unix)]
        beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = beside.tempfile_in(folder)?;
        let mut out = BufWriter::with_capacity(1 << 20, &mut file);
        write(&mut out)?;
        out.flush()?;
        drop(out);
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    save().map_err(|e| Error::from_io("write", path, &e))
}
