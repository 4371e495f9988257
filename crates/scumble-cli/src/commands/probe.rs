//! `scumble probe`: tries out a device; a crash of its driver is this process's.

use std::time::Instant;

use scumble::{Adapter, Device, Error, Finding, Result, self_test};

use crate::child::Line;
use crate::report::{Finish, data};

/// Arguments of `scumble probe`.
#[derive(Debug, clap::Args)]
pub struct ProbeArgs {
    /// The device
    device: String,
    /// What the device was when it was tried out: the same is not tried out again
    #[arg(long, value_name = "JSON", value_parser = adapter)]
    known: Option<Adapter>,
}

fn adapter(text: &str) -> Result<Adapter, String> {
    serde_json::from_str(text).map_err(|e| e.to_string())
}

impl ProbeArgs {
    /// Does it: a line of JSON for what the device is, one for whether it works.
    ///
    /// # Errors
    /// If the name is unknown, or standard output cannot be written. That the device does not work is data.
    pub fn run(self) -> Result<Finish> {
        Device::is_graphics(&self.device)?;
        let finding = self.find().unwrap_or_else(|e| Finding::Failed { reason: e.to_string() });
        print(&Line::Finding(finding))?;
        Ok(Finish::Done)
    }

    fn find(&self) -> Result<Finding> {
        let device = Device::open(&self.device)?;
        if let Some(adapter) = device.adapter() {
            print(&Line::Adapter(adapter.clone()))?;
            if self.known.as_ref() == Some(adapter) {
                return Ok(Finding::Known);
            }
        }
        let started = Instant::now();
        let deviation = self_test(&device)?;
        Ok(Finding::Passed { deviation, seconds: started.elapsed().as_secs_f64() })
    }
}

/// A line at a time, each at once: the next may never come.
fn print(line: &Line) -> Result<()> {
    let text = serde_json::to_string(line).map_err(|e| Error::io(format!("cannot write as JSON: {e}")))?;
    data(text + "\n")
}
