//! Ctrl-C, and its relatives SIGTERM and SIGHUP: the first stops and keeps the picture, the second ends
//! the program at once.

use std::sync::atomic::{AtomicUsize, Ordering};

use scumble::{Error, Result};

use crate::report::{INTERRUPTED, Voice};

static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Starts to listen.
///
/// # Errors
/// If the system does not allow it.
pub fn listen(voice: Voice) -> Result<()> {
    ctrlc::set_handler(move || match COUNT.fetch_add(1, Ordering::SeqCst) {
        0 => voice.note("stopping after this step and keeping the picture; once more ends at once"),
        _ => std::process::exit(INTERRUPTED.into()),
    })
    .map_err(|e| Error::io(format!("cannot listen for Ctrl-C: {e}")))
}

/// Whether the user has asked to stop.
pub fn requested() -> bool {
    COUNT.load(Ordering::SeqCst) > 0
}
