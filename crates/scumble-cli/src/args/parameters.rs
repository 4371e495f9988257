//! One flag for every parameter, made from the parameters' schema when the program starts.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgMatches, Command, value_parser};
use scumble::{Field, Kind, Recipe, RecipeBuilder, Result, fields};

use super::spelling;

/// The parameters most people use, listed among the first flags.
const UNIVERSAL: [&str; 7] = ["strength", "size", "iterations", "initial_iterations", "color", "init", "seed"];

/// The others by subject, as `--help` groups them. What is named nowhere goes under the last heading.
const GROUPS: [(&str, &[&str]); 6] = [
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
    ("Other parameters", &[]),
];

/// Letters and further names of flags: style-transfer-pytorch's, and neural-style's with two dashes.
const ALIASES: [(&str, Option<char>, &[&str]); 8] = [
    ("size", Some('s'), &["end-scale", "image-size"]),
    ("min_size", None, &["min-scale"]),
    ("style_scale", None, &["style-scale-fac"]),
    ("iterations", Some('i'), &["num-iterations"]),
    ("seed", Some('r'), &["random-seed"]),
    ("learning_rate", None, &["step-size"]),
    ("lbfgs_history", None, &["lbfgs-num-correction"]),
    ("color", None, &["colour"]),
];

/// Parameters given as flags.
#[derive(Debug, Clone, Default)]
pub struct ParameterFlags {
    /// Name and value as text.
    settings: Vec<(String, String)>,
}

impl ParameterFlags {
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

    /// Takes the checksum of the weights out of a recipe where a flag names others.
    pub fn forget_checksums(&self, recipe: &mut Recipe) {
        if self.settings.iter().any(|(name, _)| name == "model") {
            recipe.model_sha256 = None;
        }
    }
}

impl clap::FromArgMatches for ParameterFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for field in fields() {
            if let Ok(Some(value)) = matches.try_get_one::<String>(&field.name) {
                self.settings.push((field.name, value.clone()));
            }
        }
        Ok(())
    }
}

impl clap::Args for ParameterFlags {
    fn augment_args(command: Command) -> Command {
        grouped(fields())
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
        let group = || GROUPS.iter().enumerate().find_map(|(g, (_, names))| Some((g + 1, within(names)?)));
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
    let arg = Arg::new(&field.name).long(&field.flag).help(short_help).long_help(help).overrides_with(&field.name);
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
        Kind::Text => arg.value_name(if field.name == "model" { "NAME|FILE" } else { "TEXT" }),
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
    match ALIASES.iter().find(|(name, ..)| *name == field.name) {
        None => arg,
        Some((_, Some(letter), names)) => arg.short(*letter).visible_aliases(*names),
        Some((_, None, names)) => arg.visible_aliases(*names),
    }
}

/// A parameter's help in terms of flags, with the default preset's value.
fn help(field: &Field) -> String {
    let mut help = flags_for_names(&field.help);
    match field.name.as_str() {
        "size" => help += " With a '+' it is the side of a square of the same area.",
        "iterations" => help += " A list gives the steps of every scale, smallest first.",
        _ => {}
    }
    if let Some(theirs) = spelling::of_flag(&field.flag) {
        help += &format!(" Also spelt {theirs}.");
    }
    match field.in_preset(scumble::presets::DEFAULT) {
        Ok(value) if !value.is_null() && field.kind != Kind::List(Box::new(Kind::Table)) => {
            format!("{help} [{}: {}]", scumble::presets::DEFAULT, Field::show(&value))
        }
        _ => help,
    }
}

/// `` `size_rule` `` becomes `--size-rule` where that is a parameter; other quotes stay.
fn flags_for_names(text: &str) -> String {
    let names: Vec<Field> = fields();
    let mut text = text.to_owned();
    for field in &names {
        text = text.replace(&format!("`{}`", field.name), &format!("--{}", field.flag));
    }
    text.replace('`', "'")
}
