//! Which tensors of a file are a VGG's convolutions, told by their shapes.
//!
//! Kernels are taken in the natural order of their keys (`features.2` before `features.10`), whatever the
//! keys are called, and compared with the tables of both architectures. A file may stop at any depth; up
//! to conv3_3 the two networks are the same, and such a file counts as VGG-19.

mod misfit;
mod names;

use std::collections::{BTreeMap, HashMap};

use scumble_core::{Error, Result};

use super::Architecture;
use misfit::Misfit;
use names::natural_key;

/// Where a VGG's convolutions are in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub architecture: Architecture,
    /// Names of the kernels in order; the biases are [`bias_of`] them.
    pub kernels: Vec<String>,
    /// A leading 1 by 1 convolution (vgg_normalised).
    pub front: Option<String>,
}

/// A 4-D kernel of the file.
#[derive(Debug, Clone, Copy)]
struct Conv<'a> {
    name: &'a str,
    shape: &'a [usize],
}

impl Conv<'_> {
    fn is_3x3(&self) -> bool {
        self.shape[2..] == [3, 3]
    }
}

/// The bias that belongs to a kernel.
pub(super) fn bias_of(kernel: &str) -> String {
    format!("{}bias", kernel.strip_suffix("weight").unwrap_or(kernel))
}

/// Finds the VGG among `tensors`. A file may hold several networks under different prefixes (`model.`,
/// `ema.`): the deepest VGG wins. `tag` decides where shapes cannot.
pub(super) fn recognise(tensors: &[(String, Vec<usize>)], tag: Option<Architecture>) -> Result<Layout> {
    let mut groups: BTreeMap<&str, Vec<Conv>> = BTreeMap::new();
    for (name, shape) in tensors {
        if let Some(prefix) = names::convolution_prefix(name).filter(|_| shape.len() == 4) {
            groups.entry(prefix).or_default().push(Conv { name, shape });
        }
    }
    // A network wrapped in slices (slice1.0, slice1.2, slice2.5, …) shows only when taken together.
    let mut candidates: Vec<Vec<Conv>> = groups.into_values().collect();
    if candidates.len() > 1 {
        candidates.push(candidates.concat());
    }
    let mut best: Option<Layout> = None;
    let mut nearest: Option<Misfit> = None;
    for mut convs in candidates {
        convs.sort_by_cached_key(|conv| natural_key(conv.name));
        match fit(&convs, tag) {
            Ok(layout) if best.as_ref().is_none_or(|b| b.kernels.len() < layout.kernels.len()) => best = Some(layout),
            Ok(_) => {}
            Err(misfit) if nearest.as_ref().is_none_or(|n| n.matched < misfit.matched) => nearest = Some(misfit),
            Err(_) => {}
        }
    }
    let layout = match (best, nearest) {
        (Some(layout), _) => layout,
        (None, Some(misfit)) => return Err(misfit.error),
        (None, None) => return Err(misfit::no_convolutions(tensors)),
    };
    let shapes: HashMap<&str, &[usize]> = tensors.iter().map(|(n, s)| (n.as_str(), s.as_slice())).collect();
    check_biases(&layout, &shapes)?;
    refuse_batch_norm(&layout, tensors)?;
    Ok(layout)
}

/// Compares kernels in order with both architectures.
fn fit(convs: &[Conv], tag: Option<Architecture>) -> Result<Layout, Misfit> {
    let front = convs.first().filter(|conv| conv.shape == [3, 3, 1, 1]);
    let convs = &convs[usize::from(front.is_some())..];
    if convs.is_empty() {
        return Err(misfit::only_a_front());
    }
    let matched = |architecture: Architecture| {
        let table = architecture.convolutions();
        convs.iter().zip(table).take_while(|(conv, spec)| conv.shape == spec.kernel_shape()).count()
    };
    // Complete if everything matched, or everything up to the table's end and what follows is something
    // else's (the classifier of a fully convolutional VGG).
    let complete = |architecture: Architecture| {
        let (matched, depth) = (matched(architecture), architecture.convolutions().len());
        matched == convs.len() || (matched == depth && !convs[depth].is_3x3())
    };
    let candidates: Vec<Architecture> =
        [Architecture::Vgg19, Architecture::Vgg16].into_iter().filter(|a| complete(*a)).collect();
    let Some(first) = candidates.first() else {
        return Err(misfit::explain(convs, matched(Architecture::Vgg16), matched(Architecture::Vgg19)));
    };
    let architecture = tag.filter(|tag| candidates.contains(tag)).unwrap_or(*first);
    let kernels = convs[..matched(architecture)].iter().map(|conv| conv.name.to_owned()).collect();
    Ok(Layout { architecture, kernels, front: front.map(|conv| conv.name.to_owned()) })
}

fn check_biases(layout: &Layout, shapes: &HashMap<&str, &[usize]>) -> Result<()> {
    let outputs = layout.architecture.convolutions().iter().map(|spec| spec.out_channels);
    let main = layout.kernels.iter().zip(outputs);
    for (kernel, out_channels) in main.chain(layout.front.iter().map(|name| (name, 3))) {
        let bias = bias_of(kernel);
        match shapes.get(bias.as_str()) {
            Some(shape) if **shape == [out_channels] => {}
            Some(shape) => {
                return Err(Error::weights(format!("tensor '{bias}' has shape {shape:?}, expected [{out_channels}]")));
            }
            None => {
                return Err(Error::weights(format!("has no tensor '{bias}', the bias of '{kernel}'")));
            }
        }
    }
    Ok(())
}

/// Between the convolutions of vgg16_bn and vgg19_bn stand batch normalisations, which the convolutions'
/// shapes do not show.
fn refuse_batch_norm(layout: &Layout, tensors: &[(String, Vec<usize>)]) -> Result<()> {
    let prefix = names::convolution_prefix(&layout.kernels[0]).unwrap_or_default();
    let norm = tensors.iter().find(|(name, _)| name.starts_with(prefix) && name.ends_with("running_mean"));
    norm.map_or(Ok(()), |(name, _)| {
        Err(Error::weights(format!(
            "holds a VGG with batch normalisation ('{name}'), whose features are different ones"
        ))
        .hint("use the plain network: vgg16 or vgg19, not vgg16_bn or vgg19_bn"))
    })
}
