//! The parameters of paintings: presets, flags, JSON Schema and the reference page are made from them.
//!
//! There is no `Default`: every value comes from a preset.

use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use serde::{Deserialize, Serialize};

use crate::fields::Guide;
use crate::painters::hatch::Lead;
use crate::painters::limits::count_and_work;
use crate::painters::relax::RelaxParams;
use crate::painters::{HexColour, Tip};
use crate::painting::{Finish, Light};
use crate::refine::RefineParams;

/// Everything that defines a painting of brush strokes, apart from the pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StrokesParams {
    /// How strokes are found.
    pub painter: PainterKind,
    /// Longer side of the picture in pixels; the source's if absent. The same strokes are drawn in any size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 65_535))]
    pub size: Option<u32>,
    /// How much is left to the imagination: 0 strokes as the preset has them, 1 strokes four times as large.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub abstraction: f64,
    /// How much of the small is painted: 0.5 as the preset has it, 0 little, 1 all.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub detail: f64,
    /// Length of strokes, as a multiple of the preset's.
    #[schemars(range(min = 0.1, max = 10.0))]
    pub stroke_length: f64,
    /// How far strokes agree with their neighbours in direction, as a multiple of the usual.
    #[schemars(range(min = 0.1, max = 16.0))]
    pub direction_smoothing: f64,
    /// Radius in pixels at 512 within which colours are smoothed before painting, edges kept; 0 not at all.
    #[schemars(range(min = 0.0, max = 32.0))]
    pub colour_smoothing: f64,
    /// How much of the photo shows through the painting: 0 nothing, 1 all.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub mix: f64,
    /// Seed of every random number.
    pub seed: u64,
    /// Strokes at which the painting ends, finished or not.
    #[schemars(range(min = 1, max = 200_000))]
    pub count: u32,
    /// Times that every stroke is visited in the end, to be moved, reshaped or recoloured for the better.
    #[schemars(range(min = 0, max = 100))]
    pub relax: u32,
    /// Steps of gradient descent on places, sizes and colours of all strokes, after that.
    #[schemars(range(min = 0, max = 2000))]
    pub refine: u32,

    /// What a style picture gives.
    pub style_colours: StyleColours,
    /// Steps in which strokes are moved, reshaped and recoloured until a network sees the style picture's manner in them.
    #[schemars(range(min = 0, max = 2000))]
    pub style_steps: u32,
    /// How much of the style these steps bring: 0 keeps to the photo, 1 is all style.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub style_strength: f64,
    /// Whether strokes are as wide as a style picture's marks, half to twice the preset's, and as long and even in their
    /// directions. `hatch` is not changed.
    pub style_strokes: bool,
    /// Whether strokes are laid with the marks of the style's brush, where it has parallel streaks. `hatch` is not changed.
    pub style_brush: bool,
    /// Number of colours taken from the style where `style_colours` is `palette`.
    #[schemars(range(min = 2, max = 64))]
    pub palette_size: u32,
    /// The only colours strokes may have, as `#rrggbb`; any if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub palette: Vec<HexColour>,
    /// Colour of the ground, as `#rrggbb`; if absent, that of the flat ground the source has, else its mean; white for hatching.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<HexColour>,

    /// What strokes are laid with.
    pub brush: Tip,
    /// Opacity of every stroke, of 255.
    #[schemars(range(min = 1, max = 255))]
    pub alpha: u8,
    /// Whether strokes of `layered` and `adaptive` are washes, which darken what is below as glazes do, instead of covering it.
    /// Washes can be neither relaxed nor refined.
    pub wash: bool,
    /// How soft edges of washes are where the picture is smooth: 0 crisp, 1 as soft as the brush.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub wet: Option<f64>,
    /// Random change of each stroke's lightness.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub jitter: f64,
    /// Random change of hues, of `layered` strokes; at 1 any hue.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub jitter_hue: f64,
    /// Random change of red, green and blue, of `layered` strokes.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub jitter_rgb: f64,
    /// Thickness of the paint: 0 flat, 1 impasto.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub thickness: f64,
    /// Strength of the light on the paint's relief: 0 none, 3 oil, 8 impasto.
    #[schemars(range(min = 0.0, max = 50.0))]
    pub light: f64,
    /// By how much pigment gathers in the paper's hollows: 0 evenly.
    #[schemars(range(min = 0.0, max = 8.0))]
    pub density: f64,
    /// By how much washes darken along their rims.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub rim: f64,
    /// By how much strokes skip the hollows of rough paper.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub grain: f64,
    /// How strongly the weave of canvas shows.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub weave: f64,

    /// Sizes of the layers, from coarse to fine, in pixels at 512: radii of `layered` and `adaptive` strokes, sides of the
    /// windows of `moments`; least and largest radius of `short` strokes; the one radius of `kuwahara`, `patches` and of the
    /// lines of `ink`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(range(min = 0.5, max = 256.0)))]
    pub radii: Vec<f64>,
    /// Error at which a place is painted over by a finer layer, in levels from 0 to 255: `layered`, `adaptive`, `moments`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 255.0))]
    pub threshold: Option<f64>,
    /// Colour difference at which a stroke ends: `adaptive` in Oklab, where black and white are 1 apart, `moments` in RGB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.01, max = 1.0))]
    pub tolerance: Option<f64>,
    /// How much `layered` strokes bend: 1 follows edges at once, 0 keeps them straight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub curvature: Option<f64>,
    /// How far `layered` strokes sway from the directions around them where the picture is even, and differ in length: 0 not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub sway: Option<f64>,
    /// Fewest steps of `layered` strokes, each a radius long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 100))]
    pub min_length: Option<u32>,
    /// Most steps of `layered` strokes, each a radius long, 0 for dots; most widths of `adaptive` strokes; most pixels at 512
    /// of `short` strokes; the median of lines of `hatch`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 256.0))]
    pub length: Option<f64>,
    /// Distance of strokes: of `layered` ones in radii, of `short` ones in pixels at 512, of lines of `hatch` in widths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.25, max = 64.0))]
    pub spacing: Option<f64>,
    /// How densely `adaptive` strokes are set; how often `moments` strokes cover each pixel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.1, max = 20.0))]
    pub fineness: Option<f64>,
    /// Random turn of `short` strokes; direction of `hatch` where the picture has none. In degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -360.0, max = 360.0))]
    pub angle: Option<f64>,
    /// Luma below which each layer of `hatch` begins, from light to dark, 0 to 1; the one luma below which there is `ink`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(range(min = 0.0, max = 1.0)))]
    pub tones: Vec<f64>,
    /// How far lines of `hatch` follow the picture's edges, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub form: Option<f64>,
    /// Strength of the lines along edges, of `hatch`; of pencil lines that other painters' works get in the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub outline: Option<f64>,
    /// How dark `hatch` shades below its lines with the broad side of the pencil: 0 not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub shade: Option<f64>,
    /// Colour of the lines of `hatch` and along edges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
    /// Curves drawn by hand, which strokes near them follow, in pixels of the source: `layered`, `adaptive`, `short`, `hatch`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guides: Vec<Guide>,
    /// Longer side in pixels of the copy on which strokes are searched for. A smaller source is taken as it is.
    #[schemars(range(min = 16, max = 2048))]
    pub work_px: u32,
}

/// How strokes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PainterKind {
    /// Curved strokes in layers, coarse to fine, where the painting is still away from the picture (Hertzmann 1998).
    Layered,
    /// Strokes as large as the picture allows, dense where it is busy (Im2Oil, Tong et al. 2022).
    Adaptive,
    /// Strokes that fit areas of one colour (Shiraishi and Yamaguchi 2000).
    Moments,
    /// Short straight strokes, cut at edges (Litwinowicz 1997).
    Short,
    /// Hatching with a pencil along the form.
    Hatch,
    /// No strokes but a filter that smooths along edges and keeps them (anisotropic Kuwahara, Kyprianidis et al. 2009), at once.
    Kuwahara,
    /// No strokes but patches of the commonest brightness, as other programs' oil filters have, at once.
    Patches,
    /// No strokes but ink where it is dark (XDoG, Winnemöller et al. 2012), at once.
    Ink,
}

/// What a style picture gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StyleColours {
    /// Its colours on the whole: means and spreads, by optimal transport between normal distributions.
    Transfer,
    /// Its main colours, after that the only ones in the picture.
    Palette,
    /// Nothing.
    None,
}

impl StrokesParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        if let Some(size) = self.size {
            within("size", size, 1, 65_535)?;
        }
        within("abstraction", self.abstraction, 0.0, 1.0)?;
        within("detail", self.detail, 0.0, 1.0)?;
        within("stroke_length", self.stroke_length, 0.1, 10.0)?;
        within("direction_smoothing", self.direction_smoothing, 0.1, 16.0)?;
        within("colour_smoothing", self.colour_smoothing, 0.0, 32.0)?;
        within("mix", self.mix, 0.0, 1.0)?;
        within("style_strength", self.style_strength, 0.0, 1.0)?;
        within("light", self.light, 0.0, 50.0)?;
        within("density", self.density, 0.0, 8.0)?;
        for (name, value) in [("rim", self.rim), ("grain", self.grain), ("weave", self.weave)] {
            within(name, value, 0.0, 1.0)?;
        }
        for (name, value) in [("wet", self.wet), ("sway", self.sway), ("shade", self.shade)] {
            within(name, value.unwrap_or_default(), 0.0, 1.0)?;
        }
        if self.style_colours == StyleColours::Palette && !(2..=64).contains(&self.palette_size) {
            return Err(Error::parameter(format!("palette_size is {}, allowed is 2 to 64", self.palette_size)));
        }
        self.check_wash()?;
        self.check_manner()?;
        self.check_guides()?;
        count_and_work(self.count, self.work_px)
    }

    /// Refuses to improve what would lose its manner: relaxation and refinement bring every stroke to the photo's colours.
    fn check_manner(&self) -> Result<()> {
        let manner = match self.painter {
            PainterKind::Hatch => "lines of a pencil would get the photo's colours",
            PainterKind::Kuwahara | PainterKind::Patches | PainterKind::Ink => "filters lay no strokes",
            _ if self.jitter_hue > 0.0 || self.jitter_rgb > 0.0 => {
                "the colours that jitter changed would be the photo's again"
            }
            _ => return Ok(()),
        };
        for (name, steps) in [("relax", self.relax), ("refine", self.refine)] {
            if steps > 0 {
                return Err(Error::parameter(format!("{name} is {steps}, but {manner}"))
                    .hint("set relax and refine to 0, or choose another preset"));
            }
        }
        Ok(())
    }

    /// Refuses washes where strokes cannot be washes.
    fn check_wash(&self) -> Result<()> {
        if !self.wash {
            return Ok(());
        }
        let refused = |what: String| {
            Err(Error::parameter(what).hint("set wash to false, or leave relax, refine and style_steps at 0"))
        };
        if !matches!(self.painter, PainterKind::Layered | PainterKind::Adaptive) {
            let painter = self.painter.name();
            return refused(format!("wash is true, and painter {painter}: its strokes cannot be washes"));
        }
        for (name, steps) in [("relax", self.relax), ("refine", self.refine), ("style_steps", self.style_steps)] {
            if steps > 0 {
                return refused(format!("{name} is {steps}, and wash is true: washes cannot be improved"));
            }
        }
        Ok(())
    }

    /// Refuses guides that are no curves, or that the painter would not see.
    fn check_guides(&self) -> Result<()> {
        if self.painter == PainterKind::Moments && !self.guides.is_empty() {
            return Err(Error::parameter(
                "guides are given, and the painter is moments: its strokes follow no directions",
            )
            .hint("choose another painter, or leave guides out"));
        }
        Guide::check_all(&self.guides)
    }

    /// What is done to the painting when it is drawn.
    pub(super) fn finish(&self) -> Finish {
        let plain = Finish::default();
        Finish {
            light: Light { strength: self.light as f32, ..plain.light },
            density: self.density as f32,
            rim: self.rim as f32,
            wet: None,
            grain: self.grain as f32,
            weave: self.weave as f32,
        }
    }

    /// The descent along a style's gradient.
    pub fn styling(&self) -> RefineParams {
        RefineParams {
            steps: self.style_steps,
            point_rate: 0.5,
            size_rate: 0.1,
            colour_rate: 0.01,
            solve_alpha: false,
            softness: 2.8,
            work_px: self.work_px.min(512),
        }
    }

    pub(super) fn relaxing(&self) -> RelaxParams {
        RelaxParams {
            sweeps: self.relax,
            tries: 8,
            reseed: 0.05,
            solve_alpha: false,
            least_gain: 0.0,
            work_px: self.work_px.min(1024),
            seed: self.seed,
        }
    }

    pub(super) fn refining(&self) -> RefineParams {
        RefineParams {
            steps: self.refine,
            point_rate: 0.6,
            size_rate: 0.1,
            colour_rate: 0.01,
            solve_alpha: false,
            softness: 2.0,
            work_px: self.work_px.min(1024),
        }
    }
}
