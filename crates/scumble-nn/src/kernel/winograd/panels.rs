//! Where a tile's values stand between the transforms and the products.

use super::transform::PRODUCTS;
use crate::kernel::lanes::Level;

/// Floats between the matrices of two points, beyond their size: a stride that is a multiple of 4 KB would make the
/// thirty-six streams of a transform fall on the same cache lines.
const PADDING: usize = 32;

/// Thirty-six matrices `[panel][channel][tile of the panel]`. A panel is as many tiles as a register tile of the
/// product is wide; the last may be narrower. A group is the tiles of one vector.
#[derive(Debug, Clone, Copy)]
pub(super) struct Panels {
    lanes: usize,
    columns: usize,
    groups: usize,
    channels: usize,
}

impl Panels {
    pub(super) fn new(level: Level, groups: usize, channels: usize) -> Self {
        Self { lanes: level.lanes(), columns: level.panel() / level.lanes(), groups, channels }
    }

    /// Floats from one point's matrix to the next.
    pub(super) fn stride(&self) -> usize {
        self.groups * self.lanes * self.channels + PADDING
    }

    /// Floats of all of them.
    pub(super) fn len(&self) -> usize {
        PRODUCTS * self.stride()
    }

    /// Number of panels.
    pub(super) fn count(&self) -> usize {
        self.groups.div_ceil(self.columns)
    }

    /// Vectors in a panel's row.
    #[inline(always)]
    pub(super) fn width(&self, panel: usize) -> usize {
        self.columns.min(self.groups.saturating_sub(panel * self.columns))
    }

    /// Where a panel's row for a channel starts in a matrix.
    #[inline(always)]
    pub(super) fn row(&self, panel: usize, channel: usize) -> usize {
        (panel * self.columns * self.channels + channel * self.width(panel)) * self.lanes
    }

    /// Where a group's vector for a channel stands in a matrix.
    #[inline(always)]
    pub(super) fn vector(&self, group: usize, channel: usize) -> usize {
        self.row(group / self.columns, channel) + group % self.columns * self.lanes
    }
}
