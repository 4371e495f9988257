//! A run under way as a file, from which it goes on to the same picture.
//!
//! The file is a safetensors file: the state's arrays in f32, named `0`, `1` and so on, and in its metadata the recipe, the
//! rest of the state, and notes of the program that saved it.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use safetensors::{Dtype, SafeTensors};
use scumble_core::{Error, Result};
use scumble_image::write_atomically_with;
use scumble_paint::Painting;
use serde_json::{Map, Value, json};

use crate::job::Point;
use crate::recipe::Recipe;

/// The metadata's member `format`, its first.
const FORMAT: &str = "scumble-checkpoint";
/// Most bytes of the metadata that are searched for it.
const START: u64 = 256;

/// A run between two steps, which can be saved.
#[derive(Debug)]
pub struct Moment<'a> {
    pub(crate) recipe: &'a Recipe,
    pub(crate) state: State<'a>,
    /// Whether the run stops here before its end.
    pub stopping: bool,
}

/// What there is to be saved of a method's run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum State<'a> {
    Neural(&'a scumble_neural::State),
    Painting {
        painting: &'a Painting,
        trace: &'a [Point],
    },
    /// Begins anew.
    Texture,
}

impl<'a> State<'a> {
    /// As JSON and arrays.
    fn save(&self) -> Result<(Value, Vec<&'a [f32]>)> {
        match self {
            Self::Neural(state) => state.save(),
            // In the form of `job::painting::Progress`.
            Self::Painting { painting, trace } => Ok((json!({ "painting": painting, "trace": trace }), Vec::new())),
            Self::Texture => Ok((Value::Null, Vec::new())),
        }
    }
}

impl Moment<'_> {
    /// Writes the run to a file, completely or not at all; a file that was there is replaced. The notes are given back by
    /// [`Checkpoint::read`].
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&self, path: &Path, notes: &Value) -> Result<()> {
        let (state, arrays) = self.state.save()?;
        let metadata = json!({
            "format": FORMAT, "recipe": self.recipe.to_json(), "state": state.to_string(), "notes": notes.to_string(),
        });
        let mut header = Map::from_iter([("__metadata__".to_owned(), metadata)]);
        let mut end = 0;
        for (i, array) in arrays.iter().enumerate() {
            let start = end;
            end += size_of_val(*array);
            let place = json!({ "dtype": "F32", "shape": [array.len()], "data_offsets": [start, end] });
            header.insert(i.to_string(), place);
        }
        let mut header = Value::Object(header).to_string().into_bytes();
        // Spaces up to a multiple of eight keep the numbers aligned, as the format recommends.
        header.resize(header.len().next_multiple_of(8), b' ');
        write_atomically_with(path, |out| {
            out.write_all(&(header.len() as u64).to_le_bytes())?;
            out.write_all(&header)?;
            arrays.iter().try_for_each(|array| write_floats(out, array))
        })
    }
}

/// Writes values as little-endian bytes, some at a time.
fn write_floats(out: &mut dyn Write, values: &[f32]) -> std::io::Result<()> {
    values.chunks(1 << 16).try_for_each(|part| {
        let bytes: Vec<u8> = part.iter().flat_map(|value| value.to_le_bytes()).collect();
        out.write_all(&bytes)
    })
}

/// A run as it was saved.
#[derive(Debug, Clone)]
pub struct Checkpoint {
    /// The recipe, with checksums of everything it names.
    pub recipe: Recipe,
    /// What the program that saved it wants to know again.
    pub notes: Value,
    pub(crate) state: Value,
    pub(crate) arrays: Vec<Vec<f32>>,
}

impl Checkpoint {
    /// Reads a file that [`Moment::save`] wrote.
    ///
    /// # Errors
    /// If the file is missing, damaged or of another kind, or its recipe of another version.
    pub fn read(path: &Path) -> Result<Self> {
        let read = || -> std::io::Result<Vec<u8>> {
            let (file, mut bytes) = (File::open(path)?, Vec::new());
            (&file).take(START).read_to_end(&mut bytes)?;
            // Of something else there may be more than fits into memory.
            if is_checkpoint(&bytes) {
                (&file).read_to_end(&mut bytes)?;
            }
            Ok(bytes)
        };
        let bytes = read().map_err(|e| Error::from_io("read", path, &e))?;
        parse(&bytes).map_err(|e| e.context(path.display()))
    }

    /// Whether a run may begin to be saved to a file: there is none. A checkpoint is hours of somebody's work.
    ///
    /// # Errors
    /// If there is one, of whatever kind, or it cannot be read.
    pub fn check_new(path: &Path) -> Result<()> {
        let mut start = Vec::new();
        let read = File::open(path).and_then(|file| file.take(START).read_to_end(&mut start));
        match read {
            Ok(_) if is_checkpoint(&start) => {
                Err(Error::parameter(format!("{} holds a run that is not finished", path.display()))
                    .hint(format!("'scumble resume {}' goes on with it; remove it to begin anew", path.display())))
            }
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
            Ok(_) => Err(Error::parameter(format!("{} is there and is no checkpoint", path.display()))
                .hint("name a new file, or remove it")),
            Err(e) => Err(Error::from_io("read", path, &e)),
        }
    }
}

/// Whether a file begins as a checkpoint does.
fn is_checkpoint(start: &[u8]) -> bool {
    start.windows(FORMAT.len()).take(START as usize).any(|part| part == FORMAT.as_bytes())
}

fn parse(bytes: &[u8]) -> Result<Checkpoint> {
    if !is_checkpoint(bytes) {
        return Err(Error::input("not a checkpoint of scumble").hint("checkpoints are written with --checkpoint FILE"));
    }
    let damaged = |e: &dyn std::fmt::Display| Error::input(format!("the checkpoint is damaged or cut short ({e})"));
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(|e| damaged(&e))?;
    let tensors = SafeTensors::deserialize(bytes).map_err(|e| damaged(&e))?;
    let text = |name: &str| {
        let text = header.metadata().as_ref().and_then(|members| members.get(name));
        text.ok_or_else(|| damaged(&format!("no {name}")))
    };
    let value = |name: &str| serde_json::from_str::<Value>(text(name)?).map_err(|e| damaged(&e));
    let array = |i: usize| {
        let view = tensors.tensor(&i.to_string()).map_err(|e| damaged(&e))?;
        if view.dtype() != Dtype::F32 {
            return Err(damaged(&"an array is not of f32"));
        }
        let floats = view.data().chunks_exact(size_of::<f32>());
        Ok(floats.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    };
    Ok(Checkpoint {
        recipe: Recipe::from_text(text("recipe")?)?,
        notes: value("notes")?,
        state: value("state")?,
        arrays: (0..tensors.len()).map(array).collect::<Result<_>>()?,
    })
}
