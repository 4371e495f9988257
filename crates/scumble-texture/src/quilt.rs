//! Image quilting (Efros & Freeman 2001): blocks copied from the exemplar, each where it fits its neighbours best, joined by
//! cuts along which they differ least.
//!
//! Differences to the paper: a block never continues a neighbour in the exemplar, which would copy whole parts of it; blocks
//! are spread evenly, so that outputs end with whole ones; a ring of blocks closes on itself, so that outputs tile; guided
//! passes weigh means, not sums. Pieces of an exemplar that changes from one side to the other are laid where they are in it, and
//! those of one laid in rows where its rows go on. Where seams show most they are mended afterwards, by minimum cuts (Kwatra et
//! al. 2003).

mod block;
mod cells;
mod course;
mod cut;
mod flow;
mod grid;
mod guide;
mod lay;
mod layout;
mod mend;
mod patch;
mod seams;
mod search;
mod sheet;
mod source;
mod work;

use scumble_core::{Error, Result, within};
use scumble_image::Canvas;

use self::course::{Course, Lie};
use self::guide::Tones;
use self::lay::{Job, Pass};
pub use self::layout::Layout;
use self::layout::Plan;
use self::mend::{Pieces, mend, pieces};
use self::seams::Seams;
use self::sheet::Sheet;
use self::source::Source;
use self::work::Work;
use crate::exemplar::check_size;

/// Passes of a guided synthesis (Efros & Freeman 2001, §3: 3 to 5).
const PASSES: usize = 3;

/// Parameters of [`quilt`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuiltParams {
    /// Side of a block in pixels; by the exemplar's structure if 0.
    pub block: usize,
    /// Part of a block's side that it shares with its neighbour, up to 0.4. Efros & Freeman 2001: a sixth.
    pub overlap: f64,
    /// How much worse than the best a block may fit. Efros & Freeman 2001: 0.1.
    pub tolerance: f64,
    /// How soft cuts are: the deviation of the transition is √(n/2) pixels.
    pub feather: usize,
    /// Whether the output fits itself when laid side by side.
    pub tileable: bool,
    /// Where pieces come from.
    pub layout: Layout,
    /// How much the guide counts in the first pass beside the neighbours, 0 to 1.
    pub guide_weight: f64,
}

impl QuiltParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        if self.tileable && self.layout == Layout::Kept {
            return Err(Error::parameter(
                "layout is kept, but tileable is true: where ends meet, no layout can be kept",
            )
            .hint("choose layout free, or leave tileable out"));
        }
        within("overlap", self.overlap, 0.0, 0.4)?;
        within("tolerance", self.tolerance, 0.0, 10.0)?;
        within("feather", self.feather, 0, 8)?;
        within("guide_weight", self.guide_weight, 0.0, 1.0)
    }
}

/// A texture of `size` pixels made of blocks of the exemplar. With a guide, brought to that size, the texture's brightness
/// follows the guide's: three passes with blocks from half as large again down to two thirds, of which the later ones start
/// from the earlier; the output has the guide's transparency. Transparent parts of the exemplar are never copied.
///
/// `progress` is told the part of the work done, from 0 to 1, after each row of blocks and each piece over seams, and answers
/// whether to go on. If not, the blocks still missing in a first pass are laid without a search; of a later pass nothing is kept,
/// of pieces what is laid.
///
/// # Errors
/// `Fault::Parameter` if a parameter is out of range; `Fault::Limit` if a block is larger than the exemplar or the output too
/// large; `Fault::Input` if the exemplar has no opaque block, or the guide no opaque pixel.
pub fn quilt(
    exemplar: &Canvas,
    guide: Option<&Canvas>,
    size: [usize; 2],
    params: &QuiltParams,
    seed: u64,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Canvas> {
    params.validate()?;
    if guide.is_some() && params.layout == Layout::Kept {
        return Err(Error::parameter("layout is kept, but with a guide pieces go where the guide wants them")
            .hint("choose layout auto or free, or leave the guide out"));
    }
    check_size(size)?;
    let source = Source::new(exemplar);
    let block = block::choose(&source, params.block)?;
    let tones = guide.map(|guide| Tones::new(&source, guide, size)).transpose()?;
    let count = if tones.is_some() { PASSES } else { 1 };
    let kept = tones.is_none() && !params.tileable && params.layout.keeps(exemplar);
    let first = if guide.is_some() { block::larger(&source, block) } else { block };
    let passes: Vec<Pass> = (0..count).map(|index| Pass::new(index, first, size, params)).collect();
    // What is told by a guide shall not be covered, nor blocks that are wanted side by side.
    let wanted = tones.is_none() && params.overlap > 0.0;
    let mending = if wanted { pieces(&source, block, size, params.tileable, kept) } else { Vec::new() };
    let total =
        passes.iter().map(Pass::blocks).sum::<usize>() + mending.iter().map(|pieces| pieces.count).sum::<usize>();
    let mut work = Work::new(total, progress);
    let largest = mending.first().map_or(block, |pieces| [0, 1].map(|i| pieces.size[i].max(block[i])));
    let lie = Lie { size, largest, kept, wraps: params.tileable };
    let course = wanted.then(|| Course::of(&source, &lie, seed)).flatten();
    let seams = Seams::new(&source, params.tileable, course.as_ref().map(Course::distance));
    let plan = Plan { source: &source, seams, sheet: size, kept, course };
    let job = Job { plan: &plan, tones: tones.as_ref(), params, seed };
    let mut sheet = laid(&passes, size, &job, &mut work)?;
    mended(&mut sheet, &mending, &job, &mut work);
    let alpha = tones.and_then(|tones| tones.alpha);
    sheet.painted(&source, params.feather, params.tileable)?.with_alpha(alpha)
}

/// All passes, one over the other.
fn laid(passes: &[Pass], size: [usize; 2], job: &Job<'_>, work: &mut Work<'_>) -> Result<Sheet> {
    let mut sheet = Sheet::new(size);
    for pass in passes {
        let before = (pass.index > 0).then(|| sheet.clone());
        let whole = pass.lay(&mut sheet, job, &mut || work.add(pass.grid[0].starts.len()))?;
        if let (false, Some(before)) = (whole, before) {
            sheet = before;
        }
        if !work.go_on {
            break;
        }
    }
    Ok(sheet)
}

/// All rounds of pieces over its seams.
fn mended(sheet: &mut Sheet, rounds: &[Pieces], job: &Job<'_>, work: &mut Work<'_>) {
    for pieces in rounds {
        if !work.go_on {
            break;
        }
        let begun = work.done();
        mend(sheet, job.plan, *pieces, &mut || work.add(1));
        // Where nothing is left to mend, the rest counts as done.
        work.up_to(begun + pieces.count);
    }
}
