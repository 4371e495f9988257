//! Which device computes.

use scumble_core::{Error, Result};
use scumble_nn::Device;

use crate::environment::Environment;
use crate::verdict::{Prober, Verdict, Verdicts};

/// A device that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceChoice {
    /// Its name, for [`Environment::device`].
    pub device: String,
    /// What the user should know about it.
    pub notes: Vec<String>,
}

/// Chooses the device: for `auto`, the first graphics device of this build that passes its self-test, else the processor.
/// A graphics device asked for by name must pass; the processor is taken as it is.
///
/// Devices are tried out by `prober`, once each, as [`Verdicts`] tells.
///
/// # Errors
/// If a device asked for by name is unknown, not in this build, or does not work.
pub fn choose_device(environment: &Environment, prober: &mut dyn Prober) -> Result<DeviceChoice> {
    let choice = environment.device.as_str();
    let candidates = if choice == "auto" { Device::graphics() } else { Vec::new() };
    if choice != "auto" && !Device::is_graphics(choice)? {
        return Ok(DeviceChoice { device: choice.to_owned(), notes: Vec::new() });
    }
    choose(choice, &candidates, &mut Verdicts::read(environment), prober)
}

fn choose(choice: &str, candidates: &[&str], verdicts: &mut Verdicts, prober: &mut dyn Prober) -> Result<DeviceChoice> {
    let mut notes = Vec::new();
    let mut verdict = |device: &str, notes: &mut Vec<String>| {
        let (verdict, kept) = verdicts.of(device, prober);
        notes.extend(tried(device, &verdict));
        notes.extend(kept.err().map(|e| e.to_string()));
        verdict.outcome
    };
    if choice != "auto" {
        return match verdict(choice, &mut notes) {
            Ok(_) => Ok(DeviceChoice { device: choice.to_owned(), notes }),
            Err(reason) => Err(Error::device(reason).hint(format!(
                "--device cpu computes on the processor; 'scumble probe {choice}' tries the device out in the open"
            ))),
        };
    }
    let mut reasons = Vec::new();
    for device in candidates {
        match verdict(device, &mut notes) {
            Ok(_) => return Ok(DeviceChoice { device: (*device).to_owned(), notes }),
            Err(reason) => reasons.push(reason),
        }
    }
    if !reasons.is_empty() {
        notes.push(format!("the processor computes: {}", reasons.join("; ")));
    }
    Ok(DeviceChoice { device: "cpu".into(), notes })
}

/// That a device was tried out, which took its time.
fn tried(device: &str, verdict: &Verdict) -> Option<String> {
    let (deviation, seconds) = verdict.outcome.as_ref().ok().filter(|_| verdict.is_new)?;
    let adapter = verdict.adapter.as_ref().map(|adapter| format!(", {adapter},")).unwrap_or_default();
    Some(format!(
        "device '{device}'{adapter} passes its self-test: deviation {deviation}; {seconds:.1} s; this is kept"
    ))
}

#[cfg(test)]
mod tests;
