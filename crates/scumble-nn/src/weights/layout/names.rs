//! Names of tensors: which belong together, and in which order.

/// Components of names under which classifiers are kept (torchvision, timm, Caffe's fully convolutional VGGs).
const CLASSIFIERS: [&str; 9] = ["classifier", "pre_logits", "head", "fc", "fc1", "fc2", "fc6", "fc7", "fc8"];

/// The prefix a network's convolutions share: `features` of `features.0.weight`, nothing of
/// `conv1_1.weight`; `None` for tensors that are no kernels of the features.
pub(super) fn convolution_prefix(name: &str) -> Option<&str> {
    let layer = name.strip_suffix(".weight")?;
    if layer.split('.').any(|component| CLASSIFIERS.contains(&component)) {
        return None;
    }
    Some(layer.rsplit_once('.').map_or("", |(prefix, _)| prefix))
}

/// A piece of a name; numbers sort by value.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    Number(u64),
    Text(String),
}

/// Splits a name into text and numbers, so that `features.2` sorts before `features.10`.
pub(super) fn natural_key(name: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        pieces.push(match piece.parse() {
            Ok(number) if digits => Piece::Number(number),
            _ => Piece::Text(piece.to_owned()),
        });
    }
    pieces
}
