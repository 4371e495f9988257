//! The parameters of texture synthesis: presets, flags, JSON Schema and the reference page are made from them.
//!
//! There is no `Default`: every value comes from a preset.

use schemars::JsonSchema;
use scumble_core::{Result, within};
use scumble_image::LONGEST_SIDE;
use serde::{Deserialize, Serialize};

use crate::quilt::{Layout, QuiltParams};
use crate::wavelet::WaveletParams;

/// Most octaves and most orientations of an octave.
const MOST_BANDS: u32 = 8;
/// Most rounds.
pub(crate) const MOST_ROUNDS: u32 = 50;

/// Everything that defines a texture, apart from the exemplar and the guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextureParams {
    /// How the texture is made; `auto` decides by the exemplar's structure.
    pub method: TextureMethod,
    /// Width in pixels; twice the exemplar's if 0, or the guide's.
    #[schemars(range(min = 0, max = 65_535))]
    pub width: u32,
    /// Height in pixels; twice the exemplar's if 0, or the guide's.
    #[schemars(range(min = 0, max = 65_535))]
    pub height: u32,
    /// Whether a quilt fits itself when laid side by side. Textures of all other methods do anyway.
    pub tileable: bool,
    /// Side of a quilt's block in pixels; by the exemplar's structure if 0.
    #[schemars(range(min = 0, max = 4096))]
    pub block: u32,
    /// Part of a block's side that it shares with its neighbour.
    #[schemars(range(min = 0.0, max = 0.4))]
    pub overlap: f64,
    /// How much worse than the best a block may fit: 0 always takes the best, larger values repeat less.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub tolerance: f64,
    /// How soft the cuts between blocks are: they deviate by the root of half of it in pixels.
    #[schemars(range(min = 0, max = 8))]
    pub feather: u32,
    /// Where the pieces of a quilt come from.
    pub layout: Layout,
    /// How much a guide counts in the first pass beside the neighbours of a block; it counts less in later ones.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub guide_weight: f64,
    /// Octaves of detail of Portilla–Simoncelli, Heeger–Bergen and wavelet textures, fewer of pictures too small for them.
    #[schemars(range(min = 1, max = 8))]
    pub scales: u32,
    /// Orientations of an octave of Portilla–Simoncelli and Heeger–Bergen textures.
    #[schemars(range(min = 1, max = 8))]
    pub orientations: u32,
    /// How many times histograms are matched in Heeger–Bergen and wavelet textures, colours and spectrum in spectrum ones, all
    /// statistics in Portilla–Simoncelli ones; as many as the method needs if 0.
    #[schemars(range(min = 0, max = 50))]
    pub rounds: u32,
    /// Seed of every random number.
    pub seed: u64,
}

/// A way to make a texture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TextureMethod {
    /// Quilting of exemplars with structure, random phase noise of others.
    Auto,
    /// Random phase noise: the exemplar's spectrum and nothing else.
    Phase,
    /// The exemplar's spectrum and its colours.
    Spectrum,
    /// The exemplar's histograms in every band of a steerable pyramid.
    HeegerBergen,
    /// How the bands of a steerable pyramid go together, within octaves and between them: lines and edges.
    PortillaSimoncelli,
    /// Histograms of wavelets, which know no directions: a quick look.
    Wavelet,
    /// Pieces of the exemplar, joined by cuts.
    Quilt,
}

impl TextureMethod {
    /// Every method.
    pub const ALL: [Self; 7] = [
        Self::Auto,
        Self::Phase,
        Self::Spectrum,
        Self::HeegerBergen,
        Self::PortillaSimoncelli,
        Self::Wavelet,
        Self::Quilt,
    ];

    /// The name in recipes and flags.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Phase => "phase",
            Self::Spectrum => "spectrum",
            Self::HeegerBergen => "heeger-bergen",
            Self::PortillaSimoncelli => "portilla-simoncelli",
            Self::Wavelet => "wavelet",
            Self::Quilt => "quilt",
        }
    }
}

impl TextureParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("width", self.width, 0, LONGEST_SIDE as u32)?;
        within("height", self.height, 0, LONGEST_SIDE as u32)?;
        within("block", self.block, 0, 4096)?;
        self.quilting().validate()?;
        self.pyramid().validate()
    }

    /// What of this quilting needs.
    pub fn quilting(&self) -> QuiltParams {
        QuiltParams {
            block: self.block as usize,
            overlap: self.overlap,
            tolerance: self.tolerance,
            feather: self.feather as usize,
            tileable: self.tileable,
            layout: self.layout,
            guide_weight: self.guide_weight,
        }
    }

    /// What of this Heeger–Bergen and Portilla–Simoncelli synthesis need.
    pub fn pyramid(&self) -> PyramidParams {
        PyramidParams { scales: self.scales, orientations: self.orientations, rounds: self.rounds }
    }

    /// What of this wavelet synthesis needs.
    pub fn wavelet(&self) -> WaveletParams {
        WaveletParams { scales: self.scales, rounds: self.rounds }
    }
}

/// Parameters of the methods that work on bands of a [pyramid](crate::pyramid).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PyramidParams {
    /// Octaves of the pyramid, 1 to 8; fewer of pictures too small for them.
    pub scales: u32,
    /// Orientations of an octave, 1 to 8.
    pub orientations: u32,
    /// How many times everything is imposed, up to 50; as many as the method needs if 0.
    pub rounds: u32,
}

impl PyramidParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        check_scales(self.scales)?;
        within("orientations", self.orientations, 1, MOST_BANDS)?;
        check_rounds(self.rounds)
    }
}

/// Refuses numbers of octaves that nothing is made of.
pub(crate) fn check_scales(scales: u32) -> Result<()> {
    within("scales", scales, 1, MOST_BANDS)
}

/// Refuses more rounds than anything needs.
pub(crate) fn check_rounds(rounds: u32) -> Result<()> {
    within("rounds", rounds, 0, MOST_ROUNDS)
}
