//! Makes `docs/cli.md` from the program itself.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Asks the program for its reference and writes it.
///
/// # Errors
/// If the program cannot be built or the file not be written.
pub fn run() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--release", "--package", "scumble-cli", "--", "docs-markdown"])
        .current_dir(root)
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "the program failed:\n{}", String::from_utf8_lossy(&output.stderr));
    let path = root.join("docs/cli.md");
    std::fs::write(&path, output.stdout).with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}
