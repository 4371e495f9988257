//! How the phase of a wave runs over a picture.

use std::f64::consts::TAU;

use rustfft::num_complex::Complex64;

use super::field::{DEGREE, Field, Sample};
use super::find::Levelled;
use crate::parallel;

/// The deviation of the Gaussian window in which the phase is taken, in wavelengths. It leaves the wave itself at the negative frequency
/// and what is constant nothing (a part in 65 000), and reaches a row and a half to each side.
const WINDOW: f64 = 0.75;
/// How often rows are followed more closely: what was measured beside a field is nearest to it where little is left.
const ROUNDS: usize = 3;
/// From which steadiness on rows are even. Of 22 paintings, photos and textures without even rows *Composition VII* came nearest, with
/// 0.91; pavements, planks, cloth and drawn walls have 0.93 and more.
const STEADY: f64 = 0.92;
/// How much of what phases are off by a field of a higher degree may leave. Of straight planks it follows the noise and leaves nine
/// tenths, of a pavement in perspective a seventh at most.
const BETTER: f64 = 1.0 / 3.0;
/// Cells from one sample of the wave's slope to the next, along a side: within a window, slopes are nearly the same.
const APART: usize = 4;

/// The phase of the wave that begins as `wave`, in periods a cell: as smooth as it can be. `None` if it is not steady, or makes up less
/// than a share of the picture's variance.
pub(super) fn followed(levelled: &Levelled<'_>, wave: [f64; 2], share: f64) -> Option<Field> {
    let size = levelled.tone.size.map(|side| side as f64);
    let deviation = WINDOW / wave[0].hypot(wave[1]);
    let mut field = Field::straight(size, wave);
    let mut beside = Beside::of(levelled, &field, deviation);
    // Of rows in perspective it is not all yet.
    if beside.share < 0.5 * share {
        return None;
    }
    // The field, what phases are off by it, and the steadiness beside it.
    let mut best: Option<(Field, f64, f64)> = None;
    for degree in 1..=DEGREE {
        for _ in 0..ROUNDS {
            field = Field::of_slopes(size, degree, &beside.slopes(&field))?;
            beside = Beside::of(levelled, &field, deviation);
        }
        // Slopes are uncertain where stones differ, and errors add up from end to end; phases are not, once they are nearly known.
        for _ in 0..ROUNDS {
            field = field.nearer(beside.off_phases())?;
            beside = Beside::of(levelled, &field, deviation);
        }
        let better = best.as_ref().is_none_or(|(_, off, _)| beside.off <= BETTER * off);
        if better && beside.share >= share {
            let mut found = field.clone();
            found.begin += beside.begin;
            best = Some((found, beside.off, beside.steadiness));
        }
    }
    best.filter(|(.., steadiness)| *steadiness >= STEADY).map(|(field, ..)| field)
}

/// What a picture's wave is beside a field.
struct Beside<'a> {
    levelled: &'a Levelled<'a>,
    /// Amplitude and phase of each cell.
    values: Vec<Complex64>,
    /// Share of the picture's variance that is the wave's.
    share: f64,
    /// 1 of a wave that has the same amplitude and phase everywhere; less, the more it is scattered.
    steadiness: f64,
    /// By how much phases are off: 1 less the mean cosine of that, weighed by amplitude.
    off: f64,
    /// The phase in the mean, in turns.
    begin: f64,
}

impl<'a> Beside<'a> {
    fn of(levelled: &'a Levelled<'a>, field: &Field, deviation: f64) -> Self {
        let width = levelled.tone.size[0];
        let turned = parallel::made(levelled.values.len(), |i| {
            let phase = field.at([(i % width) as f64, (i / width) as f64]);
            Complex64::from_polar(levelled.values[i], -TAU * phase)
        });
        let values = levelled.smoothed(turned, deviation);
        let known = || values.iter().zip(&levelled.tone.known).filter(|(_, known)| **known).map(|(v, _)| v);
        let (sum, power): (Complex64, f64) = (known().sum(), known().map(Complex64::norm_sqr).sum());
        let steadiness = sum.norm() / (known().count() as f64 * power).sqrt();
        let off = 1.0 - sum.norm() / known().map(|v| v.norm()).sum::<f64>();
        Self { levelled, share: 2.0 * power / levelled.power(), steadiness, off, begin: sum.arg() / TAU, values }
    }

    /// By how many turns the phase is off at places, with its power.
    fn off_phases(&self) -> impl Iterator<Item = ([f64; 2], f64, f64)> {
        let mean = Complex64::from_polar(1.0, -TAU * self.begin);
        self.places().map(move |[x, y]| {
            let value = self.values[y * self.levelled.tone.size[0] + x];
            ([x as f64, y as f64], (value * mean).arg() / TAU + self.begin, value.norm_sqr())
        })
    }

    /// Places that are known, some cells apart.
    fn places(&self) -> impl Iterator<Item = [usize; 2]> {
        let [width, height] = self.levelled.tone.size;
        let places =
            (0..height - 1).step_by(APART).flat_map(move |y| (0..width - 1).step_by(APART).map(move |x| [x, y]));
        places.filter(move |[x, y]| self.levelled.tone.known[y * width + x])
    }

    /// The slopes of the whole wave, each weighed by its power.
    fn slopes(&self, field: &Field) -> Vec<Sample> {
        let width = self.levelled.tone.size[0];
        let sample = |[x, y]: [usize; 2]| {
            let at = y * width + x;
            let turn = |step: usize| (self.values[at + step] * self.values[at].conj()).arg() / TAU;
            let place = [x as f64, y as f64];
            let own = field.slope(place);
            let slope = [own[0] + turn(1), own[1] + turn(width)];
            Sample { at: place, slope, weight: self.values[at].norm_sqr() }
        };
        self.places().map(sample).collect()
    }
}
