//! The names `--device` takes.

use scumble_core::{Error, Result};

/// A way to graphics processors. Every one is a cargo feature of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    /// NVIDIA's.
    Cuda,
    /// AMD's.
    Rocm,
    /// Apple's, with shaders in its own language.
    Metal,
    /// Vulkan, with SPIR-V.
    Vulkan,
    /// Whatever wgpu finds: Vulkan, Metal, Direct3D 12 or OpenGL.
    Wgpu,
}

impl Backend {
    /// All, in the order in which `auto` tries them: a maker's own before the portable ones.
    pub const ALL: [Self; 5] = [Self::Cuda, Self::Rocm, Self::Metal, Self::Vulkan, Self::Wgpu];

    /// The name for `--device`, and of the cargo feature.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cuda => "cuda",
            Self::Rocm => "rocm",
            Self::Metal => "metal",
            Self::Vulkan => "vulkan",
            Self::Wgpu => "wgpu",
        }
    }

    /// Whether this build has it.
    pub fn is_built(self) -> bool {
        match self {
            Self::Cuda => cfg!(feature = "cuda"),
            Self::Rocm => cfg!(feature = "rocm"),
            Self::Metal => cfg!(feature = "metal"),
            Self::Vulkan => cfg!(feature = "vulkan"),
            Self::Wgpu => cfg!(feature = "wgpu"),
        }
    }

    /// Whether drivers that compute on the processor can be reached through it.
    fn has_software(self) -> bool {
        matches!(self, Self::Vulkan | Self::Wgpu)
    }

    /// The error of asking for it where it is not built in.
    fn absent(self, choice: &str) -> Error {
        let name = self.name();
        Error::device(format!("device '{choice}' is not available: this build has no {name}")).hint(format!(
            "build it in with 'cargo install --path crates/scumble-cli --features {name}', or leave --device out"
        ))
    }
}

/// Which of a backend's devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// This one of its graphics processors: discrete ones first, then integrated, then virtual ones.
    Index(usize),
    /// A driver that computes on the processor, such as lavapipe: for tests.
    Software,
}

/// What a name asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Name<'a> {
    /// The best device.
    Auto,
    /// The processor, perhaps with an instruction set or engine.
    Processor(Option<&'a str>),
    /// A graphics processor of this build.
    Graphics(Backend, Which),
}

/// What follows `:` for a software driver.
const SOFTWARE: &str = "cpu";

impl<'a> Name<'a> {
    /// Reads a name.
    ///
    /// # Errors
    /// If nothing is called so, or this build has no such backend.
    pub fn parse(choice: &'a str) -> Result<Self> {
        let (kind, which) = choice.split_once(':').map_or((choice, None), |(kind, which)| (kind, Some(which)));
        match (kind, which) {
            ("auto", None) => return Ok(Self::Auto),
            ("cpu", which) => return Ok(Self::Processor(which)),
            _ => {}
        }
        let backend = Backend::ALL.into_iter().find(|backend| backend.name() == kind);
        let backend = backend.ok_or_else(|| unknown(choice))?;
        let which = match which {
            None => Which::Index(0),
            Some(SOFTWARE) if backend.has_software() => Which::Software,
            Some(number) => Which::Index(number.parse().map_err(|_| no_index(choice, backend))?),
        };
        if backend.is_built() { Ok(Self::Graphics(backend, which)) } else { Err(backend.absent(choice)) }
    }
}

fn unknown(choice: &str) -> Error {
    let built = Backend::ALL.into_iter().filter(|backend| backend.is_built()).map(Backend::name);
    let mut names: Vec<&str> = ["auto", "cpu"].into_iter().chain(built).collect();
    let last = names.pop().unwrap_or_default();
    Error::parameter(format!("unknown device '{choice}'"))
        .hint(format!("devices are {} and {last}; 'scumble doctor' lists them", names.join(", ")))
}

fn no_index(choice: &str, backend: Backend) -> Error {
    let name = backend.name();
    let software =
        if backend.has_software() { format!(", or {name}:{SOFTWARE} for a software driver") } else { String::new() };
    Error::parameter(format!("unknown device '{choice}'")).hint(format!("give a number, as in {name}:0{software}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_and_auto_are_in_every_build() {
        assert_eq!(Name::parse("auto").unwrap(), Name::Auto);
        assert_eq!(Name::parse("cpu").unwrap(), Name::Processor(None));
        assert_eq!(Name::parse("cpu:avx2").unwrap(), Name::Processor(Some("avx2")));
    }

    #[test]
    fn graphics_devices_are_there_or_tell_what_to_build() {
        for backend in Backend::ALL {
            let name = backend.name();
            let numbered = format!("{name}:3");
            match (Name::parse(name), Name::parse(&numbered)) {
                (Ok(first), Ok(fourth)) => {
                    assert!(backend.is_built());
                    assert_eq!(first, Name::Graphics(backend, Which::Index(0)));
                    assert_eq!(fourth, Name::Graphics(backend, Which::Index(3)));
                }
                (Err(error), Err(_)) => {
                    assert!(!backend.is_built());
                    assert_eq!(error.fault(), scumble_core::Fault::Device);
                    let hint = error.hint_text().unwrap_or_default();
                    assert!(hint.contains(&format!("--features {name}'")), "{hint}");
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    #[test]
    fn names_that_are_none_are_the_arguments_fault() {
        for choice in ["", "gpu", "auto:0", "cuda:", "cuda:first", "cuda:-1", "cuda:cpu", "vulkan:0:1", "webgpu"] {
            let error = Name::parse(choice).expect_err(choice);
            assert_eq!(error.fault(), scumble_core::Fault::Parameter, "{choice}: {error}");
            assert!(error.to_string().contains(&format!("'{choice}'")), "{error}");
        }
        let hint = Name::parse("vulkan:soft").expect_err("no number");
        assert_eq!(hint.hint_text(), Some("give a number, as in vulkan:0, or vulkan:cpu for a software driver"));
    }
}
