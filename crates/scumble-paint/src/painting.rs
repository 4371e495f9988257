//! A painting as data: strokes in the order in which they are laid, from which pictures of any size are drawn.

mod brush;
mod check;
mod finish;
mod geometry;
mod ground;
mod ramp;
mod text;
mod wet;

use serde::{Deserialize, Serialize};

pub use brush::{Brush, BrushKind, MOST_TEXELS};
pub use finish::{Finish, Light};
pub use geometry::{Geometry, Point};
pub use ground::Ground;
pub(crate) use ground::grey_uri;
pub use ramp::Ramp;
pub use wet::Wet;

/// The version of the format that [`Painting::to_json`] writes.
pub const VERSION: u32 = 1;

/// The most strokes of a painting.
pub const MOST_STROKES: usize = 200_000;

/// A colour: red, green, blue from 0 to 1, encoded as sRGB, in which strokes are blended (as SVG viewers do).
pub type Colour = [f32; 3];

/// A painting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Painting {
    /// [`VERSION`].
    pub version: u32,
    /// Width of the coordinates' frame: x runs from 0 to here, to the right.
    pub width: f32,
    /// Height of the frame: y runs from 0 to here, downwards.
    pub height: f32,
    /// The ground on which strokes are laid.
    pub background: Colour,
    /// The seed of textures drawn with the strokes.
    pub seed: u64,
    /// A picture on the ground, below all strokes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// What it was made with.
    pub preset: String,
    /// The only colours it uses, if it was made with a palette.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub palette: Vec<Colour>,
    /// Light, pigment and ground.
    #[serde(default, skip_serializing_if = "Finish::is_default")]
    pub finish: Finish,
    /// The brushes.
    pub brushes: Vec<Brush>,
    /// Groups of strokes, from the lowest.
    pub layers: Vec<Layer>,
    /// The strokes in the order in which they are laid.
    pub strokes: Vec<Stroke>,
}

/// A group of strokes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Index of its brush in the painting.
    pub brush: usize,
    /// How it meets what is below.
    pub blend: Blend,
    /// Whether thin paint covers the ground between bristles, and where they run dry, if nothing else does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// How a stroke meets what is below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blend {
    /// It covers: `(1 - a) below + a colour`.
    #[default]
    Normal,
    /// It darkens like a glaze: `(1 - a) below + a below colour`.
    Multiply,
}

/// A stroke or shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stroke {
    /// Index of its layer in the painting.
    pub layer: usize,
    /// Where it is.
    pub geometry: Geometry,
    /// Its colour.
    pub colour: Colour,
    /// Its opacity, 0 to 1.
    pub alpha: f32,
    /// The colour it changes to, if it is not even.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ramp: Option<Ramp>,
}

impl Painting {
    /// The unit of sizes that grow with the frame, `max(1, shorter side / 512)`.
    pub fn unit(&self) -> f32 {
        (self.width.min(self.height) / 512.0).max(1.0)
    }

    /// An empty painting of one layer with a solid brush.
    pub fn new(width: f32, height: f32, background: Colour, seed: u64) -> Self {
        Self {
            version: VERSION,
            width,
            height,
            background,
            seed,
            ground: None,
            preset: String::new(),
            palette: Vec::new(),
            finish: Finish::default(),
            brushes: vec![Brush::solid()],
            layers: vec![Layer { name: "shapes".into(), brush: 0, blend: Blend::Normal, closed: false }],
            strokes: Vec::new(),
        }
    }
}
