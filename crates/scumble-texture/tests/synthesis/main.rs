//! Quilting, the choice of a method, measures and the front.

mod choosing;
mod edges;
mod exemplars;
mod front;
mod guided;
mod layout;
mod measures;
mod measuring;
mod quilting;
mod rows;

use scumble_image::Canvas;
use scumble_texture::quilt::{Layout, QuiltParams, quilt};

const PARAMS: QuiltParams = QuiltParams {
    block: 20,
    overlap: 1.0 / 6.0,
    tolerance: 0.1,
    feather: 0,
    tileable: false,
    layout: Layout::Auto,
    guide_weight: 0.8,
};

fn quilted(exemplar: &Canvas, size: [usize; 2], params: &QuiltParams, seed: u64) -> Canvas {
    quilt(exemplar, None, size, params, seed, &mut |_| true).unwrap()
}
