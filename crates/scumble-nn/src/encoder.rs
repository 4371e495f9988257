//! VGG-16 and VGG-19 as frozen feature encoders (Simonyan & Zisserman 2014).

mod layer;
mod modes;
mod pixels;

use burn::tensor::Tensor;
use scumble_core::{Error, Result};

use crate::device::Device;
use crate::ops::{self, FrozenConv, PoolOp, Route};
use crate::weights::{Architecture, PixelConvention, VggWeights};

pub use layer::{Layer, LayerKind};
pub use modes::{Padding, Pooling};
pub use pixels::CAFFE_MEAN_BGR;

/// A frozen encoder on a device. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Encoder {
    architecture: Architecture,
    convention: PixelConvention,
    convs: Vec<FrozenConv>,
    padding: Padding,
    pool: PoolOp,
    route: Route,
    device: Device,
}

impl Encoder {
    /// Builds the encoder `weights` holds, with the given padding and pooling.
    ///
    /// Weights that were made for reflection padding and rounded-up pooling (vgg_normalised) keep
    /// their own where `padding` is the ordinary zero padding.
    pub fn new(weights: &VggWeights, padding: Padding, pooling: Pooling, device: &Device) -> Self {
        let convs = weights
            .layers
            .iter()
            .map(|l| FrozenConv::new(l.in_channels, l.out_channels, l.kernel.clone(), l.bias.clone()))
            .collect();
        let padding = if weights.reflect_padding && padding == Padding::Zero { Padding::Reflect } else { padding };
        Self {
            architecture: weights.architecture,
            convention: weights.convention,
            convs,
            padding,
            pool: pooling.operation(weights.ceil_pooling),
            route: device.route(),
            device: device.clone(),
        }
    }

    /// The same encoder on burn's stock operations: the second opinion on the own ones.
    #[must_use]
    pub fn with_stock_operations(mut self) -> Self {
        self.route = Route::Stock;
        self
    }

    /// The network.
    pub fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// What the weights expect of pixels.
    pub fn convention(&self) -> PixelConvention {
        self.convention
    }

    /// The device the tensors live on.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Resolves a layer's name in any spelling.
    ///
    /// # Errors
    /// If the network has no such layer, or the weights stop before it.
    pub fn layer(&self, name: &str) -> Result<Layer> {
        let layer = Layer::parse(name, self.architecture)?;
        let needed = layer.convolutions(self.architecture);
        if needed > self.convs.len() {
            let deepest = Layer::of_convolution(self.convs.len(), self.architecture);
            return Err(Error::weights(format!(
                "layer '{name}': these {} weights end at {deepest}",
                self.architecture.name()
            ))
            .hint("choose a shallower layer, or import a complete weight file with 'scumble models import'"));
        }
        Ok(layer)
    }

    /// Turns sRGB values from 0 to 1, `[1, 3, H, W]`, into what the weights expect.
    pub fn preprocess(&self, rgb: Tensor<4>) -> Tensor<4> {
        pixels::preprocess(rgb, self.convention)
    }

    /// Turns BGR values times 255 less the mean colour, `[1, 3, H, W]`, into what the weights expect.
    pub fn preprocess_caffe(&self, bgr: Tensor<4>) -> Tensor<4> {
        match self.convention {
            PixelConvention::Caffe => bgr,
            other => pixels::preprocess(pixels::caffe_to_rgb(bgr), other),
        }
    }

    /// The smallest picture side for which `layer` has at least one position.
    pub fn min_side(&self, layer: Layer) -> usize {
        1 << layer.pools()
    }

    /// Activations of `taps`, in their order, for a preprocessed `[1, 3, H, W]`; computed no deeper than
    /// the deepest of them.
    ///
    /// # Panics
    /// If a side is below [`Encoder::min_side`] of a tap, or a tap is not from [`Encoder::layer`].
    pub fn forward(&self, input: Tensor<4>, taps: &[Layer]) -> Vec<Tensor<4>> {
        let mut found: Vec<Option<Tensor<4>>> = vec![None; taps.len()];
        let mut keep = |layer: Layer, x: &Tensor<4>| {
            for (slot, tap) in found.iter_mut().zip(taps) {
                if *tap == layer {
                    *slot = Some(x.clone());
                }
            }
        };
        let tapped = |layer: Layer| taps.contains(&layer);
        let deepest = taps.iter().map(|t| t.index(self.architecture)).max();
        let mut x = input;
        let mut conv = 0;
        for layer in Layer::all(self.architecture) {
            if deepest.is_none_or(|deepest| layer.index(self.architecture) > deepest) {
                break;
            }
            match layer.kind {
                LayerKind::Conv => {
                    let border = if conv == 0 { self.padding.first() } else { self.padding.rest() };
                    let relu = Layer { kind: LayerKind::Relu, ..layer };
                    // ReLU is part of the convolution, unless somebody wants to see what goes into it.
                    let raw = tapped(layer);
                    x = ops::conv(x, &self.convs[conv], border, !raw, self.route);
                    if raw {
                        keep(layer, &x);
                        x = burn::tensor::activation::relu(x);
                    }
                    keep(relu, &x);
                    conv += 1;
                }
                LayerKind::Relu => {}
                LayerKind::Pool => {
                    x = ops::pool(x, self.pool, self.route);
                    keep(layer, &x);
                }
            }
        }
        found.into_iter().map(|tap| tap.expect("taps come from Encoder::layer")).collect()
    }
}
