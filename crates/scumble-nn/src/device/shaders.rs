//! Vulkan, Metal and what else wgpu reaches.

use burn::tensor::wgpu::WgpuInitError;
use burn::tensor::wgpu::wgpu::{AdapterInfo, DeviceType as Kind};
use burn::tensor::{Device, DeviceKind, DeviceType};
use scumble_core::{Error, Result};

pub(super) use burn::tensor::wgpu::WgpuBackend as Api;

use super::adapter::{Adapter, AdapterKind};
use super::graphics::Opened;
use super::name::Which;

/// Opens a device. Software drivers are opened only if they are asked for.
pub(super) fn open(api: Api, which: Which) -> Result<Opened> {
    let Which::Index(mut skip) = which else {
        return init(api, DeviceKind::Cpu)?.ok_or_else(|| Error::device("there is no software driver"));
    };
    // The runtime counts each kind on its own.
    for kind in [DeviceKind::DiscreteGpu, DeviceKind::IntegratedGpu, DeviceKind::VirtualGpu] {
        let mut number = 0;
        while let Some(opened) = init(api, kind(number))? {
            if skip == 0 {
                return Ok(opened);
            }
            (skip, number) = (skip - 1, number + 1);
        }
    }
    Err(none(api, which))
}

/// One device of a kind; nothing if there is none.
fn init(api: Api, kind: DeviceKind) -> Result<Option<Opened>> {
    match Device::wgpu_options().graphics_api(api).device_kind(kind).init_with_setup() {
        Ok((device, setup)) => Ok(Some(Opened { device, adapter: adapter(&setup.adapter.get_info()) })),
        Err(WgpuInitError::AdapterUnavailable { .. }) => Ok(None),
        Err(e) => Err(Error::device(e)),
    }
}

/// Why there is no such device.
fn none(api: Api, which: Which) -> Error {
    let listed = Device::enumerate(match api {
        #[cfg(feature = "vulkan")]
        Api::Vulkan => DeviceType::Vulkan,
        #[cfg(feature = "metal")]
        Api::Metal => DeviceType::Metal,
        _ => DeviceType::Wgpu,
    });
    Error::device(match (listed.into_iter().count(), which) {
        (0, _) => "there is no driver for a graphics processor".to_owned(),
        (_, Which::Index(0)) => {
            "there is no graphics processor, only a driver that computes on the processor".to_owned()
        }
        (_, _) => "there are not so many graphics processors".to_owned(),
    })
}

fn adapter(info: &AdapterInfo) -> Adapter {
    let kind = match info.device_type {
        Kind::DiscreteGpu => AdapterKind::Discrete,
        Kind::IntegratedGpu => AdapterKind::Integrated,
        Kind::Cpu => AdapterKind::Software,
        Kind::VirtualGpu | Kind::Other => AdapterKind::Virtual,
    };
    let driver = format!("{} {}, {}", info.driver, info.driver_info, info.backend);
    Adapter { name: info.name.clone(), driver: driver.trim().to_owned(), kind }
}
