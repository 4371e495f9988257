//! Paintings from one set of parameters, from picture and style to the last stage.

mod common;

#[path = "pipeline/guides.rs"]
mod guides;
#[path = "pipeline/outline.rs"]
mod outline;
#[path = "pipeline/params.rs"]
mod params;
#[path = "pipeline/stages.rs"]
mod stages;
#[path = "pipeline/style.rs"]
mod style;
#[path = "pipeline/wishes.rs"]
mod wishes;
