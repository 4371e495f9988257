//! Islands, which no pane of glass could have.

use scumble_core::Result;

use crate::Labels;

/// Rounds after which islands in islands are gone.
const ROUNDS: usize = 4;

/// Regions that lie within a single other one become part of it, unless they are larger than `most` pixels: lead must hold
/// every pane from two sides. What is hidden, where the opacity is 0, is no pane.
pub(super) fn absorbed(labels: &Labels, opacity: Option<&[f32]>, most: usize) -> Result<Labels> {
    let mut labels = labels.clone();
    for _ in 0..ROUNDS {
        let around = around(&labels, opacity);
        let sizes = labels.sizes();
        let goes = |id: usize| matches!(around[id], Around::One(_)) && sizes[id] <= most;
        if !(0..labels.count()).any(goes) {
            break;
        }
        let ids = labels.ids().iter().map(|id| match around[*id as usize] {
            Around::One(other) if sizes[*id as usize] <= most => other,
            _ => *id,
        });
        labels = Labels::new(labels.width(), labels.height(), ids.collect())?;
    }
    Ok(labels)
}

/// What a region's pixels have beside them.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Around {
    Nothing,
    One(u32),
    /// Several regions, the picture's border, or something hidden.
    More,
}

fn around(labels: &Labels, opacity: Option<&[f32]>) -> Vec<Around> {
    let (width, height, ids) = (labels.width(), labels.height(), labels.ids());
    let mut around = vec![Around::Nothing; labels.count()];
    let mut meet = |a: u32, b: u32| {
        let known = &mut around[a as usize];
        *known = match *known {
            Around::Nothing => Around::One(b),
            Around::One(other) if other == b => Around::One(b),
            _ => Around::More,
        };
    };
    for (i, id) in ids.iter().enumerate() {
        let (right, below) = ((i + 1) % width > 0, i + width < ids.len());
        for other in [(right, i + 1), (below, i + width)].into_iter().filter(|(is, _)| *is).map(|(_, at)| ids[at]) {
            if other != *id {
                meet(*id, other);
                meet(other, *id);
            }
        }
    }
    for (i, id) in ids.iter().enumerate() {
        let (x, y) = (i % width, i / width);
        let hidden = |at: usize| opacity.is_some_and(|opacity| opacity[at] <= 0.0);
        let border = x == 0 || y == 0 || x + 1 == width || y + 1 == height;
        if border || hidden(i) || [i - 1, i + 1, i - width, i + width].into_iter().any(hidden) {
            around[*id as usize] = Around::More;
        }
    }
    around
}
