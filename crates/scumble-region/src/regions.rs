//! A picture of regions at work: a painter, of which each step leaves a whole picture.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use scumble_core::{Error, Result};
use scumble_image::Canvas;
use scumble_image::color::{MatchMethod, match_color};
use scumble_paint::painters::{HexColour, Painter, StepReport};
use scumble_paint::painting::Finish;
use scumble_paint::strokes::{StrokesParams, StyleColours, main_colours};
use scumble_paint::{Painting, draw};

use crate::Labels;
use crate::compose::{Composer, Segmented, Tessellating, check_own, tessellated, working};
use crate::params::{Kind, RegionsParams};
use crate::rules::{Exemplar, Fill, Pick};
use crate::segment::seen;
use crate::shapes::ShapeClass;
use crate::shapes::learn::Learned;
use crate::shapes::user::UserShape;

/// A picture of regions under way: its regions coarse to fine, then what they are filled with.
pub struct Regions<'a> {
    params: RegionsParams,
    /// The picture, in the style's colours if that is wanted.
    picture: Arc<Canvas>,
    style: Option<&'a Canvas>,
    own: Option<&'a Canvas>,
    presets: BTreeMap<String, StrokesParams>,
    palette: Vec<HexColour>,
    own_shapes: Vec<UserShape>,
    learned: Learned,
    painting: Painting,
    found: Arc<Found>,
    work: Work,
}

/// What is found once for all pictures that are made of the same photo, style, labels and parameters.
#[derive(Debug, Default)]
pub struct Found {
    /// The picture in the colours of its style, and the palette.
    colours: OnceLock<(Arc<Canvas>, Vec<HexColour>)>,
    segmented: OnceLock<Arc<Segmented>>,
}

/// What is to be done.
enum Work {
    /// Everything.
    Begin,
    /// The regions, the levels they are cut to that are left, coarsest last, and how many there were.
    Levels(Arc<Segmented>, Vec<u32>, usize),
    /// The tessellation, as far as it is.
    Tessellation(Tessellating),
    /// Nothing.
    Done,
}

impl<'a> Regions<'a> {
    /// A picture's regions, in the colours of a style picture if the parameters want that; regions are the user's own where `own`
    /// is given, a picture of the same size in which each colour is one. `presets` knows the presets of brush strokes.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range, a preset unknown, or a style or the user's shapes are needed and absent;
    /// `Fault::Input` if no pixel of the picture is seen, `own` is not of its size or the user's shapes cannot be read.
    pub fn new(
        picture: &Canvas,
        style: Option<&'a Canvas>,
        own: Option<&'a Canvas>,
        presets: &dyn Fn(&str) -> Result<StrokesParams>,
        params: RegionsParams,
    ) -> Result<Self> {
        Self::sharing(Arc::default(), picture, style, own, presets, params)
    }

    /// As [`new`](Self::new), with what others made of the very same have found, and will find.
    ///
    /// # Errors
    /// As `new`.
    pub fn sharing(
        found: Arc<Found>,
        picture: &Canvas,
        style: Option<&'a Canvas>,
        own: Option<&'a Canvas>,
        presets: &dyn Fn(&str) -> Result<StrokesParams>,
        params: RegionsParams,
    ) -> Result<Self> {
        params.validate()?;
        let fills = || params.rules.iter().map(|rule| &rule.fill).chain([&params.fill]);
        if style.is_none() && fills().any(|fill| *fill == Fill::Texture(Exemplar::Style)) {
            return Err(Error::parameter("a fill is 'texture:style' but no style picture is given")
                .hint("name the picture of the texture after the picture"));
        }
        let mut known = BTreeMap::new();
        for fill in fills() {
            if let Fill::Strokes(name) = fill {
                known.insert(name.clone(), presets(name)?);
            }
        }
        let named = |(i, text): (usize, &String)| UserShape::from_svg(&format!("user shape {}", i + 1), text);
        let own_shapes: Vec<UserShape> = params.user_shapes.iter().enumerate().map(named).collect::<Result<_>>()?;
        let alone = !params.shapes.is_empty() && params.shapes.iter().all(|class| *class == ShapeClass::User);
        let picked = params.picks.iter().any(|pick| pick.shape == ShapeClass::User);
        if own_shapes.is_empty() && (alone || picked || fills().any(|fill| *fill == Fill::Shape(ShapeClass::User))) {
            return Err(Error::parameter("the shape 'user' is wanted but there are no shapes of the user's")
                .hint("name their files, or choose another shape"));
        }
        let learned = params.learned.as_deref().map(Learned::from_json).transpose()?.unwrap_or_default();
        let (width, height) = (picture.width(), picture.height());
        let beyond = |pick: &&Pick| pick.pixel[0] as usize >= width || pick.pixel[1] as usize >= height;
        if let Some(pick) = params.picks.iter().find(beyond) {
            return Err(Error::parameter(format!(
                "the pick {pick} is not in the picture, which has {width}×{height} pixels"
            ))
            .hint("pixels count from 0, to the right and downwards"));
        }
        if let Some(own) = own {
            if !params.kind.has_regions() {
                return Err(Error::parameter(
                    "labels are given, but the picture is put together from other things than regions",
                )
                .hint("set kind to regions or glass, or leave the labels out"));
            }
            check_own(own, picture)?;
        }
        check_rules(&params, own)?;
        let (picture, palette) = match found.colours.get() {
            Some(known) => known.clone(),
            None => {
                let made = coloured(picture, style, &params)?;
                found.colours.get_or_init(|| made).clone()
            }
        };
        let background = match params.background {
            Some(colour) => colour.0.map(|level| f32::from(level) / 255.0),
            None => picture.mean_colour(),
        };
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let mut painting = Painting::new(width, height, background, params.seed);
        painting.finish = Finish { weave: params.weave as f32, ..Finish::default() };
        Ok(Self {
            params,
            picture,
            style,
            own,
            presets: known,
            palette,
            own_shapes,
            learned,
            painting,
            found,
            work: Work::Begin,
        })
    }

    /// What was learned before, and what this picture's picks teach, as JSON for the next picture's parameters.
    ///
    /// # Errors
    /// As [`Regions::labels`].
    pub fn learned(&self) -> Result<String> {
        let segmented = self.segmented()?;
        let labels = segmented.cut(self.params.count)?;
        self.composer().learn(&segmented, &labels)?.to_json()
    }

    /// The picture's regions, found once.
    fn segmented(&self) -> Result<Arc<Segmented>> {
        if !self.params.kind.has_regions() {
            return Err(Error::parameter("this picture is a tessellation: it has no regions")
                .hint("choose the kind regions or glass"));
        }
        if let Some(known) = self.found.segmented.get() {
            return Ok(known.clone());
        }
        let made = Arc::new(Segmented::new(&self.picture, self.own, &self.params)?);
        Ok(self.found.segmented.get_or_init(|| made).clone())
    }

    /// What makes regions into a painting.
    fn composer(&self) -> Composer<'_> {
        Composer {
            params: &self.params,
            picture: &self.picture,
            style: self.style,
            presets: &self.presets,
            palette: &self.palette,
            own_shapes: &self.own_shapes,
            learned: &self.learned,
        }
    }

    /// The regions, at the size of the work.
    ///
    /// # Errors
    /// `Fault::Parameter` if the picture is put together from something else; else as the steps.
    pub fn labels(&self) -> Result<Labels> {
        self.segmented()?.cut(self.params.count)
    }

    /// The numbers of regions of the levels, coarsest last. Levels below the last keep the ground from shining through where
    /// regions meet, in colours near to theirs.
    fn levels(&self, finest: u32) -> Vec<u32> {
        let count = self.params.count.min(finest);
        // A single region would be the ground, unless it is asked for.
        let below = if self.params.shapes.is_empty() {
            [count / 4, count / 16].map(|level| if level > 1 { level } else { 0 })
        } else {
            [self.params.behind, 0]
        };
        let mut levels = vec![count];
        levels.extend(below.into_iter().filter(|level| (1..count).contains(level)));
        levels
    }

    /// What the last step made.
    fn report(&self) -> Result<StepReport> {
        let small = working(&self.picture, self.params.work_px.min(512))?;
        let drawn = draw(&self.painting, small.width(), small.height())?;
        StepReport::between(self.painting.strokes.len(), &drawn, &small)
    }
}

/// Refuses rules for labels that there are not.
fn check_rules(params: &RegionsParams, own: Option<&Canvas>) -> Result<()> {
    let wanted: BTreeSet<HexColour> = params.rules.iter().flat_map(|rule| rule.when.label.iter().copied()).collect();
    let Some(first) = wanted.first() else { return Ok(()) };
    let Some(own) = own else {
        return Err(Error::parameter(format!("a rule is for the label {first}, but there is no picture of labels"))
            .hint("name it with --labels"));
    };
    let level = |v: f32| (v * 255.0).round().clamp(0.0, 255.0) as u8;
    let known: BTreeSet<HexColour> = own.pixels().iter().map(|pixel| HexColour(pixel.map(level))).collect();
    match wanted.difference(&known).next() {
        None => Ok(()),
        Some(missing) => Err(Error::parameter(format!(
            "a rule is for the label {missing}, a colour that the picture of labels does not have"
        ))
        .hint("a label is the exact colour of a region in that picture")),
    }
}

/// A picture in the colours of its style, and the palette, as far as the parameters want them.
fn coloured(picture: &Canvas, style: Option<&Canvas>, params: &RegionsParams) -> Result<(Arc<Canvas>, Vec<HexColour>)> {
    let picture = seen(picture)?.0;
    let picture = match style.filter(|_| params.style_colours != StyleColours::None) {
        Some(style) => match_color(&picture, style, MatchMethod::Sym)?,
        None => picture.into_owned(),
    };
    let palette = match style.filter(|_| params.style_colours == StyleColours::Palette) {
        Some(style) => main_colours(style, params.palette_size as usize, 1.0, params.seed),
        None => params.palette.clone(),
    };
    Ok((Arc::new(picture), palette))
}

impl Painter for Regions<'_> {
    fn step(&mut self) -> Result<Option<StepReport>> {
        match std::mem::replace(&mut self.work, Work::Done) {
            Work::Done => return Ok(None),
            Work::Begin if self.params.kind.has_regions() => {
                let segmented = self.segmented()?;
                let levels = self.levels(segmented.finest());
                let all = levels.len();
                self.work = Work::Levels(segmented, levels, all);
                return self.step();
            }
            Work::Begin => {
                self.work = Work::Tessellation(tessellated(&self.picture, &self.params)?);
                return self.step();
            }
            Work::Tessellation(mut under_way) => {
                let more = under_way.step();
                let made = under_way.painting(&self.params, &self.palette)?;
                if more {
                    self.work = Work::Tessellation(under_way);
                }
                self.painting.strokes = made.strokes;
                self.painting.layers = made.layers;
                self.painting.brushes = made.brushes;
                if self.params.kind == Kind::Mosaic && self.params.outline > 0.0 {
                    // The grout.
                    self.painting.background = made.background;
                }
            }
            Work::Levels(segmented, mut levels, all) => {
                let Some(count) = levels.pop() else { return Ok(None) };
                let (composer, mut painting) = (self.composer(), self.painting.clone());
                let labels = segmented.cut(count)?;
                if levels.is_empty() {
                    composer.finish(&mut painting, &segmented, &labels)?;
                } else {
                    composer.lay_below(&mut painting, &segmented, &labels)?;
                    self.work = Work::Levels(segmented, levels, all);
                }
                self.painting = painting;
            }
        }
        Ok(Some(self.report()?))
    }

    fn painting(&self) -> &Painting {
        &self.painting
    }

    fn progress(&self) -> f64 {
        match &self.work {
            Work::Begin => 0.0,
            Work::Levels(_, left, all) => 1.0 - left.len() as f64 / (*all).max(1) as f64,
            Work::Tessellation(under_way) => under_way.progress(),
            Work::Done => 1.0,
        }
    }
}
