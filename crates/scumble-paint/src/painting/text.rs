//! Paintings as JSON.

use scumble_core::{Error, Result};

use super::{MOST_STROKES, Painting, VERSION};

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

    fn check(&self) -> Result<()> {
        let wrong = |what: String| Err(Error::input(format!("the painting cannot be drawn: {what}")));
        if self.version != VERSION {
            return wrong(format!("its version is {}, allowed is {VERSION}", self.version));
        }
        if !(self.width > 0.0 && self.height > 0.0 && self.width.is_finite() && self.height.is_finite()) {
            return wrong(format!("its frame is {}×{}", self.width, self.height));
        }
        if self.strokes.len() > MOST_STROKES {
            return wrong(format!("it has {} strokes, allowed are {MOST_STROKES}", self.strokes.len()));
        }
        if let Some(layer) = self.layers.iter().find(|layer| layer.brush >= self.brushes.len()) {
            return wrong(format!("layer '{}' names brush {} of {}", layer.name, layer.brush, self.brushes.len()));
        }
        if let Some(stroke) = self.strokes.iter().find(|stroke| stroke.layer >= self.layers.len()) {
            return wrong(format!("a stroke names layer {} of {}", stroke.layer, self.layers.len()));
        }
        Ok(())
    }
}
