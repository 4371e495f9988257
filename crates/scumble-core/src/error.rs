//! One error type for the whole program, sorted by whose fault it is.

use std::fmt::Display;
use std::path::Path;

/// Shorthand for a result with scumble's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Whose fault an error is; callers decide on this, people read the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fault {
    /// A picture, recipe or other input file is missing, damaged or unusable.
    Input,
    /// A parameter is unknown, out of range or contradicts another.
    Parameter,
    /// The work asked for exceeds a limit (pixels, memory, smallest size).
    Limit,
    /// A weight file is missing, damaged or holds another network.
    Weights,
    /// The compute device is absent or failed.
    Device,
    /// Reading or writing failed in the operating system (permissions, full disk).
    Io,
}

impl Fault {
    /// The name used in JSON output and logs.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Input => "input",
            Fault::Parameter => "parameter",
            Fault::Limit => "limit",
            Fault::Weights => "weights",
            Fault::Device => "device",
            Fault::Io => "io",
        }
    }
}

/// What went wrong: names the thing, its value and what is allowed; may carry a hint.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    fault: Fault,
    message: String,
    hint: Option<String>,
}

macro_rules! constructors {
    ($($(#[$doc:meta])* $name:ident => $fault:ident),* $(,)?) => {
        $($(#[$doc])* pub fn $name(message: impl Display) -> Self { Self::new(Fault::$fault, message) })*
    };
}

impl Error {
    /// An error of the given fault.
    pub fn new(fault: Fault, message: impl Display) -> Self {
        Self { fault, message: message.to_string(), hint: None }
    }

    constructors! {
        /// A missing, damaged or unusable input.
        input => Input,
        /// An unknown or out-of-range parameter.
        parameter => Parameter,
        /// More work than a limit allows.
        limit => Limit,
        /// A missing, damaged or foreign weight file.
        weights => Weights,
        /// An absent or failed device.
        device => Device,
        /// A failure of the operating system.
        io => Io,
    }

    /// An I/O failure while doing `what` ("read", "write") to `path`. A missing file or a directory
    /// in a file's place counts as the input's fault when reading.
    pub fn from_io(what: &str, path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{
            FileTooLarge, InvalidData, IsADirectory, NotFound, PermissionDenied, QuotaExceeded, StorageFull,
        };
        let shown = path.display();
        match (what, error.kind()) {
            ("read", NotFound) => Self::input(format!("{shown}: no such file")).hint(neighbour(path)),
            ("read", IsADirectory) => {
                Self::input(format!("{shown}: is a directory, not a file")).hint("name a file in it")
            }
            // What the standard library says of text that is not UTF-8.
            ("read", InvalidData) => Self::input(format!("{shown}: is damaged, or not text")),
            ("write", NotFound) => Self::io(format!("cannot write {shown}: its folder does not exist"))
                .hint("create the folder first, or choose another --output"),
            ("write", kind @ (StorageFull | FileTooLarge | QuotaExceeded)) => {
                let why = match kind {
                    StorageFull => "the disk is full",
                    FileTooLarge => "larger files are not allowed here",
                    _ => "the quota is used up",
                };
                Self::io(format!("cannot write {shown}: {why}"))
                    .hint("free some space or choose another --output; nothing was left behind")
            }
            (_, PermissionDenied) => Self::io(format!("cannot {what} {shown}: permission denied")),
            _ => Self::io(format!("cannot {what} {shown}: {error}")),
        }
    }

    /// Adds what the user may do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// Adds a hint where there is one.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Puts `what: ` in front of the message.
    #[must_use]
    pub fn context(mut self, what: impl Display) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }

    /// Whose fault it is.
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// What the user may do about it, if anything is known.
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

/// Refuses a parameter whose value is outside `least..=most`, or no number.
///
/// # Errors
/// [`Fault::Parameter`] names it, its value and what is allowed.
pub fn within<T: PartialOrd + Display>(name: &str, value: T, least: T, most: T) -> Result<()> {
    if (&least..=&most).contains(&&value) {
        return Ok(());
    }
    Err(Error::parameter(format!("{name} is {value}, allowed is {least} to {most}")))
}

/// What to do about a file that is not there: the file nearest to it by name, if there is one in its folder.
fn neighbour(path: &Path) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else {
        return format!("there is no folder {}; paths are relative to the current one", folder.display());
    };
    let mut names: Vec<String> = entries.flatten().filter_map(|e| e.file_name().into_string().ok()).collect();
    // Of equally near ones always the same.
    names.sort();
    let wanted = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    suggest(&wanted, names.iter().map(String::as_str))
        .unwrap_or_else(|| "check the spelling; paths are relative to the current folder".into())
}

/// The candidate nearest to `given` within a third of its length in edits, for "did you mean" hints.
pub fn suggest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let allowed = (given.chars().count() / 3).max(2);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(given, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| format!("did you mean '{candidate}'?"))
}
