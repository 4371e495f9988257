//! CUDA and ROCm: devices that their runtimes count.

use burn::tensor::{Device, DeviceType};
use scumble_core::{Error, Result};

use super::adapter::{Adapter, AdapterKind};
use super::graphics::Opened;
use super::name::Which;

#[cfg(feature = "cuda")]
pub(super) fn cuda(which: Which) -> Result<Opened> {
    let driver = std::fs::read_to_string("/proc/driver/nvidia/version").unwrap_or_default();
    open(DeviceType::Cuda, which, &driver, "the NVIDIA driver is not installed, or sees no card")
}

#[cfg(feature = "rocm")]
pub(super) fn rocm(which: Which) -> Result<Opened> {
    let driver = std::fs::read_to_string("/sys/module/amdgpu/version").unwrap_or_default();
    open(DeviceType::Rocm, which, &driver, "ROCm is not installed, or sees no card")
}

fn open(kind: DeviceType, which: Which, driver: &str, none: &str) -> Result<Opened> {
    let Which::Index(index) = which else { return Err(Error::device("it has no software driver")) };
    let mut devices: Vec<Device> = Device::enumerate(kind).into_iter().collect();
    if index >= devices.len() {
        let count = devices.len();
        return Err(Error::device(if count == 0 {
            none.to_owned()
        } else {
            format!("there are {count}, counted from 0")
        }));
    }
    let device = devices.swap_remove(index);
    let identity = device.identity().ok_or_else(|| Error::device("it does not say what it is"))?;
    let version = driver.lines().next().unwrap_or_default().trim();
    let driver = [version, &identity.fingerprint].map(str::trim).join(" ").trim().to_owned();
    Ok(Opened { device, adapter: Adapter { name: identity.name, driver, kind: AdapterKind::Discrete } })
}
