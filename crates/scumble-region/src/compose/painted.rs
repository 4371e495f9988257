//! What is painted on glass: dark details that are too fine for lead, as of faces.

use std::collections::BTreeMap;

use scumble_core::Result;
use scumble_paint::oklab;
use scumble_paint::painting::{Geometry, Painting};

use super::cell::Cell;
use super::division::Division;
use super::level::{Composer, layer, push};
use super::segmented::Segmented;
use crate::Labels;
use crate::fill::ramp::Sums;
use crate::rules::Fill;
use crate::tessellate::check_strokes;

/// How far outlines of details may leave out corners, in pixels at 512.
const SIMPLIFY: f64 = 0.8;
/// By how much a detail is darker than its pane, in Oklab's lightness.
const DARKER: f32 = 0.07;
/// The largest share of its pane that a detail takes.
const LARGEST: f64 = 0.4;

/// The panes there are.
pub(super) struct Panes<'a> {
    pub division: &'a Division,
    /// In the division's order.
    pub cells: &'a [Cell],
    /// What their ramps follow from.
    pub sums: &'a BTreeMap<usize, Sums>,
}

/// Lays the parts of panes of `labels` that are darker than the glass around them, as a glazier paints them before it is fired.
pub(super) fn lay(
    composer: &Composer<'_>,
    painting: &mut Painting,
    segmented: &Segmented,
    labels: &Labels,
    panes: &Panes<'_>,
) -> Result<()> {
    let Panes { division, cells, sums } = panes;
    let details = segmented.details(composer.params.count)?;
    let fine = composer.division(segmented, &details, SIMPLIFY)?;
    let mut plain = vec![false; division.regions.len()];
    for (cell, region) in cells.iter().zip(&division.order) {
        plain[*region] = matches!(cell.fill, Fill::Flat | Fill::Ramp);
    }
    let inner = inner(&details, labels);
    let on = layer(painting, "painted");
    for &detail in &fine.order {
        let Some(pane) = inner[detail].filter(|pane| plain[*pane]) else { continue };
        let (own, around) = (&fine.regions[detail], &division.regions[pane]);
        let centre = [0, 1].map(|k| own.centroid[k] as f32 * division.scale[k]);
        let ramp = sums.get(&pane).and_then(|sums| sums.ramp(division.reach(pane)));
        let glass = ramp.map_or(division.colours[pane].0, |(start, ramp)| ramp.at(start, centre));
        let darker = oklab::from_srgb(glass)[0] - own.mean_oklab[0];
        if darker > DARKER && (own.area as f64) < LARGEST * around.area as f64 {
            push(painting, on, Geometry::with_holes(&fine.rings(detail)), fine.colours[detail].0);
        }
    }
    check_strokes(painting.strokes.len())
}

/// Of each detail the pane around it; none of those that meet another pane, whose lead they would leave.
fn inner(details: &Labels, panes: &Labels) -> Vec<Option<usize>> {
    let (width, ids) = (panes.width(), panes.ids());
    let mut inner: Vec<Option<usize>> = vec![None; details.count()];
    details.ids().iter().zip(ids).for_each(|(detail, pane)| inner[*detail as usize] = Some(*pane as usize));
    let mut outer = vec![false; details.count()];
    for (i, detail) in details.ids().iter().enumerate() {
        let beside = [((i + 1) % width != 0).then_some(i + 1), (i + width < ids.len()).then_some(i + width)];
        for other in beside.into_iter().flatten().filter(|other| ids[*other] != ids[i]) {
            outer[*detail as usize] = true;
            outer[details.ids()[other] as usize] = true;
        }
    }
    inner.iter_mut().zip(outer).filter(|(_, outer)| *outer).for_each(|(pane, _)| *pane = None);
    inner
}
