//! Which method takes which pictures, besides content and styles.

use scumble_core::{Error, Result};

use super::Recipe;
use crate::Method;

impl Recipe {
    /// Refuses pictures that the method would not look at.
    pub(super) fn refuse_idle_pictures(&self) -> Result<()> {
        let pictures: [(_, _, &[Method]); 4] = [
            (&self.init_image, "picture to start from (init_image)", &[Method::Neural]),
            (&self.mask, "mask", &[Method::Shapes, Method::Strokes]),
            (&self.labels, "picture of labels (labels)", &[Method::Regions]),
            (&self.brush_file, "picture of a brush (brush_file)", &[Method::Strokes]),
        ];
        let method = self.method();
        for (picture, what, takers) in pictures {
            let Some(picture) = picture.as_ref().filter(|_| !takers.contains(&method)) else { continue };
            let takers: Vec<String> = takers.iter().map(|taker| format!("'scumble {taker}'")).collect();
            let verb = if takers.len() == 1 { "does" } else { "do" };
            return Err(Error::parameter(format!("{method} takes no {what}, {} is given", picture.path.display()))
                .hint(format!("{} {verb}", takers.join(" and "))));
        }
        Ok(())
    }

    /// Refuses a parameter that was set by itself and of which a picture says all there is to say.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter), naming the picture.
    pub(super) fn refuse_told_by_pictures(&self, parameter: &str) -> Result<()> {
        match (&self.labels, parameter) {
            (Some(labels), "segment" | "clusters" | "min_area") => Err(Error::parameter(format!(
                "{parameter} is set, but regions are those of the labels in {}",
                labels.path.display()
            ))
            .hint("leave one of them out")),
            _ => Ok(()),
        }
    }
}
