//! What this machine and this build offer, for reports of trouble.

use std::path::PathBuf;

use scumble_nn::Device;
use scumble_nn::weights::ModelInfo;
use serde::Serialize;

use crate::VERSION;
use crate::choice::choose_device;
use crate::environment::Environment;
use crate::verdict::{Prober, Verdict, Verdicts};

/// What [`doctor`] found.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The library's version.
    pub version: &'static str,
    /// Operating system and processor family: `linux x86_64`.
    pub platform: String,
    /// The processor.
    pub cpu: Cpu,
    /// Threads a job would compute with.
    pub threads: usize,
    /// Main memory.
    pub memory: Memory,
    /// The processor, and the graphics devices of this build.
    pub devices: Vec<DeviceInfo>,
    /// Folder of imported models and other data.
    pub data_dir: PathBuf,
    /// The models at hand.
    pub models: Vec<Model>,
    /// What would keep a job from running, in words; empty if all is well.
    pub problems: Vec<String>,
}

/// A device this build knows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeviceInfo {
    /// What `--device` takes.
    pub name: String,
    /// What it is, and how far it deviates from the processor; or why it cannot be used.
    pub description: String,
    /// Whether it can be used.
    pub usable: bool,
}

/// The processor.
#[derive(Debug, Clone, Serialize)]
pub struct Cpu {
    /// Hardware threads this program may use.
    pub logical_cores: usize,
    /// Vector instruction sets at hand, of those that matter here.
    pub features: Vec<&'static str>,
}

/// Main memory, where the system tells.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Memory {
    /// Bytes built in.
    pub total: Option<u64>,
    /// Bytes that can be had without swapping.
    pub available: Option<u64>,
}

/// One model at hand.
#[derive(Debug, Clone, Serialize)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// What it is, if its file can be read.
    pub info: Option<ModelInfo>,
    /// Why it cannot be used.
    pub problem: Option<String>,
}

/// Looks at processor, memory, devices and models. Reads no picture and starts no work but that of `prober`, which tries
/// out graphics devices of which no verdict is known.
pub fn doctor(environment: &Environment, verdicts: &mut Verdicts, prober: &mut dyn Prober) -> Report {
    let mut problems = Vec::new();
    let models = models(environment, &mut problems);
    if models.iter().all(|m| m.info.is_none()) {
        problems.push("no usable encoder weights: import a file with 'scumble models import'".into());
    }
    let devices = devices(environment, verdicts, prober, &mut problems);
    let logical_cores = std::thread::available_parallelism().map_or(1, usize::from);
    Report {
        version: VERSION,
        platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        cpu: Cpu { logical_cores, features: crate::system::cpu_features() },
        threads: environment.threads.unwrap_or(logical_cores),
        memory: crate::system::memory(),
        devices,
        data_dir: environment.data_dir.clone(),
        models,
        problems,
    }
}

fn devices(
    environment: &Environment,
    verdicts: &mut Verdicts,
    prober: &mut dyn Prober,
    problems: &mut Vec<String>,
) -> Vec<DeviceInfo> {
    let cpu = Device::cpu();
    let mut devices = vec![DeviceInfo { name: cpu.name().into(), description: cpu.describe(), usable: true }];
    for name in Device::graphics() {
        let (Verdict { adapter, outcome, .. }, kept) = verdicts.of(name, prober);
        problems.extend(kept.err().map(|e| e.to_string()));
        let usable = outcome.is_ok();
        let description = match (outcome, adapter) {
            (Ok((deviation, _)), Some(adapter)) => format!("{adapter}, deviation {deviation}"),
            (Ok((deviation, _)), None) => format!("deviation {deviation}"),
            (Err(reason), _) => reason,
        };
        devices.push(DeviceInfo { name: name.into(), description, usable });
    }
    if environment.device != "auto"
        && let Err(e) = choose_device(environment, prober)
    {
        problems.push(e.to_string());
    }
    devices
}

fn models(environment: &Environment, problems: &mut Vec<String>) -> Vec<Model> {
    let found = environment.models().list().unwrap_or_else(|e| {
        problems.push(e.to_string());
        Vec::new()
    });
    let model = |(name, info): (String, scumble_core::Result<ModelInfo>)| match info {
        Ok(info) => Model { name, info: Some(info), problem: None },
        Err(e) => Model { name, info: None, problem: Some(e.to_string()) },
    };
    let models: Vec<Model> = found.into_iter().map(model).collect();
    problems.extend(models.iter().filter_map(|m| Some(format!("model '{}': {}", m.name, m.problem.as_ref()?))));
    models
}
