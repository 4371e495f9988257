//! Which shape a region is replaced by.

use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_paint::painting::Point;
use serde::{Deserialize, Serialize};

use super::candidate::{Bench, Model};
use super::colour::Prism;
use super::learn::Learned;
use super::library::{Library, starts};
use super::likely::likeliest_first;
use super::outline::{Outline, SAMPLES};
use super::polish::polish;
use super::settle::settled;
use super::spans::Scratch;
use super::user::UserShape;
use super::{Features, Fit, ShapeClass};
use crate::contour::Contours;
use crate::procrustes::Matcher;

/// The largest weight of complexity.
pub(crate) const MOST_ABSTRACTION: f64 = 0.5;
/// How much a start's score may lie behind the best and still be climbed from: climbing gains about a sixth of a shape at most.
const PROMISING: f64 = 0.1;

/// What a chooser goes by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShapesParams {
    /// What a shape's complexity costs: 0 keeps regions as they are, 0.1 takes the shape that fits, 0.5 the simplest.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub abstraction: f64,
    /// The shapes there are to choose from; a single one is forced on all regions.
    #[schemars(length(min = 1))]
    pub shapes: Vec<ShapeClass>,
    /// Whether the user's shapes may be mirrored; letters should not be.
    pub reflect: bool,
}

impl ShapesParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// `Fault::Parameter` names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("abstraction", self.abstraction, 0.0, MOST_ABSTRACTION)?;
        if self.shapes.is_empty() {
            return Err(Error::parameter("shapes is empty, at least one is needed"));
        }
        Ok(())
    }
}

/// Fits shapes to regions and chooses among them.
///
/// Regions are rings as [`Contours::rings`] gives them: outlines with positive area, holes with negative. Shapes are fitted to the
/// largest outline; its holes count as filled, since what lies in them covers the shape, unless they take more than half of it. If
/// the sides of the picture are told, shapes of regions at its edge may go on beyond it, where nothing counts; all others have
/// the area of their region.
#[derive(Debug)]
pub struct Chooser {
    params: ShapesParams,
    matcher: Matcher,
    prism: Prism,
    library: Library,
    learned: Learned,
}

impl Chooser {
    /// With the user's own shapes and what was learned from the user's picks; both may be empty.
    ///
    /// # Errors
    /// As [`ShapesParams::validate`]; `Fault::Parameter` if user's shapes alone are allowed and there are none; `Fault::Input` if a
    /// user's shape encloses nothing.
    pub fn new(params: ShapesParams, users: &[UserShape], learned: Learned) -> Result<Self> {
        params.validate()?;
        if users.is_empty() && params.shapes.iter().all(|class| *class == ShapeClass::User) {
            return Err(Error::parameter("shapes is 'user' alone, but there are no shapes of the user's")
                .hint("load one, or allow others"));
        }
        let matcher = Matcher::new(SAMPLES)?;
        let library = Library::new(users, &matcher)?;
        Ok(Self { params, matcher, prism: Prism::new(), library, learned })
    }

    /// The shape for a region. A region of several parts stays as it is if that is allowed; specks do not count, and are lost.
    ///
    /// # Errors
    /// `Fault::Input` if the rings enclose nothing or a point is not finite.
    pub fn choose(&self, rings: &[Vec<Point>], picture: Option<[f32; 2]>) -> Result<Fit> {
        self.ranking(rings, picture)?.into_iter().next().ok_or_else(none_fits)
    }

    /// The shapes that may be chosen, the best first.
    pub(crate) fn ranking(&self, rings: &[Vec<Point>], picture: Option<[f32; 2]>) -> Result<Vec<Fit>> {
        let mut scratch = Scratch::default();
        let outline = Outline::new(rings, picture, &self.matcher, &mut scratch)?;
        let itself = self.params.abstraction == 0.0 || outline.in_parts;
        let kept = itself && self.params.shapes.contains(&ShapeClass::Region);
        let allowed = if kept { &[ShapeClass::Region] } else { &self.params.shapes[..] };
        Ok(self.ranked(&outline, allowed, scratch))
    }

    /// The shapes of all regions, in their order, found in parallel.
    ///
    /// # Errors
    /// As [`Chooser::choose`].
    pub fn choose_all(&self, contours: &Contours) -> Result<Vec<Fit>> {
        let picture = Some([contours.width() as f32, contours.height() as f32]);
        (0..contours.count()).into_par_iter().map(|region| self.choose(&contours.rings(region), picture)).collect()
    }

    /// A fit of every allowed shape that applies to a region, the best first: what a user picks from.
    ///
    /// # Errors
    /// As [`Chooser::choose`].
    pub fn fits(&self, rings: &[Vec<Point>], picture: Option<[f32; 2]>) -> Result<Vec<Fit>> {
        let mut scratch = Scratch::default();
        let outline = Outline::new(rings, picture, &self.matcher, &mut scratch)?;
        Ok(self.ranked(&outline, &self.params.shapes, scratch))
    }

    /// The best fit of one kind of shape, whatever is allowed.
    ///
    /// # Errors
    /// As [`Chooser::choose`]; `Fault::Parameter` if it is a user's shape and there are none.
    pub fn fit(&self, rings: &[Vec<Point>], picture: Option<[f32; 2]>, class: ShapeClass) -> Result<Fit> {
        let mut scratch = Scratch::default();
        let outline = Outline::new(rings, picture, &self.matcher, &mut scratch)?;
        self.ranked(&outline, &[class], scratch).into_iter().next().ok_or_else(none_fits)
    }

    /// What a region's form is like; with the user's pick, this is what [`Learned::add`] learns from.
    ///
    /// # Errors
    /// As [`Chooser::choose`].
    pub fn features(&self, rings: &[Vec<Point>], picture: Option<[f32; 2]>) -> Result<Features> {
        Ok(Outline::new(rings, picture, &self.matcher, &mut Scratch::default())?.features)
    }

    /// Fits in the order of preference.
    fn ranked(&self, outline: &Outline, allowed: &[ShapeClass], scratch: Scratch) -> Vec<Fit> {
        let Self { library, matcher, prism, .. } = self;
        let reflect = self.params.reflect;
        let mut bench = Bench { library, matcher, prism, outline, reflect, scratch, rings: Vec::new() };
        // The hull applies to some regions alone; user's shapes there may be none of.
        let forced = allowed.iter().all(|class| matches!(class, ShapeClass::Hull | ShapeClass::User));
        let mut begun = Vec::new();
        for &class in allowed {
            for (model, iou) in begin(&mut bench, class, forced) {
                begun.push((bench.fit(class, &model, iou, self.params.abstraction), model));
            }
        }
        // Shapes that go on beyond the edge have farther to climb.
        let promising = if outline.edge.is_some() { 2.0 * PROMISING } else { PROMISING };
        let least = begun.iter().map(|(fit, _)| fit.score).fold(f64::INFINITY, f64::min);
        let mut fits: Vec<(Fit, Model)> = Vec::new();
        for (fit, model) in begun {
            let (fit, model) =
                if fit.score <= least + promising { self.climbed(&mut bench, fit, model) } else { (fit, model) };
            match fits.iter_mut().find(|(other, _)| other.class == fit.class) {
                Some(other) if fit.score < other.0.score => *other = (fit, model),
                Some(_) => {}
                None => fits.push((fit, model)),
            }
        }
        fits.sort_by(|(a, _), (b, _)| a.score.total_cmp(&b.score));
        likeliest_first(&mut bench, &mut fits, self.params.abstraction);
        let mut fits = fits.into_iter().map(|(fit, _)| fit).collect();
        self.learned.reorder(&outline.features, &mut fits);
        fits
    }

    /// A fit where it is best, and then where it has settled.
    fn climbed<'a>(&self, bench: &mut Bench<'a, '_>, fit: Fit, model: Model<'a>) -> (Fit, Model<'a>) {
        let (class, weight) = (fit.class, self.params.abstraction);
        let (better, iou) = polish(bench, model.clone(), fit.iou);
        let polished = bench.fit(class, &better, iou, weight);
        let (fit, model) = if polished.score < fit.score { (polished, better) } else { (fit, model) };
        match settled(bench, &model, fit.iou) {
            Some((better, iou)) => (bench.fit(class, &better, iou, weight), better),
            None => (fit, model),
        }
    }
}

/// The starts worth climbing from: of most classes the one with the largest share in common; of polygons, each number of corners.
fn begin<'a>(bench: &mut Bench<'a, '_>, class: ShapeClass, forced: bool) -> Vec<(Model<'a>, f64)> {
    let models = starts(bench, class, forced);
    if class != ShapeClass::Polygon {
        return bench.best(models).into_iter().collect();
    }
    let measured = |model| {
        let iou = bench.iou(&model);
        (model, iou)
    };
    models.into_iter().map(measured).collect()
}

fn none_fits() -> Error {
    Error::parameter("none of the allowed shapes can be fitted").hint("load a shape of your own, or allow others")
}
