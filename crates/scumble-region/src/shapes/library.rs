//! The shapes that are placed on regions.

use scumble_core::{Error, Result};

use super::candidate::{Bench, Model};
use super::template::Template;
use super::user::UserShape;
use super::{ShapeClass, circle, ellipse, polygon, rectangle, region, regular, square, star, superellipse, triangle};
use crate::procrustes::Matcher;

/// All templates.
#[derive(Debug, Clone)]
pub(super) struct Library {
    templates: Vec<Template>,
}

impl Library {
    /// The built-in ones and the user's.
    ///
    /// # Errors
    /// `Fault::Input` if a user's shape encloses nothing.
    pub fn new(users: &[UserShape], matcher: &Matcher) -> Result<Self> {
        let single = [circle::template, ellipse::template, rectangle::template, square::template, star::template];
        let mut templates: Vec<Template> = single.iter().filter_map(|template| template(matcher)).collect();
        templates.extend(superellipse::templates(matcher));
        templates.extend(regular::templates(matcher));
        for (at, shape) in users.iter().enumerate() {
            let template = shape.template(matcher);
            let template =
                template.ok_or_else(|| Error::input(format!("the shape '{}' encloses nothing", shape.name())))?;
            templates.push(Template { user: Some(at), ..template });
        }
        Ok(Self { templates })
    }

    /// Those of a class.
    pub fn of(&self, class: ShapeClass) -> impl Iterator<Item = &Template> {
        self.templates.iter().filter(move |template| template.class == class)
    }
}

/// Where the shapes of a class are begun with; `forced` if there may be no other.
pub(super) fn starts<'a>(bench: &mut Bench<'a, '_>, class: ShapeClass, forced: bool) -> Vec<Model<'a>> {
    match class {
        ShapeClass::Circle => circle::starts(bench),
        ShapeClass::Square => square::starts(bench),
        ShapeClass::Ellipse => ellipse::starts(bench),
        ShapeClass::Rectangle => rectangle::starts(bench),
        ShapeClass::Triangle => triangle::starts(bench),
        ShapeClass::Superellipse => superellipse::starts(bench),
        ShapeClass::Pentagon | ShapeClass::Hexagon | ShapeClass::Octagon | ShapeClass::Star | ShapeClass::User => {
            regular::starts(bench, class)
        }
        ShapeClass::Hull => polygon::hull(bench, forced),
        ShapeClass::Polygon => polygon::starts(bench),
        ShapeClass::Region => region::starts(),
    }
}
