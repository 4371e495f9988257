//! The real binary in temporary folders: what it prints, how it exits, what it leaves.

mod bad_input;
mod commands;
mod devices;
mod harness;
#[cfg(unix)]
mod interrupt;
#[cfg(unix)]
mod killed;
mod neural;
#[cfg(unix)]
mod old_scripts;
mod plan;
mod readme;
mod reference;
mod regions;
mod repeat;
mod resume;
mod shapes;
mod streams;
mod strokes;
mod texture;
mod threads;
mod weight_files;
