//! The weave of canvas under even paint, as pictures over the shapes.

use std::fmt::{Result as Written, Write};

use scumble_core::Result;

use super::Number;
use crate::draw::draw;
use crate::painting::{Blend, BrushKind, Colour, Finish, Painting, grey_uri};

/// Longer side in pixels of the pictures at most: a thread of the canvas is as wide as sixteen of them then.
const LONGEST: usize = 2048;
/// The colour on which light and shade are measured. Lighter and darker ones change in proportion, but for a twentieth of the change:
/// sRGB's curve is nearly a power.
const GREY: f32 = 0.5;

/// What multiplies the colours below it where threads lie in the shade, and what they are divided by where they face the light.
pub(super) struct Weave {
    darker: String,
    lighter: String,
}

/// Whether all that a painting's finish does is told by [`weave`].
pub(super) fn tells_all(painting: &Painting) -> bool {
    let Finish { light, weave, .. } = painting.finish;
    let woven = Finish { light, weave, ..Finish::default() };
    painting.finish == woven
        && light.strength == 0.0
        && painting.brushes.iter().all(|brush| brush.kind == BrushKind::Solid)
}

/// The weave of a painting that is written for a size in pixels; none if it has none, or if brushes, light and pigment change it, which
/// the SVG has not.
///
/// # Errors
/// `Fault::Limit` if the size cannot be drawn.
pub(super) fn weave(painting: &Painting, size: [usize; 2]) -> Result<Option<Weave>> {
    if painting.finish.is_plain() || !tells_all(painting) {
        return Ok(None);
    }
    let longer = size[0].max(size[1]);
    let [width, height] = size.map(|side| if longer > LONGEST { (side * LONGEST / longer).max(1) } else { side });
    let drawn = draw(&in_grey(painting), width, height)?;
    let level = |v: f32| (v * 255.0).round() as u8;
    let factors = || drawn.pixels().iter().map(|pixel| pixel[0] / GREY);
    let darker: Vec<u8> = factors().map(|factor| level(factor.min(1.0))).collect();
    let lighter: Vec<u8> = factors().map(|factor| level(1.0 - 1.0 / factor.max(1.0))).collect();
    Ok(Some(Weave { darker: grey_uri(&darker, [width, height])?, lighter: grey_uri(&lighter, [width, height])? }))
}

impl Weave {
    pub fn write(&self, painting: &Painting, text: &mut String) -> Written {
        let (width, height) = (Number(painting.width), Number(painting.height));
        for (blend, uri) in [("multiply", &self.darker), ("color-dodge", &self.lighter)] {
            writeln!(
                text,
                r#"<image width="{width}" height="{height}" preserveAspectRatio="none" style="mix-blend-mode:{blend};image-rendering:smooth" href="{uri}"/>"#
            )?;
        }
        Ok(())
    }
}

/// The painting with all its paint of one grey.
fn in_grey(painting: &Painting) -> Painting {
    const COLOUR: Colour = [GREY; 3];
    let mut grey = Painting { ground: None, background: COLOUR, ..painting.clone() };
    grey.layers.iter_mut().for_each(|layer| layer.blend = Blend::Normal);
    for stroke in &mut grey.strokes {
        (stroke.colour, stroke.ramp) = (COLOUR, None);
    }
    grey
}
