//! The way through the network and back with burn's operations, on any device.

use burn::tensor::{Device, Tensor, TensorData};
use scumble_core::Result;

use super::features::values;
use super::layer::{Layer, LayerKind};
use super::network::Network;
use super::statistic::{Quantity, Statistic};
use crate::ops::{Map, Window, stock};
use crate::tensor::total;

/// A pass that can be gone back.
#[derive(Debug)]
pub(super) struct Graph {
    input: Tensor<4>,
    taps: Vec<(Layer, Tensor<4>)>,
}

/// A map on the device.
pub(super) fn tensor(map: &Map, device: &Device) -> Tensor<4> {
    Tensor::from_data(TensorData::new(map.values.to_vec(), [1, map.channels, map.height, map.width]), device)
}

/// As [`super::tape::forward`].
pub(super) fn forward(
    network: &Network,
    convs: &[stock::Conv],
    input: Tensor<4>,
    taps: &[Layer],
    mut visit: impl FnMut(Layer, &Tensor<4>),
) {
    let mut x = input;
    let mut index = 0;
    for layer in network.layers(taps) {
        x = match layer.kind {
            LayerKind::Conv => {
                index += 1;
                stock::conv(x, &convs[index - 1], network.border(index - 1))
            }
            LayerKind::Relu => burn::tensor::activation::relu(x),
            LayerKind::Pool => stock::pool(x, network.pool),
        };
        visit(layer, &x);
    }
}

impl Graph {
    /// As [`forward`], for the way back.
    pub(super) fn record(
        network: &Network,
        convs: &[stock::Conv],
        input: Tensor<4>,
        taps: &[Layer],
        mut visit: impl FnMut(Layer, &Tensor<4>),
    ) -> Self {
        let input = input.require_grad();
        let mut kept = Vec::new();
        forward(network, convs, input.clone(), taps, |layer, x| {
            visit(layer, x);
            if taps.contains(&layer) {
                kept.push((layer, x.clone()));
            }
        });
        Self { input, taps: kept }
    }

    fn tap(&self, layer: Layer) -> Tensor<4> {
        let tap = self.taps.iter().find(|(known, _)| *known == layer);
        tap.map(|(_, x)| x.clone()).expect("statistics of the layers the pass was recorded for")
    }

    /// As [`super::tape::Tape::norm`].
    pub(super) fn norm(&self, statistic: &Statistic<'_>, slope: &[f32]) -> Result<f64> {
        let features = self.tap(statistic.layer).detach().require_grad();
        let gradients = pull(statistic, slope, features.clone()).backward();
        let Some(gradient) = features.grad(&gradients) else { return Ok(0.0) };
        let data = gradient.into_data();
        let sum = total(Tensor::<4>::from_data(data, &features.device()).abs());
        Ok(values(sum)?.into_iter().map(f64::from).sum())
    }

    /// As [`super::tape::Tape::backward`].
    pub(super) fn backward(self, statistics: &[Statistic<'_>], slopes: &[Vec<f32>]) -> Result<Vec<f32>> {
        let pulls = statistics.iter().zip(slopes).map(|(s, slope)| pull(s, slope, self.tap(s.layer)));
        let gradient = pulls.reduce(|a, b| a + b).and_then(|sum| self.input.grad(&sum.backward()));
        match gradient {
            Some(gradient) => values(gradient),
            None => Ok(vec![0.0; self.input.shape().num_elements()]),
        }
    }
}

/// A window of features, `[1, C, window.height, window.width]`.
pub(super) fn cut(features: Tensor<4>, window: Window) -> Tensor<4> {
    features.narrow(2, window.top, window.height).narrow(3, window.left, window.width)
}

/// The sums of a statistic.
pub(super) fn sums(statistic: &Statistic<'_>, features: Tensor<4>) -> Result<Vec<f64>> {
    let features = cut(features, statistic.window);
    let sums = match statistic.quantity {
        Quantity::Moments => values(stock::sums(features))?,
        Quantity::Difference(target) => {
            let difference = features - target.tensor().clone();
            let mut sums = values(total(difference.clone() * difference.clone()))?;
            sums.extend(values(total(difference.abs()))?);
            sums
        }
    };
    Ok(sums.into_iter().map(f64::from).collect())
}

/// A number whose gradient is that of a loss with this slope for the statistic.
fn pull(statistic: &Statistic<'_>, slope: &[f32], features: Tensor<4>) -> Tensor<1> {
    let channels = features.dims()[1];
    let device = features.device();
    let features = cut(features, statistic.window);
    match statistic.quantity {
        Quantity::Moments => {
            let slope = TensorData::new(slope.to_vec(), [channels, channels + 1]);
            total(stock::sums(features) * Tensor::from_data(slope, &device))
        }
        Quantity::Difference(target) => {
            let difference = features - target.tensor().clone();
            total(difference.clone() * difference.clone()) * slope[0] + total(difference.abs()) * slope[1]
        }
    }
}
