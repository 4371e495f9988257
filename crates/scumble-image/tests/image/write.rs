//! Files are written completely or not at all.

use std::fs;
use std::path::Path;

use scumble_core::Fault;
use scumble_image::{check_writable, write_atomically};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_written_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    check_writable(&path).unwrap();
    assert!(names(folder.path()).is_empty());
    write_atomically(&path, b"one").unwrap();
    check_writable(&path).unwrap();
    write_atomically(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(names(folder.path()), ["a.png"]);
}

#[test]
fn a_missing_folder_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none/a.png");
    for error in [check_writable(&path).unwrap_err(), write_atomically(&path, b"x").unwrap_err()] {
        assert_eq!(error.fault(), Fault::Io);
        let expected = format!("cannot write {}: its folder does not exist", path.display());
        assert_eq!(error.to_string(), expected);
    }
    // A file where the folder should be.
    fs::write(folder.path().join("none"), b"").unwrap();
    assert_eq!(check_writable(&path).unwrap_err().fault(), Fault::Io);
    assert_eq!(names(folder.path()), ["none"]);
}

#[test]
fn a_folder_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sub");
    fs::create_dir(&path).unwrap();
    for error in [check_writable(&path).unwrap_err(), write_atomically(&path, b"x").unwrap_err()] {
        assert_eq!(error.fault(), Fault::Io);
        assert_eq!(error.to_string(), format!("cannot write {}: it is a folder", path.display()));
    }
    assert_eq!(names(folder.path()), ["sub"]);
    assert!(names(&path).is_empty());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn new_files_have_usual_permissions_and_replaced_ones_keep_theirs() {
        let folder = tempfile::tempdir().unwrap();
        let usual = folder.path().join("usual");
        fs::write(&usual, b"").unwrap();
        let path = folder.path().join("a.png");
        write_atomically(&path, b"x").unwrap();
        assert_eq!(mode(&path), mode(&usual));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write_atomically(&path, b"y").unwrap();
        assert_eq!(mode(&path), 0o640);
    }

    #[test]
    fn links_are_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, b"old").unwrap();
        symlink(&file, &link).unwrap();
        write_atomically(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
    }

    #[test]
    fn devices_are_written_to_and_not_replaced() {
        use std::os::unix::fs::FileTypeExt;
        check_writable("/dev/null".as_ref()).unwrap();
        write_atomically("/dev/null".as_ref(), b"x").unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }

    /// `/dev/full` takes nothing: what a full disk answers, without one.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named() {
        let error = write_atomically("/dev/full".as_ref(), b"x").unwrap_err();
        assert_eq!(error.fault(), Fault::Io);
        assert_eq!(error.to_string(), "cannot write /dev/full: the disk is full");
    }

    #[test]
    fn a_folder_without_permission_is_an_error_and_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        fs::write(&path, b"old").unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
        // The superuser may write anywhere; there is nothing to see then.
        if fs::write(folder.path().join("probe"), b"").is_err() {
            assert_eq!(check_writable(&path).unwrap_err().fault(), Fault::Io);
            assert_eq!(write_atomically(&path, b"new").unwrap_err().fault(), Fault::Io);
            assert_eq!(fs::read(&path).unwrap(), b"old");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// A failure in the middle of writing, by a limit on the size of files in a child process.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_failure_half_way_leaves_nothing_behind() {
        const FOLDER: &str = "SCUMBLE_TEST_HALF_WAY";
        if let Some(folder) = std::env::var_os(FOLDER) {
            let path = Path::new(&folder).join("a.png");
            assert_eq!(write_atomically(&path, &[0; 1 << 20]).unwrap_err().fault(), Fault::Io);
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.png"), b"old").unwrap();
        let test = "write::unix::a_failure_half_way_leaves_nothing_behind";
        // 64 KiB a file; the signal of exceeding it ignored, so that writing returns an error.
        let script = format!("trap '' XFSZ; ulimit -f 64; exec \"$0\" --exact {test}");
        let status = Command::new("sh")
            .args(["-c", &script])
            .arg(std::env::current_exe().unwrap())
            .env(FOLDER, folder.path())
            .output()
            .unwrap();
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stdout));
        assert_eq!(names(folder.path()), ["a.png"]);
        assert_eq!(fs::read(folder.path().join("a.png")).unwrap(), b"old");
    }
}
