//! The command line as a whole.

use std::ffi::OsString;

use clap::builder::UnknownArgumentValueParser;
use clap::{Arg, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;
use scumble::{Error, Result};

use crate::args::output::OUTPUT;
use crate::commands::compare::CompareArgs;
use crate::commands::doctor::DoctorArgs;
use crate::commands::draw::DrawArgs;
use crate::commands::models::ModelsCommand;
use crate::commands::neural::NeuralArgs;
use crate::commands::neural_style::NeuralStyleArgs;
use crate::commands::presets::PresetsArgs;
use crate::commands::probe::ProbeArgs;
use crate::commands::regions::RegionsArgs;
use crate::commands::repeat::RepeatArgs;
use crate::commands::resume::ResumeArgs;
use crate::commands::shapes::ShapesArgs;
use crate::commands::strokes::StrokesArgs;
use crate::commands::texture::TextureArgs;
use crate::reference;
use crate::report::{Finish, Voice, data, json_data};

const EXAMPLES: &str = "\
Examples:
  scumble neural photo.jpg painting.jpg -o out.png     repaint a photo in the manner of a painting
  scumble neural photo.jpg painting.jpg --preset draft the same, quickly and smaller
  scumble shapes photo.jpg -o out.svg --count 300      put a photo together from 300 triangles
  scumble strokes photo.jpg                            paint it with brush strokes
  scumble regions photo.jpg --preset poster            flat areas, shapes or glass in the places of regions
  scumble texture bricks.jpg --width 2048              more of a texture, at any size
  scumble repeat out.png                               make out.png again from the recipe it holds
  scumble compare photo.jpg out.png                    measure how far apart two pictures are

Exit codes: 0 done, 1 could not do it, 2 wrong arguments, 130 interrupted.";

const NEURAL_USAGE: &str = "\
scumble neural [OPTIONS] CONTENT STYLE...
       scumble neural [OPTIONS] --recipe FILE";

const NEURAL_EXAMPLES: &str = "\
Examples:
  scumble neural photo.jpg painting.jpg
      writes out.png: preset 'quality', long side 512 pixels
  scumble neural photo.jpg painting.jpg --strength 0.7 --size 1024 -o large.jpg
      more style, larger
  scumble neural photo.jpg waves.jpg night.jpg --style-weights 2,1 --color luma-after
      two styles, the first twice as strong, in the photo's colours
  scumble neural --preset texture --style bricks.png -o tile.png
      a texture from the style alone
  scumble neural photo.jpg painting.jpg --preset gatys2016 --dump-recipe > gatys.json
  scumble neural --recipe gatys.json --seed 7 -o seven.png
      a recipe kept, and used with another seed
  curl -s https://example.org/photo.jpg | scumble neural - painting.jpg -o - > out.png
      from standard input to standard output

Ctrl-C stops after the step under way and writes the picture so far; a second one ends at once. With
--checkpoint FILE the run is saved, too, and 'scumble resume FILE' goes on with it.";

const SHAPES_USAGE: &str = "\
scumble shapes [OPTIONS] PICTURE
       scumble shapes [OPTIONS] --recipe FILE";

const SHAPES_EXAMPLES: &str = "\
Examples:
  scumble shapes photo.jpg
      writes out.png: 200 triangles
  scumble shapes photo.jpg -o out.svg --shape rotated-ellipse --count 500
      500 ellipses, as vectors
  scumble shapes photo.jpg --preset economy --palette '#1d3557,#e63946,#f1faee' -o poster.png --size 4096
      a poster of few large shapes in three colours, 4096 pixels wide
  scumble shapes photo.jpg -o out.png --also out.svg --also out.json
      the same shapes as picture, vectors and data

Ctrl-C stops after the shape under way and writes the picture so far; a second one ends at once.";

const STROKES_USAGE: &str = "\
scumble strokes [OPTIONS] PICTURE [STYLE]
       scumble strokes [OPTIONS] --recipe FILE";

const STROKES_EXAMPLES: &str = "\
Examples:
  scumble strokes photo.jpg
      writes out.png: preset 'oil', as large as the photo
  scumble strokes photo.jpg painting.jpg --preset impasto -o out.png
      thick paint, in the painting's colours
  scumble strokes photo.jpg --preset watercolour --abstraction 0.3 --size 4096 -o print.png
      larger washes, drawn at print size
  scumble strokes photo.jpg --mask face.png --detail 0.8 --also strokes.json --film making.webp
      more detail where the mask is white; the strokes as data, and a film of their making
  scumble strokes photo.jpg painting.jpg --style-colours palette --palette-size 8
      in eight of the painting's colours

Ctrl-C stops and writes the picture so far; a second one ends at once.";

const REGIONS_USAGE: &str = "\
scumble regions [OPTIONS] PICTURE [STYLE]
       scumble regions [OPTIONS] --recipe FILE";

const REGIONS_EXAMPLES: &str = "\
Examples:
  scumble regions photo.jpg
      writes out.png: preset 'arty-shapes', geometric shapes in the places of regions
  scumble regions photo.jpg --preset low-poly --count 800 -o out.png --also out.svg
      a mesh of 800 corners, as a picture and as vectors
  scumble regions photo.jpg painting.jpg --preset stained-glass -o window.png
      a window of coloured glass, in the painting's colours
  scumble regions photo.jpg --preset poster --rules '[{\"when\": {\"texture\": \"0.1..\"}, \"fill\": \"strokes:oil\"}]'
      flat areas, but brush strokes where there is much detail
  scumble regions photo.jpg --count 8 --masks masks
      regions as soft masks, for other programs

Ctrl-C stops and writes the picture so far; a second one ends at once.";

const TEXTURE_USAGE: &str = "\
scumble texture [OPTIONS] EXEMPLAR
       scumble texture [OPTIONS] --recipe FILE";

const TEXTURE_EXAMPLES: &str = "\
Examples:
  scumble texture bricks.jpg -o wall.png --width 1024 --height 1024
      more bricks; the method is chosen by the exemplar's structure, and said
  scumble texture sand.jpg --preset phase --width 4096 --height 4096 -o beach.png
      a large texture at once, seamless when laid side by side
  scumble texture bricks.jpg --tileable -o tile.png
      a tile that continues itself
  scumble texture gravel.jpg --guide photo.jpg --width 1200 --height 800 -o gravel.png
      a photo put together from gravel, at 1200 pixels, so that stones are small beside what it shows";

const DRAW_EXAMPLES: &str = "\
Examples:
  scumble strokes photo.jpg --also strokes.json
  scumble draw strokes.json --size 4096 -o print.png   the same strokes, at print size
  scumble draw strokes.json -o strokes.svg             as vectors";

const REPEAT_EXAMPLES: &str = "\
Examples:
  scumble repeat out.png                        writes out-repeat.png, the same bytes
  scumble repeat out.png --content other.jpg    the same treatment for another photo
  scumble repeat out.png --size 2048 -o big.png the same, larger";

const RESUME_EXAMPLES: &str = "\
Examples:
  scumble neural photo.jpg painting.jpg --size 2048 -o big.png --checkpoint big.run
      saves the run to big.run every ten minutes, and on Ctrl-C
  scumble resume big.run
      goes on, writes big.png, the same bytes as without the break, and removes big.run

The pictures must be where they were; names are relative to the working directory.";

/// Turns pictures into artworks: repaints a photo in the manner of a painting
#[derive(Debug, Parser)]
#[command(name = "scumble", version, after_help = EXAMPLES, max_term_width = 120)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Repaint a photo in the manner of one or several paintings, by image optimisation
    #[command(arg_required_else_help = true, override_usage = NEURAL_USAGE, after_help = NEURAL_EXAMPLES)]
    Neural(Box<NeuralArgs>),
    /// Put a picture together from triangles, ellipses and other shapes, as few or as many as you like
    #[command(arg_required_else_help = true, override_usage = SHAPES_USAGE, after_help = SHAPES_EXAMPLES)]
    Shapes(Box<ShapesArgs>),
    /// Paint a picture with brush strokes: oil, impasto, watercolour, pencil
    #[command(arg_required_else_help = true, override_usage = STROKES_USAGE, after_help = STROKES_EXAMPLES)]
    Strokes(Box<StrokesArgs>),
    /// Put a picture together from its regions: shapes in their places, low-poly, stained glass, mosaic
    #[command(arg_required_else_help = true, override_usage = REGIONS_USAGE, after_help = REGIONS_EXAMPLES)]
    Regions(Box<RegionsArgs>),
    /// Make more of a texture, at any size
    #[command(arg_required_else_help = true, override_usage = TEXTURE_USAGE, after_help = TEXTURE_EXAMPLES)]
    Texture(Box<TextureArgs>),
    /// Draw a painting that was written as JSON, at any size, as a picture, vectors or a film
    #[command(after_help = DRAW_EXAMPLES)]
    Draw(DrawArgs),
    /// Run a command line of neural-style or neural-style-pt, in its own spelling
    #[command(disable_help_flag = true, disable_version_flag = true)]
    NeuralStyle(NeuralStyleArgs),
    /// Make a picture again from the recipe it holds
    #[command(after_help = REPEAT_EXAMPLES)]
    Repeat(Box<RepeatArgs>),
    /// Go on with a run from the checkpoint that --checkpoint saved
    #[command(after_help = RESUME_EXAMPLES)]
    Resume(Box<ResumeArgs>),
    /// Measure how far apart two pictures are: PSNR, SSIM, content and style distance
    Compare(CompareArgs),
    /// List the presets, or print one
    Presets(PresetsArgs),
    /// List, import and check encoder weights
    #[command(subcommand)]
    Models(ModelsCommand),
    /// Say what this machine and this build offer: devices, threads, memory, weights
    Doctor(DoctorArgs),
    /// Try out a graphics device, as is done before its first use, and print what comes of it
    #[command(hide = true)]
    Probe(ProbeArgs),
    /// Print the JSON Schema of recipes
    Schema,
    /// Print a script that completes commands in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page of scumble or one of its commands
    #[command(hide = true)]
    Man {
        /// The command
        command: Option<String>,
    },
    /// Print the reference of the command line as Markdown
    #[command(hide = true)]
    DocsMarkdown,
}

/// Flags of outputs that commands' pictures do not have: they are refused with the reason, and not shown.
const HIDDEN: [(&str, &[&str]); 4] = [
    ("neural", &["film", "layers", "masks", "learned"]),
    ("texture", &["film", "layers", "masks", "learned", "save_every"]),
    ("shapes", &["masks", "learned"]),
    ("strokes", &["masks", "learned"]),
];

/// Commands whose pictures have no strokes that could be written in other forms than pictures.
const WITHOUT_STROKES: [&str; 2] = ["neural", "texture"];

/// The command line.
pub fn command_line() -> clap::Command {
    Cli::command().mut_subcommands(|subcommand| {
        let flags = HIDDEN.iter().find(|(name, _)| *name == subcommand.get_name()).map_or(&[][..], |(_, flags)| flags);
        let subcommand =
            if WITHOUT_STROKES.contains(&subcommand.get_name()) { of_pictures(subcommand) } else { subcommand };
        let subcommand = if subcommand.get_name() == "texture" { with_sides(subcommand) } else { subcommand };
        flags.iter().fold(subcommand, |subcommand, flag| subcommand.mut_arg(*flag, |arg| arg.hide(true)))
    })
}

/// Its outputs are pictures alone.
fn of_pictures(command: clap::Command) -> clap::Command {
    command.mut_args(|arg| match arg.get_id().as_str() {
        "output" => arg.long_help(format!("{OUTPUT}\n\nFormats are png, jpg, webp and tif.")),
        "format" => arg.value_parser(["png", "jpeg", "webp", "tiff"]),
        "also" => arg.help("Write another file of the same picture, in another format; may be repeated"),
        _ => arg,
    })
}

/// Says of --size, which other commands have, what takes its place.
fn with_sides(command: clap::Command) -> clap::Command {
    let unknown = UnknownArgumentValueParser::suggest("a texture's sides are --width and --height");
    command.arg(Arg::new("no_size").long("size").short('s').value_name("N").hide(true).value_parser(unknown))
}

impl Cli {
    /// Reads the arguments; ends the program where they ask for help or are wrong.
    pub fn read(arguments: Vec<OsString>) -> Self {
        let matches = command_line().get_matches_from(arguments);
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

    /// How this command gives its messages.
    pub fn voice(&self) -> Voice {
        match &self.command {
            Command::Neural(args) => args.machine.watch.voice(),
            Command::Shapes(args) => args.painting.watch.voice(),
            Command::Strokes(args) => args.painting.watch.voice(),
            Command::Regions(args) => args.painting.watch.voice(),
            Command::Texture(args) => args.painting.watch.voice(),
            Command::Repeat(args) => args.machine.watch.voice(),
            Command::Resume(args) => args.machine.watch.voice(),
            Command::Draw(args) => args.voice(),
            _ => Voice::default(),
        }
    }

    /// Does what was asked.
    ///
    /// # Errors
    /// Whatever keeps it from being done.
    pub fn run(self) -> Result<Finish> {
        match self.command {
            Command::Neural(args) => return args.run(),
            Command::Shapes(args) => return args.run(),
            Command::Strokes(args) => return args.run(),
            Command::Regions(args) => return args.run(),
            Command::Texture(args) => return args.run(),
            Command::NeuralStyle(args) => return args.run(),
            Command::Repeat(args) => return args.run(),
            Command::Resume(args) => return args.run(),
            Command::Compare(args) => return args.run(),
            Command::Draw(args) => args.run(),
            Command::Presets(args) => return args.run(),
            Command::Models(command) => return command.run(),
            Command::Doctor(args) => return args.run(),
            Command::Probe(args) => return args.run(),
            Command::Schema => json_data(scumble::recipe_schema()),
            Command::Completions { shell } => data(completions(shell)),
            Command::Man { command } => data(manual(command.as_deref())?),
            Command::DocsMarkdown => data(reference::markdown(command_line())),
        }?;
        Ok(Finish::Done)
    }
}

fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command_line(), "scumble", &mut script);
    script
}

fn manual(name: Option<&str>) -> Result<Vec<u8>> {
    let mut command = command_line();
    command.build();
    let command = match name {
        None => command,
        Some(name) => command
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| Error::parameter(format!("unknown command '{name}'")).hint("'scumble help' lists them"))?,
    };
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(command).render(&mut page);
    written.map_err(|e| Error::io(format!("cannot write the manual page: {e}")))?;
    Ok(page)
}
