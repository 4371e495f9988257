//! The finished picture with everything known about it.

use std::path::Path;

use scumble_core::{Result, Step};
use scumble_image::{Canvas, Depth, EncodeOptions, Format};
use scumble_neural::End;
use serde_json::{Map, Value, json};

use crate::recipe::Recipe;

/// A picture, the recipe that makes it, and how its making went.
#[derive(Debug, Clone)]
pub struct Artwork {
    /// The picture, with the content's transparency.
    pub canvas: Canvas,
    /// Bits a channel it is saved with where the format allows: the content's.
    pub depth: Depth,
    /// The recipe, as embedded.
    pub recipe: Recipe,
    /// Every step's report.
    pub trace: Vec<Step>,
    /// How the run ended.
    pub end: End,
}

impl Artwork {
    /// The picture file's bytes, with the recipe inside.
    ///
    /// # Errors
    /// If the format cannot hold the picture.
    pub fn encode(&self, format: Format) -> Result<Vec<u8>> {
        let recipe = self.recipe.to_json();
        let options = EncodeOptions { depth: self.depth, recipe: Some(&recipe), ..EncodeOptions::default() };
        scumble_image::encode(&self.canvas, format, &options)
    }

    /// Writes the picture in the format of `path`'s ending, completely or not at all.
    ///
    /// # Errors
    /// If the ending is of no known format, or the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        let format = Format::from_path(path)?;
        scumble_image::write_atomically(path, &self.encode(format)?)
    }

    /// The recipe and the loss of every step, as JSON:
    /// `{args, end, iterates: [{w, h, i, i_max, loss, parts: {name: value}}]}`, the form of
    /// style-transfer-pytorch's trace with the losses' parts and without times.
    pub fn trace_json(&self) -> Value {
        let iterate = |step: &Step| {
            let parts: Map<String, Value> = step.parts.iter().map(|(n, v)| (n.clone(), (*v).into())).collect();
            json!({
                "w": step.width, "h": step.height, "i": step.step, "i_max": step.steps,
                "loss": step.loss, "parts": parts,
            })
        };
        let iterates: Vec<Value> = self.trace.iter().map(iterate).collect();
        json!({ "args": self.recipe.to_value(), "end": self.end, "iterates": iterates })
    }
}
