//! Files that are written completely or not at all.

use std::fs::{self, Permissions};
use std::io::{Error as IoError, ErrorKind, Write};
use std::path::{Path, PathBuf};

use scumble_core::{Error, Result};
use tempfile::{Builder, NamedTempFile};

/// Writes a file: beside its place first, then renamed. On failure nothing is left behind and a file that
/// was there before is as it was.
///
/// The file has the permissions of the one it replaces, or the usual ones. A link is followed. What is
/// neither file nor folder (`/dev/null`, a pipe) is written to directly.
///
/// # Errors
/// `Fault::Io` if the folder is missing or may not be written, the place is a folder, or the disk is full.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    write_atomically_with(path, |out| out.write_all(bytes))
}

/// As [`write_atomically`], of bytes that need not be in memory all at once: `fill` writes them.
///
/// # Errors
/// As [`write_atomically`], and what `fill` fails with.
pub fn write_atomically_with(path: &Path, fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
    let failed = |e: IoError| Error::from_io("write", path, &e);
    let (place, replaced) = resolve(path)?;
    if replaced.as_ref().is_some_and(|old| !old.is_file()) {
        return fs::OpenOptions::new()
            .write(true)
            .open(&place)
            .and_then(|mut device| fill(&mut device))
            .map_err(failed);
    }
    let mut file = beside(&place, replaced.map(|old| old.permissions())).map_err(failed)?;
    // The bare file: the wrapper's errors name the temporary file, which nobody knows.
    fill(file.as_file_mut()).map_err(failed)?;
    // Before the name points to it: after a power cut there is the old file or the new one.
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&place).map_err(|e| failed(e.error))?;
    Ok(())
}

/// Finds out, before any work, whether [`write_atomically`] will find a place for its file.
///
/// # Errors
/// As [`write_atomically`], full disks excepted.
pub fn check_writable(path: &Path) -> Result<()> {
    let (place, replaced) = resolve(path)?;
    if replaced.is_some_and(|old| !old.is_file()) {
        return Ok(());
    }
    // Permissions, read-only file systems, quotas: only trying tells. The file is gone again at once.
    let tried = beside(&place, None);
    tried.map(drop).map_err(|e| Error::from_io("write", path, &e))
}

/// Where a file called `path` is written, links followed, and what is there now.
fn resolve(path: &Path) -> Result<(PathBuf, Option<fs::Metadata>)> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let replaced = fs::metadata(&place).ok();
    if path.file_name().is_none() || replaced.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(Error::io(format!("cannot write {}: it is a folder", path.display())).hint("name a file in it"));
    }
    Ok((place, replaced))
}

/// A file with a name of its own in the folder of `place`; it disappears unless it is given its place.
fn beside(place: &Path, permissions: Option<Permissions>) -> std::io::Result<NamedTempFile> {
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(IoError::from(ErrorKind::NotFound));
    }
    let mut builder = Builder::new();
    builder.prefix(".scumble-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What programs ask for when they make a file; the user's umask takes its share.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}
