//! What a wash will cover, for painters that judge by it.

use super::hand::Hand;
use super::ribbon::Grid;
use super::watercolour::edge;
use crate::painting::{BrushKind, Geometry, Wet};
use crate::raster::{FINE, Scan};

/// The washes of a picture as they are drawn, leaving aside where the flow of water carries their edges.
#[derive(Debug, Clone)]
pub(crate) struct Stain {
    hand: Hand,
    scan: Scan,
    grid: Grid,
    /// How wet the paper is at each pixel.
    wet: Vec<f32>,
}

impl Stain {
    /// Washes on a picture of `size` pixels, `scale` of them a unit of the frame, on paper that is wet where `wet` says.
    pub fn new([width, height]: [usize; 2], scale: [f32; 2], wet: &Wet) -> Self {
        let grid = Grid { width, rows: 0..height, scale };
        let share = |at: usize, count: usize| (at as f32 + 0.5) / count as f32;
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let wet = places.map(|(x, y)| wet.at(share(x, width), share(y, height))).collect();
        Self { hand: Hand::new(&grid), scan: Scan::new(width, 0..height, FINE, scale), grid, wet }
    }

    /// The pixels that a wash covers, row by row from the left, each with its share.
    pub fn of(&mut self, brush: &BrushKind, geometry: &Geometry, cover: &mut Vec<(usize, f32)>) {
        cover.clear();
        let (grid, wet) = (&self.grid, &self.wet);
        let mut add = |at: usize, share: f32| {
            let share = edge(share, 0.5, wet[at]);
            if share > 0.0 {
                cover.push((at, share));
            }
        };
        if let BrushKind::Round { softness } = brush
            && self.hand.round(geometry, *softness, grid, |at, sample| add(at, sample.cover))
        {
            return;
        }
        self.scan.trace(geometry);
        self.scan.runs(|run| (run.start..run.end).for_each(|x| add(run.y * grid.width + x, run.cover)));
    }
}
