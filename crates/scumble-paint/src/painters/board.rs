//! What painters of brush strokes share: the working copy, the painting, and how much of the ground still shows.

use scumble_core::Result;
use scumble_image::Canvas;

use super::wetness::wetness;
use super::working::{self, unit};
use super::{HexColour, StepReport};
use crate::draw::Stain;
use crate::energy::{Easel, Paint};
use crate::fields::{FieldsOptions, Guide};
use crate::painting::{Blend, Brush, BrushKind, Geometry, Layer, Painting, Point, Stroke};
use crate::raster::{FINE, Scan};
use crate::{dice::Dice, oklab};

/// The share of the ground that may shine through where strokes cover it, leaving aside their opacity.
const BARE: f32 = 0.1;
/// Opacity of washes, unless it is given.
const WASH: u8 = 128;
/// By how much a wash must lower the mean squared difference of what it covers, in squared levels over all channels: those that change
/// next to nothing would only dull the paper.
const WORTH: f64 = 3.0 * 25.0;

/// A painting at work.
#[derive(Debug, Clone)]
pub(super) struct Board {
    pub easel: Easel,
    pub painting: Painting,
    /// The easel with the colours that strokes were judged in, if those that are laid may be others.
    plain: Option<Easel>,
    /// The share of the ground that shows at each pixel between the strokes.
    bare: Vec<f32>,
    scan: Scan,
    /// What washes cover, if there are any, and what the traced one does.
    stain: Option<Box<Stain>>,
    stained: Vec<(usize, f32)>,
    /// Pixels of the frame a pixel of the working copy, along x and y.
    scale: [f32; 2],
}

impl Board {
    /// An empty painting without layers.
    pub fn new(
        picture: &Canvas,
        importance: Option<&[f32]>,
        work_px: u32,
        ground: Option<HexColour>,
        seed: u64,
    ) -> Result<Self> {
        let ground = ground.map_or_else(|| working::ground_colour(picture), |colour| colour.0);
        let easel = working::easel(picture, importance, work_px as usize, ground)?;
        let frame = [picture.width() as f32, picture.height() as f32];
        let mut painting = Painting::new(frame[0], frame[1], ground.map(unit), seed);
        painting.brushes.clear();
        painting.layers.clear();
        let size = [easel.width(), easel.height()];
        let scale = [frame[0] / size[0] as f32, frame[1] / size[1] as f32];
        let scan = Scan::new(size[0], 0..size[1], FINE, scale.map(|s| 1.0 / s));
        let bare = vec![1.0; size[0] * size[1]];
        Ok(Self { easel, painting, plain: None, bare, scan, stain: None, stained: Vec::new(), scale })
    }

    /// From now on, strokes are judged by a painting with their unchanged colours: else finer strokes would mend what
    /// random changes did, most where there is nothing to paint.
    pub fn judge_apart(&mut self) {
        self.plain = Some(self.easel.clone());
    }

    /// The easel by which strokes are judged.
    pub fn judged(&self) -> &Easel {
        self.plain.as_ref().unwrap_or(&self.easel)
    }

    /// Adds a layer with a brush of its own.
    pub fn add_layer(&mut self, name: String, kind: BrushKind, thickness: f32) {
        let brush = self.painting.brushes.len();
        self.painting.brushes.push(Brush { kind, thickness });
        self.painting.layers.push(Layer { name, brush, blend: Blend::Normal, closed: true });
    }

    /// Makes the strokes of all layers washes, on paper that is as wet as `most` where the picture is smooth, and dry along its
    /// edges.
    pub fn wash(&mut self, most: f32) -> Result<()> {
        self.painting.layers.iter_mut().for_each(|layer| layer.blend = Blend::Multiply);
        let wet = wetness(&self.source()?, self.unit(), most);
        self.stain = Some(Box::new(Stain::new(self.size(), self.scale.map(|s| 1.0 / s), &wet)));
        self.painting.finish.wet = (most > 0.0).then_some(wet);
        Ok(())
    }

    fn is_wash(&self, layer: usize) -> bool {
        self.painting.layers[layer].blend == Blend::Multiply
    }

    /// Width and height of the working copy.
    pub fn size(&self) -> [usize; 2] {
        [self.easel.width(), self.easel.height()]
    }

    /// How directions are found on the working copy, along the guides too.
    pub fn fields_options(&self, guides: &[Guide]) -> FieldsOptions {
        FieldsOptions { guides: guides.to_vec(), scale: self.scale.map(|s| 1.0 / s), ..FieldsOptions::new(self.unit()) }
    }

    /// Pixels of the working copy that a pixel of a picture of 512 pixels stands for: a 512th of the picture's shorter
    /// side, at least one of its pixels.
    pub fn unit(&self) -> f32 {
        self.painting.unit() / self.scale[0].max(self.scale[1])
    }

    /// The working copy as a picture.
    pub fn source(&self) -> Result<Canvas> {
        self.canvas(self.easel.source())
    }

    /// The painting so far at the working copy's size.
    pub fn painted(&self) -> Result<Canvas> {
        self.canvas(self.easel.painting())
    }

    fn canvas(&self, pixels: &[[u8; 3]]) -> Result<Canvas> {
        let values = pixels.iter().flat_map(|pixel| pixel.map(unit)).collect();
        Canvas::new(self.easel.width(), self.easel.height(), values)
    }

    /// A point of the working copy in the frame.
    pub fn place(&self, point: Point) -> Point {
        [point[0] * self.scale[0], point[1] * self.scale[1]]
    }

    /// A length of the working copy in the frame.
    pub fn lengthen(&self, length: f32) -> f32 {
        length * (self.scale[0] + self.scale[1]) / 2.0
    }

    /// Lowers a density of strokes where the picture matters less, if there is an importance map.
    pub fn favour(&self, density: &mut [f32]) {
        let Some(weights) = self.easel.weights() else { return };
        let most = weights.iter().copied().max().map_or(1.0, f32::from);
        density.iter_mut().zip(weights).for_each(|(density, weight)| *density *= f32::from(*weight) / most);
    }

    /// Whether the ground shows at a pixel.
    pub fn is_bare(&self, pixel: usize) -> bool {
        self.bare[pixel] > BARE
    }

    /// Lays a stroke in the best colour if that lowers the error or the stroke covers some of the bare ground. It is kept
    /// with its Oklab lightness off by `jitter` times a normal number, as a share; the working copy has the colour itself, since later
    /// strokes should not mend what is meant to differ.
    pub fn lay(&mut self, layer: usize, geometry: Geometry, paint: &Paint, jitter: f32, dice: &mut Dice) {
        let laid = self.lay_changed(layer, geometry, paint, None, |colour| colour);
        if let Some(stroke) =
            self.painting.strokes.last_mut().filter(|_| laid && jitter > 0.0 && paint.palette.is_empty())
        {
            let [light, a, b] = oklab::from_srgb(stroke.colour);
            stroke.colour = oklab::to_srgb([(light * (1.0 + jitter * dice.normal())).clamp(0.0, 1.0), a, b]);
        }
    }

    /// Lays a stroke if that lowers the error or the stroke covers some of the bare ground; says whether it did. It is
    /// judged in the given colour, or in the best one if there is none or the palette is limited, and laid in what `change`
    /// makes of it.
    pub fn lay_changed(
        &mut self,
        layer: usize,
        geometry: Geometry,
        paint: &Paint,
        given: Option<[u8; 3]>,
        change: impl FnOnce([u8; 3]) -> [u8; 3],
    ) -> bool {
        self.trace(layer, &geometry);
        let Some((colour, alpha, gain)) = self.verdict(layer, paint, given) else { return false };
        // Paper may stay white; other grounds may not show.
        let wash = self.is_wash(layer);
        if gain >= 0.0 && (wash || !self.covers_bare()) {
            return false;
        }
        if let Some(plain) = &mut self.plain {
            lay_on(plain, &mut self.scan, wash.then_some(&self.stained), colour, alpha);
        }
        let colour = if paint.palette.is_empty() { change(colour) } else { colour };
        self.put_traced(layer, geometry, colour, alpha);
        true
    }

    /// Traces what shows of a stroke.
    fn trace(&mut self, layer: usize, geometry: &Geometry) {
        match self.stain.as_mut().filter(|_| self.painting.layers[layer].blend == Blend::Multiply) {
            Some(stain) => {
                let brush = &self.painting.brushes[self.painting.layers[layer].brush].kind;
                stain.of(brush, geometry, &mut self.stained);
            }
            None => self.scan.trace(geometry),
        }
    }

    /// The colour and opacity of the traced stroke, and by how much it changes the error; nothing if it covers nothing.
    fn verdict(&mut self, layer: usize, paint: &Paint, given: Option<[u8; 3]>) -> Option<([u8; 3], u8, f64)> {
        let easel = self.plain.as_ref().unwrap_or(&self.easel);
        if self.is_wash(layer) {
            let weight: f64 = self.stained.iter().map(|(_, cover)| f64::from(cover * cover)).sum();
            let alpha = paint.alpha.unwrap_or(WASH);
            let (colour, change) = easel.wash(&self.stained, alpha, &paint.palette);
            return (weight > 0.0).then_some((colour, alpha, change + WORTH * weight));
        }
        let moments = easel.moments(&mut self.scan);
        if moments.kk == 0.0 {
            return None;
        }
        let (best, alpha) = paint.mix_in_levels(&moments);
        let colour = given.filter(|_| paint.palette.is_empty()).unwrap_or(best);
        Some((colour, alpha, moments.change(f64::from(alpha) / 255.0, colour.map(f64::from))))
    }

    /// Lays a stroke whatever it does.
    pub fn put(&mut self, layer: usize, geometry: Geometry, colour: [u8; 3], alpha: u8) {
        self.trace(layer, &geometry);
        self.put_traced(layer, geometry, colour, alpha);
    }

    fn put_traced(&mut self, layer: usize, geometry: Geometry, colour: [u8; 3], alpha: u8) {
        let wash = self.is_wash(layer);
        lay_on(&mut self.easel, &mut self.scan, wash.then_some(&self.stained), colour, alpha);
        if !wash {
            let (width, bare) = (self.easel.width(), &mut self.bare);
            self.scan.runs(|run| {
                let row = run.y * width;
                bare[row + run.start..row + run.end].iter_mut().for_each(|bare| *bare *= 1.0 - run.cover);
            });
        }
        self.painting.strokes.push(Stroke {
            layer,
            geometry,
            colour: colour.map(unit),
            alpha: unit(alpha),
            ramp: None,
        });
    }

    /// Whether the traced stroke covers bare ground somewhere.
    fn covers_bare(&mut self) -> bool {
        let (width, bare) = (self.easel.width(), &self.bare);
        let mut covers = false;
        self.scan.runs(|run| {
            let row = run.y * width;
            let shows = |bare: &f32| *bare > BARE && run.cover >= 0.5;
            covers = covers || bare[row + run.start..row + run.end].iter().any(shows);
        });
        covers
    }

    /// Where the painting stands.
    pub fn report(&self) -> StepReport {
        StepReport { strokes: self.painting.strokes.len(), sse: self.easel.sse(), psnr: self.easel.psnr() }
    }
}

/// Lays the shape that is traced, or the wash that covers what `stained` says.
fn lay_on(easel: &mut Easel, scan: &mut Scan, stained: Option<&Vec<(usize, f32)>>, colour: [u8; 3], alpha: u8) {
    match stained {
        Some(stained) => easel.lay_wash(stained, colour, alpha),
        None => easel.lay(scan, colour, alpha),
    }
}
