//! Where a job runs: nothing here changes the picture, except that too little memory may round it otherwise (tiles) or
//! shorten L-BFGS's memory of its steps.

use std::path::PathBuf;

use directories::ProjectDirs;
use scumble_core::{Error, Result};
use scumble_image::Limits;
use scumble_nn::weights::Store;

use crate::budget::Budget;

/// Most threads that may be asked for.
const MOST_THREADS: usize = 1024;

/// Device, threads, limits and folders.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The compute device: `auto`, `cpu`, or a graphics device such as `cuda:0`. Jobs take `auto` for the processor;
    /// [`choose_device`](crate::choose_device) tries graphics devices out first and names the one to put here.
    pub device: String,
    /// Threads to compute with, 1 to 1024; all of the processor's if absent. The picture is the same.
    pub threads: Option<usize>,
    /// Most main memory to use. Larger pictures are computed in tiles, which changes them by rounding alone.
    pub memory: Budget,
    /// What is refused of input pictures.
    pub limits: Limits,
    /// Folder of imported models, in `models`.
    pub data_dir: PathBuf,
}

impl Environment {
    /// The automatic device, all threads, ordinary limits, and the platform's data folder for programs
    /// (XDG: `~/.local/share/scumble`; a folder for temporary files where there is no home).
    pub fn from_system() -> Self {
        let home = ProjectDirs::from("", "", "scumble").map(|dirs| dirs.data_dir().to_owned());
        Self {
            device: "auto".into(),
            threads: None,
            memory: Budget::DEFAULT,
            limits: Limits::default(),
            data_dir: home.unwrap_or_else(|| std::env::temp_dir().join("scumble")),
        }
    }

    /// The models at hand.
    pub fn models(&self) -> Store {
        Store::new(&self.data_dir)
    }

    /// The threads a job computes with.
    pub(crate) fn thread_pool(&self) -> Result<rayon::ThreadPool> {
        if let Some(threads) = self.threads.filter(|n| !(1..=MOST_THREADS).contains(n)) {
            return Err(Error::parameter(format!("threads is {threads}, allowed is 1 to {MOST_THREADS}"))
                .hint("leave it out to use the whole processor"));
        }
        rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads.unwrap_or(0))
            .build()
            .map_err(|e| Error::io(format!("cannot start threads: {e}")).hint("ask for fewer with --threads"))
    }
}
