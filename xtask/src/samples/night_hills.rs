//! "Night hills": a low moon turning the sky over a bay, hills in furrows, dark trees, poppies.

use image::RgbImage;

use super::colour::Lab;
use super::geometry::vec2;
use super::painter::{Extent, Motif, Pass, lay};
use super::surface::Surface;

mod growth;
mod land;
mod pigment;
mod sky;

use growth::Poppies;
use land::Bay;
use sky::Sky;

/// Size of the finished picture.
pub const WIDTH: f32 = 768.0;
pub const HEIGHT: f32 = 608.0;
/// Where the bay meets the sky.
pub const HORIZON: f32 = 338.0;

const SEED: u64 = 1889;

/// Paints the picture, back to front.
pub fn paint() -> RgbImage {
    let mut easel =
        Easel { surface: Surface::new(WIDTH as usize, HEIGHT as usize, Lab::hex(0x6b4430), SEED), stage: 0 };
    easel.cover(&Sky::new(), (0.0, HORIZON + 6.0), &SKY);
    easel.cover(&Bay, (HORIZON - 8.0, 480.0), &WATER);
    let [foreground, hills @ ..] = &land::HILLS;
    for hill in hills.iter().rev() {
        easel.cover(hill, (200.0, HEIGHT), &LAND);
    }
    for tree in &growth::TREES {
        easel.cover(tree, (40.0, HEIGHT), &TREE);
    }
    easel.cover(foreground, (440.0, HEIGHT), &LAND);
    easel.cover(&Poppies, (430.0, HEIGHT), &FLOWERS);
    easel.surface.finish()
}

/// The surface, and a count of passes that gives each its own random numbers.
struct Easel {
    surface: Surface,
    stage: u64,
}

impl Easel {
    fn cover(&mut self, motif: &dyn Motif, (top, bottom): (f32, f32), passes: &[Pass]) {
        // Strokes begin beyond the edges too, or the margin would look combed.
        let extent = Extent { from: vec2(-20.0, top.min(HEIGHT) - 20.0), to: vec2(WIDTH + 20.0, bottom + 20.0) };
        for pass in passes {
            self.stage += 1;
            lay(&mut self.surface, motif, extent, pass, (SEED, self.stage));
        }
    }
}

const fn pass(spacing: f32, width: f32, length: f32) -> Pass {
    Pass { spacing, width, length, body: 0.8, load: 0.95, scatter: 0.03, share: 1.0, selective: false }
}

const SKY: [Pass; 4] = [
    Pass { body: 0.35, ..pass(13.0, 26.0, 90.0) },
    Pass { body: 0.75, ..pass(9.0, 13.0, 78.0) },
    Pass { body: 1.0, share: 0.9, scatter: 0.045, ..pass(7.5, 7.5, 46.0) },
    Pass { body: 1.2, share: 0.8, selective: true, scatter: 0.06, ..pass(7.0, 4.5, 30.0) },
];

const WATER: [Pass; 3] = [
    Pass { body: 0.4, ..pass(9.0, 14.0, 90.0) },
    Pass { body: 0.9, ..pass(6.0, 6.0, 48.0) },
    Pass { body: 1.2, share: 0.8, selective: true, scatter: 0.05, ..pass(5.0, 3.8, 22.0) },
];

const LAND: [Pass; 4] = [
    Pass { body: 0.4, ..pass(11.0, 20.0, 70.0) },
    Pass { body: 0.8, ..pass(7.5, 10.0, 52.0) },
    Pass { body: 1.0, share: 0.9, scatter: 0.05, ..pass(6.5, 6.0, 30.0) },
    Pass { body: 1.2, share: 0.7, selective: true, scatter: 0.06, ..pass(6.0, 3.8, 18.0) },
];

const TREE: [Pass; 3] = [
    Pass { body: 0.5, ..pass(7.0, 11.0, 60.0) },
    Pass { body: 1.0, ..pass(5.5, 6.5, 44.0) },
    Pass { body: 1.3, share: 0.8, selective: true, scatter: 0.05, ..pass(5.0, 3.6, 26.0) },
];

const FLOWERS: [Pass; 3] = [
    Pass { body: 1.3, selective: true, share: 0.5, ..pass(9.0, 9.0, 10.0) },
    Pass { body: 1.5, selective: true, share: 0.6, ..pass(8.0, 5.0, 7.0) },
    Pass { body: 1.5, selective: true, share: 0.4, ..pass(8.0, 3.0, 5.0) },
];
