//! VGG-16 and VGG-19 as frozen feature encoders (Simonyan & Zisserman 2014).
//!
//! A picture goes through as far as losses look, gives the sums they ask for ([`Statistic`]), and the slopes of the losses
//! for these sums come back as the gradient for its pixels ([`Pass::backward`]).

mod features;
mod first_block;
mod footprint;
mod graph;
mod layer;
mod modes;
mod network;
mod pass;
mod pixels;
mod statistic;
mod tape;
mod view;

use scumble_core::{Error, Result};

use crate::device::{Device, Route};
use crate::kernel::Buffers;
use crate::ops::{FrozenConv, Map, Window, stock};
use crate::weights::{PixelConvention, VggWeights};
use features::Place;
use network::Network;
use tape::Wanted;

pub use features::Features;
pub use footprint::Footprint;
pub use layer::{Layer, LayerKind};
pub use modes::{Padding, Pooling};
pub use pass::Pass;
pub use pixels::{CAFFE_MEAN_BGR, Pixels, Planes};
pub use statistic::{Quantity, Statistic};

/// A frozen encoder on a device. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Encoder {
    network: Network,
    convention: PixelConvention,
    engine: Engine,
    device: Device,
}

/// What computes.
#[derive(Debug, Clone)]
enum Engine {
    /// The own kernels, in memory from these buffers.
    Own(Buffers),
    /// burn's operations with these convolutions.
    Stock(Vec<stock::Conv>),
}

impl Encoder {
    /// Builds the encoder `weights` holds, with the given padding and pooling.
    ///
    /// Weights that were made for reflection padding and rounded-up pooling (vgg_normalised) keep
    /// their own where `padding` is the ordinary zero padding.
    pub fn new(weights: &VggWeights, padding: Padding, pooling: Pooling, device: &Device) -> Self {
        let frozen = weights
            .layers
            .iter()
            .map(|l| FrozenConv::new(l.in_channels, l.out_channels, l.kernel.clone(), l.bias.clone(), device.level()));
        let convs: Vec<FrozenConv> = frozen.collect();
        let engine = match device.route() {
            Route::Own => Engine::Own(Buffers::default()),
            Route::Stock => Engine::Stock(convs.iter().map(|c| stock::Conv::new(c, device.tensors())).collect()),
        };
        let padding = if weights.reflect_padding && padding == Padding::Zero { Padding::Reflect } else { padding };
        let pool = pooling.operation(weights.ceil_pooling);
        let network = Network { architecture: weights.architecture, convs, padding, pool, level: device.level() };
        Self { network, convention: weights.convention, engine, device: device.clone() }
    }

    /// The device it computes on.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// What a pass there and back takes of main memory, for a picture of `size`, width and height, of which moments of some
    /// layers and differences of features of others are measured; nothing is known of other devices.
    pub fn footprint(&self, moments: &[Layer], features: &[Layer], size: (usize, usize)) -> Option<Footprint> {
        match &self.engine {
            Engine::Own(_) => Some(footprint::footprint(&self.network, moments, features, size)),
            Engine::Stock(_) => None,
        }
    }

    /// Resolves a layer's name in any spelling.
    ///
    /// # Errors
    /// If the network has no such layer, or the weights stop before it.
    pub fn layer(&self, name: &str) -> Result<Layer> {
        let Network { architecture, convs, .. } = &self.network;
        let layer = Layer::parse(name, *architecture)?;
        if layer.convolutions(*architecture) > convs.len() {
            let deepest = Layer::of_convolution(convs.len(), *architecture);
            return Err(Error::weights(format!(
                "layer '{name}': these {} weights end at {deepest}",
                architecture.name()
            ))
            .hint("choose a shallower layer, or import a complete weight file with 'scumble models import'"));
        }
        Ok(layer)
    }

    /// The smallest picture side for which `layer` has at least one position.
    pub fn min_side(&self, layer: Layer) -> usize {
        1 << layer.pools()
    }

    /// Channels of a layer.
    pub fn channels(&self, layer: Layer) -> usize {
        let convolutions = layer.convolutions(self.network.architecture);
        self.network.convs.get(convolutions.wrapping_sub(1)).map_or(3, FrozenConv::out_channels)
    }

    /// Side of a layer's map for a picture's side of `n` pixels.
    pub fn side(&self, layer: Layer, n: usize) -> usize {
        self.network.side(layer, n)
    }

    /// Pixels around a part of a picture on which the features of the part depend, and so the pixels to which their
    /// gradient reaches; nothing if a part depends on the picture's far side.
    pub fn margin(&self, layer: Layer) -> Option<usize> {
        (self.network.padding != Padding::Circular).then(|| self.network.margin(layer))
    }

    /// Features of windows of layers.
    ///
    /// # Errors
    /// If the device fails.
    ///
    /// # Panics
    /// If the picture is smaller than [`Encoder::min_side`] of a layer, or a window reaches beyond its map.
    pub fn features(&self, picture: &Planes<'_>, windows: &[(Layer, Window)]) -> Result<Vec<Features>> {
        let taps: Vec<Layer> = windows.iter().map(|(layer, _)| *layer).collect();
        let mut found: Vec<Option<Features>> = windows.iter().map(|_| None).collect();
        let mut fill = |layer: Layer, cut: &dyn Fn(Window) -> Place| {
            for ((_, window), found) in windows.iter().zip(&mut found).filter(|((tap, _), _)| *tap == layer) {
                *found = Some(Features(cut(*window)));
            }
        };
        match &self.engine {
            Engine::Own(buffers) => {
                let wanted = Wanted { taps: &taps, statistics: &[] };
                tape::forward(&self.network, buffers, &self.input(picture, buffers), wanted, |layer, view| {
                    // They stay, where a pass's own maps come and go: memory of their own.
                    fill(layer, &|window| Place::Map(view.map.cut(window, &Buffers::default())));
                });
            }
            Engine::Stock(convs) => self.device.work(|| {
                let input = graph::tensor(&self.input(picture, &Buffers::default()), self.device.tensors());
                graph::forward(&self.network, convs, input, &taps, |layer, x| {
                    fill(layer, &|window| Place::Tensor(Box::new(graph::cut(x.clone(), window))));
                });
                Ok(())
            })?,
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// What the network takes for a picture.
    fn input(&self, picture: &Planes<'_>, buffers: &Buffers) -> Map {
        buffers.turn_to((picture.width, picture.height));
        let mut input = Map::new(3, picture.height, picture.width, buffers);
        picture.preprocess(self.convention, &mut input.values);
        input
    }
}
