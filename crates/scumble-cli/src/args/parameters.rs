//! One flag for every parameter, made from the parameters' schema when the program starts.

use std::marker::PhantomData;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use scumble::{Field, Kind, Method, Recipe, RecipeBuilder, Result, fields};

use super::spelling;

/// The parameters most people use, listed among the first flags.
const UNIVERSAL: [&str; 23] = [
    "kind",
    "method",
    "width",
    "height",
    "tileable",
    "shapes",
    "count",
    "strength",
    "size",
    "abstraction",
    "detail",
    "stroke_length",
    "direction_smoothing",
    "colour_smoothing",
    "fill",
    "mix",
    "relax",
    "refine",
    "iterations",
    "initial_iterations",
    "color",
    "init",
    "seed",
];

/// The others by subject, as `--help` groups them. What is named nowhere goes under the last heading.
const GROUPS: [(&str, &[&str]); 14] = [
    ("Picture", &["size_rule", "style_scale", "style_size", "upscale_style", "rounding", "resample", "linear_light"]),
    ("Schedule", &["min_size", "scale_iterations", "taper_from", "tile", "tile_from"]),
    ("Network", &["model", "pooling", "padding", "pixels"]),
    (
        "Objective",
        &[
            "content_weight",
            "content_layers",
            "content_loss",
            "style_weight",
            "style_layers",
            "style_terms",
            "tv_weight",
            "tv_loss",
            "normalize_gradients",
            "normalize_weights",
        ],
    ),
    ("Optimiser", &["optimizer", "learning_rate", "lbfgs_history", "beta1", "beta2", "epsilon", "avg_decay"]),
    (
        "Colours",
        &[
            "style_colours",
            "style_strokes",
            "style_brush",
            "style_steps",
            "style_strength",
            "palette_size",
            "palette",
            "background",
        ],
    ),
    ("Paint", &["brush", "alpha", "wash", "wet", "jitter", "jitter_hue", "jitter_rgb", "thickness"]),
    ("Surface", &["light", "density", "rim", "grain", "weave"]),
    (
        "Advanced: how strokes are found",
        &[
            "painter",
            "radii",
            "threshold",
            "tolerance",
            "curvature",
            "sway",
            "min_length",
            "length",
            "spacing",
            "fineness",
            "angle",
            "tones",
            "form",
            "outline",
            "shade",
            "lead",
            "guides",
        ],
    ),
    ("Regions", &["segment", "clusters", "min_area", "picks", "behind", "simplify", "round", "ragged"]),
    ("Fills", &["rules", "colour", "outline", "outline_colour", "shadow"]),
    (
        "Texture",
        &["block", "overlap", "tolerance", "feather", "layout", "guide_weight", "scales", "orientations", "rounds"],
    ),
    ("Search", &["level", "work_px", "stop_psnr"]),
    ("Other parameters", &[]),
];

/// Parameters that are texts of files: flags of their commands name the files.
const FILES: [&str; 2] = ["learned", "user_shapes"];

/// Lists whose flags may be given again; of others the last counts.
const AGAIN: [&str; 1] = ["picks"];

/// Letters and further names of flags: style-transfer-pytorch's, neural-style's with two dashes, and primitive's.
const ALIASES: [(Method, &str, Option<char>, &[&str]); 25] = [
    (Method::Neural, "size", Some('s'), &["end-scale", "image-size"]),
    (Method::Neural, "min_size", None, &["min-scale"]),
    (Method::Neural, "style_scale", None, &["style-scale-fac"]),
    (Method::Neural, "iterations", Some('i'), &["num-iterations"]),
    (Method::Neural, "seed", Some('r'), &["random-seed"]),
    (Method::Neural, "learning_rate", None, &["step-size"]),
    (Method::Neural, "lbfgs_history", None, &["lbfgs-num-correction"]),
    (Method::Neural, "color", None, &["colour"]),
    (Method::Shapes, "shapes", None, &["shape"]),
    (Method::Shapes, "count", Some('n'), &[]),
    (Method::Shapes, "size", Some('s'), &[]),
    (Method::Shapes, "alpha", Some('a'), &[]),
    (Method::Shapes, "background", None, &["bg"]),
    (Method::Strokes, "count", Some('n'), &[]),
    (Method::Strokes, "size", Some('s'), &[]),
    (Method::Strokes, "alpha", Some('a'), &[]),
    (Method::Strokes, "colour_smoothing", None, &["color-smoothing"]),
    (Method::Strokes, "style_colours", None, &["style-colors"]),
    (Method::Regions, "shapes", None, &["shape"]),
    (Method::Regions, "picks", None, &["pick"]),
    (Method::Regions, "count", Some('n'), &["regions"]),
    (Method::Regions, "size", Some('s'), &[]),
    (Method::Regions, "background", None, &["bg"]),
    (Method::Regions, "colour", None, &["color"]),
    (Method::Regions, "style_colours", None, &["style-colors"]),
];

/// Whose parameters there are flags for.
pub trait Offer {
    /// The methods.
    const METHODS: &'static [Method];
}

/// Image optimisation's.
#[derive(Debug, Clone)]
pub struct Neural;

impl Offer for Neural {
    const METHODS: &'static [Method] = &[Method::Neural];
}

/// Those of pictures put together from shapes.
#[derive(Debug, Clone)]
pub struct Shapes;

impl Offer for Shapes {
    const METHODS: &'static [Method] = &[Method::Shapes];
}

/// Those of paintings of brush strokes.
#[derive(Debug, Clone)]
pub struct Strokes;

impl Offer for Strokes {
    const METHODS: &'static [Method] = &[Method::Strokes];
}

/// Those of pictures of regions.
#[derive(Debug, Clone)]
pub struct Regions;

impl Offer for Regions {
    const METHODS: &'static [Method] = &[Method::Regions];
}

/// Those of texture synthesis.
#[derive(Debug, Clone)]
pub struct Texture;

impl Offer for Texture {
    const METHODS: &'static [Method] = &[Method::Texture];
}

/// Every method's.
#[derive(Debug, Clone)]
pub struct Any;

impl Offer for Any {
    const METHODS: &'static [Method] = &Method::ALL;
}

/// Parameters given as flags.
#[derive(Debug, Clone)]
pub struct ParameterFlags<O> {
    /// Name and value as text.
    settings: Vec<(String, String)>,
    offer: PhantomData<O>,
}

impl<O: Offer> ParameterFlags<O> {
    /// Sets them.
    ///
    /// # Errors
    /// If a value is not of its parameter's type or out of its range.
    pub fn apply(&self, mut recipe: RecipeBuilder) -> Result<RecipeBuilder> {
        for (name, value) in &self.settings {
            // A list of steps is one number for each scale.
            let per_scale = name == "iterations" && value.contains(',');
            recipe = recipe.set(if per_scale { "scale_iterations" } else { name }, value)?;
        }
        Ok(recipe)
    }

    /// Whether a flag sets a parameter.
    pub fn sets(&self, parameter: &str) -> bool {
        self.settings.iter().any(|(name, _)| name == parameter)
    }

    /// Takes the checksum of the weights out of a recipe where a flag names others.
    pub fn forget_checksums(&self, recipe: &mut Recipe) {
        if self.sets("model") {
            recipe.model_sha256 = None;
        }
    }
}

/// The parameters on offer, each once.
fn offered<O: Offer>() -> Vec<Field> {
    let mut all: Vec<Field> = Vec::new();
    for field in O::METHODS.iter().flat_map(|method| fields(*method)) {
        if !FILES.contains(&field.name.as_str()) && all.iter().all(|known| known.name != field.name) {
            all.push(field);
        }
    }
    all
}

impl<O: Offer> clap::FromArgMatches for ParameterFlags<O> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags = Self { settings: Vec::new(), offer: PhantomData };
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for field in offered::<O>() {
            // What may be given again is a list.
            if let Ok(Some(values)) = matches.try_get_many::<String>(&field.name) {
                let values: Vec<&str> = values.map(String::as_str).filter(|value| !value.is_empty()).collect();
                self.settings.push((field.name, values.join(",")));
            }
        }
        Ok(())
    }
}

impl<O: Offer> clap::Args for ParameterFlags<O> {
    fn augment_args(command: Command) -> Command {
        grouped(offered::<O>())
            .into_iter()
            .fold(command, |command, (heading, field)| command.arg(argument(&field).help_heading(heading)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// The parameters with their headings, in the order of the help; the universal ones have none.
fn grouped(fields: Vec<Field>) -> Vec<(Option<&'static str>, Field)> {
    let place = |field: &Field| {
        let within = |names: &[&str]| names.iter().position(|name| *name == field.name);
        let mut groups = GROUPS.iter().enumerate().map(|(g, (_, names))| Some((g + 1, within(names)?)));
        // Of names that strokes have, too, the last group is of regions and textures.
        let group = || match field.method {
            Method::Regions | Method::Texture => groups.rev().flatten().next(),
            _ => groups.find_map(|found| found),
        };
        within(&UNIVERSAL).map(|i| (0, i)).or_else(group).unwrap_or((GROUPS.len(), 0))
    };
    let mut placed: Vec<((usize, usize), Field)> = fields.into_iter().map(|field| (place(&field), field)).collect();
    placed.sort_by_key(|(place, _)| *place);
    let heading = |group: usize| group.checked_sub(1).map(|group| GROUPS[group].0);
    placed.into_iter().map(|((group, _), field)| (heading(group), field)).collect()
}

/// The flag of a parameter.
fn argument(field: &Field) -> Arg {
    let help = help(field);
    let short_help = help.split_inclusive(". ").next().unwrap_or(&help).trim_end_matches(['.', ' ']).to_owned();
    let arg = Arg::new(&field.name).long(&field.flag).help(short_help).long_help(help);
    let again = AGAIN.contains(&field.name.as_str());
    let arg = if again { arg.action(ArgAction::Append) } else { arg.overrides_with(&field.name) };
    let arg = with_aliases(arg, field);
    match &field.kind {
        Kind::Integer => arg.value_name("N").allow_negative_numbers(true),
        Kind::Number => arg.value_name("NUMBER").allow_negative_numbers(true),
        Kind::Bool => switch(arg, "true").value_name("true|false").hide_possible_values(true),
        Kind::Choice(choices) => {
            let arg = arg.value_name(field.name.rsplit('_').next().unwrap_or_default().to_uppercase());
            let arg = arg.value_parser(PossibleValuesParser::new(choices.iter().map(|choice| {
                let value = PossibleValue::new(choice.name.clone()).help(choice.help.trim_end_matches('.').to_owned());
                // Names of several words are written with an underscore elsewhere.
                value.alias(choice.name.replace('-', "_"))
            })));
            // As a bare flag, as neural-style has it.
            if field.name == "normalize_gradients" { switch(arg, "layer") } else { arg }
        }
        Kind::Text => arg.value_name(match field.name.as_str() {
            "model" => "NAME|FILE",
            "background" => "#RRGGBB",
            _ => "TEXT",
        }),
        Kind::List(item) if **item == Kind::Table => arg.value_name("JSON"),
        Kind::List(_) => arg.value_name("LIST"),
        Kind::Table => arg.value_name("JSON"),
    }
}

/// A flag that may stand alone, for `bare`, or take a value after `=`.
fn switch(arg: Arg, bare: &'static str) -> Arg {
    arg.num_args(0..=1).require_equals(true).default_missing_value(bare)
}

fn with_aliases(arg: Arg, field: &Field) -> Arg {
    let arg = arg.value_parser(value_parser!(String));
    match ALIASES.iter().find(|(method, name, ..)| (*method, *name) == (field.method, field.name.as_str())) {
        None => arg,
        Some((_, _, Some(letter), names)) => arg.short(*letter).visible_aliases(*names),
        Some((_, _, None, names)) => arg.visible_aliases(*names),
    }
}

/// A parameter's help in terms of flags, with the default preset's value.
fn help(field: &Field) -> String {
    let mut help = flags_for_names(field.method, &field.help);
    if let Kind::List(item) = &field.kind
        && let Kind::Choice(choices) = &**item
    {
        let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
        help += &format!(" Some of {}.", names.join(", "));
    }
    match field.name.as_str() {
        "size" if field.method == Method::Neural => help += " With a '+' it is the side of a square of the same area.",
        "iterations" => help += " A list gives the steps of every scale, smallest first.",
        _ => {}
    }
    if let Some(theirs) = spelling::of_flag(&field.flag) {
        help += &format!(" Also spelt {theirs}.");
    }
    let preset = field.method.default_preset();
    match field.in_preset(preset) {
        Ok(value) if !value.is_null() && field.kind != Kind::List(Box::new(Kind::Table)) => {
            let text = Field::show(&value);
            // A sixth has more digits than anybody reads.
            let shown = match value.as_f64() {
                Some(number) if text.len() > 8 => format!("{number:.4}"),
                _ => text,
            };
            format!("{help} [{preset}: {shown}]")
        }
        _ => help,
    }
}

/// `` `size_rule` `` becomes `--size-rule` where that is a parameter; other quotes stay.
fn flags_for_names(method: Method, text: &str) -> String {
    let mut text = text.to_owned();
    for field in fields(method) {
        text = text.replace(&format!("`{}`", field.name), &format!("--{}", field.flag));
    }
    text.replace('`', "'")
}
