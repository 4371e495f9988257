//! The methods by which pictures are made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What makes the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Style transfer by image optimisation.
    Neural,
    /// A picture put together from shapes.
    Shapes,
    /// A painting of brush strokes.
    Strokes,
    /// A picture of regions, or of shapes in their places.
    Regions,
    /// More of a texture.
    Texture,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 5] = [Self::Neural, Self::Shapes, Self::Strokes, Self::Regions, Self::Texture];

    /// Its name: that of its command, and of the recipe's member with its parameters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Neural => "neural",
            Self::Shapes => "shapes",
            Self::Strokes => "strokes",
            Self::Regions => "regions",
            Self::Texture => "texture",
        }
    }

    /// The method of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }

    /// The preset of a recipe that names none.
    pub fn default_preset(self) -> &'static str {
        match self {
            Self::Neural => "quality",
            Self::Shapes => "triangles",
            Self::Strokes => "oil",
            Self::Regions => "arty-shapes",
            Self::Texture => "auto",
        }
    }
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
