//! A picture's sums over positions, and the gradient of a loss of them, tile by tile.
//!
//! ```text
//! picture ─ tiles ─ encoder ─► sums ─► losses ─► slopes ─ tiles ─ encoder, back ─► gradient
//! ```
//!
//! A picture of one tile goes through the encoder once; of several, once for the sums and once more for the gradient.

use scumble_core::{Error, Result};
use scumble_nn::{Encoder, Features, Layer, Pass, Pixels, Planes, Quantity, Statistic, Window};

use crate::params::PixelSpace;
use crate::tiling::{Tile, Tiles};

impl PixelSpace {
    /// What the encoder calls it.
    pub(crate) fn pixels(self) -> Pixels {
        match self {
            PixelSpace::Unit => Pixels::Rgb,
            PixelSpace::Caffe255 | PixelSpace::Caffe256 => Pixels::Caffe,
        }
    }
}

/// What is summed at a layer.
#[derive(Debug)]
pub(crate) enum Kind {
    /// The features' products and the features.
    Moments,
    /// Their differences from the content's, of which every tile has its part.
    Content(Vec<Features>),
}

/// A layer and what is summed there.
#[derive(Debug)]
pub(crate) struct Probe {
    pub layer: Layer,
    pub kind: Kind,
}

impl Probe {
    fn statistic(&self, encoder: &Encoder, tiles: &Tiles, index: usize, tile: &Tile) -> Statistic<'_> {
        let quantity = match &self.kind {
            Kind::Moments => Quantity::Moments,
            Kind::Content(targets) => Quantity::Difference(&targets[index]),
        };
        Statistic { layer: self.layer, window: tiles.window(encoder, self.layer, tile), quantity }
    }
}

/// A picture whose sums are known.
#[derive(Debug)]
pub(crate) struct Measured<'a> {
    encoder: &'a Encoder,
    picture: Planes<'a>,
    tiles: &'a Tiles,
    probes: &'a [Probe],
    /// The sums of every probe.
    pub sums: Vec<Vec<f64>>,
    /// The way back, of a picture of one tile.
    pass: Option<Pass<'a>>,
}

impl<'a> Measured<'a> {
    pub(crate) fn new(
        encoder: &'a Encoder,
        picture: Planes<'a>,
        tiles: &'a Tiles,
        probes: &'a [Probe],
    ) -> Result<Self> {
        let mut measured = Self { encoder, picture, tiles, probes, sums: Vec::new(), pass: None };
        if let Some(tile) = tiles.only() {
            let (sums, pass) = encoder.pass(&picture, &measured.statistics(0, tile), true)?;
            return Ok(Self { sums, pass: Some(pass), ..measured });
        }
        for (index, tile) in tiles.iter().enumerate() {
            let sums = measured.at(tile, |part| encoder.measure(part, &measured.statistics(index, tile)))?;
            add(&mut measured.sums, sums);
        }
        Ok(measured)
    }

    /// For each of these slopes of probes, the L1 norm of the gradient it gives the probe's features.
    pub(crate) fn norms(&self, pulls: &[(usize, Vec<f32>)]) -> Result<Vec<f64>> {
        let (probes, slopes): (Vec<usize>, Vec<Vec<f32>>) = pulls.iter().cloned().unzip();
        let of_tile = |index: usize, tile: &Tile, pass: &Pass<'_>| {
            let statistics = self.statistics(index, tile);
            let statistics: Vec<Statistic<'_>> = probes.iter().map(|probe| statistics[*probe]).collect();
            pass.norms(&statistics, &slopes)
        };
        if let (Some(pass), Some(tile)) = (&self.pass, self.tiles.only()) {
            return of_tile(0, tile, pass);
        }
        let mut norms = vec![0.0; pulls.len()];
        for (index, tile) in self.tiles.iter().enumerate() {
            let part = self.at(tile, |part| {
                let (_, pass) = self.encoder.pass(part, &self.statistics(index, tile), false)?;
                of_tile(index, tile, &pass)
            })?;
            norms.iter_mut().zip(part).for_each(|(norm, part)| *norm += part);
        }
        Ok(norms)
    }

    /// The gradient for the picture's values of a loss with these slopes for the sums of every probe.
    pub(crate) fn gradient(mut self, slopes: &[Vec<f32>]) -> Result<Vec<f32>> {
        if let (Some(pass), Some(tile)) = (self.pass.take(), self.tiles.only()) {
            return pass.backward(&self.statistics(0, tile), slopes);
        }
        let mut gradient = vec![0.0; self.picture.values.len()];
        for (index, tile) in self.tiles.iter().enumerate() {
            let statistics = self.statistics(index, tile);
            let part = self.at(tile, |part| {
                let (_, pass) = self.encoder.pass(part, &statistics, false)?;
                pass.backward(&statistics, slopes)
            })?;
            self.tiles.add(tile, &part, &mut gradient);
        }
        Ok(gradient)
    }

    fn statistics(&self, index: usize, tile: &Tile) -> Vec<Statistic<'a>> {
        self.probes.iter().map(|probe| probe.statistic(self.encoder, self.tiles, index, tile)).collect()
    }

    fn at<T>(&self, tile: &Tile, work: impl FnOnce(&Planes<'_>) -> Result<T>) -> Result<T> {
        work_on(&self.picture, self.tiles, tile, work)
    }
}

fn work_on<T>(
    picture: &Planes<'_>,
    tiles: &Tiles,
    tile: &Tile,
    work: impl FnOnce(&Planes<'_>) -> Result<T>,
) -> Result<T> {
    let values = tiles.cut(tile, picture);
    work(&Planes { values: &values, width: tile.outer.width, height: tile.outer.height, pixels: picture.pixels })
}

fn add(sums: &mut Vec<Vec<f64>>, parts: Vec<Vec<f64>>) {
    if sums.is_empty() {
        *sums = parts;
        return;
    }
    for (sums, parts) in sums.iter_mut().zip(parts) {
        sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
    }
}

/// The moments' sums of a picture at each of `layers`.
///
/// # Errors
/// If it is too small for a layer, or the device fails.
pub(crate) fn moments(
    encoder: &Encoder,
    picture: &Planes<'_>,
    tiles: &Tiles,
    layers: &[Layer],
) -> Result<Vec<Vec<f64>>> {
    check(encoder, picture, layers)?;
    let mut sums = Vec::new();
    for tile in tiles.iter() {
        let quantity = Quantity::Moments;
        let statistic = |layer: &Layer| {
            let window = tiles.window(encoder, *layer, tile);
            Statistic { layer: *layer, window, quantity }
        };
        let statistics: Vec<Statistic<'_>> = layers.iter().map(statistic).collect();
        add(&mut sums, work_on(picture, tiles, tile, |part| encoder.measure(part, &statistics))?);
    }
    Ok(sums)
}

/// The features of a picture at each of `layers`, of each tile those inside.
///
/// # Errors
/// If it is too small for a layer, or the device fails.
pub(crate) fn features(
    encoder: &Encoder,
    picture: &Planes<'_>,
    tiles: &Tiles,
    layers: &[Layer],
) -> Result<Vec<Vec<Features>>> {
    check(encoder, picture, layers)?;
    let mut features: Vec<Vec<Features>> = layers.iter().map(|_| Vec::new()).collect();
    for tile in tiles.iter() {
        let windows: Vec<(Layer, Window)> = layers.iter().map(|l| (*l, tiles.window(encoder, *l, tile))).collect();
        let parts = work_on(picture, tiles, tile, |part| encoder.features(part, &windows))?;
        features.iter_mut().zip(parts).for_each(|(features, part)| features.push(part));
    }
    Ok(features)
}

fn check(encoder: &Encoder, picture: &Planes<'_>, layers: &[Layer]) -> Result<()> {
    for layer in layers {
        let least = encoder.min_side(*layer);
        if picture.width.min(picture.height) < least {
            return Err(Error::limit(format!(
                "a picture of {}×{} pixels is too small for {layer}, which needs at least {least}×{least}",
                picture.width, picture.height
            ))
            .hint("use a larger --size or --min-size, or shallower layers"));
        }
    }
    Ok(())
}
