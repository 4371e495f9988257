//! Pictures of a painting.

mod bristle;
mod buckets;
mod finish;
mod hand;
mod light;
mod marks;
pub(crate) mod noise;
mod paper;
mod pencil;
mod ribbon;
mod round;
mod sheet;
mod stain;
mod watercolour;

use rayon::prelude::*;
use scumble_core::{Error, Result};
use scumble_image::{Canvas, LONGEST_SIDE, MOST_PIXELS};

use crate::Painting;
use crate::painting::BrushKind;
use hand::Hand;
use marks::Texture;
use ribbon::Grid;
use sheet::Sheet;
pub(crate) use stain::Stain;

/// Rows drawn at a time, if what they depend on beside them is small.
const BAND: usize = 64;

/// Draws a painting in any size: its frame fills the picture. Edges are covered by share, colours blended as sRGB-encoded
/// values, as SVG viewers do; the painting's [`Finish`](crate::painting::Finish) is applied to what lies then. The same painting gives the
/// same values for any number of threads.
///
/// # Errors
/// `Fault::Limit` if the picture would be empty or too large, `Fault::Input` if the painting is damaged.
pub fn draw(painting: &Painting, width: usize, height: usize) -> Result<Canvas> {
    painting.check()?;
    check_size(width, height)?;
    let scale = [width as f32 / painting.width, height as f32 / painting.height];
    let halo = halo(painting, scale);
    let band = BAND.max(4 * halo);
    let textures: Vec<_> = painting
        .brushes
        .iter()
        .map(|brush| match &brush.kind {
            BrushKind::Texture { alpha, width } => Some(Texture::new(alpha, *width)),
            _ => None,
        })
        .collect();
    let buckets = buckets::buckets(painting, scale[1], band, halo, height.div_ceil(band));
    let mut canvas = match &painting.ground {
        Some(ground) => ground.sized(width, height)?,
        None => Canvas::filled(width, height, painting.background),
    };
    // Bands with a halo begin on their neighbours' ground, too.
    let ground = painting.ground.as_ref().filter(|_| !painting.finish.is_plain()).map(|_| canvas.clone());
    let bands = canvas.rgb_mut().par_chunks_mut(band * width * 3).zip(buckets).enumerate();
    bands.for_each(|(at, (values, strokes))| {
        let pixels: &mut [[f32; 3]] = values.as_chunks_mut().0;
        let rows = at * band..((at + 1) * band).min(height);
        if painting.finish.is_plain() {
            let grid = Grid { width, rows, scale };
            lay(painting, &textures, &strokes, &mut Sheet::new(painting, grid, pixels));
        } else {
            let seen = rows.start.saturating_sub(halo)..(rows.end + halo).min(height);
            let mut all = match &ground {
                Some(ground) => ground.pixels()[seen.start * width..seen.end * width].to_vec(),
                None => vec![painting.background; seen.len() * width],
            };
            let mut sheet = Sheet::new(painting, Grid { width, rows: seen.clone(), scale }, &mut all);
            lay(painting, &textures, &strokes, &mut sheet);
            finish::finish(painting, &mut sheet, rows.clone());
            pixels.copy_from_slice(&all[(rows.start - seen.start) * width..][..rows.len() * width]);
        }
    });
    Ok(canvas)
}

/// Checks whether a picture of this size can be drawn.
///
/// # Errors
/// `Fault::Limit` if it would be empty or too large.
pub fn check_size(width: usize, height: usize) -> Result<()> {
    let pixels = width.saturating_mul(height);
    if width.min(height) == 0 || width.max(height) > LONGEST_SIDE || pixels > MOST_PIXELS {
        return Err(Error::limit(format!(
            "a picture of {width}×{height} pixels cannot be drawn, allowed are sides of 1 to {LONGEST_SIDE} and \
             {MOST_PIXELS} pixels in all"
        ))
        .hint("choose a smaller size"));
    }
    Ok(())
}

/// Rows beside a band that its own depend on.
fn halo(painting: &Painting, scale: [f32; 2]) -> usize {
    let finish = &painting.finish;
    let rims = if finish.rim > 0.0 { watercolour::halo(1.0 / scale[0].min(scale[1]), painting.unit()) } else { 0 };
    rims.max(usize::from(finish.light.strength > 0.0 || finish.weave > 0.0))
}

/// Lays strokes in order.
fn lay(painting: &Painting, textures: &[Option<Texture>], strokes: &[u32], sheet: &mut Sheet) {
    let mut hand = Hand::new(&sheet.grid);
    let mut last = None;
    for index in strokes {
        let index = *index as usize;
        if let Some(wash) = &mut sheet.wash {
            // A wash ends where another layer's stroke lies between, even if that is not in sight.
            let between = last.map_or(0..0, |last| last..index);
            let layer = painting.strokes[index].layer;
            if painting.strokes[between].iter().any(|stroke| stroke.layer != layer) {
                wash.dry();
            }
        }
        last = Some(index);
        hand.stroke(painting, textures, index, sheet);
    }
}
