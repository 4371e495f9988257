//! The reference of the command line, made from the commands themselves: `docs/cli.md`.

use std::fmt::Write as _;

use clap::{Arg, Command};
use scumble::{Field, Method, fields, presets};

use crate::neural_style::help;

const INTRODUCTION: &str = "\
# The command line

Made by `cargo xtask docs` from the program itself; do not edit.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 could not do it, 2 wrong
arguments, 130 interrupted. Ctrl-C stops after the step under way and writes the picture so far; a second one ends at
once. Errors are a line `error: …` and perhaps a line `hint: …`; with `--progress json` they are JSON as well.
`NO_COLOR` is respected. Imported models are kept in the platform's data folder (`scumble models path`).
";

const PROGRESS: &str = "\
#### `--progress json`

One object on a line of standard error for every event:

| `event` | members |
|---|---|
| `plan` | `total_steps`, `stages`: list of `width`, `height`, `steps` |
| `step` | `stage` (from 0), `step` (from 1), `steps`, `total_step`, `width`, `height`, `loss`, `parts` (by name), `fraction`, `seconds`, `seconds_left` |
| `saved` | `path`, `total_step`: a picture of `--save-every` |
| `note` | `text` |
| `end` | the steps are over |
| `error` | `fault` (`input`, `parameter`, `limit`, `weights`, `device`, `io`), `message`, `hint` |

";

const OLD_SCRIPTS: &str = "\
Runs command lines of [neural-style](https://github.com/jcjohnson/neural-style) (Lua) and
[neural-style-pt](https://github.com/ProGamerGov/neural-style-pt) (Python): long options with a single dash, the same
defaults, the same lines on standard output, the same file names. The objective is that of the presets `neural-style`
and `neural-style-pt`. What is ignored is said once on standard error.

To run a script unchanged, let its interpreter's name stand for scumble, either by a link:

```sh
mkdir shims && ln -s \"$(command -v scumble)\" shims/th && ln -s \"$(command -v scumble)\" shims/python3
PATH=\"$PWD/shims:$PATH\" bash starry_stanford.sh
```

or by shell functions, for a script that is sourced:

```sh
th() { scumble neural-style \"$@\"; }
python3() { scumble neural-style \"$@\"; }
. starry_stanford.sh
```

";

/// The whole page.
pub fn markdown(mut root: Command) -> String {
    root.build();
    let mut page = INTRODUCTION.to_owned();
    for command in root.get_subcommands().filter(|c| !c.is_hide_set() && c.get_name() != "help") {
        section(&mut page, command, 2);
    }
    page += "\n## Parameters in every preset\n\n";
    for method in Method::ALL {
        page += &format!("### `{method}`\n\n{}\n", preset_table(method));
    }
    page.pop();
    page
}

fn section(page: &mut String, command: &Command, level: usize) {
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    add(page, format_args!("\n{} `{name}`\n\n", "#".repeat(level)));
    add(page, format_args!("{}.\n\n", text(command.get_about())));
    if command.get_name() == "neural-style" {
        *page += OLD_SCRIPTS;
        *page += &help::table();
        return;
    }
    if !command.has_subcommands() {
        let usage = command.clone().render_usage().to_string();
        add(page, format_args!("```text\n{}\n```\n\n", usage.trim_start_matches("Usage: ").trim()));
    }
    for heading in headings(command) {
        if let Some(heading) = heading {
            add(page, format_args!("**{heading}**\n\n"));
        }
        *page += "| flag | |\n|---|---|\n";
        for arg in arguments(command).filter(|arg| arg.get_help_heading() == heading) {
            row(page, arg);
        }
        *page += "\n";
    }
    if command.get_name() == "neural" {
        *page += PROGRESS;
    }
    if let Some(examples) = command.get_after_help() {
        add(page, format_args!("```text\n{examples}\n```\n"));
    }
    for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
        section(page, sub, level + 1);
    }
}

/// What a user may give, without `--help` and `--version`.
fn arguments(command: &Command) -> impl Iterator<Item = &Arg> {
    let own = |arg: &&Arg| !arg.is_hide_set() && !["help", "version"].contains(&arg.get_id().as_str());
    command.get_arguments().filter(own)
}

/// Headings in the order of their first flags; first that of flags without one.
fn headings(command: &Command) -> Vec<Option<&str>> {
    let mut headings: Vec<Option<&str>> = Vec::new();
    for arg in arguments(command) {
        if !headings.contains(&arg.get_help_heading()) {
            headings.push(arg.get_help_heading());
        }
    }
    headings.sort_by_key(Option::is_some);
    headings
}

fn row(page: &mut String, arg: &Arg) {
    let names = arg.get_value_names().unwrap_or_default();
    let values = names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" ");
    let takes_value = arg.get_action().takes_values();
    let mut head = match (arg.get_short(), arg.get_long()) {
        (_, None) => values.clone(),
        (None, Some(long)) => format!("--{long}"),
        (Some(short), Some(long)) => format!("-{short}, --{long}"),
    };
    if arg.get_long().is_some() && takes_value {
        let optional = arg.get_num_args().is_some_and(|n| n.min_values() == 0);
        head += &if optional { format!("[={values}]") } else { format!(" {values}") };
    }
    let mut help = text(arg.get_long_help().or(arg.get_help())).replace("\n\n", " ").replace('\n', " ");
    let aliases = arg.get_visible_aliases().unwrap_or_default();
    if !aliases.is_empty() {
        let aliases: Vec<String> = aliases.iter().map(|alias| format!("`--{alias}`")).collect();
        help += &format!(" Also {}.", aliases.join(", "));
    }
    add(page, format_args!("| `{}` | {}{} |\n", escaped(&head), escaped(&help), choices(arg)));
}

/// The possible values with their help.
fn choices(arg: &Arg) -> String {
    if arg.is_hide_possible_values_set() || !arg.get_action().takes_values() {
        return String::new();
    }
    let values = arg.get_possible_values();
    let value = |value: &clap::builder::PossibleValue| match value.get_help() {
        Some(help) => format!("<br>`{}`: {}", value.get_name(), escaped(&help.to_string())),
        None => format!(" `{}`", value.get_name()),
    };
    values.iter().map(value).collect()
}

/// Every parameter's value in every preset.
fn preset_table(method: Method) -> String {
    let names = presets::names(method);
    let mut table = format!("| parameter | {} |\n", names.join(" | "));
    table += &format!("|---|{}\n", "---|".repeat(names.len()));
    for field in fields(method) {
        let value = |preset: &&str| match field.in_preset(preset) {
            Ok(value) if value.as_array().is_some_and(|items| items.iter().any(|item| item.is_object())) => {
                kinds(&value)
            }
            Ok(value) if value.is_null() => "–".to_owned(),
            Ok(value) => escaped(&Field::show(&value)).replace(',', ", "),
            Err(_) => String::new(),
        };
        table += &format!("| `{}` | {} |\n", field.name, names.iter().map(value).collect::<Vec<_>>().join(" | "));
    }
    table
}

/// The kinds of the style terms, which do not fit into a table.
fn kinds(terms: &serde_json::Value) -> String {
    let kinds = terms.as_array().into_iter().flatten().filter_map(|term| term["kind"].as_str());
    kinds.collect::<Vec<_>>().join(", ")
}

fn text(styled: Option<&clap::builder::StyledStr>) -> String {
    styled.map(ToString::to_string).unwrap_or_default()
}

/// Text for a table's cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

fn add(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = page.write_fmt(text);
}
