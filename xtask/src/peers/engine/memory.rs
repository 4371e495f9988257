//! Peak memory of one step, each in a process of its own.

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::step::Own;
use super::torch::SCRIPT;
use super::{Args, LAYOUTS};
use crate::peers::neural::WEIGHTS;

/// Resident memory before a step, and at most during it.
#[derive(Debug, Deserialize)]
struct Peak {
    before_kib: u64,
    peak_kib: u64,
}

/// Prints what one step takes of memory, beyond what its program held before it.
pub fn compare(args: &Args, size: usize, content: &str, style: &str) -> Result<()> {
    if !cfg!(target_os = "linux") {
        println!("memory is measured on Linux only");
        return Ok(());
    }
    let threads = args.threads.to_string();
    let pictures = ["--content", content, "--style", style];
    let ask = |program: &std::path::Path, arguments: &[&str]| -> Result<Peak> {
        let output = Command::new(program).args(arguments).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(serde_json::from_slice(&output.stdout)?)
    };
    let print = |name: &str, peak: &Peak| {
        let taken = (peak.peak_kib - peak.before_kib) as f64;
        println!(
            "memory {size}² {name:<14} {:>8.0} MiB {:>6.2} KiB a pixel",
            taken / 1024.0,
            taken / (size * size) as f64
        );
    };
    for layout in LAYOUTS {
        let how = [SCRIPT, "peak", "--weights", WEIGHTS, "--threads", &threads, "--layout", layout];
        print(layout, &ask(&args.python, &[&how, &pictures[..]].concat())?);
    }
    for device in &args.devices {
        let how = ["peers", "peak", "--device", device, "--threads", &threads];
        print(device, &ask(&std::env::current_exe()?, &[&how, &pictures[..]].concat())?);
    }
    Ok(())
}

/// Own steps in this process.
#[derive(Debug, clap::Args)]
pub struct PeakArgs {
    #[arg(long)]
    content: String,
    #[arg(long)]
    style: String,
    #[arg(long)]
    device: String,
    #[arg(long)]
    threads: usize,
    /// Steps; more than one for a profiler.
    #[arg(long, default_value_t = 1)]
    steps: usize,
}

/// Makes steps and prints its [`Peak`] as JSON.
///
/// # Errors
/// If a step fails.
pub fn peak(args: &PeakArgs) -> Result<()> {
    rayon::ThreadPoolBuilder::new().num_threads(args.threads).build_global().context("threads")?;
    // All by one thread of the pool, whose working memory then serves the targets and the steps.
    rayon::scope(|_| measure(args))
}

fn measure(args: &PeakArgs) -> Result<()> {
    let mut own = Own::new(&args.device, &args.content, &args.style)?;
    let before = status("VmRSS")?;
    // What making the targets took does not count.
    std::fs::write("/proc/self/clear_refs", "5")?;
    for _ in 0..args.steps {
        own.step()?;
    }
    println!("{}", serde_json::json!({ "before_kib": before, "peak_kib": status("VmHWM")? }));
    Ok(())
}

fn status(name: &str) -> Result<u64> {
    for line in std::fs::read_to_string("/proc/self/status")?.lines() {
        if let Some(value) = line.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')) {
            return Ok(value.trim().trim_end_matches(" kB").parse()?);
        }
    }
    bail!("no {name}")
}
