//! Trying out graphics devices in a child process, which a driver may crash or hang.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use scumble::{Adapter, Environment, Finding, Probed, Prober, Result, choose_device};
use serde::{Deserialize, Serialize};

use crate::report::Voice;

/// The longest time that opening a device may take: loaders look at every driver installed.
const OPENING: Duration = Duration::from_secs(30);
/// The longest time of a self-test. A card takes about a second, most of it for translating programs.
const TESTING: Duration = Duration::from_secs(120);
/// Most bytes of a child's output that are looked at.
const MOST_OUTPUT: u64 = 64 << 10;
/// How often a child that has nothing more to say is asked whether it has ended.
const PAUSE: Duration = Duration::from_millis(5);

/// A line that `scumble probe` prints.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    /// What the device is.
    Adapter(Adapter),
    /// Whether it works.
    Finding(Finding),
}

/// The environment with the device that computes: `auto` decided, a graphics device tried out.
///
/// # Errors
/// If a device asked for by name is unknown, not in this build, or does not work.
pub fn with_device(environment: Environment, voice: Voice) -> Result<Environment> {
    let choice = choose_device(&environment, &mut Probe::default())?;
    choice.notes.iter().for_each(|note| voice.note(note));
    Ok(Environment { device: choice.device, ..environment })
}

/// Runs `scumble probe`, or what stands in for it in tests.
pub struct Probe {
    program: OsString,
    arguments: Vec<OsString>,
    opening: Duration,
    testing: Duration,
}

impl Default for Probe {
    fn default() -> Self {
        // Where the system does not tell, the first argument is the best guess.
        let program = std::env::current_exe().map(OsString::from).ok().or_else(|| std::env::args_os().next());
        Self {
            program: program.unwrap_or_else(|| "scumble".into()),
            arguments: vec!["probe".into()],
            opening: OPENING,
            testing: TESTING,
        }
    }
}

impl Prober for Probe {
    fn probe(&mut self, device: &str, known: Option<&Adapter>) -> Probed {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).arg(device);
        if let Some(known) = known.and_then(|known| serde_json::to_string(known).ok()) {
            command.arg("--known").arg(known);
        }
        // Drivers chat on standard error; who wants to hear it calls `scumble probe`.
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut seen = Seen { adapter: None, finding: None };
        let failure = match command.spawn() {
            Ok(mut child) => {
                let failure = self.watch(&mut child, device, &mut seen);
                // It has ended, or it has to.
                let _ = child.kill();
                let _ = child.wait();
                failure
            }
            Err(e) => Some(format!("device '{device}' was not tried out: no process can be started: {e}")),
        };
        let finding = match (failure, seen.finding) {
            (Some(reason), _) => Finding::Failed { reason },
            (None, Some(finding)) => finding,
            (None, None) => Finding::Failed { reason: format!("device '{device}' was tried out without a result") },
        };
        Probed { adapter: seen.adapter, finding }
    }
}

/// What a child has said.
struct Seen {
    adapter: Option<Adapter>,
    finding: Option<Finding>,
}

impl Seen {
    /// Takes what is a line of the protocol; drivers print what they like.
    fn take(&mut self, line: &str) {
        match serde_json::from_str(line) {
            Ok(Line::Adapter(adapter)) => self.adapter = Some(adapter),
            Ok(Line::Finding(finding)) => self.finding = Some(finding),
            Err(_) => {}
        }
    }
}

impl Probe {
    /// Listens to a child until it ends. What went wrong, if it did not end well.
    fn watch(&self, child: &mut Child, device: &str, seen: &mut Seen) -> Option<String> {
        let lines = lines(child);
        let mut started = Instant::now();
        loop {
            let (most, doing) =
                if seen.adapter.is_none() { (self.opening, "opened") } else { (self.testing, "tried out") };
            let Some(left) = most.checked_sub(started.elapsed()) else {
                return Some(format!("device '{device}' could not be {doing} within {} s", most.as_secs_f32()));
            };
            match lines.recv_timeout(left) {
                Ok(line) => {
                    let was_open = seen.adapter.is_some();
                    seen.take(&line);
                    if seen.adapter.is_some() && !was_open {
                        started = Instant::now();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => match child.try_wait() {
                    Ok(Some(status)) if status.success() => return None,
                    Ok(Some(status)) => return Some(crashed(device, status)),
                    Ok(None) => std::thread::sleep(PAUSE),
                    Err(e) => return Some(format!("device '{device}' was lost sight of: {e}")),
                },
            }
        }
    }
}

/// The lines a child prints. The thread that reads ends with the child, or as soon as nobody listens.
fn lines(child: &mut Child) -> Receiver<String> {
    let (send, receive) = channel();
    if let Some(output) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut output = BufReader::new(output.take(MOST_OUTPUT));
            let mut line = Vec::new();
            while output.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                if send.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                    break;
                }
                line.clear();
            }
        });
    }
    receive
}

fn crashed(device: &str, status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("the driver of device '{device}' crashed while it was tried out (signal {signal})");
    }
    format!("the driver of device '{device}' failed while it was tried out ({status})")
}

#[cfg(all(test, unix))]
mod tests;
