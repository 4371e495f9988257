//! "Woodcut waves": breaking waves under a red sun, printed in a few flat inks.
//!
//! Where the painting is all brush, this is all knife: flat tones, carved lines that swell and taper, hard
//! contours. Each point of the paper asks the blocks, topmost first, whether they print there.

use image::RgbImage;

use super::geometry::Vec2;

mod print;
mod sea;
mod sky;

use print::{Block, Ink};

/// Size of the finished picture.
pub const WIDTH: f32 = 768.0;
pub const HEIGHT: f32 = 608.0;

/// Prints the picture.
pub fn paint() -> RgbImage {
    print::pull(WIDTH as u32, HEIGHT as u32, &Design)
}

/// The whole design: sea before sky.
struct Design;

impl Block for Design {
    fn colour(&self, p: Vec2) -> Ink {
        sea::WAVES.iter().find_map(|wave| wave.colour(p)).unwrap_or_else(|| sky::colour(p))
    }

    fn key(&self, p: Vec2) -> bool {
        sea::WAVES.iter().find_map(|wave| wave.key(p)).unwrap_or_else(|| sky::key(p))
    }
}
