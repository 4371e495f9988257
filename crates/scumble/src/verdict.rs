//! What is known of graphics devices, and kept for the machine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use scumble_core::{Error, Result};
use scumble_image::write_atomically;
use scumble_nn::{Adapter, Deviation, Device};
use serde::{Deserialize, Serialize};

use crate::VERSION;
use crate::environment::Environment;

/// What trying out a device came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Finding {
    /// It is the one that is known, and was not tried again.
    Known,
    /// It computes what the processor does.
    Passed {
        /// How far it is from the processor.
        deviation: Deviation,
        /// Seconds the test took.
        seconds: f64,
    },
    /// It cannot be used.
    Failed {
        /// Why, as a sentence that names it.
        reason: String,
    },
}

/// What a look at a device found.
#[derive(Debug, Clone, PartialEq)]
pub struct Probed {
    /// What it is, if that could be told.
    pub adapter: Option<Adapter>,
    /// Whether it works.
    pub finding: Finding,
}

/// Tries out devices where a crash of their driver does no harm: in a child process, that is.
///
/// Any `FnMut(&str, Option<&Adapter>) -> Probed` is one.
pub trait Prober {
    /// Opens a device and, unless it is the `known` one with the known driver, runs [`self_test`](crate::self_test) on it.
    fn probe(&mut self, device: &str, known: Option<&Adapter>) -> Probed;
}

impl<F: FnMut(&str, Option<&Adapter>) -> Probed> Prober for F {
    fn probe(&mut self, device: &str, known: Option<&Adapter>) -> Probed {
        self(device, known)
    }
}

/// A device, and whether it works.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What it is, if that could be told.
    pub adapter: Option<Adapter>,
    /// Deviation from the processor's results and the test's seconds, or why it cannot be used.
    pub outcome: std::result::Result<(Deviation, f64), String>,
    /// Whether it was tried out just now, and not before.
    pub is_new: bool,
}

/// Verdicts by device, kept in `devices.json` in the data folder. One holds as long as adapter, driver, scumble's version and
/// its features are the same.
#[derive(Debug)]
pub struct Verdicts {
    path: PathBuf,
    kept: BTreeMap<String, Kept>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    build: String,
    adapter: Adapter,
    finding: Finding,
}

/// What in a program a verdict depends on: one wgpu device has other shaders where Vulkan's are built in.
fn build() -> String {
    [VERSION].into_iter().chain(Device::graphics()).collect::<Vec<_>>().join(" ")
}

impl Verdicts {
    /// What is kept; a file that cannot be read is made anew.
    pub fn read(environment: &Environment) -> Self {
        let path = environment.data_dir.join("devices.json");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        Self { kept: serde_json::from_str(&text).unwrap_or_default(), path }
    }

    /// Forgets all, so that every device is tried out again.
    pub fn forget(&mut self) {
        self.kept.clear();
    }

    /// Looks at a device and tries it out if it is not known. A new verdict is kept.
    ///
    /// # Errors
    /// If the verdict cannot be kept; it is not lost, and comes with the error.
    pub fn of(&mut self, device: &str, prober: &mut dyn Prober) -> (Verdict, Result<()>) {
        let known = self.kept.get(device).filter(|kept| kept.build == build()).cloned();
        let Probed { adapter, finding } = prober.probe(device, known.as_ref().map(|kept| &kept.adapter));
        match (finding, known, adapter) {
            (Finding::Known, Some(kept), _) => (verdict(Some(kept.adapter), kept.finding, false), Ok(())),
            (finding, _, Some(adapter)) if finding != Finding::Known => {
                let kept = Kept { build: build(), adapter: adapter.clone(), finding: finding.clone() };
                self.kept.insert(device.to_owned(), kept);
                (verdict(Some(adapter), finding, true), self.write())
            }
            (Finding::Passed { .. }, _, None) => {
                let reason = format!("device '{device}' does not say what it is");
                (verdict(None, Finding::Failed { reason }, true), Ok(()))
            }
            // What did not even say what it is, is looked at anew every time: a driver may be there by then.
            (finding, _, adapter) => (verdict(adapter, finding, true), Ok(())),
        }
    }

    fn write(&self) -> Result<()> {
        write(&self.path, &self.kept).map_err(|e| e.context("the verdict on a device was not kept"))
    }
}

fn write(path: &Path, kept: &BTreeMap<String, Kept>) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| Error::from_io("write", path, &e))?;
    }
    let text = serde_json::to_vec_pretty(kept).map_err(|e| Error::io(format!("{}: {e}", path.display())))?;
    write_atomically(path, &text)
}

fn verdict(adapter: Option<Adapter>, finding: Finding, is_new: bool) -> Verdict {
    let outcome = match finding {
        Finding::Passed { deviation, seconds } => Ok((deviation, seconds)),
        Finding::Failed { reason } if is_new => Err(reason),
        Finding::Failed { reason } => Err(format!("{reason} (tried earlier; 'scumble doctor --probe' tries again)")),
        Finding::Known => Err("it was said to be known, and is not".into()),
    };
    Verdict { adapter, outcome, is_new }
}

#[cfg(test)]
mod tests;
