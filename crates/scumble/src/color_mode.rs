//! Colour handling around an optimisation (Gatys et al. 2017, section 5): what is done to the pictures
//! before, and to the result after.

use scumble_core::{Control, Error, Event, Observer, Preview, Result};
use scumble_image::color::{self, MatchMethod};
use scumble_image::{Canvas, Filter, Light, resize};
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
            return Err(Error::parameter(format!("color is '{}' but no content picture is given", name(mode)))
                .hint("name the picture whose colours are wanted, or use --color none"));
        }
        return Ok((inputs, Finish { content: None, chroma: false }));
    };
    match mode {
        ColorMode::None | ColorMode::LumaAfter => {}
        ColorMode::Luma => {
            for style in &mut inputs.styles {
                style.canvas = color::luminance_only(&content, &style.canvas).1;
            }
            inputs.content = Some(color::luminance_only(&content, &content).0);
            inputs.init = inputs.init.map(|init| color::luminance_only(&init, &init).0);
        }
        ColorMode::MatchPca => recolor(&mut inputs, &content, MatchMethod::Pca)?,
        ColorMode::MatchChol => recolor(&mut inputs, &content, MatchMethod::Chol)?,
        ColorMode::MatchSym => recolor(&mut inputs, &content, MatchMethod::Sym)?,
        ColorMode::MatchHistogram => recolor(&mut inputs, &content, MatchMethod::Histogram)?,
    }
    let chroma = matches!(mode, ColorMode::Luma | ColorMode::LumaAfter);
    let content = (chroma || content.alpha().is_some()).then_some(content);
    Ok((inputs, Finish { content, chroma }))
}

fn recolor(inputs: &mut Inputs, content: &Canvas, method: MatchMethod) -> Result<()> {
    for style in &mut inputs.styles {
        style.canvas = color::match_color(&style.canvas, content, method)?;
    }
    Ok(())
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
        let result = if self.chroma { color::with_chroma_of(&result, content)? } else { result };
        let (width, height) = (result.width(), result.height());
        match content.alpha() {
            Some(_) => {
                let resized = resize(content, width, height, Filter::Bicubic, Light::Linear)?.clamped();
                result.with_alpha(resized.alpha().map(<[f32]>::to_vec))
            }
            None => Ok(result),
        }
    }

    /// An observer that is shown previews in the colours of the result.
    pub fn observer<'a>(&'a self, inner: &'a mut (dyn Observer + Send)) -> Finishing<'a> {
        Finishing { finish: self, inner }
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
            let raw = Canvas::new(preview.width, preview.height, preview.rgb.to_vec());
            if let Ok(finished) = raw.and_then(|canvas| self.finish.apply(canvas)) {
                return self.inner.event(&Event::Preview(Preview { rgb: finished.rgb(), ..*preview }));
            }
        }
        self.inner.event(event)
    }
}

/// The mode as users write it.
fn name(mode: ColorMode) -> String {
    serde_json::to_value(mode).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
