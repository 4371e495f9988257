//! Colour handling around an optimisation (Gatys et al. 2017, section 5): what is done to the pictures
//! before, and to the result after.

use scumble_core::{Control, Error, Event, Observer, Preview, Result};
use scumble_image::{Canvas, Filter, Light, color, resize};
use scumble_neural::Inputs;
use scumble_neural::params::ColorMode;

/// What is done to a result: colours and transparency of the content put back.
#[derive(Debug, Clone)]
pub(crate) struct Finish {
    /// The content, where its colours or its transparency come back.
    content: Option<Canvas>,
    /// Whether its colours do.
    chroma: bool,
}

/// Changes the pictures as `mode` says, and tells what to do with the result.
///
/// # Errors
/// If the mode needs a content and there is none.
pub(crate) fn prepare(mode: ColorMode, mut inputs: Inputs) -> Result<(Inputs, Finish)> {
    let content = inputs.content.clone();
    let Some(content) = content else {
        if mode != ColorMode::None {
            return Err(Error::parameter(format!(
                "color is '{}' but no content picture is given",
                name(mode)
            ))
            .hint("name the picture whose colours are wanted, or use --color none"));
        }
        return Ok((
            inputs,
            Finish {
                content: None,
                chroma: false,
            },
        ));
    };
    match mode {
        ColorMode::None | ColorMode::LumaAfter => {}
        ColorMode::Luma => {
            for style in &mut inputs.styles {
                style.canvas = color::luminance_only(&style.canvas, Some(&content));
            }
            inputs.content = Some(color::luminance_only(&content, None));
        }
        ColorMode::MatchPca
        | ColorMode::MatchChol
        | ColorMode::MatchSym
        | ColorMode::MatchHistogram => {
            for style in &mut inputs.styles {
                style.canvas = matched(mode, &style.canvas, &content)?;
            }
        }
    }
    let chroma = matches!(mode, ColorMode::Luma | ColorMode::LumaAfter);
    let content = (chroma || content.alpha().is_some()).then_some(content);
    Ok((inputs, Finish { content, chroma }))
}

fn matched(mode: ColorMode, style: &Canvas, content: &Canvas) -> Result<Canvas> {
    let method = match mode {
        ColorMode::MatchChol => color::Match::Cholesky,
        ColorMode::MatchSym => color::Match::Symmetric,
        ColorMode::MatchHistogram => return color::match_histogram(style, content),
        _ => color::Match::Pca,
    };
    color::match_colors(style, content, method)
}

impl Finish {
    /// Puts back what the content lends: its chroma, then its transparency.
    ///
    /// # Errors
    /// If the content cannot be resized to the result.
    pub fn apply(&self, result: Canvas) -> Result<Canvas> {
        let Some(content) = &self.content else {
            return Ok(result);
        };
        let content = resize(
            content,
            result.width(),
            result.height(),
            Filter::Bicubic,
            Light::Linear,
        )?;
        let result = if self.chroma {
            color::with_chroma_of(&result, &content)?
        } else {
            result
        };
        match content.alpha() {
            Some(alpha) => result.with_alpha(alpha.to_vec()),
            None => Ok(result),
        }
    }

    /// An observer that is shown previews in the colours of the result.
    pub fn observer<'a>(&'a self, inner: &'a mut (dyn Observer + Send)) -> Finishing<'a> {
        Finishing {
            finish: self,
            inner,
        }
    }
}

/// Finishes previews on their way to an observer.
pub(crate) struct Finishing<'a> {
    finish: &'a Finish,
    inner: &'a mut (dyn Observer + Send),
}

impl Observer for Finishing<'_> {
    fn event(&mut self, event: &Event<'_>) -> Control {
        if let (Event::Preview(preview), true) = (event, self.finish.chroma) {
            let raw = Canvas::from_rgb(preview.width, preview.height, preview.rgb.to_vec());
            if let Ok(finished) = raw.and_then(|canvas| self.finish.apply(canvas)) {
                return self.inner.event(&Event::Preview(Preview {
                    rgb: finished.rgb(),
                    ..*preview
                }));
            }
        }
        self.inner.event(event)
    }
}

/// The mode as users write it.
fn name(mode: ColorMode) -> String {
    serde_json::to_value(mode)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}
