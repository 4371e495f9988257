//! Regions filled with brush strokes.

use std::collections::BTreeMap;

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::Strokes;
use scumble_paint::painters::Painter;
use scumble_paint::painting::{Finish, Layer, Painting, Stroke};
use scumble_paint::strokes::StrokesParams;

use super::cell::{Cell, Cover};
use crate::rules::Fill;

/// Share of a stroke that must lie in a region of its kind: some overlap is as a hand would paint.
const INSIDE: f32 = 0.7;

/// Paints the cells that are filled with strokes, all those of a preset at once, and lays the strokes on a painting. Light and
/// pigment are those of the first preset that has any.
pub(crate) fn lay(
    painting: &mut Painting,
    cells: &[Cell],
    picture: &Canvas,
    presets: &BTreeMap<String, StrokesParams>,
    seed: u64,
) -> Result<()> {
    let mut names: Vec<&str> = Vec::new();
    for cell in cells {
        if let Fill::Strokes(name) = &cell.fill
            && !names.contains(&name.as_str())
        {
            names.push(name);
        }
    }
    for name in names {
        let Some(params) = presets.get(name) else { continue };
        let filled = |cell: &&Cell| cell.fill == Fill::Strokes(name.to_owned());
        let params = StrokesParams { seed, size: None, relax: 0, refine: 0, style_steps: 0, ..params.clone() };
        let (importance, mut inside) = region(picture, cells.iter().filter(filled));
        if importance.iter().all(|v| *v < 1.0 / 30.0) {
            continue;
        }
        let mut painter = Strokes::new(picture, None, Some(&importance), params)?;
        while painter.step()?.is_some() {}
        let painted = painter.into_painting();
        let (brush, layer) = (painting.brushes.len(), painting.layers.len());
        let layers = painted.layers.into_iter();
        painting.layers.extend(layers.map(|own| Layer {
            name: format!("{name} {}", own.name),
            brush: own.brush + brush,
            ..own
        }));
        painting.brushes.extend(painted.brushes);
        let kept = painted.strokes.into_iter().filter(|stroke| inside.holds(stroke));
        painting.strokes.extend(kept.map(|stroke| Stroke { layer: stroke.layer + layer, ..stroke }));
        // The finish is the whole painting's: relief shows where there is thick paint. The weave is that of the regions.
        let weave = painting.finish.weave;
        if (Finish { weave: 0.0, ..painting.finish.clone() }).is_plain() {
            painting.finish = Finish { weave, ..painted.finish };
        }
    }
    Ok(())
}

/// Some cells' pixels as an importance map, and what tells whether a stroke lies in them.
fn region<'a>(picture: &Canvas, cells: impl Iterator<Item = &'a Cell>) -> (Vec<f32>, Inside) {
    let (width, height) = (picture.width(), picture.height());
    let mut map = vec![0.0f32; width * height];
    let mut cover = Cover::new(width, height, [1.0; 2]);
    for cell in cells {
        cover.of(&cell.polygon(), |run| {
            for value in &mut map[run.y * width + run.start..run.y * width + run.end] {
                *value = (*value + run.cover).min(1.0);
            }
        });
    }
    (map.clone(), Inside { map, width, cover })
}

/// What tells whether a stroke lies in some cells.
struct Inside {
    /// The share of each pixel that is theirs.
    map: Vec<f32>,
    width: usize,
    cover: Cover,
}

impl Inside {
    /// Whether enough of a stroke lies in the cells.
    fn holds(&mut self, stroke: &Stroke) -> bool {
        let (mut inside, mut whole) = (0.0, 0.0);
        let Self { map, width, cover } = self;
        cover.of(&stroke.geometry, |run| {
            let row = run.y * *width;
            whole += run.cover * (run.end - run.start) as f32;
            inside += run.cover * map[row + run.start..row + run.end].iter().sum::<f32>();
        });
        inside >= INSIDE * whole && whole > 0.0
    }
}
