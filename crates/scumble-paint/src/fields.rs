//! What painters ask a source: which way its edges run, where it is busy, and where strokes belong.
//!
//! Everything is in pixels of the picture the fields are made from, which is the working copy of a painter. Planes hold
//! one value a pixel, row by row. Results do not depend on the number of threads.

mod blur;
mod density;
mod flow;
pub mod gradient;
mod guide;
mod points;
mod pullpush;
mod tensor;

use scumble_core::{Error, Result};
use scumble_image::Canvas;

pub use blur::{along_columns, along_rows, blur, blur_canvas, detail};
pub use density::density;
pub use guide::Guide;
pub use points::points;

use self::tensor::Tensors;

/// The most rounds of edge tangent flow; 15 are usual.
const MOST_ROUNDS: u32 = 100;

/// How fields are made.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldsOptions {
    /// Deviation of the Gaussian by which the source is blurred before gradients are taken, in pixels.
    pub blur: f32,
    /// Deviation of the Gaussian by which structure tensors are averaged, in pixels.
    pub spread: f32,
    /// Difference of a tensor's eigenvalues below which a pixel's direction comes in part from its surroundings, as a share of
    /// the picture's largest eigenvalue; these are squares of gradients.
    pub flat: f32,
    /// Rounds of edge tangent flow (Kang, Lee, Chui 2007), which straightens directions along strong edges at 121 reads a
    /// pixel a round; 0 for none.
    pub flow: u32,
    /// Curves drawn by hand, which strokes follow.
    pub guides: Vec<Guide>,
    /// Pixels a unit of the frame in which guides are drawn, along x and y.
    pub scale: [f32; 2],
    /// Deviation of the Gaussian with which a guide fades to its sides, in pixels.
    pub reach: f32,
}

impl FieldsOptions {
    /// Those for detail, with sizes for pictures whose unit is `u` pixels (a 512th of the shorter side, at least 1).
    pub fn new(u: f32) -> Self {
        Self { blur: u, spread: 2.0 * u, flat: 0.01, flow: 0, guides: Vec::new(), scale: [1.0; 2], reach: 16.0 * u }
    }
}

/// How much the edges of a picture agree in their direction with those around them, 0 to 1: the coherence of structure tensors
/// averaged by a Gaussian of `spread` pixels, mean over the picture, weighted by the strength of edges. The picture is blurred
/// by `blur` pixels before. 0 for a flat picture.
pub fn mean_coherence(picture: &Canvas, blur: f32, spread: f32) -> f32 {
    let gradients = gradient::of_picture(&blur_canvas(picture, blur));
    Tensors::new(&gradients, picture.width()).averaged(spread).coherence()
}

/// Directions along the edges of a picture, known everywhere: flat areas have those of their surroundings.
#[derive(Debug, Clone)]
pub struct Fields {
    width: usize,
    height: usize,
    /// Doubled angle of the tangent as a vector, whose length is the coherence.
    doubled: Vec<[f32; 2]>,
    magnitude: Vec<f32>,
    /// The share of each pixel's direction that is its own.
    own: Vec<f32>,
    /// Strength of the guides at each pixel; empty without any.
    guided: Vec<f32>,
}

impl Fields {
    /// Measures a picture; transparency is not looked at.
    ///
    /// # Errors
    /// `Fault::Parameter` if a size or strength is not a number from 0 to what is useful, or a guide is not a curve.
    pub fn new(picture: &Canvas, options: &FieldsOptions) -> Result<Self> {
        options.check()?;
        let (width, height) = (picture.width(), picture.height());
        let gradients = gradient::of_picture(&blur_canvas(picture, options.blur));
        let magnitude: Vec<f32> = gradients.iter().map(|gradient| gradient.energy().sqrt()).collect();
        let mut tensors = Tensors::new(&gradients, width).averaged(options.spread);
        let most = tensors.most();
        let mut guided = vec![0.0; if options.guides.is_empty() { 0 } else { width * height }];
        for guide in &options.guides {
            guide.add(&mut tensors, &mut guided, if most > 0.0 { most } else { 1.0 }, options.scale, options.reach);
        }
        let threshold = options.flat * tensors.most();
        let own = pullpush::own(&tensors, threshold);
        let mut doubled = pullpush::filled(&tensors, threshold);
        if options.flow > 0 {
            doubled = flow::straightened(&doubled, &magnitude, width, options.flow);
        }
        Ok(Self { width, height, doubled, magnitude, own, guided })
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The direction along the edges near a point: a vector of length 1 whose sign means nothing. Between pixels'
    /// centres, tensors are interpolated; beyond the picture, the nearest pixel counts. Along x where nothing is known.
    pub fn tangent(&self, x: f32, y: f32) -> [f32; 2] {
        halved(self.at(x, y))
    }

    /// How much the edges near a point agree in their direction, 0 to 1; in flat areas, those from which their
    /// direction comes.
    pub fn coherence(&self, x: f32, y: f32) -> f32 {
        length(self.at(x, y)).min(1.0)
    }

    /// The share of the direction at the pixel that holds a point that is its own, 0 to 1; the rest comes from its surroundings.
    pub fn own(&self, x: f32, y: f32) -> f32 {
        self.own[self.pixel(x, y)]
    }

    /// Length of the gradient at the pixel that holds a point: the change of colour a pixel, over all channels.
    pub fn magnitude(&self, x: f32, y: f32) -> f32 {
        self.magnitude[self.pixel(x, y)]
    }

    /// The pixel that holds a point, or the one nearest to it.
    fn pixel(&self, x: f32, y: f32) -> usize {
        let [x, y] = [(x, self.width), (y, self.height)].map(|(v, side)| (v.max(0.0) as usize).min(side - 1));
        y * self.width + x
    }

    /// Strength of the guides at the pixel that holds a point, faded with the distance; 0 where there are none.
    pub fn guided(&self, x: f32, y: f32) -> f32 {
        self.guided.get(self.pixel(x, y)).copied().unwrap_or(0.0)
    }

    /// [`Fields::magnitude`] of every pixel.
    pub fn magnitudes(&self) -> &[f32] {
        &self.magnitude
    }

    /// The doubled tangent at a point, bilinear.
    fn at(&self, x: f32, y: f32) -> [f32; 2] {
        let place = |v: f32, side: usize| {
            let v = (v - 0.5).clamp(0.0, (side - 1) as f32);
            let first = v as usize;
            (first, (first + 1).min(side - 1), v - first as f32)
        };
        let ((left, right, u), (top, bottom, v)) = (place(x, self.width), place(y, self.height));
        let pixel = |x: usize, y: usize| self.doubled[y * self.width + x];
        let mix = |a: [f32; 2], b: [f32; 2], t: f32| [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
        mix(mix(pixel(left, top), pixel(right, top), u), mix(pixel(left, bottom), pixel(right, bottom), u), v)
    }
}

impl FieldsOptions {
    fn check(&self) -> Result<()> {
        let sizes = [("blur", self.blur), ("spread", self.spread), ("reach", self.reach)];
        for (name, value) in sizes {
            if !(0.0..=blur::MOST).contains(&value) {
                return Err(Error::parameter(format!("{name} is {value}, allowed is 0 to {}", blur::MOST)));
            }
        }
        if !(0.0..=1.0).contains(&self.flat) {
            return Err(Error::parameter(format!("flat is {}, allowed is 0 to 1", self.flat)));
        }
        if self.flow > MOST_ROUNDS {
            return Err(Error::parameter(format!("flow is {}, allowed is 0 to {MOST_ROUNDS}", self.flow)));
        }
        if let Some(scale) = self.scale.iter().find(|scale| !(scale.is_finite() && **scale > 0.0)) {
            return Err(Error::parameter(format!("scale is {scale}, allowed are numbers above 0")));
        }
        Guide::check_all(&self.guides)
    }
}

fn length([x, y]: [f32; 2]) -> f32 {
    (x * x + y * y).sqrt()
}

/// The unit vector of half the angle of `doubled`.
fn halved(doubled: [f32; 2]) -> [f32; 2] {
    let length = length(doubled);
    if length < f32::MIN_POSITIVE {
        return [1.0, 0.0];
    }
    let cos = (doubled[0] / length).clamp(-1.0, 1.0);
    [((1.0 + cos) / 2.0).sqrt(), ((1.0 - cos) / 2.0).sqrt().copysign(doubled[1])]
}
