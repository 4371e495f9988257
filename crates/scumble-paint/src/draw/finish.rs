//! What is done to the paint of some rows once all strokes lie.

use std::ops::Range;

use scumble_image::color::{linear_to_srgb, srgb_to_linear};

use super::light::{Lamp, slope};
use super::sheet::Sheet;
use super::{paper, watercolour};
use crate::Painting;

/// Slope of the threads of canvas at full strength, at which they are as steep as paint of light 1.
const WEAVE: f32 = 2.0;
/// How soon thick paint fills the weave.
const FILLED: f32 = 2.0;

/// Applies the painting's finish to the rows `rows` of the sheet.
pub(super) fn finish(painting: &Painting, sheet: &mut Sheet, rows: Range<usize>) {
    let (finish, unit) = (&painting.finish, painting.unit());
    if let Some(wash) = &mut sheet.wash {
        wash.dry();
    }
    let relief = relief(painting, sheet);
    let dense = finish.density > 0.0 || finish.rim > 0.0;
    if relief.is_empty() && !dense {
        return;
    }
    let lamp = Lamp::new(finish.light);
    for y in rows {
        for x in 0..sheet.grid.width {
            let at = (y - sheet.grid.rows.start) * sheet.grid.width + x;
            let mut light = sheet.pixels[at].map(srgb_to_linear);
            if dense {
                let mut density = 1.0;
                if finish.density > 0.0 {
                    density += finish.density * (sheet.grain[at] + sheet.flow[at] - 1.0);
                }
                if let Some(wash) = &sheet.wash {
                    density += finish.rim * wash.rim(at);
                }
                light = light.map(|v| watercolour::dense(v, density));
            }
            if !relief.is_empty() {
                let [factor, shine] = lamp.shade(slope(&relief, &sheet.grid, x, y, unit));
                // Paint shines where a light is on it, bare cloth does not.
                let shine = if finish.light.strength > 0.0 { shine } else { 0.0 };
                light = light.map(|v| v * factor + shine);
            }
            sheet.pixels[at] = light.map(|v| linear_to_srgb(v.clamp(0.0, 1.0)));
        }
    }
}

/// Height of what the light meets; empty if there is no relief.
fn relief(painting: &Painting, sheet: &Sheet) -> Vec<f32> {
    let (strength, weave) = (painting.finish.light.strength, painting.finish.weave);
    let mut relief: Vec<f32> = sheet.height.iter().map(|height| strength * height).collect();
    if weave > 0.0 {
        let threads = paper::weave(painting.seed, &sheet.grid, painting.unit());
        for ((relief, height), thread) in relief.iter_mut().zip(&sheet.height).zip(threads) {
            *relief += WEAVE * weave * thread / (1.0 + FILLED * height);
        }
    }
    relief
}
