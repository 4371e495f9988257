//! Saves a run from time to time.

use std::time::Instant;

use scumble::{End, Moment};
use serde_json::Value;

use crate::args::output::Saving;
use crate::report::Voice;

/// Saves a run where that is wished for.
pub struct Saver<'a> {
    saving: Option<&'a Saving>,
    notes: Value,
    voice: Voice,
    last: Instant,
    saved: bool,
}

impl<'a> Saver<'a> {
    /// The first interval begins.
    pub fn new(saving: Option<&'a Saving>, voice: Voice) -> Self {
        // A name that is not Unicode cannot be noted; whoever goes on must name the output then.
        let notes = saving.and_then(|saving| serde_json::to_value(&saving.flags).ok()).unwrap_or_default();
        Self { saving, notes, voice, last: Instant::now(), saved: false }
    }

    /// Saves if it is time, or the last chance.
    pub fn after_step(&mut self, moment: &Moment<'_>) {
        let Some(saving) = self.saving else { return };
        if !moment.stopping && self.last.elapsed() < saving.every {
            return;
        }
        match moment.save(&saving.path, &self.notes) {
            Ok(()) => self.saved = true,
            // The run goes on: the disk may have room again the next time.
            Err(e) => self.voice.note(&format!("the run was not saved: {e}")),
        }
        self.last = Instant::now();
    }

    /// The picture is written: a finished run's checkpoint goes, a stopped one's is pointed out.
    pub fn end(self, end: End) {
        let Some(saving) = self.saving else { return };
        let path = saving.path.display();
        match end {
            End::Finished => match std::fs::remove_file(&saving.path) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                    self.voice.note(&format!("the checkpoint {path} was not removed: {e}"));
                }
                _ => {}
            },
            End::Stopped | End::Cancelled if self.saved => {
                self.voice.note(&format!("the run is saved; 'scumble resume {path}' goes on with it"));
            }
            End::Stopped | End::Cancelled => {}
        }
    }
}
