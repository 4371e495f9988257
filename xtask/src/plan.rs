//! What `--plan` says against what runs take: the program itself, run by run.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Runs of other sizes, presets and pictures than those whose trials the plan is made from.
const RUNS: [&str; 5] = [
    "samples/content/coffee.jpg samples/style/night-hills.jpg --size 512",
    "samples/content/astronaut.jpg samples/style/woodcut-waves.jpg --preset draft",
    "samples/content/chelsea.jpg samples/style/woodcut-waves.jpg --preset gatys2016 --size 300 --iterations 60",
    "samples/content/rocket.jpg samples/style/night-hills.jpg --preset crowsonkb --size 724 --iterations 30,20,15,10,8,6",
    "samples/content/astronaut.jpg samples/style/night-hills.jpg --size 1448 --tile 768 --iterations 20,10,10,5,5,4,3,3",
];

/// What is compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The program.
    #[arg(long, default_value = "target/release/scumble")]
    program: PathBuf,
    /// Runs, as arguments of `scumble neural`, in place of the five.
    #[arg(long = "run", default_values = RUNS)]
    runs: Vec<String>,
}

/// How often a run's memory is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Runs the comparison and prints it.
///
/// # Errors
/// If a run fails, or the system does not tell of its memory (Linux does).
pub fn run(args: &Args) -> Result<()> {
    println!("{:>8} {:>8} {:>7} {:>9} {:>9} {:>7}", "plan s", "true s", "apart", "plan MiB", "true MiB", "apart");
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("out.png");
    for line in &args.runs {
        let neural = || {
            let mut command = Command::new(&args.program);
            command.arg("neural").args(line.split_whitespace()).stderr(Stdio::null());
            command
        };
        // Once for the trials, which are kept, once for the plan.
        let mut plan = Value::Null;
        for _ in 0..2 {
            let output = neural().args(["--plan", "--json"]).output()?;
            plan = serde_json::from_slice(&output.stdout).with_context(|| format!("no plan of {line}"))?;
        }
        let started = Instant::now();
        let mut child = neural().arg("-o").arg(&out).arg("-q").stdout(Stdio::null()).spawn()?;
        let memory = most_memory(&mut child)?;
        if !child.wait()?.success() {
            bail!("failed: scumble neural {line}");
        }
        let seconds = started.elapsed().as_secs_f64();
        let number = |name: &str| plan["plan"][name].as_f64().with_context(|| format!("the plan has no {name}"));
        let (planned, planned_memory) = (number("seconds")?, number("memory")?);
        let mib = f64::from(1u32 << 20);
        println!(
            "{planned:>8.1} {seconds:>8.1} {:>+6.0}% {:>9.0} {:>9.0} {:>+6.0}%  {line}",
            100.0 * (planned / seconds - 1.0),
            planned_memory / mib,
            memory / mib,
            100.0 * (planned_memory / memory - 1.0),
        );
    }
    Ok(())
}

/// The largest resident size of a process in bytes, which it keeps count of itself.
fn most_memory(child: &mut Child) -> Result<f64> {
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0f64;
    while child.try_wait()?.is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        most = most.max(kib.unwrap_or(0.0) * 1024.0);
        std::thread::sleep(LOOK);
    }
    if most == 0.0 {
        bail!("{status} does not tell how much memory the run took");
    }
    Ok(most)
}
