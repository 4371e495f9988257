//! Which regions a rule is for.

use scumble_paint::painters::HexColour;

use crate::Region;
use crate::plane::principal;
use crate::rules::When;

/// Whether all that a rule says is true of a region of a picture of `size` pixels.
pub(super) fn applies(when: &When, region: &Region, own: Option<HexColour>, size: [f64; 2]) -> bool {
    let [light, a, b] = region.mean_oklab.map(f64::from);
    let hue = b.atan2(a).to_degrees().rem_euclid(360.0);
    let facts = [
        (when.area, region.area as f64 / (size[0] * size[1])),
        (when.lightness, light),
        (when.chroma, a.hypot(b)),
        (when.hue, hue),
        (when.texture, region.energy),
        (when.anisotropy, region.anisotropy),
        (when.elongation, elongation(region)),
        (when.x, region.centroid[0] / size[0]),
        (when.y, region.centroid[1] / size[1]),
    ];
    facts.iter().all(|(range, value)| range.is_none_or(|range| range.contains(*value)))
        && when.border.is_none_or(|border| border == region.touches_border)
        && (when.label.is_empty() || own.is_some_and(|own| when.label.contains(&own)))
}

/// How long a region is, 0 to 1: one less the ratio of the axes of the ellipse with its moments.
pub(super) fn elongation(region: &Region) -> f64 {
    let ([larger, smaller], _) = principal(region.covariance);
    1.0 - (smaller / larger.max(f64::MIN_POSITIVE)).sqrt()
}
