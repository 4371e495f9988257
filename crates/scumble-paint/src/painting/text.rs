//! Paintings as JSON.

use scumble_core::{Error, Result};

use super::Painting;

impl Painting {
    /// As JSON; [`Painting::from_json`] gives the same value again.
    ///
    /// # Errors
    /// If a number is not finite.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|e| Error::io(format!("cannot write the painting as JSON: {e}")))
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// [`Fault::Input`](scumble_core::Fault::Input) if it is no painting, of another version, or its parts do not fit.
    pub fn from_json(text: &str) -> Result<Self> {
        let painting: Self = serde_json::from_str(text).map_err(|e| Error::input(format!("not a painting: {e}")))?;
        painting.check()?;
        Ok(painting)
    }
}
