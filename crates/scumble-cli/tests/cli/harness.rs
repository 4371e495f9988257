//! A temporary folder with pictures, and the program run in it.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use image::{ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;

/// Flags that make a run short: 64 pixels, one scale, two steps.
pub const SHORT: [&str; 4] = ["--size=64", "--min-size=64", "--initial-iterations=2", "--iterations=2"];

/// Tests of a command that must refuse what it is given, each with a snapshot of what it says.
macro_rules! refusals {
    ($command:literal in $place:expr; $($name:ident: $arguments:expr;)*) => {
        $(
            #[test]
            fn $name() {
                let arguments = [&[$command], &$arguments[..]].concat();
                insta::assert_snapshot!(concat!($command, "_", stringify!($name)), $place.refused(&arguments).shown());
            }
        )*
    };
}
pub(crate) use refusals;

/// Where a test works.
pub struct Place {
    folder: TempDir,
}

/// How the program ended.
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Place {
    /// A folder with `photo.png` (64 × 48) and `painting.png` (56 × 64).
    pub fn new() -> Self {
        let place = Self { folder: TempDir::new().expect("a temporary folder") };
        place.picture("photo.png", 64, 48, |x, y| [(x * 4) as u8, (y * 5) as u8, 128]);
        place.picture("painting.png", 56, 64, |x, y| [((x / 7 + y / 5) % 2 * 200) as u8, (x * y % 251) as u8, 60]);
        place
    }

    /// Writes a picture in the format of its name's ending.
    pub fn picture(&self, name: &str, width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) {
        let picture = RgbImage::from_fn(width, height, |x, y| Rgb(colour(x, y)));
        let format = ImageFormat::from_path(name).expect("a picture's name");
        picture.save_with_format(self.path(name), format).expect("a written picture");
    }

    /// A file's path.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file's bytes.
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Writes a file.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
    }

    /// The names of all files below the folder.
    pub fn files(&self) -> BTreeSet<PathBuf> {
        fn collect(folder: &Path, found: &mut BTreeSet<PathBuf>) {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    collect(&path, found);
                }
                found.insert(path);
            }
        }
        let mut found = BTreeSet::new();
        collect(self.folder.path(), &mut found);
        found
    }

    /// A program, to be run in the folder: no terminal, no input, imported models in `data`.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        command
    }

    /// Runs scumble.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        Ended::of(self.command(env!("CARGO_BIN_EXE_scumble")).args(arguments).output().expect("the program starts"))
    }

    /// Runs scumble, which must succeed.
    pub fn done(&self, arguments: &[&str]) -> Ended {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(0), "scumble {}\n{}", arguments.join(" "), ended.stderr);
        ended
    }

    /// Runs scumble, which must refuse, and leave and print nothing.
    pub fn refused(&self, arguments: &[&str]) -> Ended {
        let before = self.files();
        let ended = self.run(arguments);
        assert_ne!(ended.code, Some(0), "{}", ended.stderr);
        assert!(ended.stdout.is_empty(), "{}", ended.text());
        assert_eq!(self.files(), before, "something was left behind");
        ended
    }

    /// Starts scumble, which must tell its progress in JSON, and waits until it has told of some steps.
    pub fn started(&self, arguments: &[&str], steps: usize) -> (Child, BufReader<ChildStderr>) {
        let mut command = self.command(env!("CARGO_BIN_EXE_scumble"));
        let command = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut events = BufReader::new(child.stderr.take().expect("a pipe"));
        for _ in 0..steps {
            let mut line = String::new();
            while !line.contains("\"event\":\"step\"") {
                line.clear();
                let read = events.read_line(&mut line).expect("events");
                assert!(read > 0, "scumble {} ended too early", arguments.join(" "));
            }
        }
        (child, events)
    }

    /// The names of a method's presets, as the program lists them.
    pub fn presets(&self, method: &str) -> Vec<String> {
        let list = self.done(&["presets"]);
        let lines = list.text().lines().skip_while(|line| *line != format!("{method}:")).skip(1);
        let names = lines.take_while(|line| !line.ends_with(':')).filter_map(|line| line.split_whitespace().next());
        names.map(str::to_owned).collect()
    }

    /// Runs `neural` on the two pictures, shortly, with further arguments. It must succeed.
    pub fn neural(&self, arguments: &[&str]) -> Ended {
        self.done(&[&["neural", "photo.png", "painting.png"], &SHORT[..], arguments].concat())
    }
}

impl Ended {
    /// What a finished process left.
    pub fn of(output: Output) -> Self {
        let stderr = String::from_utf8(output.stderr).expect("messages in UTF-8");
        Self { code: output.status.code(), stdout: output.stdout, stderr }
    }

    /// Standard output as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("text on standard output")
    }

    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.stdout).expect("JSON on standard output")
    }

    /// Exit code, standard output and standard error, for snapshots.
    pub fn shown(&self) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        format!("exit code: {code}\n--- stdout\n{}--- stderr\n{}", self.text(), self.stderr)
    }
}
