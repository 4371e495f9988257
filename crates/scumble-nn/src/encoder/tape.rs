//! The way through the network and back on the processor.
//!
//! Kept on the way are a bit a unit, two bits a maximum, and the features of layers that losses look at. The first block,
//! whose features are as large as all others together, is computed in bands ([`FirstBlock`]) where that is possible.

use std::sync::Arc;

use super::first_block::{self, FirstBlock};
use super::layer::{Layer, LayerKind};
use super::network::Network;
use super::statistic::Statistic;
use super::view::View;
use crate::kernel::Buffers;
use crate::kernel::winograd::Bits;
use crate::ops::{Map, Pooled};

/// What the way back through one operation needs.
#[derive(Debug)]
enum Step {
    First(FirstBlock),
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
    height: usize,
    width: usize,
    steps: Vec<(Layer, Step)>,
    kept: Vec<(Layer, Arc<Map>)>,
}

/// The layers up to the deepest of `taps`, of which `statistics` are wanted or nothing but features.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub taps: &'a [Layer],
    pub statistics: &'a [Statistic<'a>],
}

/// Computes the wanted layers, and shows each to `visit`, the whole of it or in bands; a convolution's features before its
/// ReLU only if they are among the taps.
pub(super) fn forward(
    network: &Network,
    buffers: &Buffers,
    input: &Map,
    wanted: Wanted<'_>,
    visit: impl FnMut(Layer, View<'_>),
) {
    Walk { network, buffers, wanted, visit, tape: None }.from(input);
}

impl Tape {
    /// As [`forward`], for the way back.
    pub(super) fn record(
        network: &Network,
        buffers: &Buffers,
        input: &Map,
        wanted: Wanted<'_>,
        visit: impl FnMut(Layer, View<'_>),
    ) -> Self {
        let tape = Self { height: input.height, width: input.width, steps: Vec::new(), kept: Vec::new() };
        let mut walk = Walk { network, buffers, wanted, visit, tape: Some(tape) };
        walk.from(input);
        walk.tape.expect("given above")
    }

    fn push(&mut self, layer: Layer, step: Step, features: Option<Arc<Map>>) {
        self.steps.push((layer, step));
        self.kept.extend(features.map(|features| (layer, features)));
    }

    /// Shows the features of a layer that was tapped.
    fn show(&self, network: &Network, buffers: &Buffers, layer: Layer, mut visit: impl FnMut(View<'_>)) {
        match (self.kept.iter().find(|(known, _)| *known == layer), self.steps.first()) {
            (Some((_, map)), _) => visit(View::whole(map)),
            (None, Some((_, Step::First(block)))) => block.again(network, buffers, visit),
            (None, _) => panic!("{layer} was not tapped"),
        }
    }

    /// Sum of absolute values of the gradient that a statistic of this slope gives its layer's features.
    pub(super) fn norm(&self, network: &Network, buffers: &Buffers, statistic: &Statistic<'_>, slope: &[f32]) -> f64 {
        let mut norm = 0.0;
        self.show(network, buffers, statistic.layer, |view| {
            let mut gradient = Map::zeros(view.map.channels, view.map.height, view.map.width, buffers);
            statistic.pull(view, slope, &mut gradient, network.level);
            norm += gradient.values.chunks(64).map(|g| f64::from(g.iter().map(|v| v.abs()).sum::<f32>())).sum::<f64>();
        });
        norm
    }

    /// The gradient for the input of a loss with these slopes for the statistics.
    pub(super) fn backward(
        mut self,
        network: &Network,
        buffers: &Buffers,
        statistics: &[Statistic<'_>],
        slopes: &[Vec<f32>],
    ) -> Map {
        let of = |layer: Layer| -> Vec<(&Statistic<'_>, &Vec<f32>)> {
            statistics.iter().zip(slopes).filter(|(s, _)| s.layer == layer).collect()
        };
        let mut gradient: Option<Map> = None;
        while let Some((layer, step)) = self.steps.pop() {
            let pulls = of(layer);
            if !pulls.is_empty() {
                let at = self.kept.iter().position(|(known, _)| *known == layer).expect("statistics of tapped layers");
                let (_, features) = self.kept.swap_remove(at);
                let shape = (features.channels, features.height, features.width);
                let gradient = gradient.get_or_insert_with(|| Map::zeros(shape.0, shape.1, shape.2, buffers));
                for (statistic, slope) in pulls {
                    statistic.pull(View::whole(&features), slope, gradient, network.level);
                }
            }
            gradient = gradient.map(|gradient| match step {
                Step::First(block) => block.backward(network, buffers, &gradient, &of(first_block::RELU)),
                Step::Conv { index, bits } => {
                    let border = network.border(index);
                    network.convs[index].backward(&gradient, border, bits.as_ref(), buffers)
                }
                Step::Relu { before } => masked(gradient, &before),
                Step::Pool(pooled) => network.pool.backward(&gradient, &pooled, buffers),
            });
        }
        gradient.unwrap_or_else(|| Map::zeros(3, self.height, self.width, buffers))
    }
}

/// A pass under way.
struct Walk<'a, V> {
    network: &'a Network,
    buffers: &'a Buffers,
    wanted: Wanted<'a>,
    visit: V,
    tape: Option<Tape>,
}

impl<V: FnMut(Layer, View<'_>)> Walk<'_, V> {
    fn from(&mut self, input: &Map) {
        let Self { network, buffers, wanted, .. } = *self;
        let mut layers = network.layers(wanted.taps);
        let mut index = 0;
        // The picture itself, then the features of the layer before.
        let mut x: Option<Arc<Map>> = None;
        let moments = wanted.statistics.iter().filter(|s| s.layer == first_block::RELU && s.is_of_rows()).count();
        if FirstBlock::fits(network, wanted.taps, moments) {
            let (map, block) =
                FirstBlock::forward(network, buffers, input, |view| (self.visit)(first_block::RELU, view));
            x = Some(self.arrive(first_block::POOL, map, Step::First(block)));
            index = first_block::CONVOLUTIONS;
            layers.by_ref().find(|layer| *layer == first_block::POOL);
        }
        for layer in layers {
            let from = x.as_deref().unwrap_or(input);
            x = Some(match layer.kind {
                LayerKind::Conv => continue,
                LayerKind::Relu => {
                    index += 1;
                    self.convolve(layer, index - 1, from)
                }
                LayerKind::Pool => {
                    let from = x.as_ref().expect("a pooling comes after convolutions");
                    let (map, pooled) = network.pool.forward(from, buffers);
                    self.arrive(layer, map, Step::Pool(pooled))
                }
            });
        }
    }

    /// A convolution with its ReLU.
    fn convolve(&mut self, layer: Layer, index: usize, x: &Map) -> Arc<Map> {
        let (conv, border) = (&self.network.convs[index], self.network.border(index));
        let before = Layer { kind: LayerKind::Conv, ..layer };
        if self.wanted.taps.contains(&before) {
            let raw = conv.forward(x, border, false, None, self.buffers);
            let raw = self.arrive(before, raw, Step::Conv { index, bits: None });
            return self.arrive(layer, rectified(&raw, self.buffers), Step::Relu { before: raw });
        }
        let mut bits = self.tape.is_some().then(|| Bits::new(conv.out_channels(), x.height, x.width));
        let map = conv.forward(x, border, true, bits.as_mut(), self.buffers);
        self.arrive(layer, map, Step::Conv { index, bits })
    }

    /// Shows a layer and records what led there.
    fn arrive(&mut self, layer: Layer, map: Map, step: Step) -> Arc<Map> {
        let map = Arc::new(map);
        (self.visit)(layer, View::whole(&map));
        if let Some(tape) = &mut self.tape {
            tape.push(layer, step, self.wanted.taps.contains(&layer).then(|| map.clone()));
        }
        map
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
