//! What a run takes of main memory, and the tiles and the optimiser's history with which it fits a budget.

use scumble_core::{Error, Result};
use scumble_nn::{Encoder, Layer};

use crate::optimise::Optimisation;
use crate::params::OptimizerKind;
use crate::schedule::Size;
use crate::tiling::Tiles;

/// Bytes of a value.
const FLOAT: u64 = 4;
/// Bytes of a picture's position.
const PIXEL: u64 = 3 * FLOAT;
/// Sides of tiles to choose from. At 1024 margins make two fifths more work, at 256 three times as much.
const SIDES: [u32; 8] = [4096, 3072, 2048, 1536, 1024, 768, 512, 256];
/// The side below which a shorter history is preferred.
const COMFORTABLE: u32 = 1024;
/// The shortest history: with two pairs the few steps of a large scale end within half a per cent of where ten lead.
const LEAST_HISTORY: u32 = 2;

/// The tiles of a picture: one, if it is not larger than a tile, or smaller than what is cut.
fn tiles(encoder: &Encoder, layers: &[Layer], size: Size, cut: Cut) -> Tiles {
    let margin = layers.iter().map(|layer| encoder.margin(*layer)).try_fold(0, |most, margin| Some(most.max(margin?)));
    let stride = layers.iter().map(|layer| encoder.min_side(*layer)).max().unwrap_or(1);
    let longer = size.0.max(size.1);
    match (cut.side.map(|side| side as usize), margin) {
        (Some(side), Some(margin)) if longer > side && longer >= cut.from.unwrap_or(0) as usize => {
            Tiles::new(size, side, margin, stride)
        }
        _ => Tiles::whole(size),
    }
}

/// Into what pictures are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    /// Side of a tile.
    side: Option<u32>,
    /// The longer side below which pictures stay whole.
    from: Option<u32>,
}

/// A way to run within a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Way {
    cut: Cut,
    history: u32,
}

impl Optimisation {
    /// Chooses tiles and, for L-BFGS, as much of its history as has room, so that at most `budget` bytes of main memory are
    /// resident, of which `held` are already. Parameters that were chosen change; the others stay as they are.
    ///
    /// # Errors
    /// If nothing fits.
    pub fn fit_memory(&mut self, held: u64, budget: u64) -> Result<()> {
        let mut least = u64::MAX;
        for way in self.ways() {
            let Some(needed) = self.needed(way) else { return Ok(()) };
            if held + needed <= budget {
                let way = self.with_small_pictures_whole(way, held, budget);
                let p = &mut self.params;
                (p.tile, p.tile_from, p.lbfgs_history) = (way.cut.side, way.cut.from, way.history);
                return Ok(());
            }
            least = least.min(held + needed);
        }
        let hint = match self.params.optimizer {
            OptimizerKind::Lbfgs => "allow more with --memory, choose a smaller --size, or --optimizer adam",
            OptimizerKind::Adam => "allow more with --memory, or choose a smaller --size",
        };
        let (width, height) = self.sizes.last().copied().unwrap_or_default();
        Err(Error::limit(format!(
            "a picture of {width}×{height} needs {} of memory, allowed are {}",
            readable(least),
            readable(budget)
        ))
        .hint(hint))
    }

    /// Pictures of smaller scales stay whole as long as they fit: in tiles they would cost twice the time.
    fn with_small_pictures_whole(&self, way: Way, held: u64, budget: u64) -> Way {
        if way.cut.side.is_none() || self.params.tile.is_some() {
            return way;
        }
        let from = |size: &Size| u32::try_from(size.0.max(size.1)).ok();
        let mut ways = self.sizes.iter().rev().map(|size| Way { cut: Cut { from: from(size), ..way.cut }, ..way });
        ways.find(|way| self.needed(*way).is_some_and(|needed| held + needed <= budget)).unwrap_or(way)
    }

    /// Bytes that will be resident at most when `held` are now; nothing is known of devices but the processor.
    pub fn memory(&self, held: u64) -> Option<u64> {
        self.needed(Way { cut: self.cut(), history: self.params.lbfgs_history }).map(|needed| held + needed)
    }

    /// The tiles at each scale.
    pub fn tiles_of_scales(&self) -> Vec<Tiles> {
        self.sizes.iter().map(|size| self.tiles(*size)).collect()
    }

    /// Width and height of each style at each scale.
    pub fn styles_of_scales(&self) -> Vec<Vec<Size>> {
        self.scales.iter().map(|scale| self.style_sizes(*scale)).collect()
    }

    /// The tiles of a picture.
    pub(crate) fn tiles(&self, size: Size) -> Tiles {
        tiles(&self.encoder, &self.layers(), size, self.cut())
    }

    fn cut(&self) -> Cut {
        Cut { side: self.params.tile, from: self.params.tile_from }
    }

    fn layers(&self) -> Vec<Layer> {
        let [moments, features] = self.looks();
        [moments, features].concat()
    }

    /// Layers whose moments, and whose features, losses look at.
    fn looks(&self) -> [Vec<Layer>; 2] {
        let layer = |name: &str| self.encoder.layer(name).ok();
        let p = &self.params;
        let style = p.style_terms.iter().flat_map(|term| p.style_layers.as_ref().unwrap_or(&term.layers));
        let mut moments: Vec<Layer> = style.filter_map(|spec| layer(&spec.layer)).collect();
        moments.sort_by_key(ToString::to_string);
        moments.dedup();
        let content = p.content_layers.iter().filter_map(|spec| layer(&spec.layer)).collect();
        let on = |weight: f64, layers: Vec<Layer>| if weight > 0.0 { layers } else { Vec::new() };
        [on(p.style_weight, moments), on(p.content_weight, content)]
    }

    /// From the fastest to the smallest.
    fn ways(&self) -> impl Iterator<Item = Way> + use<> {
        let histories: Vec<u32> = match self.params.optimizer {
            OptimizerKind::Adam => vec![self.params.lbfgs_history],
            OptimizerKind::Lbfgs => {
                let halves = std::iter::successors(Some(self.params.lbfgs_history), |history| Some(history / 2));
                halves.take_while(|history| *history >= LEAST_HISTORY).collect()
            }
        };
        let histories = if histories.is_empty() { vec![self.params.lbfgs_history] } else { histories };
        let shortest = *histories.last().unwrap_or(&self.params.lbfgs_history);
        let (comfortable, narrow): (Vec<_>, Vec<_>) = match self.params.tile {
            // Wished for, however narrow: no reason to forget steps.
            Some(side) => (vec![Some(side)], Vec::new()),
            None => std::iter::once(None)
                .chain(SIDES.map(Some))
                .partition(|side: &Option<u32>| side.is_none_or(|side| side >= COMFORTABLE)),
        };
        let wide = histories
            .into_iter()
            .flat_map(move |history| comfortable.clone().into_iter().map(move |side| (side, history)));
        let from = self.params.tile_from;
        let all = wide.chain(narrow.into_iter().map(move |side| (side, shortest)));
        all.map(move |(side, history)| Way { cut: Cut { side, from }, history })
    }

    /// Bytes beyond what is held before the run.
    fn needed(&self, way: Way) -> Option<u64> {
        let [moments, features] = self.looks();
        let layers = [moments.clone(), features.clone()].concat();
        let (mut kernels, mut most) = (0, 0);
        for (scale, size) in self.scales.iter().zip(&self.sizes) {
            let outer = |size: Size| {
                let tiles = tiles(&self.encoder, &layers, size, way.cut);
                let windows = tiles.iter().map(|tile| (tile.outer.width, tile.outer.height));
                windows.max_by_key(|(width, height)| width * height).unwrap_or(size)
            };
            let own = outer(*size);
            let pass = self.encoder.footprint(&moments, &features, own)?;
            kernels = kernels.max(pass.kernels);
            let pixels = pixels(*size);
            let mut styles = 0;
            let mut pass_of_style = 0;
            for size in self.style_sizes(*scale) {
                // As a canvas and as planes, while targets are measured.
                styles += 2 * PIXEL * self::pixels(size);
                pass_of_style = self.encoder.footprint(&moments, &[], outer(size))?.pass.max(pass_of_style);
            }
            let targets: u64 = features.iter().map(|layer| self.target(*layer, *size)).sum();
            let state = self.state(way.history, scale.steps) * pixels;
            let tile = if own == *size { PIXEL * pixels } else { 2 * PIXEL * self::pixels(own) };
            // The point and its gradient; a second gradient where tiles are added up.
            let step = 2 * PIXEL * pixels + state + targets + tile + pass.pass;
            let build = PIXEL * pixels + state + targets + 2 * PIXEL * pixels + styles + pass.pass.max(pass_of_style);
            // As it was shown, as a canvas, with its colours matched, and as a file.
            let end = 5 * PIXEL * pixels + pass.pass;
            most = most.max(step).max(build).max(end);
        }
        Some(kernels + most)
    }

    /// Bytes of the content's features.
    fn target(&self, layer: Layer, (width, height): Size) -> u64 {
        let positions = self.encoder.side(layer, width) * self.encoder.side(layer, height);
        (self.encoder.channels(layer) * positions) as u64 * FLOAT
    }

    /// Bytes a pixel that the optimiser, and the running mean of the pictures, remember at a scale of so many steps.
    fn state(&self, history: u32, steps: u32) -> u64 {
        let optimizer = match self.params.optimizer {
            OptimizerKind::Adam => 2 * PIXEL,
            // Pairs of a step and a change of the gradient, the last of both, and the direction that is being found.
            OptimizerKind::Lbfgs => (2 * u64::from(history.min(steps)) + 4) * PIXEL,
        };
        optimizer + if self.params.averages() { PIXEL } else { 0 }
    }
}

fn pixels((width, height): Size) -> u64 {
    (width * height) as u64
}

/// A size in the largest unit that leaves a number of one or more.
fn readable(bytes: u64) -> String {
    let bytes = bytes as f64;
    let gib = f64::from(1u32 << 30);
    if bytes >= gib { format!("{:.1} GiB", bytes / gib) } else { format!("{:.0} MiB", (bytes / gib * 1024.0).ceil()) }
}
