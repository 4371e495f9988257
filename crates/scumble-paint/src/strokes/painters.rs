//! The painter that parameters name, with its own parameters.

use scumble_core::{Error, Result};
use scumble_image::Canvas;

use super::{PainterKind, StrokesParams};
use crate::filters::{HistogramParams, KuwaharaParams, XdogParams};
use crate::painters::adaptive::AdaptiveParams;
use crate::painters::hatch::HatchParams;
use crate::painters::layered::{Jitter, LayeredParams};
use crate::painters::moments::MomentsParams;
use crate::painters::short::ShortParams;
use crate::painters::{Adaptive, FilterParams, Filtered, Hatch, Layered, Moments, Painter, Short};

/// A painter at the beginning.
pub(super) fn painter(
    aim: &Canvas,
    importance: Option<&[f32]>,
    params: &StrokesParams,
) -> Result<Box<dyn Painter + Send>> {
    let scaled = Scaled(params);
    Ok(match params.painter {
        PainterKind::Layered => Box::new(Layered::new(aim, importance, scaled.layered()?)?),
        PainterKind::Adaptive => Box::new(Adaptive::new(aim, importance, scaled.adaptive()?)?),
        PainterKind::Moments => Box::new(Moments::new(aim, importance, scaled.moments()?)?),
        PainterKind::Short => Box::new(Short::new(aim, importance, scaled.short()?)?),
        PainterKind::Hatch => Box::new(Hatch::new(aim, importance, scaled.hatch()?)?),
        PainterKind::Kuwahara | PainterKind::Patches | PainterKind::Ink => {
            Box::new(Filtered::new(aim, scaled.filter()?, params.seed, params.size)?)
        }
    })
}

/// Parameters with what holds for all painters worked in.
struct Scaled<'a>(&'a StrokesParams);

impl Scaled<'_> {
    fn need<T>(&self, name: &str, value: Option<T>) -> Result<T> {
        let painter = self.0.painter.name();
        value.ok_or_else(|| {
            Error::parameter(format!("{name} is absent; the painter {painter} needs it"))
                .hint("start from a preset of this painter")
        })
    }

    /// A size with the abstraction, within its limits.
    fn size(&self, size: f64) -> f64 {
        (size * 4f64.powf(self.0.abstraction)).min(256.0)
    }

    fn radii(&self) -> Vec<f64> {
        self.0.radii.iter().map(|radius| self.size(*radius)).collect()
    }

    fn length(&self) -> Result<f64> {
        Ok(self.need("length", self.0.length)? * self.0.stroke_length)
    }

    /// A limit of error with the wish for detail.
    fn threshold(&self, most: f64) -> Result<f64> {
        Ok((self.need("threshold", self.0.threshold)? * 4f64.powf(1.0 - 2.0 * self.0.detail)).min(most))
    }

    /// A density with the wish for detail.
    fn fineness(&self, range: [f64; 2]) -> Result<f64> {
        Ok((self.need("fineness", self.0.fineness)? * 2f64.powf(2.0 * self.0.detail - 1.0)).clamp(range[0], range[1]))
    }

    fn layered(&self) -> Result<LayeredParams> {
        let Self(params) = self;
        let most = self.length()?.round().clamp(0.0, 100.0) as u32;
        Ok(LayeredParams {
            radii: self.radii(),
            threshold: self.threshold(442.0)?,
            curvature: self.need("curvature", params.curvature)?,
            sway: params.sway.unwrap_or_default(),
            blur: 0.5,
            grid: self.need("spacing", params.spacing)?.min(4.0),
            min_length: self.need("min_length", params.min_length)?.min(most),
            max_length: most,
            alpha: params.alpha,
            jitter: Jitter {
                hue: params.jitter_hue,
                saturation: 0.0,
                value: params.jitter,
                red: params.jitter_rgb,
                green: params.jitter_rgb,
                blue: params.jitter_rgb,
            },
            solve_colour: true,
            detail: 1.0,
            wash: params.wash,
            wet: params.wet.unwrap_or_default(),
            direction_smoothing: params.direction_smoothing,
            brush: params.brush,
            thickness: params.thickness,
            count: params.count,
            work_px: params.work_px,
            seed: params.seed,
            background: params.background,
            palette: params.palette.clone(),
            guides: params.guides.clone(),
        })
    }

    fn adaptive(&self) -> Result<AdaptiveParams> {
        let Self(params) = self;
        Ok(AdaptiveParams {
            radii: self.radii(),
            fineness: self.fineness([0.1, 10.0])?,
            tolerance: self.need("tolerance", params.tolerance)?,
            stretch: self.length()?.clamp(1.0, 20.0),
            threshold: self.threshold(255.0)?,
            alpha: params.alpha,
            jitter: params.jitter.min(0.5),
            direction_smoothing: params.direction_smoothing,
            wash: params.wash,
            wet: params.wet.unwrap_or_default(),
            brush: params.brush,
            thickness: params.thickness,
            count: params.count,
            work_px: params.work_px,
            seed: params.seed,
            background: params.background,
            palette: params.palette.clone(),
            guides: params.guides.clone(),
        })
    }

    fn moments(&self) -> Result<MomentsParams> {
        let Self(params) = self;
        Ok(MomentsParams {
            windows: self.radii().iter().map(|side| side.max(3.0)).collect(),
            cover: self.fineness([0.1, 20.0])?,
            tolerance: self.need("tolerance", params.tolerance)?,
            threshold: self.threshold(255.0)?,
            alpha: params.alpha,
            jitter: params.jitter.min(0.5),
            brush: params.brush,
            thickness: params.thickness,
            count: params.count,
            work_px: params.work_px,
            seed: params.seed,
            background: params.background,
            palette: params.palette.clone(),
        })
    }

    fn short(&self) -> Result<ShortParams> {
        let Self(params) = self;
        let [least, most] = *params.radii.as_slice() else {
            return Err(Error::parameter("radii of short strokes are two: the least and the largest"));
        };
        let length = self.length()?.min(256.0);
        Ok(ShortParams {
            spacing: self.size(self.need("spacing", params.spacing)?).min(64.0),
            radius: [least, most].map(|radius| self.size(radius).min(64.0)),
            length: [0.4 * length, length],
            turn: self.need("angle", params.angle)?.clamp(0.0, 90.0),
            brightness: params.jitter,
            edge: 10.0 * 4f64.powf(1.0 - 2.0 * params.detail),
            solve_colour: false,
            alpha: params.alpha,
            direction_smoothing: params.direction_smoothing,
            brush: params.brush,
            thickness: params.thickness,
            count: params.count,
            work_px: params.work_px,
            seed: params.seed,
            background: params.background,
            palette: params.palette.clone(),
            guides: params.guides.clone(),
        })
    }

    fn filter(&self) -> Result<FilterParams> {
        let Self(params) = self;
        let [radius] = *self.radii().as_slice() else {
            return Err(Error::parameter(format!("radii of a filter are one, {} are given", params.radii.len())));
        };
        let radius = radius.clamp(1.0, 32.0);
        Ok(match params.painter {
            PainterKind::Kuwahara => FilterParams::Kuwahara(KuwaharaParams::of_radius(radius)),
            PainterKind::Ink => {
                let [threshold] = *params.tones.as_slice() else {
                    return Err(Error::parameter(format!("tones of ink are one, {} are given", params.tones.len())));
                };
                // Winnemöller et al., "XDoG" (2012), use p about 20 for woodcuts and pencil alike.
                let sharpen = 20.0 * 2f64.powf(2.0 * params.detail - 1.0);
                FilterParams::Xdog(XdogParams { sigma: self.radii()[0], sharpen, threshold, steepness: 10.0 })
            }
            _ => {
                let levels = (20.0 * 4f64.powf(2.0 * params.detail - 1.0)).round() as u32;
                FilterParams::Histogram(HistogramParams { radius, levels })
            }
        })
    }

    fn hatch(&self) -> Result<HatchParams> {
        let Self(params) = self;
        let [radius] = *params.radii.as_slice() else {
            return Err(Error::parameter("radii of hatching are one: half of the lines' width"));
        };
        Ok(HatchParams {
            tones: params.tones.clone(),
            width: (2.0 * self.size(radius)).min(32.0),
            spacing: self.need("spacing", params.spacing)?.clamp(0.5, 20.0),
            length: (self.length()? * 2f64.powf(params.abstraction)).clamp(1.0, 256.0),
            angle: self.need("angle", params.angle)?,
            form: self.need("form", params.form)?,
            outline: self.need("outline", params.outline)?,
            shade: params.shade.unwrap_or_default(),
            lead: self.need("lead", params.lead)?,
            alpha: params.alpha,
            direction_smoothing: params.direction_smoothing,
            count: params.count,
            work_px: params.work_px,
            seed: params.seed,
            background: params.background,
            palette: params.palette.clone(),
            guides: params.guides.clone(),
        })
    }
}
