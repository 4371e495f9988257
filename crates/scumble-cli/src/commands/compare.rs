//! `scumble compare`: how far apart two pictures are.

use std::path::PathBuf;

use scumble::{Environment, Result};

use crate::child::with_device;
use crate::report::{Finish, Voice, data, json_data};

/// Arguments of `scumble compare`.
#[derive(Debug, clap::Args)]
pub struct CompareArgs {
    /// The first picture; the comparison has its size
    a: PathBuf,
    /// The second picture; it is resized to the first
    b: PathBuf,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
    /// Threads to compute with [all of the processor's]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Compute device
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    device: String,
}

impl CompareArgs {
    /// Does it.
    ///
    /// # Errors
    /// If a picture cannot be read or is too small for the encoder.
    pub fn run(self) -> Result<Finish> {
        let environment = Environment { device: self.device, threads: self.threads, ..Environment::from_system() };
        let environment = with_device(environment, Voice::default())?;
        let found = scumble::compare(&self.a, &self.b, &environment)?;
        if self.json {
            json_data(&found)?;
        } else {
            data(format!(
                "psnr              {:.2} dB\nssim              {:.4}\ncontent distance  {:.6}\nstyle distance    {:.6}\n\
                 size              {}×{}\n",
                found.psnr, found.ssim, found.content_distance, found.style_distance, found.width, found.height
            ))?;
        }
        Ok(Finish::Done)
    }
}
