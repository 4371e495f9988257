//! A Python that stays and answers: `xtask/peers/peers_engine.py serve`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::PAUSE;
use crate::peers::neural::WEIGHTS;

/// The script.
pub const SCRIPT: &str = "xtask/peers/peers_engine.py";

/// The interpreter; it ends when dropped.
#[derive(Debug)]
pub struct Torch {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What it measured.
#[derive(Debug, Deserialize)]
pub struct Answer {
    pub seconds: f64,
    pub loss: Option<f64>,
}

impl Torch {
    /// Starts it.
    pub fn start(python: &Path, threads: usize) -> Result<Self> {
        let mut child = Command::new(python)
            .args([SCRIPT, "serve", "--weights", WEIGHTS, "--threads", &threads.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {}", python.display()))?;
        let input = child.stdin.take().context("its input")?;
        let output = BufReader::new(child.stdout.take().context("its output")?);
        Ok(Self { child, input, output })
    }

    /// Asks twice after a pause; the second answer.
    pub fn second_time(&mut self, request: &serde_json::Value) -> Result<Answer> {
        std::thread::sleep(PAUSE);
        self.ask(request)?;
        self.ask(request)
    }

    fn ask(&mut self, request: &serde_json::Value) -> Result<Answer> {
        writeln!(self.input, "{request}")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).with_context(|| format!("{request}: unexpected answer '{line}'"))
    }
}

impl Drop for Torch {
    fn drop(&mut self) {
        // It reads to the end of its input; killing spares waiting for what it is at.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
