//! How well a segmentation fits one that is known to be right.

use std::collections::HashMap;

use scumble_core::{Error, Result};

use crate::Labels;

/// The share of the right borders that are found: of the pixels whose right or lower neighbour is of another region in
/// `truth`, those with such a pixel of `labels` at most `reach` pixels away along x and y. 1 if there are no borders.
///
/// # Errors
/// `Fault::Input` if the sides differ.
pub fn boundary_recall(labels: &Labels, truth: &Labels, reach: usize) -> Result<f64> {
    check(labels, truth)?;
    let (width, height) = (truth.width(), truth.height());
    // How many there are before each place of a row and column: any in a window is a difference of four.
    let mut table = vec![0u32; (width + 1) * (height + 1)];
    for (i, is_border) in borders(labels).enumerate() {
        let at = (i / width + 1) * (width + 1) + i % width + 1;
        table[at] = u32::from(is_border) + table[at - 1] + table[at - width - 1] - table[at - width - 2];
    }
    let found = |i: usize| {
        let [left, top] = [i % width, i / width].map(|v| v.saturating_sub(reach));
        let [right, bottom] = [(i % width, width), (i / width, height)].map(|(v, side)| (v + reach + 1).min(side));
        let before = |x: usize, y: usize| table[y * (width + 1) + x];
        before(right, bottom) + before(left, top) > before(left, bottom) + before(right, top)
    };
    let right: Vec<usize> = borders(truth).enumerate().filter(|(_, is_border)| *is_border).map(|(i, _)| i).collect();
    if right.is_empty() {
        return Ok(1.0);
    }
    Ok(right.iter().filter(|i| found(**i)).count() as f64 / right.len() as f64)
}

/// The share of pixels that lie across right borders: `1/N Σ_S Σ_P min(|P ∩ S|, |P \ S|)` over the regions S of `truth` and P
/// of `labels` that overlap (Neubert, Protzel 2012). 0 is best.
///
/// # Errors
/// `Fault::Input` if the sides differ.
pub fn undersegmentation(labels: &Labels, truth: &Labels) -> Result<f64> {
    check(labels, truth)?;
    let mut overlaps: HashMap<(u32, u32), usize> = HashMap::new();
    for pair in labels.ids().iter().copied().zip(truth.ids().iter().copied()) {
        *overlaps.entry(pair).or_default() += 1;
    }
    let sizes = labels.sizes();
    let across: usize = overlaps.iter().map(|((part, _), common)| (*common).min(sizes[*part as usize] - common)).sum();
    Ok(across as f64 / truth.ids().len() as f64)
}

fn check(labels: &Labels, truth: &Labels) -> Result<()> {
    let [(w, h), (width, height)] = [labels, truth].map(|labels| (labels.width(), labels.height()));
    if (w, h) == (width, height) {
        return Ok(());
    }
    Err(Error::input(format!("labels of {w}×{h} pixels cannot be compared with labels of {width}×{height}")))
}

/// Of each pixel whether its right or lower neighbour is of another region.
fn borders(labels: &Labels) -> impl Iterator<Item = bool> {
    let (width, ids) = (labels.width(), labels.ids());
    ids.iter().enumerate().map(move |(i, id)| {
        let right = ((i + 1) % width != 0).then(|| ids.get(i + 1)).flatten();
        right.is_some_and(|other| other != id) || ids.get(i + width).is_some_and(|other| other != id)
    })
}
