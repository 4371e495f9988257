//! The help of `scumble neural-style`, and the same as a table for the reference page.

use super::options::{OPTIONS, Spec, Takes};

/// What `-help` prints.
pub fn text() -> String {
    let mut text = String::from(
        "Runs command lines of jcjohnson/neural-style and ProGamerGov/neural-style-pt.\n\n\
         Usage: scumble neural-style [SCRIPT] [OPTIONS]\n\n\
         SCRIPT is neural_style.lua or neural_style.py, which decides the program that is imitated; without it,\n\
         -proto_file or a .caffemodel file mean the Lua program, anything else the Python one.\n\n\
         Options:\n",
    );
    let heads: Vec<String> = OPTIONS.iter().map(head).collect();
    let width = heads.iter().map(String::len).max().unwrap_or_default();
    for (option, head) in OPTIONS.iter().zip(&heads) {
        text += &format!("  {head:width$}  {}\n", remark(option));
    }
    text + EXAMPLES
}

const EXAMPLES: &str = "\nExamples:\n  \
    scumble neural-style -content_image photo.jpg -style_image painting.jpg -image_size 256\n  \
    mkdir shims && ln -s \"$(command -v scumble)\" shims/th && PATH=\"$PWD/shims:$PATH\" sh starry_stanford.sh\n";

/// The options as a Markdown table.
pub fn table() -> String {
    let row = |option: &Spec| format!("| `{}` | {} |\n", head(option).replace('|', "\\|"), remark(option));
    "| option | |\n|---|---|\n".to_owned() + &OPTIONS.iter().map(row).collect::<String>()
}

/// An option and what follows it.
fn head(option: &Spec) -> String {
    let value = match option.takes {
        Takes::Text(name) => format!(" {name}"),
        Takes::Number => " NUMBER".into(),
        Takes::Whole => " N".into(),
        Takes::OneOf(words) => format!(" {}", words.join("|")),
        Takes::Nothing => String::new(),
        Takes::Perhaps(name) => format!(" [{name}]"),
    };
    format!("-{}{value}", option.name)
}

fn remark(option: &Spec) -> String {
    if option.ignored { format!("Accepted and ignored: {}", option.help) } else { option.help.to_owned() }
}
