//! What a painting must keep to so that drawing it ends and fails nowhere.

use scumble_core::{Error, Result};

use super::{BrushKind, Finish, Geometry, MOST_STROKES, MOST_TEXELS, Painting, Point, VERSION};

/// The longest side of a frame, and the farthest that geometry may reach.
const FARTHEST: f32 = 1e6;
/// The shortest side of a frame.
const SHORTEST: f32 = 1e-2;
/// The most points of a spline.
const MOST_POINTS: usize = 1000;
/// The most corners of a polygon: a region's outline has thousands.
const MOST_CORNERS: usize = 1_000_000;

impl Painting {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Input`](scumble_core::Fault::Input) if the version, frame, strokes, geometry, colours or the parts'
    /// references to each other are not such as can be drawn.
    pub fn check(&self) -> Result<()> {
        let wrong = |what: String| Err(Error::input(format!("the painting cannot be drawn: {what}")));
        if self.version != VERSION {
            return wrong(format!("its version is {}, allowed is {VERSION}", self.version));
        }
        if ![self.width, self.height].iter().all(|side| (SHORTEST..=FARTHEST).contains(side)) {
            let (width, height) = (self.width, self.height);
            return wrong(format!("its frame is {width}×{height}, allowed are sides of {SHORTEST} to {FARTHEST}"));
        }
        if self.strokes.len() > MOST_STROKES {
            return wrong(format!("it has {} strokes, allowed are {MOST_STROKES}", self.strokes.len()));
        }
        if !is_colour(&self.background) || !self.palette.iter().all(is_colour) {
            return wrong("a colour is not within 0 to 1".into());
        }
        if let Some(at) = self.brushes.iter().position(|brush| !is_whole(&brush.kind)) {
            return wrong(format!(
                "the values of brush {at} are not whole rows of numbers from 0 to 1, at most {MOST_TEXELS} of them"
            ));
        }
        if let Some(at) = self.brushes.iter().position(|brush| !(0.0..=1.0).contains(&brush.thickness)) {
            return wrong(format!("the thickness of brush {at} is not within 0 to 1"));
        }
        if !self.finish.is_valid() {
            let (light, density) = (Finish::MOST_LIGHT, Finish::MOST_DENSITY);
            return wrong(format!(
                "its finish is out of range, allowed are a light's strength to {light}, its elevation above 0 to π/2, \
                 density to {density}, rim, grain, weave and whole rows of wet from 0 to 1"
            ));
        }
        if let Some(layer) = self.layers.iter().find(|layer| layer.brush >= self.brushes.len()) {
            return wrong(format!("layer '{}' names brush {} of {}", layer.name, layer.brush, self.brushes.len()));
        }
        for (at, stroke) in self.strokes.iter().enumerate() {
            if stroke.layer >= self.layers.len() {
                return wrong(format!("stroke {at} names layer {} of {}", stroke.layer, self.layers.len()));
            }
            if !is_colour(&stroke.colour) || !(0.0..=1.0).contains(&stroke.alpha) {
                return wrong(format!("the colour or opacity of stroke {at} is not within 0 to 1"));
            }
            if let Some(ramp) = &stroke.ramp
                && !(is_colour(&ramp.colour) && [ramp.from, ramp.to].iter().flatten().all(|v| v.abs() <= FARTHEST))
            {
                return wrong(format!(
                    "the ramp of stroke {at} is not within the frame's reach, or its colour not within 0 to 1"
                ));
            }
            if let Some(why) = fault_of(&stroke.geometry) {
                return wrong(format!("stroke {at}: {why}"));
            }
        }
        Ok(())
    }
}

fn is_colour(colour: &[f32; 3]) -> bool {
    colour.iter().all(|v| (0.0..=1.0).contains(v))
}

fn is_whole(kind: &BrushKind) -> bool {
    match kind {
        BrushKind::Solid | BrushKind::Bristle => true,
        BrushKind::Round { softness } | BrushKind::Pencil { softness } => (0.0..=1.0).contains(softness),
        BrushKind::Texture { alpha, width } => {
            *width > 0
                && (1..=MOST_TEXELS).contains(&alpha.len())
                && alpha.len() % width == 0
                && alpha.iter().all(|v| (0.0..=1.0).contains(v))
        }
    }
}

/// What is wrong with a geometry, if anything.
fn fault_of(geometry: &Geometry) -> Option<String> {
    let near = |values: &[f32]| values.iter().all(|v| v.abs() <= FARTHEST);
    let size = |values: &[f32]| values.iter().all(|v| (0.0..=FARTHEST).contains(v));
    let points = |points: &[Point]| points.iter().all(|p| near(p));
    let fits = match geometry {
        Geometry::Triangle { points: p } => points(p),
        Geometry::Rectangle { centre, half: sizes, angle } | Geometry::Ellipse { centre, radii: sizes, angle } => {
            near(centre) && size(sizes) && near(&[*angle])
        }
        Geometry::Superellipse { centre, radii, exponent, angle } => {
            if !(0.05..=1000.0).contains(exponent) {
                return Some(format!("its exponent is {exponent}, allowed is 0.05 to 1000"));
            }
            near(centre) && size(radii) && near(&[*angle])
        }
        Geometry::Polygon { points: p } => {
            if !(3..=MOST_CORNERS).contains(&p.len()) {
                return Some(format!("it has {} corners, allowed are 3 to {MOST_CORNERS}", p.len()));
            }
            points(p)
        }
        Geometry::Line { points: p, width } => points(p) && size(&[*width]),
        Geometry::Curve { points: p, widths } => points(p) && size(widths),
        Geometry::Spline { points: p, width } => {
            if !(1..=MOST_POINTS).contains(&p.len()) {
                return Some(format!("it has {} points, allowed are 1 to {MOST_POINTS}", p.len()));
            }
            points(p) && size(&[*width])
        }
        Geometry::Stamp { centre, angle, length, width } => near(centre) && near(&[*angle]) && size(&[*length, *width]),
    };
    (!fits).then(|| format!("a coordinate or size is not a number, beyond {FARTHEST}, or a size negative"))
}
