//! `cargo xtask models trim INPUT OUTPUT`: makes the weight file that is committed and compiled in.

use std::path::PathBuf;

use scumble_nn::weights::trim;

/// Arguments of `cargo xtask models`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Keep the first convolutions of the Oxford VGG-19 in palette form, with scumble's tags.
    Trim {
        /// The whole network in palette form: `features.N.weight.codes`, `.palette`, `features.N.bias`.
        input: PathBuf,
        /// The file to write: `models/vgg19-conv5_1-q8.safetensors`.
        output: PathBuf,
        /// The deepest convolution to keep.
        #[arg(long, default_value = "conv5_1")]
        last: String,
    },
}

/// Runs one of the chores.
pub fn run(args: Args) -> anyhow::Result<()> {
    let Command::Trim { input, output, last } = args.command;
    let tags = [
        ("convention", "caffe".to_owned()),
        (
            "source",
            format!(
                "Oxford VGG-19 up to {last}, 8-bit palette (Simonyan & Zisserman, Visual Geometry Group, University of \
                 Oxford)"
            ),
        ),
        ("licence", "CC BY 4.0".to_owned()),
    ];
    let made = trim(&input, &output, &last, &tags)?;
    println!(
        "{}: {} convolutions, {} parameters, {} bytes\nsha256 {}",
        output.display(),
        made.layers,
        made.parameters,
        made.bytes,
        made.sha256
    );
    Ok(())
}
