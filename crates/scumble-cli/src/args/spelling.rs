//! Arguments as other programs spell them, put into our spelling before they are read.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// Names under which the program behaves as `scumble neural-style`, so that a link of that name makes
/// old scripts run unchanged.
const OLD_PROGRAMS: [&str; 4] = ["neural-style", "th", "python", "python3"];

/// The commands that take style-transfer-pytorch's spelling: several letters after a single dash.
const COMMANDS: [&str; 2] = ["neural", "repeat"];

/// That spelling, and ours. None of theirs has another meaning: it would be a short flag with a letter for
/// its number.
const SPELLINGS: [(&str, &str); 7] = [
    ("-ms", "--min-size"),
    ("-cw", "--content-weight"),
    ("-tw", "--tv-weight"),
    ("-ii", "--initial-iterations"),
    ("-ss", "--learning-rate"),
    ("-ad", "--avg-decay"),
    ("-sw", "--style-weights"),
];

/// The program's arguments in our spelling.
pub fn translate(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let called = arguments.first().and_then(|name| Path::new(name).file_stem());
    if called.is_some_and(|name| OLD_PROGRAMS.iter().any(|old| name == *old)) {
        arguments.insert(1, "neural-style".into());
    }
    if arguments.get(1).is_some_and(|command| COMMANDS.iter().any(|known| command == *known)) {
        let end_of_flags = OsStr::new("--");
        for argument in arguments.iter_mut().skip(2).take_while(|argument| *argument != end_of_flags) {
            if let Some((_, ours)) = SPELLINGS.iter().find(|(theirs, _)| argument == *theirs) {
                *argument = (*ours).into();
            }
        }
    }
    arguments
}

/// Their spelling of a flag, if they have one of several letters.
pub fn of_flag(flag: &str) -> Option<&'static str> {
    SPELLINGS.iter().find(|(_, ours)| ours.strip_prefix("--") == Some(flag)).map(|(theirs, _)| *theirs)
}
