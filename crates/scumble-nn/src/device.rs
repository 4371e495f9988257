//! Where the tensors live.

use scumble_core::{Error, Result};

use crate::kernel::Level;

/// Which implementation of the encoder runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// The own kernels, on the processor.
    Own,
    /// burn's operations, on any device.
    Stock,
}

/// A compute device, ready for gradients.
#[derive(Debug, Clone)]
pub struct Device {
    inner: burn::tensor::Device,
    name: String,
    route: Route,
    level: Level,
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

/// The processor with burn's own operations: slow, and a second opinion.
const STOCK: &str = "stock";

impl Device {
    /// The processor, with the best instruction set it has.
    pub fn cpu() -> Self {
        Self::cpu_with(Level::best(), "cpu".into())
    }

    fn cpu_with(level: Level, name: String) -> Self {
        let inner = burn::tensor::Device::flex().autodiff();
        Self { inner, name, route: Route::Own, level }
    }

    /// Opens a device by name: `auto`, `cpu`, `cpu:` and an instruction set, `cpu:stock` for burn's operations instead of
    /// the own ones, or a graphics device such as `cuda:0`.
    ///
    /// # Errors
    /// If the name is unknown, or the device is not in this build or on this machine.
    pub fn open(choice: &str) -> Result<Self> {
        let (kind, which) = choice.split_once(':').map_or((choice, None), |(kind, which)| (kind, Some(which)));
        match (kind, which) {
            ("auto" | "cpu", None) => Ok(Self::cpu()),
            ("cpu", Some(which)) => Self::open_cpu(choice, which),
            (kind, _) if ABSENT.contains(&kind) => Err(Error::device(format!(
                "device '{choice}' is not available: this build computes on the processor only"
            ))
            .hint("use --device cpu, or leave --device out")),
            _ => Err(Error::parameter(format!("unknown device '{choice}'"))
                .hint("devices are auto and cpu; 'scumble doctor' lists them")),
        }
    }

    fn open_cpu(choice: &str, which: &str) -> Result<Self> {
        let levels = Level::available();
        if which == STOCK {
            return Ok(Self { route: Route::Stock, ..Self::cpu_with(Level::best(), choice.to_owned()) });
        }
        if let Some(level) = levels.iter().find(|level| level.name() == which) {
            return Ok(Self::cpu_with(*level, choice.to_owned()));
        }
        let names: Vec<&str> = levels.into_iter().map(Level::name).chain([STOCK]).collect();
        Err(Error::device(format!("device '{choice}' is not available: this processor has no '{which}'"))
            .hint(format!("it has {}; --device cpu takes the first", names.join(", "))))
    }

    /// Every device this build can use here.
    pub fn available() -> Vec<DeviceInfo> {
        let threads = rayon::current_num_threads();
        let level = Level::best().name();
        vec![DeviceInfo { name: "cpu".into(), description: format!("processor, {threads} threads, {level}") }]
    }

    /// The device's name, as `--device` takes it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// burn's device, differentiable.
    pub fn tensors(&self) -> &burn::tensor::Device {
        &self.inner
    }

    pub(crate) fn route(&self) -> Route {
        self.route
    }

    /// The instruction set of the own kernels.
    pub fn level(&self) -> Level {
        self.level
    }
}
