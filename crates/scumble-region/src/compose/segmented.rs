//! A picture divided as the parameters want it, in as many ways as a merge tree has.

use std::borrow::Cow;

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Filter, Light, resize};
use scumble_paint::filters::{KuwaharaParams, kuwahara};
use scumble_paint::painters::HexColour;

use super::borders::Borders;
use super::{detail, islands};
use crate::params::{Kind, RegionsParams, Segment};
use crate::segment::{
    self, GraphParams, GrowParams, KMeansParams, MeanShiftParams, SlicParams, SnicParams, ThresholdParams,
    WatershedParams, seen,
};
use crate::{CleanParams, Labels, MergeParams, MergeTree, Region, clean};

/// Superpixels for each region that is wanted, before they are merged, and the fewest and most of all.
const FINER: u32 = 8;
/// The same of glass, whose details are painted.
const FINER_GLASS: u32 = 30;
const SUPERPIXELS: [u32; 2] = [600, 40_000];
/// Pixels at 512 that no picture has more of.
const WHOLE: f64 = 512.0 * 512.0;
/// The most regions that a merge tree is grown from.
const MOST_LEAVES: usize = SUPERPIXELS[1] as usize;

/// Share of the picture of the largest island that glass does not have.
const LARGEST_ISLAND: f64 = 0.02;
/// The smallest detail that is painted on glass, in pixels at 512.
const DETAIL: f64 = 12.0;
/// Details and panes for each pane.
const DETAILS: u32 = 8;

/// A picture at the size of the work, and its regions.
#[derive(Debug)]
pub(crate) struct Segmented {
    /// The picture; regions are found in it smoothed.
    pub picture: Canvas,
    /// How much each of its pixels counts: more where there is detail.
    pub weights: Vec<f32>,
    tree: MergeTree,
    /// What moves borders, where they will be seen as they are; none of the user's.
    borders: Option<Borders>,
    /// The smoothed picture, if regions shall be panes.
    glass: Option<Canvas>,
    /// The smallest region, in pixels at 512.
    min_area: f64,
    /// The user's picture of labels, if there is one, at the size of the work.
    own: Option<Vec<HexColour>>,
}

impl Segmented {
    /// Finds the regions, or takes the user's: each colour of `own` is one, parts that lie apart are regions of their own.
    pub fn new(picture: &Canvas, own: Option<&Canvas>, params: &RegionsParams) -> Result<Self> {
        let small = seen(&working(picture, params.work_px)?)?.0.into_owned();
        let smooth = smoothed(&small, params.colour_smoothing)?;
        let own = own.map(|own| read(own, &small));
        let labels = match &own {
            Some(own) => {
                let number = |HexColour([r, g, b])| u32::from_be_bytes([0, r, g, b]);
                let ids = own.iter().map(|colour| number(*colour)).collect();
                Labels::new(small.width(), small.height(), ids)?.components()
            }
            None => found(&smooth, params)?,
        };
        // What the user drew is not smoothed.
        let votes = if own.is_some() { 0 } else { 2 };
        let glass = params.kind == Kind::Glass;
        let min_area = match &own {
            Some(_) => 0.0,
            None if glass => params.min_area.min(DETAIL),
            None => params.min_area,
        };
        let mut labels = clean(&labels, &smooth, &CleanParams { smooth: votes, min_area })?;
        if own.is_some() && labels.count() > MOST_LEAVES {
            let error = format!("the picture of labels has {} regions, allowed are {MOST_LEAVES}", labels.count());
            return Err(Error::limit(error).hint("write it as PNG, without anti-aliasing"));
        }
        // Noise has crumbs, of which a merge tree would be slow; those that lie alone among hidden pixels cannot join.
        let mut larger = min_area.max(1.0);
        while labels.count() > MOST_LEAVES && larger < WHOLE {
            larger *= 2.0;
            labels = clean(&labels, &smooth, &CleanParams { smooth: 0, min_area: larger })?;
        }
        let weights = detail::weights(&small);
        let merge = MergeParams { gradient: 4.0, texture: 0.0 };
        let tree = MergeTree::weighted(&labels, &smooth, Some(&weights), &merge)?;
        let smooth = glass.then(|| smooth.into_owned());
        let min_area = if own.is_some() { 0.0 } else { params.min_area };
        let shown = params.kind == Kind::Regions && params.shapes.is_empty() && params.round && params.min_area > 0.0;
        let borders = (own.is_none() && shown).then(|| Borders::new(&small));
        Ok(Self { picture: small, weights, tree, borders, glass: smooth, min_area, own })
    }

    /// At most `count` regions.
    pub fn cut(&self, count: u32) -> Result<Labels> {
        let mut labels = self.tree.cut(count as usize)?;
        if let Some(borders) = &self.borders {
            let settled = borders.settled(&labels)?;
            labels = clean(&settled, &self.picture, &CleanParams { smooth: 0, min_area: self.min_area })?;
        }
        if let Some(smooth) = &self.glass {
            let labels = clean(&labels, smooth, &CleanParams { smooth: 0, min_area: self.min_area })?;
            let most = (LARGEST_ISLAND * labels.ids().len() as f64) as usize;
            return islands::absorbed(&labels, self.picture.alpha(), most);
        }
        Ok(labels)
    }

    /// Regions that are finer than `count`, each in one of those: what may be painted on panes.
    pub fn details(&self, count: u32) -> Result<Labels> {
        self.tree.cut((count * DETAILS) as usize)
    }

    /// Of each region its colour in the user's picture of labels, at its pixel nearest to its centre; none without such a picture.
    pub fn own_colours(&self, labels: &Labels, regions: &[Region]) -> Vec<HexColour> {
        let Some(own) = &self.own else { return Vec::new() };
        let mut nearest = vec![(f64::INFINITY, HexColour([0; 3])); regions.len()];
        for (i, (id, colour)) in labels.ids().iter().zip(own).enumerate() {
            let place = [i % labels.width(), i / labels.width()].map(|v| v as f64 + 0.5);
            let [x, y] = regions[*id as usize].centroid;
            let away = (place[0] - x).powi(2) + (place[1] - y).powi(2);
            let known = &mut nearest[*id as usize];
            if away < known.0 {
                *known = (away, *colour);
            }
        }
        nearest.into_iter().map(|(_, colour)| colour).collect()
    }

    /// How many there are at most.
    pub fn finest(&self) -> u32 {
        self.tree.leaves().count() as u32
    }
}

/// The picture, its longer side at most `longest` pixels.
pub(crate) fn working(picture: &Canvas, longest: u32) -> Result<Canvas> {
    let (width, height) = (picture.width(), picture.height());
    let scale = f64::from(longest) / width.max(height) as f64;
    if scale >= 1.0 {
        return Ok(picture.clone());
    }
    let side = |side: usize| ((side as f64 * scale).round() as usize).max(1);
    resize(picture, side(width), side(height), Filter::Bilinear, Light::Encoded)
}

/// The picture with its colours smoothed, edges kept, within a radius of 1 or more, in pixels at 512; as it is if that is 0.
pub(super) fn smoothed(picture: &Canvas, radius: f64) -> Result<Cow<'_, Canvas>> {
    if radius <= 0.0 {
        return Ok(Cow::Borrowed(picture));
    }
    Ok(Cow::Owned(kuwahara(picture, &KuwaharaParams::of_radius(radius))?))
}

/// Regions that the parameters' method finds, each in one piece.
fn found(picture: &Canvas, params: &RegionsParams) -> Result<Labels> {
    let finer = if params.kind == Kind::Glass { FINER_GLASS } else { FINER };
    let superpixels = (params.count * finer).clamp(SUPERPIXELS[0], SUPERPIXELS[1]);
    let clusters = |texture: f64| KMeansParams {
        clusters: (params.clusters > 0).then_some(params.clusters),
        position: 0.0,
        texture,
        seed: params.seed,
    };
    // Finer than the methods' own usual values (basins shallow, graphs at a third of their scale): the merge tree joins what is too
    // much.
    let labels = match params.segment {
        Segment::Snic => segment::snic(picture, &SnicParams { count: superpixels, compactness: 10.0 })?,
        Segment::Slic => segment::slic(picture, &SlicParams { count: superpixels, compactness: 10.0, rounds: 10 })?,
        Segment::Kmeans => segment::kmeans(picture, &clusters(0.0))?.labels,
        Segment::KmeansTexture => segment::kmeans(picture, &clusters(0.5))?.labels,
        Segment::Graph => segment::graph(picture, &GraphParams { scale: 100.0, sigma: 0.8, min_area: 20.0 })?,
        Segment::Watershed => segment::watershed(picture, &WatershedParams { depth: 0.004, sigma: 1.0 })?,
        Segment::MeanShift => {
            segment::mean_shift(picture, &MeanShiftParams { spatial: 7.0, range: 6.5, min_area: 20.0 })?
        }
        Segment::Grow => {
            let params = GrowParams { threshold: 0.08, seeds: Vec::new() };
            segment::grow(picture, &params)?
        }
        Segment::Threshold => {
            let classes = if params.clusters == 0 { 2 } else { params.clusters };
            segment::threshold(picture, &ThresholdParams::Otsu { classes })?
        }
    };
    Ok(labels.components())
}

/// Refuses a picture of labels that is not of the picture's size.
pub(crate) fn check_own(own: &Canvas, picture: &Canvas) -> Result<()> {
    let [is, of] = [own, picture].map(|canvas| (canvas.width(), canvas.height()));
    if is == of {
        return Ok(());
    }
    let error = format!("the picture of labels has {}×{} pixels, the picture {}×{}", is.0, is.1, of.0, of.1);
    Err(Error::input(error).hint("make it of the picture's size, without anti-aliasing: every colour is a region"))
}

/// The user's regions at the size of the work.
fn read(own: &Canvas, small: &Canvas) -> Vec<HexColour> {
    let level = |v: f32| (v * 255.0).round().clamp(0.0, 255.0) as u8;
    // Colours must not be mixed: of several pixels, the one in the middle counts.
    let (width, height) = (small.width(), small.height());
    let middle = |at: usize, count: usize, side: usize| (2 * at + 1) * side / (2 * count);
    let colours = (0..width * height).map(|i| {
        let [x, y] = [middle(i % width, width, own.width()), middle(i / width, height, own.height())];
        HexColour(own.pixels()[y * own.width() + x].map(level))
    });
    colours.collect()
}
