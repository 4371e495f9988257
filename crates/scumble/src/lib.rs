//! Pictures into pictures: the library behind the program `scumble`.
//!
//! A run is described by a [`Recipe`]. [`Job::prepare`] opens and checks everything a recipe names;
//! [`Job::run`] makes the picture and tells an [`Observer`] about it; the [`Artwork`] it leaves is saved
//! with its recipe inside, from which the same picture can be made again.
//!
//! ```no_run
//! use scumble::{Environment, Job, Recipe, Silent};
//!
//! let recipe = Recipe::builder().preset("draft")?.content("photo.jpg").style("painting.jpg", 1.0).build()?;
//! let artwork = Job::prepare(&recipe, &Environment::from_system())?.run(0, &mut Silent)?;
//! artwork.save("out.png".as_ref())?;
//! # Ok::<(), scumble::Error>(())
//! ```
//!
//! The library never prints, never exits and never reads the clock. Every error of input or parameters
//! comes from building the recipe or preparing the job.

#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod artwork;
mod budget;
mod checkpoint;
mod choice;
mod color_mode;
mod compare;
mod doctor;
mod environment;
mod fields;
mod forecast;
mod job;
mod method;
mod pictures;
pub mod presets;
mod recipe;
mod schema;
mod system;
mod verdict;

pub use artwork::{Artwork, Form, draw_as};
pub use budget::Budget;
pub use checkpoint::{Checkpoint, Moment};
pub use choice::{DeviceChoice, choose_device};
pub use compare::{Comparison, compare};
pub use doctor::{Cpu, DeviceInfo, Memory, Model, Report, doctor};
pub use environment::Environment;
pub use fields::{Choice, Field, Kind, field, fields};
pub use forecast::{Costs, Forecast, ForecastStage, Trial};
pub use job::{Job, MaskSink, NeuralJob};
pub use method::Method;
pub use pictures::Source;
pub use recipe::{Parameters, PictureRef, Recipe, RecipeBuilder, StyleRef};
pub use schema::{parameter_schema, recipe_schema};
pub use verdict::{Finding, Probed, Prober, Verdict, Verdicts};

pub use scumble_core::{Control, Error, Event, Fault, Observer, Plan, Preview, Result, Silent, Stage, Step, suggest};
pub use scumble_image::{
    Animation, Canvas, Depth, EncodeOptions, Format, Limits, check_writable, encode, encode_grey, write_atomically,
};
pub use scumble_neural::{End, NeuralParams, params};
pub use scumble_nn::weights;
pub use scumble_nn::{Adapter, AdapterKind, Deviation, Device, self_test};
pub use scumble_paint::painters::greedy as shapes;
pub use scumble_paint::strokes;
pub use scumble_paint::{Painting, draw, painting};
pub use scumble_region as regions;
pub use scumble_texture as texture;

/// The library's version, recorded in recipes.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
