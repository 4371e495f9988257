//! Regions without frayed borders and crumbs.

use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use crate::Labels;
use crate::segment::{Pixels, join_small};

/// Parameters of [`clean`](clean()).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CleanParams {
    /// How often each pixel takes the region that most of the 3 × 3 around it belong to; 2 is usual.
    #[schemars(range(min = 0, max = 100))]
    pub smooth: u32,
    /// Pixels below which a region joins a neighbour, at 512; 60 is usual.
    #[schemars(range(min = 0.0, max = 1000000.0))]
    pub min_area: f64,
}

impl CleanParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("smooth", self.smooth, 0, 100)?;
        within("min_area", self.min_area, 0.0, 1e6)
    }
}

/// Makes regions smooth, connected through pixels' sides and no smaller than wished: a majority vote, then each connected
/// part is a region, then regions that are too small join the neighbour with the least cost of Ward, the smallest first.
/// Hidden pixels, of opacity 0, become one region, whatever they were.
///
/// # Errors
/// As [`CleanParams::validate`]; `Fault::Input` if labels and picture differ in size or no pixel is seen.
pub fn clean(labels: &Labels, picture: &Canvas, params: &CleanParams) -> Result<Labels> {
    params.validate()?;
    check_size(labels, picture)?;
    let pixels = Pixels::new(picture)?;
    let mut ids = labels.ids().to_vec();
    for _ in 0..params.smooth {
        ids = voted(&pixels, &ids);
    }
    let u = picture.size_unit();
    pixels.labels(join_small(&pixels, ids, (params.min_area as f32 * u * u) as usize))
}

/// Refuses labels of another picture.
pub(crate) fn check_size(labels: &Labels, picture: &Canvas) -> Result<()> {
    let [(w, h), (width, height)] = [(labels.width(), labels.height()), (picture.width(), picture.height())];
    if (w, h) == (width, height) {
        return Ok(());
    }
    Err(Error::input(format!("labels of {w}×{h} pixels do not fit a picture of {width}×{height}")))
}

/// Each pixel with the number that is the most frequent around it; its own if that is as frequent.
fn voted(pixels: &Pixels, ids: &[u32]) -> Vec<u32> {
    let (width, height) = (pixels.width, pixels.height);
    let mut out = ids.to_vec();
    out.par_chunks_mut(width).enumerate().for_each(|(y, out)| {
        for (x, out) in out.iter_mut().enumerate() {
            let own = *out;
            if pixels.is_hidden(y * width + x) {
                continue;
            }
            let mut votes = [(own, 0u32); 9];
            let mut parties = 1;
            for y in y.saturating_sub(1)..(y + 2).min(height) {
                let [first, end] = [x.saturating_sub(1), (x + 2).min(width)].map(|x| y * width + x);
                for (i, id) in (first..end).zip(&ids[first..end]) {
                    if pixels.is_hidden(i) {
                        continue;
                    }
                    match votes[..parties].iter_mut().find(|party| party.0 == *id) {
                        Some(party) => party.1 += 1,
                        None => {
                            votes[parties] = (*id, 1);
                            parties += 1;
                        }
                    }
                }
            }
            let most = |best: (u32, u32), party: &(u32, u32)| if party.1 > best.1 { *party } else { best };
            *out = votes[1..parties].iter().fold(votes[0], most).0;
        }
    });
    out
}
