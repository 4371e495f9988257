//! The old programs' command line: jcjohnson/neural-style and ProGamerGov/neural-style-pt.

pub mod help;
pub mod lines;
pub mod options;
pub mod parse;
pub mod translate;
