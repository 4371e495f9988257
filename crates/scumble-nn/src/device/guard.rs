//! Failures of a device while it works.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use scumble_core::{Error, Result};

/// Does work on a device; burn tells of lost devices, used-up memory and refused kernels by panicking. `failed` makes an error
/// of what it says.
///
/// Whatever the work left half done is the device's: the error ends the run, and nothing looks at it again.
pub(crate) fn guard<T>(failed: impl FnOnce(&str) -> Error, work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(failed(first_line(&*panic))))
}

/// What a panic said.
fn first_line(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.and_then(|text| text.lines().find(|line| !line.trim().is_empty())).unwrap_or("it gave no reason")
}

#[cfg(test)]
mod tests {
    use scumble_core::Fault;

    use super::*;

    fn failed(why: &str) -> Error {
        Error::device(format!("failed: {why}"))
    }

    #[test]
    fn a_panic_is_an_error() {
        let error = guard::<()>(failed, || panic!("\nout of memory: {} bytes\nbacktrace", 12)).unwrap_err();
        assert_eq!((error.fault(), error.to_string()), (Fault::Device, "failed: out of memory: 12 bytes".into()));
        let error = guard::<()>(failed, || panic!("lost")).unwrap_err();
        assert_eq!(error.to_string(), "failed: lost");
        let error = guard::<()>(failed, || std::panic::panic_any(7)).unwrap_err();
        assert_eq!(error.to_string(), "failed: it gave no reason");
    }

    #[test]
    fn results_and_errors_pass() {
        assert_eq!(guard(failed, || Ok(3)).unwrap(), 3);
        assert_eq!(guard::<()>(failed, || Err(Error::limit("too large"))).unwrap_err().fault(), Fault::Limit);
    }
}
