//! The front of the crate: a texture by whichever method.

use scumble_core::{Error, Result};
use scumble_image::Canvas;

use crate::choose::{Choice, choose};
use crate::exemplar::check_size;
use crate::heeger_bergen::heeger_bergen;
use crate::params::{TextureMethod, TextureParams};
use crate::phase::random_phase;
use crate::portilla::portilla_simoncelli;
use crate::quilt::quilt;
use crate::spectrum::spectrum;
use crate::wavelet::wavelet;

/// A texture and how it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// The texture; opaque, or with its guide's transparency.
    pub canvas: Canvas,
    /// How it was made, never `auto`.
    pub method: TextureMethod,
    /// Why, in a sentence, if `auto` decided.
    pub reason: Option<String>,
}

/// A texture of an exemplar, of which only opaque parts count. With a guide it becomes that picture, painted with the texture,
/// which quilting alone can do. Same parameters, same bytes, for any number of threads.
///
/// `progress` is told the share done, up to 1, and answers whether to go on; if not, the texture is finished as it stands.
///
/// # Errors
/// `Fault::Parameter` if a parameter is out of range or a guide is given to a method that takes none; `Fault::Limit` if the
/// texture would be too large or a block is larger than the exemplar; `Fault::Input` if the exemplar is transparent
/// everywhere.
pub fn synthesise(
    exemplar: &Canvas,
    guide: Option<&Canvas>,
    params: &TextureParams,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Made> {
    params.validate()?;
    let size = size(exemplar, guide, params)?;
    let Choice { method, reason } = decide(exemplar, guide, params.method)?;
    let seed = params.seed;
    let canvas = match method {
        TextureMethod::Phase => {
            let made = random_phase(exemplar, size, seed)?.to_canvas()?;
            // It is done at once: there is nothing to stop.
            progress(1.0);
            made
        }
        TextureMethod::Spectrum => spectrum(exemplar, size, params.rounds, seed, progress)?.to_canvas()?,
        TextureMethod::HeegerBergen => heeger_bergen(exemplar, size, &params.pyramid(), seed, progress)?.to_canvas()?,
        TextureMethod::PortillaSimoncelli => {
            portilla_simoncelli(exemplar, size, &params.pyramid(), seed, progress)?.to_canvas()?
        }
        TextureMethod::Wavelet => wavelet(exemplar, size, &params.wavelet(), seed, progress)?.to_canvas()?,
        TextureMethod::Auto | TextureMethod::Quilt => quilt(exemplar, guide, size, &params.quilting(), seed, progress)?,
    };
    Ok(Made { canvas, method, reason })
}

/// Width and height of the texture that [`synthesise`] makes, in pixels.
///
/// # Errors
/// `Fault::Limit` if it would be too large.
pub fn size(exemplar: &Canvas, guide: Option<&Canvas>, params: &TextureParams) -> Result<[usize; 2]> {
    let own = guide.map_or([2 * exemplar.width(), 2 * exemplar.height()], |guide| [guide.width(), guide.height()]);
    let asked = [params.width as usize, params.height as usize];
    let size = [0, 1].map(|i| if asked[i] > 0 { asked[i] } else { own[i] });
    check_size(size)?;
    Ok(size)
}

pub(crate) fn decide(exemplar: &Canvas, guide: Option<&Canvas>, method: TextureMethod) -> Result<Choice> {
    match (method, guide) {
        (TextureMethod::Auto, None) => Ok(choose(exemplar)),
        (TextureMethod::Auto, Some(_)) => {
            let reason = Some("only quilting follows a guide".into());
            Ok(Choice { method: TextureMethod::Quilt, reason })
        }
        (TextureMethod::Quilt, _) | (_, None) => Ok(Choice { method, reason: None }),
        (other, Some(_)) => Err(Error::parameter(format!("method is {}, which follows no guide", other.name()))
            .hint("choose quilt or auto, or leave the guide out")),
    }
}
