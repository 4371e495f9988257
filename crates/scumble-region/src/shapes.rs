//! Shapes in place of regions: each kind is fitted, and the one is taken that comes nearest for its complexity.
//!
//! A region is looked at in a frame of its own, with the centroid as origin and the root of its area as unit. A shape is given the
//! region's area, unless the region is cut off by the picture's edge, so that what is left to find is where it lies, how it is turned
//! and how it is stretched: by moments or by Procrustes analysis first, then by climbing to the largest share in common
//! (intersection over union).
//!
//! ```
//! use scumble_region::Labels;
//! use scumble_region::contour::{Contours, Simplify};
//! use scumble_region::shapes::ShapeClass;
//! use scumble_region::shapes::choose::{Chooser, ShapesParams};
//! use scumble_region::shapes::learn::Learned;
//!
//! # fn main() -> scumble_core::Result<()> {
//! // A square of nine by nine pixels on a ground.
//! let square = |i: usize| u32::from((3..12).contains(&(i % 15)) && (3..12).contains(&(i / 15)));
//! let labels = Labels::new(15, 15, (0..225).map(square).collect())?;
//! let contours = Contours::new(&labels).simplified(Simplify::DouglasPeucker(1.0))?;
//! let params = ShapesParams { abstraction: 0.05, shapes: ShapeClass::ALL.to_vec(), reflect: true };
//! let fits = Chooser::new(params, &[], Learned::new())?.choose_all(&contours)?;
//! assert_eq!(fits[1].class, ShapeClass::Square);
//! # Ok(())
//! # }
//! ```

mod candidate;
pub mod choose;
mod circle;
mod colour;
mod ellipse;
mod equations;
mod features;
mod hull;
pub mod learn;
mod library;
mod likely;
mod moments;
mod outline;
mod polish;
mod polygon;
mod rectangle;
mod region;
mod regular;
mod sectors;
mod settle;
mod spans;
mod square;
mod star;
mod superellipse;
mod template;
mod triangle;
pub mod user;
mod whiten;

use schemars::JsonSchema;
use scumble_core::{Error, Result, suggest};
use scumble_paint::painting::{Geometry, Point};
use serde::{Deserialize, Serialize};

pub use features::Features;

use self::outline::Outline;

/// A point or vector in a region's frame.
pub(crate) type V2 = [f64; 2];

/// A kind of shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShapeClass {
    /// A circle.
    Circle,
    /// A square.
    Square,
    /// An ellipse.
    Ellipse,
    /// A rectangle.
    Rectangle,
    /// A triangle.
    Triangle,
    /// A superellipse, from hollow diamond to rounded box.
    Superellipse,
    /// A regular pentagon.
    Pentagon,
    /// A regular hexagon.
    Hexagon,
    /// A regular octagon.
    Octagon,
    /// A star of five points.
    Star,
    /// The convex hull without thin parts.
    Hull,
    /// A polygon of four to eight corners.
    Polygon,
    /// One of the user's own shapes.
    User,
    /// The region itself.
    Region,
}

impl ShapeClass {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Circle,
        Self::Square,
        Self::Ellipse,
        Self::Rectangle,
        Self::Triangle,
        Self::Superellipse,
        Self::Pentagon,
        Self::Hexagon,
        Self::Octagon,
        Self::Star,
        Self::Hull,
        Self::Polygon,
        Self::User,
        Self::Region,
    ];

    /// The one of a name.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) if there is none.
    pub fn named(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name);
            Error::parameter(format!("'{name}' is not a shape, allowed are {}", known.join(", ")))
                .maybe_hint(suggest(name, known))
        })
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Square => "square",
            Self::Ellipse => "ellipse",
            Self::Rectangle => "rectangle",
            Self::Triangle => "triangle",
            Self::Superellipse => "superellipse",
            Self::Pentagon => "pentagon",
            Self::Hexagon => "hexagon",
            Self::Octagon => "octagon",
            Self::Star => "star",
            Self::Hull => "hull",
            Self::Polygon => "polygon",
            Self::User => "user",
            Self::Region => "region",
        }
    }
}

/// Where a shape is, in pixels of the picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// One of the simple shapes.
    Geometry(Geometry),
    /// Rings, filled by the even-odd rule.
    Rings(Vec<Vec<Point>>),
}

impl Figure {
    /// Of rings in a region's frame: a polygon if there is one ring alone.
    fn of_rings(outline: &Outline, rings: &[Vec<V2>]) -> Self {
        let pixels = |ring: &Vec<V2>| ring.iter().map(|p| outline.pixels(*p)).collect::<Vec<Point>>();
        match rings {
            [ring] => match pixels(ring).try_into() {
                Ok(points) => Self::Geometry(Geometry::Triangle { points }),
                Err(points) => Self::Geometry(Geometry::Polygon { points }),
            },
            rings => Self::Rings(rings.iter().map(pixels).collect()),
        }
    }
}

/// A shape fitted to a region.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Its kind.
    pub class: ShapeClass,
    /// Of [`ShapeClass::User`], which of the user's shapes, from 0.
    pub user: Option<usize>,
    /// Where it is.
    pub figure: Figure,
    /// Area in common by area in all, 0 to 1.
    pub iou: f64,
    /// Procrustes distance of the outlines, 0 to 1.
    pub distance: f64,
    /// How complex it counts as: 1 for a circle, 4 for the region itself.
    pub complexity: f64,
    /// What is left of the region and what the shape's complexity costs, the less the better.
    pub score: f64,
}
