//! Where the tensors live.

use scumble_core::{Error, Result};

use crate::ops::Route;

/// A compute device, ready for gradients.
#[derive(Debug, Clone)]
pub struct Device {
    inner: burn::tensor::Device,
    name: &'static str,
    route: Route,
}

/// A device this build can use on this machine.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DeviceInfo {
    /// What `--device` takes.
    pub name: String,
    /// What it is.
    pub description: String,
}

/// Device names a user may know, for which this build has no backend.
const ABSENT: [&str; 6] = ["cuda", "vulkan", "metal", "wgpu", "webgpu", "rocm"];

impl Device {
    /// The processor.
    pub fn cpu() -> Self {
        Self { inner: burn::tensor::Device::flex().autodiff(), name: "cpu", route: Route::Own }
    }

    /// Opens a device by name: `auto`, `cpu`, or a graphics device such as `cuda:0`.
    ///
    /// # Errors
    /// If the name is unknown, or the device is not in this build.
    pub fn open(choice: &str) -> Result<Self> {
        let kind = choice.split(':').next().unwrap_or_default();
        match kind {
            "auto" | "cpu" => Ok(Self::cpu()),
            kind if ABSENT.contains(&kind) => Err(Error::device(format!(
                "device '{choice}' is not available: this build computes on the processor only"
            ))
            .hint("use --device cpu, or leave --device out")),
            _ => Err(Error::parameter(format!("unknown device '{choice}'"))
                .hint("devices are auto and cpu; 'scumble doctor' lists them")),
        }
    }

    /// Every device this build can use here.
    pub fn available() -> Vec<DeviceInfo> {
        let threads = rayon::current_num_threads();
        vec![DeviceInfo { name: "cpu".into(), description: format!("processor, {threads} threads") }]
    }

    /// The device's name, as `--device` takes it.
    pub fn name(&self) -> &str {
        self.name
    }

    /// burn's device, differentiable.
    pub fn tensors(&self) -> &burn::tensor::Device {
        &self.inner
    }

    pub(crate) fn route(&self) -> Route {
        self.route
    }
}
