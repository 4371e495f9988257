//! What a command line of the old programs asks for, in scumble's terms.

use std::path::{Path, PathBuf};

use scumble::{Error, Recipe, Result};

use super::options::{OPTIONS, Program};
use super::parse::CommandLine;

/// Content picture of the old programs' examples, taken if nothing else is named.
const DEFAULT_CONTENT: &str = "examples/inputs/tubingen.jpg";
/// Style picture of the old programs' examples.
const DEFAULT_STYLE: &str = "examples/inputs/seated-nude.jpg";
/// File names of the Oxford VGG-19, which is compiled into the program.
const BUILT_IN: [&str; 3] = ["vgg19-d01eb7cb", "VGG_ILSVRC_19", "VGG19"];
/// Name of the model compiled into the program.
const BUILT_IN_NAME: &str = "vgg19";

/// A run, as the old programs would do it.
#[derive(Debug)]
pub struct Request {
    /// The program that is imitated.
    pub program: Program,
    /// What to make.
    pub recipe: Recipe,
    /// Where to write it.
    pub output: PathBuf,
    /// Losses are printed every so many steps; 0 is never.
    pub print_every: usize,
    /// Pictures are written every so many steps; 0 is never.
    pub save_every: usize,
    /// What to compute on, as `--device` takes it.
    pub device: String,
    /// What the user should know.
    pub notes: Vec<String>,
}

impl Request {
    /// Understands a command line. `devices` are the names of this build's graphics devices, the best first.
    ///
    /// # Errors
    /// If a value is out of range, a picture is missing from the command line, or the lists of styles
    /// and of their weights differ in length.
    pub fn new(line: &CommandLine, devices: &[&str]) -> Result<Self> {
        let mut notes = Vec::new();
        for option in OPTIONS.iter().filter(|option| option.ignored && line.has(option.name)) {
            notes.push(format!("-{} does nothing here: {}", option.name, option.help));
        }
        let device = device(line, devices, &mut notes);
        Ok(Self {
            program: line.program,
            recipe: recipe(line, &mut notes)?,
            output: line.text("output_image").unwrap_or("out.png").into(),
            print_every: every(line, "print_iter", 50)?,
            save_every: every(line, "save_iter", 100)?,
            device,
            notes,
        })
    }
}

/// How often something is done; 0 is never.
fn every(line: &CommandLine, option: &str, default: usize) -> Result<usize> {
    match line.whole(option) {
        None => Ok(default),
        Some(n) => usize::try_from(n)
            .map_err(|_| Error::parameter(format!("-{option} is '{n}', allowed is a whole number of 0 or more"))),
    }
}

fn recipe(line: &CommandLine, notes: &mut Vec<String>) -> Result<Recipe> {
    let preset = match line.program {
        Program::Lua => "neural-style",
        Program::Python => "neural-style-pt",
    };
    let mut recipe = Recipe::builder().preset(preset)?.content(content(line)?);
    for (path, weight) in styles(line)? {
        recipe = recipe.style(path, weight);
    }
    for (name, value) in settings(line, notes) {
        recipe = recipe.set(name, &value)?;
    }
    if let ("image", Some(path)) = (line.text("init").unwrap_or_default(), line.text("init_image")) {
        recipe = recipe.init_image(path);
    }
    recipe.build()
}

fn content(line: &CommandLine) -> Result<&str> {
    given_or_example(line, "content_image", DEFAULT_CONTENT)
}

fn given_or_example<'a>(line: &'a CommandLine, option: &str, example: &'static str) -> Result<&'a str> {
    match line.text(option) {
        Some(path) => Ok(path),
        None if Path::new(example).is_file() => Ok(example),
        None => Err(Error::parameter(format!("-{option} is missing"))
            .hint("for example: -content_image photo.jpg -style_image painting.jpg")),
    }
}

fn styles(line: &CommandLine) -> Result<Vec<(&str, f64)>> {
    let mut paths = line.list("style_image");
    if paths.is_empty() {
        paths.push(given_or_example(line, "style_image", DEFAULT_STYLE)?);
    }
    let weights = line.list("style_blend_weights");
    if weights.is_empty() {
        return Ok(paths.into_iter().map(|path| (path, 1.0)).collect());
    }
    if weights.len() != paths.len() {
        return Err(Error::parameter(format!(
            "-style_blend_weights has {} numbers for {} styles",
            weights.len(),
            paths.len()
        ))
        .hint("give one number for each picture or folder of -style_image"));
    }
    let number = |text: &&str| {
        text.parse::<f64>().map_err(|_| {
            Error::parameter(format!("-style_blend_weights holds '{text}', allowed are numbers separated by commas"))
        })
    };
    paths.into_iter().zip(&weights).map(|(path, text)| Ok((path, number(text)?))).collect()
}

/// The parameters that differ from the preset.
fn settings(line: &CommandLine, notes: &mut Vec<String>) -> Vec<(&'static str, String)> {
    const SAME: [(&str, &str); 11] = [
        ("image_size", "size"),
        ("content_weight", "content_weight"),
        ("style_weight", "style_weight"),
        ("tv_weight", "tv_weight"),
        ("num_iterations", "iterations"),
        ("optimizer", "optimizer"),
        ("style_scale", "style_scale"),
        ("pooling", "pooling"),
        ("content_layers", "content_layers"),
        ("style_layers", "style_layers"),
        ("lbfgs_num_correction", "lbfgs_history"),
    ];
    let given = |(old, new): (&str, &'static str)| line.text(old).map(|value| (new, value.to_owned()));
    let mut settings: Vec<(&'static str, String)> = SAME.into_iter().filter_map(given).collect();
    // Both programs' 0 stands for their libraries' own number.
    settings.retain(|(name, value)| !(*name == "lbfgs_history" && value == "0"));
    if line.text("init") == Some("image") {
        let from = if line.text("init_image").is_some() { "image" } else { "content" };
        settings.push(("init", from.into()));
    }
    if line.text("optimizer") == Some("adam") {
        let default = if line.program == Program::Lua { "10" } else { "1" };
        settings.push(("learning_rate", line.text("learning_rate").unwrap_or(default).into()));
    }
    if line.has("normalize_gradients") {
        let form = if line.program == Program::Lua { "layer" } else { "pt-compat" };
        settings.push(("normalize_gradients", form.into()));
    }
    if line.has("normalize_weights") {
        settings.push(("normalize_weights", "true".into()));
    }
    if line.text("original_colors") == Some("1") {
        settings.push(("color", "luma-after".into()));
    }
    if let Some(seed) = line.whole("seed").filter(|seed| *seed >= 0) {
        settings.push(("seed", seed.to_string()));
    }
    settings.extend(line.text("model_file").map(|file| ("model", model(file, notes))));
    settings
}

/// The weights to use where the old program would read `file`: the file itself if it is there and can be
/// read, the built-in ones if it is, or would be, the same network.
fn model(file: &str, notes: &mut Vec<String>) -> String {
    let is_caffe = file.ends_with(".caffemodel");
    let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_built_in = BUILT_IN.iter().any(|known| name.contains(&known.to_lowercase()));
    if is_built_in && (is_caffe || !Path::new(file).exists()) {
        notes.push(format!("-model_file {file}: the built-in VGG-19 is used, which has the same weights"));
        return BUILT_IN_NAME.into();
    }
    file.into()
}

/// The device of `-gpu`: the first graphics device named, the processor for -1 or c, the best at hand if
/// nothing is said; the processor if this build has no graphics devices.
fn device(line: &CommandLine, devices: &[&str], notes: &mut Vec<String>) -> String {
    let named = line.list("gpu");
    let Some(first) = named.first() else { return "auto".into() };
    if first.starts_with('-') || first.to_lowercase().contains('c') {
        return "cpu".into();
    }
    let Some(best) = devices.first() else {
        notes.push(format!("-gpu {}: no such device here; the processor computes", named.join(",")));
        return "cpu".into();
    };
    // The first is what scripts name without thinking of it: it need not be there.
    let device = if *first == "0" { "auto".to_owned() } else { format!("{best}:{first}") };
    if named.len() > 1 {
        notes.push(format!("-gpu {}: one device computes", named.join(",")));
    }
    device
}
