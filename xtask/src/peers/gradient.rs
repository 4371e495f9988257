//! The own gradient of photographs beside PyTorch's in double precision, for any weight file.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use safetensors::SafeTensors;
use scumble::{Environment, Recipe};
use scumble_neural::objective::NeuralObjective;
use scumble_neural::optim::Objective;
use scumble_neural::tiling::Tiles;
use scumble_nn::encoder::CAFFE_MEAN_BGR;
use scumble_nn::kernel::Level;
use scumble_nn::{Device, Encoder};

use super::neural::WEIGHTS;
use super::python::Python;

/// What is compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A Python with torch, safetensors and Pillow installed.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// Weights of VGG-16 or VGG-19 to relu5_1 or further, of the Caffe convention: the file in models/, or a plain
    /// safetensors file.
    #[arg(long, default_value = WEIGHTS)]
    model: String,
    /// The photographs are as large as a square of this side.
    #[arg(long, default_value_t = 64)]
    side: usize,
    /// How far units are kept from zero, in standard deviations; units that rounding could flip are compared as well, by a
    /// gap of 0.
    #[arg(long, default_value_t = 5e-5)]
    gap: f64,
    /// Own devices, as `--device` takes them; all of the processor's if absent.
    #[arg(long, value_delimiter = ',')]
    devices: Vec<String>,
    /// Where gradients go.
    #[arg(long, default_value = "target/peers/gradient")]
    folder: PathBuf,
}

/// Runs the comparison and prints it.
///
/// # Errors
/// If either program fails.
pub fn run(args: &Args) -> Result<()> {
    let of_processor = || Level::available().into_iter().map(Level::name).chain(["stock"]);
    let devices = match args.devices.as_slice() {
        [] => of_processor().map(|name| format!("cpu:{name}")).collect(),
        named => named.to_vec(),
    };
    println!("largest difference to double precision over the largest value; torch: contiguous, channels last\n");
    print!("{:<12} {:>9} {:>8} {:>17}", "photograph", "size", "gap", "torch, single");
    devices.iter().for_each(|device| print!(" {device:>12}"));
    println!();
    let python = Python { program: &args.python, script: Path::new("reference/neural/make_gradients.py") };
    for gap in [0.0, args.gap] {
        let folder = args.folder.join(format!("gap-{gap:e}"));
        std::fs::create_dir_all(&folder)?;
        let (side, gap, out) = (args.side.to_string(), format!("{gap:e}"), folder.to_string_lossy());
        python.run(&["--weights", &args.model, "--side", &side, "--gap", &gap, "--out", &out])?;
        for file in files(&folder)? {
            let reference = Reference::read(&file)?;
            let size = format!("{}×{}", reference.size.0, reference.size.1);
            print!("{:<12} {size:>9} {gap:>8} {:>17}", reference.name, reference.single);
            for device in &devices {
                let own = own_gradient(&reference, &args.model, device)?;
                print!(" {:>12.1e}", apart(&own, &reference.gradient)?);
            }
            println!();
        }
    }
    Ok(())
}

/// What the script left, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut files: Vec<PathBuf> =
        entries.into_iter().filter(|path| path.extension().is_some_and(|e| e == "safetensors")).collect();
    files.sort();
    ensure!(!files.is_empty(), "no gradients in {}", folder.display());
    Ok(files)
}

/// A gradient in double precision.
struct Reference {
    name: String,
    size: (usize, usize),
    content: Vec<f32>,
    style: Vec<f32>,
    point: Vec<f32>,
    gradient: Vec<f32>,
    /// How far PyTorch's single precision is off, either layout.
    single: String,
}

impl Reference {
    fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path)?;
        let (_, header) = SafeTensors::read_metadata(&bytes)?;
        let file = SafeTensors::deserialize(&bytes)?;
        let floats = |name: &str| -> Result<Vec<f32>> {
            let view = file.tensor(name)?;
            Ok(view.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
        };
        let pixels = |name: &str| Ok::<_, anyhow::Error>(network_pixels(file.tensor(name)?.data()));
        let shape = file.tensor("point")?.shape().to_vec();
        ensure!(shape.len() == 3, "{}: a point of shape {shape:?}", path.display());
        let single = header.metadata().as_ref().and_then(|members| members.get("f32_error"));
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self {
            name: name.trim_start_matches("gradient-").to_owned(),
            size: (shape[2], shape[1]),
            content: pixels("content")?,
            style: pixels("style")?,
            point: floats("point")?,
            gradient: floats("gradient")?,
            single: single.context("no f32_error")?.clone(),
        })
    }
}

/// Planes of bytes, red, green and blue, as the network takes them.
fn network_pixels(rgb: &[u8]) -> Vec<f32> {
    let plane = rgb.len() / 3;
    let of = |c: usize| rgb[(2 - c) * plane..][..plane].iter().map(move |v| f32::from(*v) - CAFFE_MEAN_BGR[c]);
    (0..3).flat_map(of).collect()
}

fn own_gradient(reference: &Reference, model: &str, device: &str) -> Result<Vec<f32>> {
    let recipe = Recipe::builder().preset("gatys2016")?.set("tv_weight", "0.001")?.set("model", model)?;
    // The pictures are at hand; a recipe has to name some.
    let params = recipe.content("content").style("style", 1.0).build()?.parameters.into_neural()?;
    let weights = Environment::from_system().models().resolve(&params.model)?;
    let encoder = Encoder::new(&weights, params.padding, params.pooling, &Device::open(device)?);
    let whole = Tiles::whole(reference.size);
    let styles = [(1.0, reference.style.as_slice(), whole.clone())];
    let mut objective = NeuralObjective::new(&encoder, &params, whole, Some(&reference.content), &styles)?;
    Ok(objective.evaluate(&reference.point)?.gradient)
}

/// The largest difference over the largest value.
fn apart(found: &[f32], exact: &[f32]) -> Result<f32> {
    ensure!(found.len() == exact.len(), "{} values for {}", found.len(), exact.len());
    let largest = exact.iter().fold(0.0f32, |m, g| m.max(g.abs()));
    Ok(found.iter().zip(exact).fold(0.0f32, |m, (a, b)| m.max((a - b).abs())) / largest)
}
