//! PyTorch beside the own kernels: every layer, the whole step, and its memory; the programs take turns.

mod memory;
mod step;
mod torch;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use scumble_nn::Device;
use scumble_nn::kernel::Buffers;
use scumble_nn::ops::{Bits, Border, FrozenConv, Map};
use serde_json::json;

use super::pictures::reduce_to;
use super::report::median;
use torch::Torch;

pub use memory::{PeakArgs, peak};

/// Both layouts that PyTorch's convolutions know; the better one counts.
const LAYOUTS: [&str; 2] = ["contiguous", "channels-last"];

/// Input and output channels of VGG-19's convolutions to conv5_1, and the pixels a position is wide.
const LAYERS: [(usize, usize, usize); 13] = [
    (3, 64, 1),
    (64, 64, 1),
    (64, 128, 2),
    (128, 128, 2),
    (128, 256, 4),
    (256, 256, 4),
    (256, 256, 4),
    (256, 256, 4),
    (256, 512, 8),
    (512, 512, 8),
    (512, 512, 8),
    (512, 512, 8),
    (512, 512, 16),
];

/// What is compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A Python with torch, numpy, safetensors and opencv-python-headless installed.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// The content picture.
    #[arg(long, default_value = "samples/content/chelsea.jpg")]
    content: PathBuf,
    /// The style picture.
    #[arg(long, default_value = "samples/style/night-hills.jpg")]
    style: PathBuf,
    /// Sides of the square pictures of the whole step and its memory.
    #[arg(long, value_delimiter = ',', default_value = "256,512,1024")]
    sizes: Vec<usize>,
    /// Side of the picture whose layers are compared; 0 leaves them out.
    #[arg(long, default_value_t = 512)]
    layers: usize,
    /// Own devices to compare, as `--device` takes them: cpu, cpu:avx2, ...
    #[arg(long, value_delimiter = ',', default_value = "cpu")]
    devices: Vec<String>,
    /// Rounds; in each, every program runs once. One more goes before and does not count.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Threads of either program.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Where the pictures go.
    #[arg(long, default_value = "target/peers/engine")]
    folder: PathBuf,
}

/// A pause before every turn: threads that wait for more work keep the processor for a while.
const PAUSE: Duration = Duration::from_millis(300);

/// Runs the comparison and prints it.
///
/// # Errors
/// If either program fails.
pub fn run(args: &Args) -> Result<()> {
    std::fs::create_dir_all(&args.folder)?;
    rayon::ThreadPoolBuilder::new().num_threads(args.threads).build_global().context("threads")?;
    let mut torch = Torch::start(&args.python, args.threads)?;
    println!(
        "{} rounds, {} threads; medians in milliseconds; ratio: PyTorch's better layout over ours",
        args.rounds, args.threads
    );
    if args.layers > 0 {
        layers(args, &mut torch)?;
    }
    for size in &args.sizes {
        let [content, style] = squares(args, *size)?;
        steps(args, &mut torch, *size, &content, &style)?;
    }
    drop(torch);
    for size in &args.sizes {
        let [content, style] = squares(args, *size)?;
        memory::compare(args, *size, &content, &style)?;
    }
    Ok(())
}

/// The two pictures as squares of a side; what they show is of no account here.
fn squares(args: &Args, side: usize) -> Result<[String; 2]> {
    let square = |picture: &Path, name: &str| -> Result<String> {
        let to = args.folder.join(format!("{name}-{side}.png"));
        reduce_to(picture, &to, side, side)?;
        Ok(to.to_string_lossy().into_owned())
    };
    Ok([square(&args.content, "content")?, square(&args.style, "style")?])
}

/// Seconds of every contestant: PyTorch's layouts, then the own devices.
struct Row {
    name: String,
    seconds: Vec<Vec<f64>>,
}

impl Row {
    fn new(name: String, args: &Args) -> Self {
        Self { name, seconds: vec![Vec::new(); LAYOUTS.len() + args.devices.len()] }
    }

    fn medians(&self) -> Vec<f64> {
        self.seconds.iter().map(|seconds| median(seconds)).collect()
    }

    fn print_head(what: &str, args: &Args) {
        print!("\n{what:<16}");
        LAYOUTS.iter().for_each(|layout| print!(" {layout:>14}"));
        args.devices.iter().for_each(|device| print!(" {device:>12} {:>6}", "ratio"));
        println!();
    }

    fn print(name: &str, medians: &[f64]) {
        let (theirs, ours) = medians.split_at(LAYOUTS.len());
        let best = theirs.iter().copied().fold(f64::INFINITY, f64::min);
        print!("{name:<16}");
        theirs.iter().for_each(|seconds| print!(" {:>14.1}", 1e3 * seconds));
        ours.iter().for_each(|seconds| print!(" {:>12.1} {:>6.2}", 1e3 * seconds, best / seconds));
        println!();
    }
}

/// Seconds of the second of two runs after a pause: the first wakes processor and threads and fills the caches.
fn second_time(mut work: impl FnMut() -> Result<()>) -> Result<f64> {
    std::thread::sleep(PAUSE);
    work()?;
    let before = Instant::now();
    work()?;
    Ok(before.elapsed().as_secs_f64())
}

/// Convolution, bias and ReLU, then the gradient for the input, layer by layer.
fn layers(args: &Args, torch: &mut Torch) -> Result<()> {
    let levels = args.devices.iter().map(|name| Ok(Device::open(name)?.level())).collect::<Result<Vec<_>>>()?;
    Row::print_head("layer", args);
    let mut total = vec![0.0; LAYOUTS.len() + levels.len()];
    for (inputs, outputs, stride) in LAYERS {
        let side = args.layers / stride;
        let mut row = Row::new(format!("{inputs}→{outputs} {side}²"), args);
        let value = |i: usize| ((i * 7919) % 1013) as f32 / 1013.0 - 0.5;
        let values = |n: usize| (0..n).map(value).collect::<Vec<f32>>();
        let buffers = Buffers::default();
        let convs: Vec<FrozenConv> = levels
            .iter()
            .map(|level| FrozenConv::new(inputs, outputs, values(inputs * outputs * 9), values(outputs), *level))
            .collect();
        let x = Map::of(&values(inputs * side * side), inputs, side, side, &buffers);
        let gradient = Map::of(&values(outputs * side * side), outputs, side, side, &buffers);
        for round in 0..=args.rounds {
            let mut seconds = Vec::new();
            for layout in LAYOUTS {
                let request =
                    json!({ "do": "layer", "inputs": inputs, "outputs": outputs, "side": side, "layout": layout });
                seconds.push(torch.second_time(&request)?.seconds);
            }
            for conv in &convs {
                seconds.push(second_time(|| {
                    let mut bits = Bits::new(outputs, side, side);
                    conv.forward(&x, Border::Zero, true, Some(&mut bits), &buffers);
                    conv.backward(&gradient, Border::Zero, Some(&bits), &buffers);
                    Ok(())
                })?);
            }
            if round > 0 {
                row.seconds.iter_mut().zip(seconds).for_each(|(all, one)| all.push(one));
            }
        }
        let medians = row.medians();
        Row::print(&row.name, &medians);
        total.iter_mut().zip(medians).for_each(|(total, one)| *total += one);
    }
    Row::print("all layers", &total);
    Ok(())
}

/// Loss and image gradient.
fn steps(args: &Args, torch: &mut Torch, size: usize, content: &str, style: &str) -> Result<()> {
    let mut own =
        args.devices.iter().map(|device| step::Own::new(device, content, style)).collect::<Result<Vec<_>>>()?;
    let mut row = Row::new(format!("step {size}²"), args);
    let mut apart = 0.0f64;
    for round in 0..=args.rounds {
        let mut seconds = Vec::new();
        let mut loss = 0.0;
        for layout in LAYOUTS {
            let request = json!({ "do": "step", "content": content, "style": style, "layout": layout });
            let answer = torch.second_time(&request)?;
            seconds.push(answer.seconds);
            loss = answer.loss.unwrap_or(f64::NAN);
        }
        for own in &mut own {
            seconds.push(second_time(|| {
                apart = apart.max((own.step()? / loss - 1.0).abs());
                Ok(())
            })?);
        }
        if round > 0 {
            row.seconds.iter_mut().zip(seconds).for_each(|(all, one)| all.push(one));
        }
    }
    Row::print_head("whole step", args);
    Row::print(&row.name, &row.medians());
    println!("losses apart: {apart:.1e}");
    Ok(())
}
