//! What the program says: data on standard output, everything else on standard error.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use scumble::{Error, Fault, Result};
use serde_json::json;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// All was done.
    Done,
    /// The user stopped it.
    Interrupted,
}

/// Exit code of an interrupted program, by convention 128 and the signal's number.
pub const INTERRUPTED: u8 = 130;

impl From<Finish> for ExitCode {
    fn from(finish: Finish) -> Self {
        match finish {
            Finish::Done => ExitCode::SUCCESS,
            Finish::Interrupted => ExitCode::from(INTERRUPTED),
        }
    }
}

/// The exit code of an error: 2 for wrong arguments, 1 for everything else.
pub fn exit_code(error: &Error) -> ExitCode {
    ExitCode::from(if error.fault() == Fault::Parameter { 2 } else { 1 })
}

/// How messages are given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Voice {
    /// As JSON lines.
    pub json: bool,
    /// Errors only.
    pub quiet: bool,
}

impl Voice {
    /// Something the user should know that is not an error.
    pub fn note(self, text: &str) {
        if self.json {
            stderr_line(&json!({ "event": "note", "text": text }).to_string());
        } else if !self.quiet {
            stderr_line(&format!("note: {text}"));
        }
    }

    /// What was done.
    pub fn done(self, text: &str) {
        if !self.json && !self.quiet {
            stderr_line(text);
        }
    }

    /// What went wrong.
    pub fn error(self, error: &Error) {
        if self.json {
            let (fault, hint) = (error.fault().name(), error.hint_text());
            let message = error.to_string();
            stderr_line(&json!({ "event": "error", "fault": fault, "message": message, "hint": hint }).to_string());
            return;
        }
        let (title, hint) =
            if in_colour() { ("\x1b[1;31merror:\x1b[0m", "\x1b[1mhint:\x1b[0m") } else { ("error:", "hint:") };
        stderr_line(&format!("{title} {error}"));
        if let Some(text) = error.hint_text() {
            stderr_line(&format!("{hint} {text}"));
        }
    }
}

/// Whether standard error shows colours and the user wants them (<https://no-color.org>).
fn in_colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !refused && !dumb && std::io::stderr().is_terminal()
}

/// A line on standard error. Nobody is left to be told if that fails.
pub fn stderr_line(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Data on standard output. A reader that has gone away (`| head`) wants no more, which is no error.
///
/// # Errors
/// If writing fails otherwise.
pub fn data(bytes: impl AsRef<[u8]>) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes.as_ref()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Error::io(format!("cannot write to standard output: {e}"))),
        _ => Ok(()),
    }
}

/// An amount of memory, for people.
pub fn gib(bytes: u64) -> String {
    format!("{:.1} GiB", bytes as f64 / f64::from(1u32 << 30))
}

/// A JSON value on standard output, for people and programs.
///
/// # Errors
/// As [`data`].
pub fn json_data(value: &impl serde::Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(|e| Error::io(format!("cannot write as JSON: {e}")))?;
    data(text + "\n")
}
