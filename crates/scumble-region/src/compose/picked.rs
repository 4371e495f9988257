//! Shapes that the user picked, and what is learned from them.

use std::collections::BTreeMap;

use scumble_core::Result;

use super::level::Composer;
use super::segmented::Segmented;
use crate::Labels;
use crate::shapes::ShapeClass;
use crate::shapes::learn::Learned;

impl Composer<'_> {
    /// The shapes picked for single regions; of several picks of one region the last counts.
    pub(super) fn picked(&self, labels: &Labels) -> BTreeMap<usize, ShapeClass> {
        let frame = [self.picture.width(), self.picture.height()];
        let at = |pixel: [u32; 2]| {
            let [x, y] =
                [(0, labels.width()), (1, labels.height())].map(|(k, side)| pixel[k] as usize * side / frame[k]);
            labels.ids()[y * labels.width() + x] as usize
        };
        self.params.picks.iter().map(|pick| (at(pick.pixel), pick.shape)).collect()
    }

    /// What was learned before, and what the picks teach.
    pub fn learn(&self, segmented: &Segmented, labels: &Labels) -> Result<Learned> {
        let division = self.division(segmented, labels, self.params.simplify)?;
        let frame = [self.picture.width() as f32, self.picture.height() as f32];
        let chooser = self.chooser(&[ShapeClass::Region])?;
        let mut learned = self.learned.clone();
        for (region, class) in self.picked(labels) {
            if division.regions[region].hidden {
                continue;
            }
            learned.add(chooser.features(&division.rings(region), Some(frame))?, class);
        }
        Ok(learned)
    }
}
