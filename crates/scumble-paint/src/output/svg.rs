//! Paintings as SVG.

mod elements;
mod superellipse;
mod weave;

use std::fmt::Write;

use scumble_core::{Error, Result};

use self::weave::Weave;
use crate::Painting;
use crate::painting::{Blend, Colour};

/// The painting as SVG of `width`×`height` pixels, its frame as the view box: shapes as the elements that SVG has for them, with two decimals, one
/// group for strokes of the same layer in a row. A viewer draws what [`draw`](crate::draw) does.
///
/// The weave of canvas is two pictures over the shapes. Marks of brushes that are not solid are written as even paint; if there are
/// any, or the finish has more than a weave, it is left out.
///
/// # Errors
/// `Fault::Input` if the painting is damaged; `Fault::Limit` if it has a finish that is to be drawn, but not in this size.
pub fn svg(painting: &Painting, width: usize, height: usize) -> Result<String> {
    painting.check()?;
    let ground = painting.ground.as_ref().map(|ground| ground.to_uri()).transpose()?;
    let weave = weave::weave(painting, [width, height])?;
    let mut text = String::new();
    write(painting, ground, weave, [width, height], &mut text)
        .map_err(|e| Error::io(format!("cannot write the painting as SVG: {e}")))?;
    Ok(text)
}

/// Whether the SVG shows even paint in place of a textured brush, or lacks the painting's finish.
pub fn svg_simplifies(painting: &Painting) -> bool {
    !weave::tells_all(painting)
}

fn write(
    painting: &Painting,
    ground: Option<String>,
    weave: Option<Weave>,
    size: [usize; 2],
    text: &mut String,
) -> std::fmt::Result {
    let (width, height) = (Number(painting.width), Number(painting.height));
    writeln!(
        text,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {width} {height}" preserveAspectRatio="none">"#,
        size[0], size[1]
    )?;
    writeln!(text, r#"<rect width="{width}" height="{height}" fill="{}"/>"#, Hex(painting.background))?;
    if let Some(uri) = ground {
        writeln!(text, r#"<image width="{width}" height="{height}" preserveAspectRatio="none" href="{uri}"/>"#)?;
    }
    let scale = (size[0] as f32 / painting.width).max(size[1] as f32 / painting.height);
    let mut ramps = 0;
    for group in painting.strokes.chunk_by(|a, b| a.layer == b.layer) {
        let layer = &painting.layers[group[0].layer];
        writeln!(text, r#"<g aria-label="{}">"#, Escaped(&layer.name))?;
        for stroke in group {
            let fill = match &stroke.ramp {
                Some(ramp) => {
                    ramps += 1;
                    elements::ramp(ramps, stroke.colour, ramp, text)?;
                    Fill::Ramp(ramps)
                }
                None => Fill::Even(stroke.colour),
            };
            elements::element(stroke, fill, scale, text)?;
            if layer.blend == Blend::Multiply {
                text.push_str(r#" style="mix-blend-mode:multiply""#);
            }
            text.push_str("/>\n");
        }
        text.push_str("</g>\n");
    }
    if let Some(weave) = weave {
        weave.write(painting, text)?;
    }
    text.push_str("</svg>\n");
    Ok(())
}

/// A number with at most two decimals.
struct Number(f32);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (f64::from(self.0) * 100.0).round() as i64;
        let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
        write!(f, "{sign}{}", size / 100)?;
        match size % 100 {
            0 => Ok(()),
            part if part % 10 == 0 => write!(f, ".{}", part / 10),
            part => write!(f, ".{part:02}"),
        }
    }
}

/// What a shape is filled with.
#[derive(Clone, Copy)]
enum Fill {
    Even(Colour),
    /// The ramp of that number.
    Ramp(usize),
}

impl std::fmt::Display for Fill {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Even(colour) => Hex(*colour).fmt(f),
            Self::Ramp(number) => write!(f, "url(#r{number})"),
        }
    }
}

/// A colour as `#rrggbb`.
struct Hex(Colour);

impl std::fmt::Display for Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b] = self.0.map(|v| (v * 255.0).round().clamp(0.0, 255.0) as u8);
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// Text inside an attribute.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '"' => f.write_str("&quot;")?,
                // XML has no place for other control characters.
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_two_decimals_at_most() {
        let cases = [(0.0, "0"), (-0.001, "0"), (1.5, "1.5"), (-2.055, "-2.06"), (0.04, "0.04"), (1e6, "1000000")];
        for (value, text) in cases {
            assert_eq!(Number(value).to_string(), text);
        }
    }

    #[test]
    fn names_are_escaped() {
        assert_eq!(Escaped("a\"<&\u{1}").to_string(), "a&quot;&lt;&amp; ");
    }
}
