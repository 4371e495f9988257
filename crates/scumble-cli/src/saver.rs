//! Saves a run from time to time.

use std::path::Path;
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
    /// Whether the file holds this run.
    saved: bool,
}

impl<'a> Saver<'a> {
    /// The first interval begins. A run that goes on stands in `resumed` already.
    pub fn new(saving: Option<&'a Saving>, resumed: Option<&Path>, voice: Voice) -> Self {
        // A name that is not Unicode cannot be noted; whoever goes on must name the output then.
        let notes = saving.and_then(|saving| serde_json::to_value(&saving.flags).ok()).unwrap_or_default();
        let saved = saving.is_some_and(|saving| resumed == Some(&saving.path));
        Self { saving, notes, voice, last: Instant::now(), saved }
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

    /// Tells where the run is saved, if it is.
    pub fn point_out(&self) {
        if let Some(saving) = self.saving.filter(|_| self.saved) {
            self.voice.note(&format!("the run is saved; 'scumble resume {}' goes on with it", saving.path.display()));
        }
    }

    /// The picture is written: a finished run's checkpoint goes, a stopped one's is pointed out.
    pub fn end(self, end: End) {
        if end != End::Finished {
            return self.point_out();
        }
        let Some(saving) = self.saving.filter(|_| self.saved) else { return };
        if let Err(e) = std::fs::remove_file(&saving.path)
            && e.kind() != std::io::ErrorKind::NotFound
        {
            self.voice.note(&format!("the checkpoint {} was not removed: {e}", saving.path.display()));
        }
    }
}
