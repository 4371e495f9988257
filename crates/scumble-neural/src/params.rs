//! The parameters of image optimisation: the one description from which presets, flags, JSON Schema
//! and the reference page are made.
//!
//! There is no `Default`: every value comes from a preset, so that a default exists once.

mod choices;
mod layer_weight;
mod validate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use choices::*;
pub use layer_weight::LayerWeight;

/// Everything that defines an image optimisation, apart from the pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeuralParams {
    /// Size of the finished picture in pixels, measured as `size_rule` says.
    #[schemars(range(min = 16, max = 32768))]
    pub size: u32,
    /// What `size` measures: the long side, the short side, or the side of a square of equal area.
    pub size_rule: SizeRule,
    /// Size of the smallest scale; scales grow from here by the square root of two. The value of
    /// `size` or more gives a single scale.
    #[schemars(range(min = 16, max = 32768))]
    pub min_size: u32,
    /// Size of the style pictures relative to the picture, at every scale.
    #[schemars(range(min = 0.01, max = 100.0))]
    pub style_scale: f64,
    /// Fixed size of the style pictures in pixels, whatever the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 16, max = 32768))]
    pub style_size: Option<u32>,
    /// Whether style pictures smaller than asked are enlarged.
    pub upscale_style: bool,
    /// How sides are rounded to whole pixels.
    pub rounding: Rounding,
    /// Filter for resizing pictures.
    pub resample: Resample,
    /// Whether pictures are resized in linear light (physically right) or on sRGB values (as the
    /// older programs do).
    pub linear_light: bool,

    /// Steps at each scale after the first.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub iterations: u32,
    /// Steps at the first (smallest) scale; the value of `iterations` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub initial_iterations: Option<u32>,
    /// Steps per scale, smallest first, in place of `iterations` and `initial_iterations`; the last repeats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scale_iterations: Vec<u32>,
    /// The size above which scales get fewer steps, in inverse proportion to their size; absent, all get the same. Strokes are
    /// in place by then, what is left is detail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 16, max = 32768))]
    pub taper_from: Option<u32>,
    /// What the first scale starts from.
    pub init: Init,
    /// Seed of every random number.
    pub seed: u64,

    /// Encoder weights: an installed model's name or a weight file.
    pub model: String,
    /// Pooling between the encoder's blocks.
    pub pooling: Pooling,
    /// Padding of the encoder's convolutions.
    pub padding: Padding,
    /// The space in which pixels are optimised.
    pub pixels: PixelSpace,

    /// The one universal slider: 0 keeps the photo, 0.5 is the preset's own balance, 1 leaves it to
    /// the style.
    /// The content weight is multiplied by 100^(1 - 2*strength).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub strength: f64,
    /// Layers whose activations keep the content, as `name` or `name:weight`.
    pub content_layers: Vec<LayerWeight>,
    /// Weight of the content loss; 0 switches it off.
    #[schemars(range(min = 0.0))]
    pub content_weight: f64,
    /// Form of the content loss.
    pub content_loss: ContentLoss,
    /// Weight of all style terms together.
    #[schemars(range(min = 0.0))]
    pub style_weight: f64,
    /// The style losses, as data.
    pub style_terms: Vec<StyleTerm>,
    /// Layers of every style term, in place of the terms' own, as `name` or `name:weight`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style_layers: Option<Vec<LayerWeight>>,
    /// Weight of the total-variation loss, which smooths; 0 switches it off.
    #[schemars(range(min = 0.0))]
    pub tv_weight: f64,
    /// Form of the total-variation loss. Its weight means something else in each, and in each pixel space.
    pub tv_loss: TvLoss,
    /// Scaling of each layer's gradient to unit L1 norm.
    pub normalize_gradients: NormalizeGradients,
    /// Whether each loss weight is divided by its target's largest dimension (neural-style-pt).
    pub normalize_weights: bool,

    /// The optimiser.
    pub optimizer: OptimizerKind,
    /// Adam: step size in units of the pixel space. L-BFGS finds its own.
    #[schemars(range(min = 0.0))]
    pub learning_rate: f64,
    /// Adam: decay of the gradient's running mean.
    #[schemars(range(min = 0.0, max = 0.999999))]
    pub beta1: f64,
    /// Adam: decay of the squared gradient's running mean.
    #[schemars(range(min = 0.0, max = 0.999999))]
    pub beta2: f64,
    /// Adam: added to the denominator; larger values calm flat areas.
    #[schemars(range(min = 1e-30))]
    pub epsilon: f64,
    /// Adam: decay of the running mean of the pictures, which is what is shown and saved; 0 switches
    /// it off.
    #[schemars(range(min = 0.0, max = 0.999999))]
    pub avg_decay: f64,
    /// L-BFGS: number of remembered steps.
    #[schemars(range(min = 1, max = 1000))]
    pub lbfgs_history: u32,

    /// Largest side in pixels of what is computed in one piece; a larger picture is computed in tiles of about this side,
    /// with the same result but for rounding. What fits into --memory if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 64, max = 32768))]
    pub tile: Option<u32>,
    /// The longer side in pixels below which pictures are computed in one piece although `tile` is smaller; absent, none.
    /// What --memory chooses with `tile`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 64, max = 32768))]
    pub tile_from: Option<u32>,

    /// How the picture's colours relate to the content's and the style's.
    pub color: ColorMode,
}

/// One style loss over some layers: `factor * sum over layers of weight * distance`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StyleTerm {
    /// Which statistic is compared.
    pub kind: StyleKind,
    /// Layers and their weights.
    pub layers: Vec<LayerWeight>,
    /// What a Gram matrix is divided by (other kinds always use positions).
    #[serde(default)]
    pub gram_norm: GramNorm,
    /// How the difference of two statistics becomes one number (Gram only).
    #[serde(default)]
    pub reduction: Reduction,
    /// Multiplies the whole term.
    pub factor: f64,
}
