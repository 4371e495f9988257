//! The commands, one file each.

pub mod compare;
pub mod doctor;
pub mod draw;
pub mod models;
pub mod neural;
pub mod neural_style;
pub mod painting;
pub mod presets;
pub mod probe;
pub mod regions;
pub mod repeat;
pub mod resume;
pub mod shapes;
pub mod strokes;
pub mod texture;
