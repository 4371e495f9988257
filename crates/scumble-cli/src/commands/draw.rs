//! `scumble draw`: a painting in JSON, drawn again.

use std::path::PathBuf;

use scumble::{Animation, Error, Form, Method, Painting, Result, check_writable, draw_as, write_atomically};

use crate::progress::pieces;
use crate::report::Voice;

/// The largest file in bytes that is read.
const LONGEST_FILE: u64 = 1 << 30;

/// Arguments of `scumble draw`.
#[derive(Debug, clap::Args)]
pub struct DrawArgs {
    /// A painting that was written as json
    painting: PathBuf,
    /// Where to write it: png, jpg, webp, tif, svg, json, and as a film of its making gif or apng, by its ending
    #[arg(short, long, value_name = "FILE", default_value = "out.png")]
    output: PathBuf,
    /// Write a film of the making, as gif, webp, apng or png
    #[arg(long)]
    film: bool,
    /// Longer side in pixels [the painting's own]
    #[arg(short, long, value_name = "N", overrides_with = "size")]
    size: Option<usize>,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

impl DrawArgs {
    /// How messages are given.
    pub fn voice(&self) -> Voice {
        Voice { json: false, quiet: self.quiet }
    }

    /// Does it.
    ///
    /// # Errors
    /// If the file is no painting, or the output cannot be written.
    pub fn run(self) -> Result<()> {
        let form = match self.film {
            true => Form::Moving(Animation::of_film(&self.output)?),
            false => Form::from_path(&self.output)?,
        };
        check_writable(&self.output)?;
        let named = |e: Error| e.context(self.painting.display());
        let failed = |e: std::io::Error| Error::from_io("read", &self.painting, &e);
        let length = std::fs::metadata(&self.painting).map_err(failed)?.len();
        if length > LONGEST_FILE {
            return Err(named(Error::limit(format!("has {length} bytes, allowed are {LONGEST_FILE}"))));
        }
        let text = std::fs::read_to_string(&self.painting).map_err(failed)?;
        let painting = Painting::from_json(&text).map_err(named)?;
        let own = [painting.width, painting.height];
        let scale = self.size.map_or(1.0, |size| size as f32 / own[0].max(own[1]));
        let [width, height] = own.map(|side| ((side * scale).round() as usize).max(1));
        write_atomically(&self.output, &draw_as(&painting, [width, height], form)?)?;
        let count = painting.strokes.len();
        self.voice().done(&format!(
            "wrote {}: {width}×{height}, {count} {}",
            self.output.display(),
            pieces(Method::Strokes, count)
        ));
        Ok(())
    }
}
