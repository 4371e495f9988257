//! The way through the network and back on the processor.
//!
//! Kept on the way are a bit a unit, two bits a maximum, and the features of layers that losses look at. Those of the first
//! convolution, as large as all others together, are computed again from the picture.

use std::sync::Arc;

use super::layer::{Layer, LayerKind};
use super::network::Network;
use super::statistic::Statistic;
use crate::kernel::Buffers;
use crate::kernel::winograd::Bits;
use crate::ops::{Map, Pooled};

/// What the way back through one operation needs.
#[derive(Debug)]
enum Step {
    Conv {
        index: usize,
        bits: Option<Bits>,
    },
    /// A ReLU on its own, after a convolution that a loss looks at before it.
    Relu {
        before: Arc<Map>,
    },
    Pool(Pooled),
}

/// A pass that can be gone back.
#[derive(Debug)]
pub(super) struct Tape {
    input: Arc<Map>,
    steps: Vec<(Layer, Step)>,
    kept: Vec<(Layer, Arc<Map>)>,
}

/// Computes the layers up to the deepest of `taps`, and shows each to `visit`; a convolution's features before its ReLU
/// only if they are among the taps.
pub(super) fn forward(
    network: &Network,
    buffers: &Buffers,
    input: Map,
    taps: &[Layer],
    mut visit: impl FnMut(Layer, &Arc<Map>),
) {
    walk(network, buffers, &Arc::new(input), taps, false, |layer, map, _| visit(layer, map));
}

impl Tape {
    /// As [`forward`], for the way back.
    pub(super) fn record(
        network: &Network,
        buffers: &Buffers,
        input: Map,
        taps: &[Layer],
        mut visit: impl FnMut(Layer, &Arc<Map>),
    ) -> Self {
        let mut tape = Self { input: Arc::new(input), steps: Vec::new(), kept: Vec::new() };
        let Self { input, steps, kept } = &mut tape;
        walk(network, buffers, input, taps, true, |layer, map, step| {
            visit(layer, map);
            let again = layer == FIRST && matches!(step, Some(Step::Conv { .. }));
            if taps.contains(&layer) && !again {
                kept.push((layer, map.clone()));
            }
            steps.extend(step.map(|step| (layer, step)));
        });
        tape
    }

    /// The features of a layer that was tapped.
    fn features(&self, network: &Network, buffers: &Buffers, layer: Layer) -> Arc<Map> {
        let kept = self.kept.iter().find(|(known, _)| *known == layer);
        kept.map(|(_, map)| map.clone()).unwrap_or_else(|| {
            Arc::new(network.convs[0].forward(&self.input, network.padding.first(), true, None, buffers))
        })
    }

    /// Sum of absolute values of the gradient that a statistic of this slope gives its layer's features.
    pub(super) fn norm(&self, network: &Network, buffers: &Buffers, statistic: &Statistic<'_>, slope: &[f32]) -> f64 {
        let features = self.features(network, buffers, statistic.layer);
        let mut gradient = Map::zeros(features.channels, features.height, features.width, buffers);
        statistic.pull(&features, slope, &mut gradient);
        gradient.values.chunks(64).map(|values| f64::from(values.iter().map(|v| v.abs()).sum::<f32>())).sum()
    }

    /// The gradient for the input of a loss with these slopes for the statistics.
    pub(super) fn backward(
        mut self,
        network: &Network,
        buffers: &Buffers,
        statistics: &[Statistic<'_>],
        slopes: &[Vec<f32>],
    ) -> Map {
        let mut gradient: Option<Map> = None;
        while let Some((layer, step)) = self.steps.pop() {
            let pulls: Vec<_> = statistics.iter().zip(slopes).filter(|(s, _)| s.layer == layer).collect();
            if !pulls.is_empty() {
                let features = self.features(network, buffers, layer);
                let shape = (features.channels, features.height, features.width);
                let gradient = gradient.get_or_insert_with(|| Map::zeros(shape.0, shape.1, shape.2, buffers));
                for (statistic, slope) in pulls {
                    statistic.pull(&features, slope, gradient);
                }
                self.kept.retain(|(known, _)| *known != layer);
            }
            gradient = gradient.map(|gradient| match step {
                Step::Conv { index, bits } => {
                    let border = network.border(index);
                    network.convs[index].backward(&gradient, border, bits.as_ref(), buffers)
                }
                Step::Relu { before } => masked(gradient, &before),
                Step::Pool(pooled) => network.pool.backward(&gradient, &pooled, buffers),
            });
        }
        gradient.unwrap_or_else(|| Map::zeros(3, self.input.height, self.input.width, buffers))
    }
}

/// The first convolution after its ReLU.
const FIRST: Layer = Layer { kind: LayerKind::Relu, block: 1, number: 1 };

fn walk(
    network: &Network,
    buffers: &Buffers,
    input: &Arc<Map>,
    taps: &[Layer],
    keep: bool,
    mut visit: impl FnMut(Layer, &Arc<Map>, Option<Step>),
) {
    let mut x = input.clone();
    let mut index = 0;
    for layer in network.layers(taps) {
        let (map, step) = match layer.kind {
            LayerKind::Conv => continue,
            LayerKind::Relu => {
                let (conv, border) = (&network.convs[index], network.border(index));
                let before = Layer { kind: LayerKind::Conv, ..layer };
                index += 1;
                if taps.contains(&before) {
                    let raw = Arc::new(conv.forward(&x, border, false, None, buffers));
                    visit(before, &raw, Some(Step::Conv { index: index - 1, bits: None }));
                    (rectified(&raw, buffers), Step::Relu { before: raw })
                } else {
                    let mut bits = keep.then(|| Bits::new(conv.out_channels(), x.height, x.width));
                    let map = conv.forward(&x, border, true, bits.as_mut(), buffers);
                    (map, Step::Conv { index: index - 1, bits })
                }
            }
            LayerKind::Pool => {
                let (map, pooled) = network.pool.forward(&x, buffers);
                (map, Step::Pool(pooled))
            }
        };
        x = Arc::new(map);
        visit(layer, &x, Some(step));
    }
}

fn rectified(x: &Map, buffers: &Buffers) -> Map {
    let mut map = Map::of(&x.values, x.channels, x.height, x.width, buffers);
    // A NaN stays visible.
    map.values.iter_mut().filter(|v| **v < 0.0).for_each(|v| *v = 0.0);
    map
}

fn masked(mut gradient: Map, before: &Map) -> Map {
    gradient.values.iter_mut().zip(&*before.values).filter(|(_, v)| **v <= 0.0).for_each(|(g, _)| *g = 0.0);
    gradient
}
