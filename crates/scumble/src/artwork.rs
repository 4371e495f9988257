//! The finished picture with everything known about it.

use std::path::Path;

use scumble_core::{Error, Result, Step, suggest};
use scumble_image::{Animation, Canvas, Depth, EncodeOptions, Format, Pace, animate};
use scumble_neural::End;
use scumble_paint::{Painting, draw, output};
use serde_json::{Map, Value, json};

use crate::pictures::ENDINGS;
use crate::recipe::{Parameters, Recipe};

/// The most frames of a moving picture.
const FRAMES: usize = 120;
/// Longer side of its frames, at most.
const LARGEST_FRAME: usize = 1024;
/// It takes about five seconds, and rests on the finished picture.
const PACE: Pace = Pace { frame: 40, last: 2500 };

/// What a file holds of an artwork.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The picture.
    Picture(Format),
    /// The strokes as vectors.
    Svg,
    /// The strokes as data.
    Json,
    /// The strokes being laid, from first to last.
    Moving(Animation),
}

impl Form {
    /// The form of a file name's ending.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) if it is of none.
    pub fn from_path(path: &Path) -> Result<Self> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("svg") => Ok(Self::Svg),
            Some("json") => Ok(Self::Json),
            _ => match Animation::from_path(path) {
                Some(animation) => Ok(Self::Moving(animation)),
                None => Format::from_path(path).map(Self::Picture).map_err(|e| with_forms(&e, ending.as_deref())),
            },
        }
    }
}

/// Endings of what only paintings are written as.
const PAINTINGS: [&str; 4] = ["svg", "json", "gif", "apng"];

/// The refusal of a format, with the forms that paintings have besides.
fn with_forms(refusal: &Error, ending: Option<&str>) -> Error {
    let nearest = ending.and_then(|ending| suggest(ending, ENDINGS.into_iter().chain(PAINTINGS)));
    let hint = nearest.or(refusal.hint_text().map(str::to_owned));
    Error::parameter(format!("{refusal}, for paintings also {}", PAINTINGS.join(", "))).maybe_hint(hint)
}

/// A picture, the recipe that makes it, and how its making went.
#[derive(Debug, Clone)]
pub struct Artwork {
    /// The picture, with the content's transparency.
    pub canvas: Canvas,
    /// The strokes it was drawn from, if the method makes strokes.
    pub painting: Option<Painting>,
    /// Bits a channel it is saved with where the format allows: the content's.
    pub depth: Depth,
    /// The recipe, as embedded.
    pub recipe: Recipe,
    /// Every step's report.
    pub trace: Vec<Step>,
    /// How the run ended.
    pub end: End,
}

impl Artwork {
    /// The picture file's bytes, with the recipe inside.
    ///
    /// # Errors
    /// If the format cannot hold the picture.
    pub fn encode(&self, format: Format) -> Result<Vec<u8>> {
        let recipe = self.recipe.to_json();
        let options = EncodeOptions { depth: self.depth, recipe: Some(&recipe), ..EncodeOptions::default() };
        scumble_image::encode(&self.canvas, format, &options)
    }

    /// The file's bytes: as [`Artwork::encode`], or the strokes as SVG or JSON.
    ///
    /// # Errors
    /// If the format cannot hold the picture, or there are no strokes.
    pub fn encode_as(&self, form: Form) -> Result<Vec<u8>> {
        match form {
            Form::Picture(format) => self.encode(format),
            other => draw_as(self.strokes()?, [self.canvas.width(), self.canvas.height()], other),
        }
    }

    /// A PNG with transparency of each layer of the strokes, and its file's name, from the lowest layer. Light, rims and the
    /// like, which belong to the whole, are left out.
    ///
    /// # Errors
    /// As [`Artwork::encode_as`].
    pub fn encode_layers(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let (width, height) = (self.canvas.width(), self.canvas.height());
        let options = EncodeOptions { depth: self.depth, ..EncodeOptions::default() };
        let encoded = |(at, (name, layer)): (usize, (String, Painting))| {
            let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
            let canvas = output::draw_transparent(&layer, width, height)?;
            Ok((format!("{:02}-{plain}.png", at + 1), scumble_image::encode(&canvas, Format::Png, &options)?))
        };
        output::layers(self.strokes()?).into_iter().enumerate().map(encoded).collect()
    }

    /// Whether the SVG lacks something that the picture has: marks of brushes, light, or the photo that is mixed in.
    pub fn svg_simplifies(&self) -> bool {
        let mix = match &self.recipe.parameters {
            Parameters::Strokes(params) => params.mix,
            Parameters::Regions(params) => params.mix,
            _ => 0.0,
        };
        mix > 0.0 || self.painting.as_ref().is_some_and(output::svg_simplifies)
    }

    /// The strokes.
    fn strokes(&self) -> Result<&Painting> {
        self.painting.as_ref().ok_or_else(|| {
            Error::parameter(format!("{} pictures have no strokes", self.recipe.method()))
                .hint("write them as png, jpg, webp or tif")
        })
    }

    /// Writes the file in the form of `path`'s ending, completely or not at all.
    ///
    /// # Errors
    /// If the ending is of no known form, or the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        let form = Form::from_path(path)?;
        scumble_image::write_atomically(path, &self.encode_as(form)?)
    }

    /// The recipe and the loss of every step, as JSON:
    /// `{args, end, iterates: [{w, h, i, i_max, loss, parts: {name: value}}]}`, the form of
    /// style-transfer-pytorch's trace with the losses' parts and without times.
    pub fn trace_json(&self) -> Value {
        let iterate = |step: &Step| {
            let parts: Map<String, Value> = step.parts.iter().map(|(n, v)| (n.clone(), (*v).into())).collect();
            json!({
                "w": step.width, "h": step.height, "i": step.step, "i_max": step.steps,
                "loss": step.loss, "parts": parts,
            })
        };
        let iterates: Vec<Value> = self.trace.iter().map(iterate).collect();
        json!({ "args": self.recipe.to_value(), "end": self.end, "iterates": iterates })
    }
}

/// The bytes of a painting in a form, drawn with `size` pixels where that matters.
///
/// # Errors
/// If the painting is damaged, or the form cannot hold it.
pub fn draw_as(painting: &Painting, size: [usize; 2], form: Form) -> Result<Vec<u8>> {
    let [width, height] = size;
    match form {
        Form::Picture(format) => {
            scumble_image::encode(&draw(painting, width, height)?, format, &EncodeOptions::default())
        }
        Form::Svg => Ok(output::svg(painting, width, height)?.into_bytes()),
        Form::Json => Ok(painting.to_json()?.into_bytes()),
        Form::Moving(animation) => moving(painting, size, animation),
    }
}

/// The strokes being laid: few at first, more and more towards the end.
fn moving(painting: &Painting, size: [usize; 2], animation: Animation) -> Result<Vec<u8>> {
    let longer = size[0].max(size[1]);
    let [width, height] = size.map(|side| (side * longer.min(LARGEST_FRAME)).div_ceil(longer));
    let counts = output::timelapse(painting.strokes.len(), FRAMES);
    let frame = |strokes: &usize| {
        let strokes = painting.strokes[..*strokes].to_vec();
        draw(&Painting { strokes, ..painting.clone() }, width, height)
    };
    let last = draw(painting, width, height)?;
    animate(animation, PACE, counts.len(), &last, &mut counts.iter().map(frame))
}
