//! Where the tensors live.

mod adapter;
#[cfg(any(feature = "cuda", feature = "rocm"))]
mod counted;
mod graphics;
mod guard;
mod name;
mod self_test;
#[cfg(any(feature = "wgpu", feature = "vulkan", feature = "metal"))]
mod shaders;

use scumble_core::{Error, Result};

use crate::kernel::Level;
use name::{Backend, Name};

pub use adapter::{Adapter, AdapterKind};
pub use self_test::{Deviation, self_test};

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
    adapter: Option<Adapter>,
}

/// The processor with burn's own operations: slow, and a second opinion.
const STOCK: &str = "stock";

impl Device {
    /// The processor, with the best instruction set it has.
    pub fn cpu() -> Self {
        Self::cpu_with(Level::best(), "cpu".into())
    }

    fn cpu_with(level: Level, name: String) -> Self {
        let inner = burn::tensor::Device::flex().autodiff();
        Self { inner, name, route: Route::Own, level, adapter: None }
    }

    /// Opens a device by name: `auto` and `cpu`, `cpu:` and an instruction set, `cpu:stock` for burn's operations instead of
    /// the own ones, or a graphics device such as `cuda:0`.
    ///
    /// Nothing is tried out: `auto` is the processor, and a bad driver may crash the program. See [`self_test`].
    ///
    /// # Errors
    /// If the name is unknown, or the device is not in this build or on this machine.
    pub fn open(choice: &str) -> Result<Self> {
        match Name::parse(choice)? {
            Name::Auto | Name::Processor(None) => Ok(Self::cpu()),
            Name::Processor(Some(which)) => Self::open_cpu(choice, which),
            Name::Graphics(backend, which) => {
                let graphics::Opened { device, adapter } = graphics::open(choice, backend, which)?;
                Ok(Self {
                    inner: device.autodiff(),
                    name: choice.to_owned(),
                    route: Route::Stock,
                    level: Level::best(),
                    adapter: Some(adapter),
                })
            }
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

    /// What it is, for people.
    pub fn describe(&self) -> String {
        match &self.adapter {
            Some(adapter) => adapter.to_string(),
            None => format!("processor, {} threads, {}", rayon::current_num_threads(), self.level.name()),
        }
    }

    /// Names of the graphics devices of this build, the best first; whether the machine has them is not looked at.
    pub fn graphics() -> Vec<&'static str> {
        Backend::ALL.into_iter().filter(|backend| backend.is_built()).map(Backend::name).collect()
    }

    /// Whether a name asks for a graphics device.
    ///
    /// # Errors
    /// As [`Device::open`], of the name alone.
    pub fn is_graphics(choice: &str) -> Result<bool> {
        Ok(matches!(Name::parse(choice)?, Name::Graphics(..)))
    }

    /// The device's name, as `--device` takes it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the device is, if it is a graphics device.
    pub fn adapter(&self) -> Option<&Adapter> {
        self.adapter.as_ref()
    }

    /// Does work on the device. A graphics device's failures are errors, those of the processor bugs.
    pub(crate) fn work<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        if self.adapter.is_none() {
            return work();
        }
        let failed = |why: &str| {
            Error::device(format!("device '{}' failed: {why}", self.name))
                .hint("a smaller --size or --tile needs less of its memory; --device cpu does without it")
        };
        guard::guard(failed, work)
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
