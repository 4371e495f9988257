//! Opening graphics devices.
//!
//! A driver may crash here; callers that are not sure of it let a child process try first.

use std::sync::{Mutex, PoisonError};

use scumble_core::{Error, Result};

use super::adapter::Adapter;
#[cfg(any(feature = "cuda", feature = "rocm"))]
use super::counted;
use super::guard::guard;
use super::name::{Backend, Which};
#[cfg(any(feature = "wgpu", feature = "vulkan", feature = "metal"))]
use super::shaders;

/// An open device.
#[derive(Debug, Clone)]
pub(super) struct Opened {
    /// burn's handle, without gradients.
    pub device: burn::tensor::Device,
    /// What it is.
    pub adapter: Adapter,
}

/// What is open: a device can be registered with burn but once.
static OPEN: Mutex<Vec<(Backend, Which, Opened)>> = Mutex::new(Vec::new());

/// Opens a device, or gives the one that is open.
pub(super) fn open(choice: &str, backend: Backend, which: Which) -> Result<Opened> {
    // What a panic may have left is still a list of open devices.
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((.., opened)) = open.iter().find(|(b, w, _)| (*b, *w) == (backend, which)) {
        return Ok(opened.clone());
    }
    // Drivers' loaders panic where a library or a header is missing.
    let opened = guard(|why| Error::device(why), || open_anew(backend, which));
    let opened = opened.map_err(|e| e.context(format!("device '{choice}' cannot be opened")))?;
    open.push((backend, which, opened.clone()));
    Ok(opened)
}

#[allow(unused_variables, reason = "a build without graphics devices has none to count")]
fn open_anew(backend: Backend, which: Which) -> Result<Opened> {
    match backend {
        #[cfg(feature = "cuda")]
        Backend::Cuda => counted::cuda(which),
        #[cfg(feature = "rocm")]
        Backend::Rocm => counted::rocm(which),
        #[cfg(feature = "metal")]
        Backend::Metal => shaders::open(shaders::Api::Metal, which),
        #[cfg(feature = "vulkan")]
        Backend::Vulkan => shaders::open(shaders::Api::Vulkan, which),
        #[cfg(feature = "wgpu")]
        Backend::Wgpu => shaders::open(shaders::Api::Auto, which),
        #[allow(unreachable_patterns, reason = "reached unless all features are on")]
        _ => Err(Error::device(format!("this build has no {}", backend.name()))),
    }
}
