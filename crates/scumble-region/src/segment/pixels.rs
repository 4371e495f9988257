//! A picture as segmentation sees it.

use std::borrow::Cow;

use pulp::{Arch, NullaryFnOnce};
use rayon::prelude::*;
use scumble_core::{Error, Result};
use scumble_image::Canvas;
use scumble_image::color::srgb_to_linear;
use scumble_paint::oklab::{self, Lab};

use super::lanes::LANES;
use super::{NONE, neighbours};
use crate::Labels;

/// Pixels are worked on in blocks of this many, whatever the number of threads.
pub(crate) const BLOCK: usize = 1 << 12;
/// Two thirds of the bits of 1.0, less what makes the error as large above as below.
const THIRD: u32 = 0x2a51_067f;

/// Oklab colours in planes, and which pixels are seen.
pub(crate) struct Pixels<'a> {
    pub width: usize,
    pub height: usize,
    /// The picture; hidden pixels have the colour of the nearest one that is seen, so that theirs mean nothing.
    pub picture: Cow<'a, Canvas>,
    /// Lightness, green to red, blue to yellow.
    pub lab: [Vec<f32>; 3],
    /// Of each pixel whether its opacity is 0; none if there is no such pixel.
    hidden: Option<Vec<bool>>,
}

impl<'a> Pixels<'a> {
    /// Values outside 0 to 1 count as the nearer of the two.
    ///
    /// # Errors
    /// `Fault::Input` if no pixel is seen.
    pub fn new(picture: &'a Canvas) -> Result<Self> {
        let (picture, hidden) = seen(picture)?;
        let (curve, arch) = (Curve::new(), Arch::new());
        let pixels = picture.pixels();
        let mut lab = [(); 3].map(|()| vec![0.0; pixels.len()]);
        let [light, a, b] = &mut lab;
        let planes = light.par_chunks_mut(BLOCK).zip(a.par_chunks_mut(BLOCK)).zip(b.par_chunks_mut(BLOCK));
        planes.zip(pixels.par_chunks(BLOCK)).for_each(|(((light, a), b), pixels)| {
            arch.dispatch(Convert { curve: &curve, pixels, planes: [light, a, b] });
        });
        Ok(Self { width: picture.width(), height: picture.height(), picture, lab, hidden })
    }

    /// How many there are, hidden ones too.
    pub fn len(&self) -> usize {
        self.width * self.height
    }

    /// How many are seen.
    pub fn visible(&self) -> usize {
        self.len() - self.hidden.as_ref().map_or(0, |hidden| hidden.iter().filter(|h| **h).count())
    }

    /// Whether a pixel's opacity is 0.
    pub fn is_hidden(&self, i: usize) -> bool {
        self.hidden.as_ref().is_some_and(|hidden| hidden[i])
    }

    /// Of each pixel whether its opacity is 0; none if there is no such pixel.
    pub fn hidden(&self) -> Option<&[bool]> {
        self.hidden.as_deref()
    }

    /// The colour of a pixel.
    pub fn at(&self, i: usize) -> Lab {
        [0, 1, 2].map(|c| self.lab[c][i])
    }

    /// Gives hidden pixels the number of no region.
    pub fn hide(&self, ids: &mut [u32]) {
        for (id, _) in ids.iter_mut().zip(self.hidden().unwrap_or_default()).filter(|(_, hidden)| **hidden) {
            *id = NONE;
        }
    }

    /// Labels of which the hidden pixels are one region.
    ///
    /// # Errors
    /// As [`Labels::new`].
    pub fn labels(&self, mut ids: Vec<u32>) -> Result<Labels> {
        if let Some(hidden) = self.hidden() {
            let seen = ids.iter().zip(hidden).filter(|(_, hidden)| !**hidden);
            let free = seen.map(|(id, _)| *id).max().unwrap_or(0).saturating_add(1);
            ids.iter_mut().zip(hidden).filter(|(_, hidden)| **hidden).for_each(|(id, _)| *id = free);
        }
        Labels::new(self.width, self.height, ids)
    }
}

/// A picture whose hidden pixels have the colour of the nearest one that is seen, so that theirs mean nothing, and which are
/// hidden, if any are.
///
/// # Errors
/// `Fault::Input` if no pixel is seen.
pub(crate) fn seen(picture: &Canvas) -> Result<(Cow<'_, Canvas>, Option<Vec<bool>>)> {
    let hidden: Option<Vec<bool>> = picture.alpha().map(|alpha| alpha.iter().map(|a| *a <= 0.0).collect());
    if hidden.as_ref().is_some_and(|hidden| hidden.iter().all(|h| *h)) {
        let error = Error::input("every pixel of the picture is fully transparent, so there is nothing to divide");
        return Err(error.hint("remove the alpha channel, or choose another picture"));
    }
    Ok(match hidden.filter(|hidden| hidden.contains(&true)) {
        Some(hidden) => (Cow::Owned(filled(picture, &hidden)), Some(hidden)),
        None => (Cow::Borrowed(picture), None),
    })
}

/// A picture whose hidden pixels have the colour of the nearest one that is seen, in steps along x and y.
fn filled(picture: &Canvas, hidden: &[bool]) -> Canvas {
    let (width, height) = (picture.width(), picture.height());
    let mut out = picture.clone();
    let colours = out.rgb_mut().as_chunks_mut::<3>().0;
    let mut reached: Vec<bool> = hidden.iter().map(|hidden| !hidden).collect();
    let mut front: Vec<usize> = (0..reached.len()).filter(|i| reached[*i]).collect();
    while !front.is_empty() {
        let mut next = Vec::new();
        for i in front {
            for beside in neighbours(i, width, height) {
                if !reached[beside] {
                    reached[beside] = true;
                    colours[beside] = colours[i];
                    next.push(beside);
                }
            }
        }
        front = next;
    }
    out
}

/// The curve of sRGB, looked up for values of 8 bits, with the same result: such values, and their amounts of light.
struct Curve {
    levels: [f32; 256],
    lights: [f32; 256],
}

impl Curve {
    fn new() -> Self {
        let levels = std::array::from_fn(|level| level as f32 / 255.0);
        Self { levels, lights: levels.map(srgb_to_linear) }
    }

    #[inline(always)]
    fn linear(&self, v: f32) -> f32 {
        let v = v.clamp(0.0, 1.0);
        // The last digits of a number of 2²³ are whole numbers.
        let level = (v * 255.0 + 8_388_608.0).to_bits() as usize & 255;
        if self.levels[level] == v { self.lights[level] } else { srgb_to_linear(v) }
    }

    /// The planes of at most [`LANES`] colours; roots are the slow part, and taken side by side.
    #[inline(always)]
    fn oklab(&self, pixels: &[[f32; 3]]) -> [[f32; LANES]; 3] {
        let mut planes = [[0.0; LANES]; 3];
        for (lane, pixel) in pixels.iter().enumerate().take(LANES) {
            for c in 0..3 {
                planes[c][lane] = self.linear(pixel[c]);
            }
        }
        let [r, g, b] = &mut planes;
        for lane in 0..LANES {
            [r[lane], g[lane], b[lane]] = oklab::cones([r[lane], g[lane], b[lane]]);
        }
        for plane in &mut planes {
            for v in plane {
                *v = cube_root(*v);
            }
        }
        let [l, m, s] = &mut planes;
        for lane in 0..LANES {
            [l[lane], m[lane], s[lane]] = oklab::from_roots([l[lane], m[lane], s[lane]]);
        }
        planes
    }
}

/// Some pixels and where their colours in Oklab go.
struct Convert<'a> {
    curve: &'a Curve,
    pixels: &'a [[f32; 3]],
    planes: [&'a mut [f32]; 3],
}

impl NullaryFnOnce for Convert<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let [light, a, b] = self.planes.map(|plane| plane.chunks_mut(LANES));
        for (((light, a), b), pixels) in light.zip(a).zip(b).zip(self.pixels.chunks(LANES)) {
            let [lights, greens, blues] = self.curve.oklab(pixels);
            light.copy_from_slice(&lights[..light.len()]);
            a.copy_from_slice(&greens[..a.len()]);
            b.copy_from_slice(&blues[..b.len()]);
        }
    }
}

/// Cube root of a number that is not negative, exact but for the last digits: of the number's bits, a third is 4 % beside it at
/// most, and each of Halley's steps cubes the error.
#[inline(always)]
fn cube_root(v: f32) -> f32 {
    // Far below what can be seen, and its cube is no denormal number.
    let v = v.max(1e-24);
    let step = |y: f32| {
        let cube = y * y * y;
        y * (cube + 2.0 * v) / (2.0 * cube + v)
    };
    step(step(f32::from_bits(v.to_bits() / 3 + THIRD)))
}
