//! What the commands take, apart from what is theirs alone.

pub mod machine;
pub mod output;
pub mod parameters;
pub mod spelling;

pub use machine::{MachineArgs, WatchArgs};
pub use output::OutputArgs;
pub use parameters::{Any, Neural, ParameterFlags, Regions, Shapes, Strokes, Texture};
