//! Regions filled with pixels: the picture itself, filtered, out of focus, or a texture.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use scumble_core::{Error, Result, Stream};
use scumble_image::Canvas;
use scumble_paint::fields::blur_canvas;
use scumble_paint::filters::{HistogramParams, KuwaharaParams, XdogParams, histogram_oil, kuwahara, xdog};
use scumble_texture::choose::choose;
use scumble_texture::params::TextureMethod;
use scumble_texture::phase::random_phase;
use scumble_texture::quilt::{Layout, QuiltParams, quilt};
use scumble_texture::region::{Rectangle, crop, region_phase};

use super::cell::{Cell, Cover};
use super::exemplar::exemplar;
use crate::rules::{Exemplar, Fill, FilterKind};

/// As Efros and Freeman 2001 have it, with cuts that are a pixel soft.
const QUILT: QuiltParams = QuiltParams {
    block: 0,
    overlap: 1.0 / 6.0,
    tolerance: 0.1,
    feather: 1,
    tileable: false,
    layout: Layout::Auto,
    guide_weight: 0.0,
};

/// What covers of cells that fill a pixel lack of 1 at most.
const ROUNDING: f32 = 1e-3;

/// The stage under which seeds of regions' textures are drawn.
const SEEDS: u64 = 0x0074_6578_7400;

/// What pixels are taken from.
pub(crate) struct Sources<'a> {
    /// The picture, in the style's colours if that is wanted.
    pub picture: &'a Canvas,
    /// The style.
    pub style: Option<&'a Canvas>,
    /// Seed of textures.
    pub seed: u64,
}

/// A part of the picture, filled.
struct Part {
    /// Column and row at which it begins.
    from: [usize; 2],
    filled: Canvas,
}

/// Lays every cell whose fill is pixels over a picture of the source's size.
pub(crate) fn lay(below: &mut Canvas, cells: &[Cell], sources: &Sources<'_>) -> Result<()> {
    let (width, height) = (sources.picture.width(), sources.picture.height());
    let mut cover = Cover::new(width, height, [1.0; 2]);
    // What does not depend on the region is made once.
    let mut made: BTreeMap<String, Part> = BTreeMap::new();
    // At borders several cells share a pixel, so that what lies below shows only where none of them is.
    let mut sums = vec![[0.0f32; 4]; width * height];
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.fill.is_raster()) {
        let own;
        let part = match &cell.fill {
            Fill::Texture(Exemplar::Region) => {
                let Some(part) = texture_of(cell, &mut cover, sources, at as u64)? else { continue };
                own = part;
                &own
            }
            fill => match made.entry(fill.to_string()) {
                Entry::Occupied(known) => &*known.into_mut(),
                Entry::Vacant(place) => &*place.insert(Part { from: [0; 2], filled: whole(fill, sources)? }),
            },
        };
        let (from, [left, top], side) = (part.filled.pixels(), part.from, part.filled.width());
        cover.of(&cell.polygon(), |run| {
            for x in run.start..run.end {
                let [r, g, b] = from[(run.y - top) * side + x - left];
                let sum = &mut sums[run.y * width + x];
                sum.iter_mut().zip([r, g, b, 1.0]).for_each(|(sum, v)| *sum += run.cover * v);
            }
        });
    }
    for (to, [r, g, b, cover]) in below.rgb_mut().as_chunks_mut::<3>().0.iter_mut().zip(sums) {
        for (to, sum) in to.iter_mut().zip([r, g, b]) {
            *to = if cover < 1.0 - ROUNDING { *to * (1.0 - cover) + sum } else { sum / cover };
        }
    }
    Ok(())
}

/// The whole picture as a fill shows it.
fn whole(fill: &Fill, sources: &Sources<'_>) -> Result<Canvas> {
    let picture = sources.picture;
    Ok(match fill {
        Fill::Blur { sigma } => blur_canvas(picture, *sigma as f32 * picture.size_unit()),
        // The values of the presets of the same names.
        Fill::Filter(FilterKind::Kuwahara) => kuwahara(picture, &KuwaharaParams::of_radius(6.0))?,
        Fill::Filter(FilterKind::Patches) => histogram_oil(picture, &HistogramParams { radius: 4.0, levels: 20 })?,
        Fill::Filter(FilterKind::Ink) => {
            xdog(picture, &XdogParams { sigma: 0.8, sharpen: 20.0, threshold: 0.5, steepness: 10.0 })?
        }
        Fill::Texture(_) => {
            let style = sources.style.ok_or_else(|| {
                Error::parameter("a fill is 'texture:style' but no style picture is given")
                    .hint("name the picture of the texture after the picture")
            })?;
            let size = [picture.width(), picture.height()];
            match choose(style).method {
                TextureMethod::Phase => random_phase(style, size, sources.seed)?.to_canvas()?,
                _ => quilt(style, None, size, &QUILT, sources.seed, &mut |_| true)?,
            }
        }
        _ => picture.clone(),
    })
}

/// More of the texture that a region has, in the box around it; none if it covers no pixel by half.
fn texture_of(cell: &Cell, cover: &mut Cover, sources: &Sources<'_>, index: u64) -> Result<Option<Part>> {
    let polygon = cell.polygon();
    let (mut from, mut to) = ([usize::MAX; 2], [0; 2]);
    cover.of(&polygon, |run| {
        from = [from[0].min(run.start), from[1].min(run.y)];
        to = [to[0].max(run.end), to[1].max(run.y + 1)];
    });
    let [width, height] = [0, 1].map(|k| to[k].saturating_sub(from[k]));
    let mut mask = vec![false; width * height];
    cover.of(&polygon, |run| {
        if run.cover >= 0.5 {
            let row = (run.y - from[1]) * width;
            mask[row + run.start - from[0]..row + run.end - from[0]].fill(true);
        }
    });
    if !mask.contains(&true) {
        return Ok(None);
    }
    let part = crop(sources.picture, Rectangle { x: from[0], y: from[1], width, height })?;
    let exemplar = exemplar(&part, &mut mask, sources.picture.size_unit())?;
    // Drawn, so that regions of neighbouring seeds do not share theirs.
    let seed = (Stream::new(sources.seed, SEEDS).uniform(index) * 2f64.powi(53)) as u64;
    Ok(Some(Part { from, filled: region_phase(&exemplar, &mask, [width, height], seed)? }))
}
