//! Measuring a picture, and the gradient of a loss of what was measured.

use scumble_core::Result;

use super::graph::{self, Graph};
use super::pixels::{Pixels, Planes};
use super::statistic::Statistic;
use super::tape::{self, Tape, Wanted};
use super::{Encoder, Engine, Layer};
use crate::kernel::Buffers;

/// A pass through the network that can be gone back.
#[derive(Debug)]
pub struct Pass<'a> {
    encoder: &'a Encoder,
    pixels: Pixels,
    way: Way,
}

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "one a pass")]
enum Way {
    Tape(Tape, Buffers),
    Graph(Graph),
}

fn taps(statistics: &[Statistic<'_>]) -> Vec<Layer> {
    statistics.iter().map(|s| s.layer).collect()
}

impl Encoder {
    /// The sums of every statistic of a picture.
    ///
    /// # Errors
    /// If the device fails.
    ///
    /// # Panics
    /// If the picture is smaller than [`Encoder::min_side`] of a layer, or a window reaches beyond its map.
    pub fn measure(&self, picture: &Planes<'_>, statistics: &[Statistic<'_>]) -> Result<Vec<Vec<f64>>> {
        let mut sums = Sums::new(statistics);
        let taps = taps(statistics);
        match &self.engine {
            Engine::Own(buffers) => {
                let wanted = Wanted { taps: &taps, statistics };
                tape::forward(&self.network, buffers, &self.input(picture, buffers), wanted, |layer, view| {
                    sums.take(layer, |s| Ok(s.of(view, self.network.level)));
                });
            }
            Engine::Stock(convs) => self.device.work(|| {
                let input = graph::tensor(&self.input(picture, &Buffers::default()), self.device.tensors());
                graph::forward(&self.network, convs, input, &taps, |layer, x| {
                    sums.take(layer, |s| graph::sums(s, x.clone()).map(Some));
                });
                Ok(())
            })?,
        }
        sums.into_result()
    }

    /// The pass for the way back from statistics of `layers`, and their sums if they are asked for.
    ///
    /// # Errors
    /// If the device fails.
    ///
    /// # Panics
    /// As [`Encoder::measure`].
    pub fn pass(
        &self,
        picture: &Planes<'_>,
        statistics: &[Statistic<'_>],
        measure: bool,
    ) -> Result<(Vec<Vec<f64>>, Pass<'_>)> {
        let mut sums = Sums::new(if measure { statistics } else { &[] });
        let taps = taps(statistics);
        let way = match &self.engine {
            Engine::Own(buffers) => {
                let input = self.input(picture, buffers);
                let wanted = Wanted { taps: &taps, statistics };
                let tape = Tape::record(&self.network, buffers, &input, wanted, |layer, view| {
                    sums.take(layer, |s| Ok(s.of(view, self.network.level)));
                });
                Way::Tape(tape, buffers.clone())
            }
            Engine::Stock(convs) => self.device.work(|| {
                let input = graph::tensor(&self.input(picture, &Buffers::default()), self.device.tensors());
                Ok(Way::Graph(Graph::record(&self.network, convs, input, &taps, |layer, x| {
                    sums.take(layer, |s| graph::sums(s, x.clone()).map(Some));
                })))
            })?,
        };
        Ok((sums.into_result()?, Pass { encoder: self, pixels: picture.pixels, way }))
    }
}

impl Pass<'_> {
    /// The L1 norms of the gradients that statistics with these slopes give their layers' features, one by one.
    ///
    /// # Errors
    /// If the device fails.
    pub fn norms(&self, statistics: &[Statistic<'_>], slopes: &[Vec<f32>]) -> Result<Vec<f64>> {
        let norm = |(statistic, slope): (&Statistic<'_>, &Vec<f32>)| match &self.way {
            Way::Tape(tape, buffers) => Ok(tape.norm(&self.encoder.network, buffers, statistic, slope)),
            Way::Graph(graph) => self.encoder.device.work(|| graph.norm(statistic, slope)),
        };
        statistics.iter().zip(slopes).map(norm).collect()
    }

    /// The gradient for the picture's values of a loss with these slopes for the sums of each statistic.
    ///
    /// # Errors
    /// If the device fails.
    ///
    /// # Panics
    /// If the pass was not recorded for the statistics' layers, or a slope has not as many values as the sums.
    pub fn backward(self, statistics: &[Statistic<'_>], slopes: &[Vec<f32>]) -> Result<Vec<f32>> {
        let convention = self.encoder.convention;
        match self.way {
            Way::Tape(tape, buffers) => {
                let gradient = tape.backward(&self.encoder.network, &buffers, statistics, slopes);
                Ok(self.pixels.gradient(convention, &gradient.values))
            }
            Way::Graph(graph) => {
                let gradient = self.encoder.device.work(|| graph.backward(statistics, slopes))?;
                Ok(self.pixels.gradient(convention, &gradient))
            }
        }
    }
}

/// Sums that come in layer by layer, or band by band.
#[derive(Debug)]
struct Sums<'a> {
    statistics: &'a [Statistic<'a>],
    found: Vec<Result<Option<Vec<f64>>>>,
}

impl<'a> Sums<'a> {
    fn new(statistics: &'a [Statistic<'a>]) -> Self {
        Self { statistics, found: statistics.iter().map(|_| Ok(None)).collect() }
    }

    fn take(&mut self, layer: Layer, mut sums: impl FnMut(&Statistic<'_>) -> Result<Option<Vec<f64>>>) {
        for (statistic, found) in self.statistics.iter().zip(&mut self.found).filter(|(s, _)| s.layer == layer) {
            match (&mut *found, sums(statistic)) {
                (Ok(Some(sums)), Ok(Some(more))) => sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more),
                (Err(_), _) | (Ok(Some(_)), Ok(None)) => {}
                (Ok(_), sums) => *found = sums,
            }
        }
    }

    fn into_result(self) -> Result<Vec<Vec<f64>>> {
        self.found.into_iter().map(|found| found.map(Option::unwrap_or_default)).collect()
    }
}
