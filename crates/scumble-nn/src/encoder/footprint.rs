//! What a pass takes of memory, told from its shapes alone: its buffers are taken and given back in the books of an empty
//! store, in the order in which [`super::tape`] does so.

use super::first_block::{self, FirstBlock};
use super::layer::{Layer, LayerKind};
use super::network::Network;
use crate::kernel::winograd::{self, Bits};
use crate::kernel::{Ledger, Place, bytes, lines};
use crate::ops::Border;

/// Bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Footprint {
    /// Kernels laid out for the processor, made at their first use.
    pub kernels: u64,
    /// Features, gradients, bits and working memory of a pass there and back.
    pub pass: u64,
}

/// Books of a pass.
struct Books<'a> {
    network: &'a Network,
    ledger: Ledger,
    bits: usize,
}

/// A layer's shape: channels, rows, columns.
type Shape = (usize, usize, usize);

impl Books<'_> {
    fn take(&mut self, (channels, height, width): Shape) -> Place {
        self.ledger.take(lines(channels * height * width))
    }

    fn give(&mut self, place: Option<Place>) {
        if let Some(place) = place {
            self.ledger.give_back(&place);
        }
    }

    /// Buffers that are in use together and no longer.
    fn pass_by(&mut self, shapes: &[Shape]) {
        let places: Vec<Place> = shapes.iter().map(|shape| self.take(*shape)).collect();
        places.into_iter().for_each(|place| self.give(Some(place)));
    }
}

pub(super) fn footprint(
    network: &Network,
    moments: &[Layer],
    features: &[Layer],
    (width, height): (usize, usize),
) -> Footprint {
    let taps = [moments, features].concat();
    let mut books = Books { network, ledger: Ledger::default(), bits: 0 };
    let looks = moments.iter().filter(|layer| **layer == first_block::RELU).count();
    let bands = FirstBlock::fits(network, &taps, looks).then(|| first_block::band(network, width));
    books.there_and_back(&taps, bands, (width, height));
    let convolutions = network.layers(&taps).filter(|layer| layer.kind == LayerKind::Relu);
    let (mut kernels, mut working) = (0, 0);
    for (conv, layer) in network.convs.iter().zip(convolutions) {
        let (inputs, outputs) = (conv.in_channels(), conv.out_channels());
        kernels += winograd::packed_bytes(inputs, outputs) + winograd::packed_bytes(outputs, inputs);
        let (h, w) = (network.side(layer, height), network.side(layer, width));
        working = working.max(winograd::working_bytes(inputs, outputs, h, w));
    }
    Footprint { kernels, pass: bytes(books.ledger.lines()) + books.bits as u64 + working }
}

impl Books<'_> {
    fn shape(&self, layer: Layer, channels: usize, (width, height): (usize, usize)) -> Shape {
        (channels, self.network.side(layer, height), self.network.side(layer, width))
    }

    fn there_and_back(&mut self, taps: &[Layer], band: Option<usize>, size: (usize, usize)) {
        let network = self.network;
        let (width, height) = size;
        let (first, bordered) = ((3, height, width), (3, height + 2, width + 2));
        let input = self.take(first);
        let mut padded = None;
        // Layers that were computed, with their shapes and, if they are kept, their features.
        let mut steps: Vec<(Layer, Shape, Option<Place>)> = Vec::new();
        let mut x: Option<Place> = None;
        let mut channels = 3;
        let mut convolutions = network.convs.iter().map(crate::ops::FrozenConv::out_channels);
        for layer in network.layers(taps) {
            match layer.kind {
                LayerKind::Conv => continue,
                LayerKind::Relu => channels = convolutions.next().unwrap_or(channels),
                LayerKind::Pool => {}
            }
            let shape = self.shape(layer, channels, size);
            if band.is_some() && layer.block == 1 {
                if layer.kind == LayerKind::Pool {
                    padded = Some(self.take(bordered));
                    self.bits += channels * height * Bits::row_bytes(width) + shape.0 * shape.1 * shape.2.div_ceil(4);
                }
            } else if layer.kind == LayerKind::Relu {
                self.bits += channels * shape.1 * Bits::row_bytes(shape.2);
            } else {
                self.bits += shape.0 * shape.1 * shape.2.div_ceil(4);
            }
            if let Some(rows) = band.filter(|_| layer.block == 1) {
                if layer.kind != LayerKind::Pool {
                    continue;
                }
                let out = self.take(shape);
                let rows = rows.min(height);
                self.pass_by(&[(channels, rows + 8, width), (channels, rows, width), (channels, rows / 2, width / 2)]);
                x = Some(out);
            } else {
                let border = network.border(usize::from(!steps.is_empty()));
                let out = self.take(shape);
                if border != Border::Zero && layer.kind == LayerKind::Relu {
                    self.pass_by(&[(channels, shape.1 + 2, shape.2 + 2)]);
                }
                let before = x.replace(out);
                if !steps.last().is_some_and(|(_, _, kept)| kept.is_some()) {
                    self.give(before);
                }
            }
            steps.push((layer, shape, x.clone().filter(|_| taps.contains(&layer))));
        }
        if !steps.last().is_some_and(|(_, _, kept)| kept.is_some()) {
            self.give(x);
        }
        self.give(Some(input));
        let mut gradient: Option<Place> = None;
        while let Some((layer, shape, kept)) = steps.pop() {
            if kept.is_some() && gradient.is_none() {
                gradient = Some(self.take(shape));
            }
            self.give(kept);
            if let Some(rows) = band.filter(|_| layer.block == 1) {
                let (channels, rows) = (shape.0, rows.min(height));
                let out = self.take(bordered);
                let map = (channels, rows + 4, width);
                self.pass_by(&[
                    (channels, rows / 2 + 4, width / 2),
                    (channels, rows + 8, width),
                    map,
                    map,
                    (3, rows + 2, width + 2),
                ]);
                self.pass_by(&[first]);
                self.give(Some(out));
                continue;
            }
            let before = steps.last().map_or(first, |(_, shape, _)| *shape);
            // A convolution's input has the channels of the layer before, a pooling's its own rows and columns.
            let next = self.take(before);
            self.give(gradient.replace(next));
        }
        self.give(gradient);
        self.give(padded);
    }
}
