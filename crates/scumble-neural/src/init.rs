//! What the first scale starts from.

use scumble_core::{Error, Result, Stream};
use scumble_image::Canvas;

use crate::params::{Init, PixelSpace};

/// Deviation of neural-style's starting noise, in Caffe units.
const CAFFE_NOISE: f64 = 0.001;
/// Deviation of the `normal` start, in sRGB values.
const NORMAL_NOISE: f64 = 0.25;
/// The random stream of starting noise.
const STAGE: u64 = 1;

/// A starting point in `space` for a picture of the given size. `source` is the content or init
/// picture at that size, for the modes that need one; `styles` the styles with their blend weights.
pub(crate) fn starting_point(
    init: Init,
    space: PixelSpace,
    (width, height): (usize, usize),
    source: Option<&Canvas>,
    styles: &[(f64, Canvas)],
    seed: u64,
) -> Result<Vec<f32>> {
    let plane = width * height;
    let mut stream = Stream::new(seed, STAGE);
    let mut noise = |draw: &mut dyn FnMut(&mut Stream, u64, usize) -> f64| -> Vec<f32> {
        (0..3 * plane).map(|i| draw(&mut stream, i as u64, i / plane) as f32).collect()
    };
    Ok(match init {
        Init::Content | Init::Image => match source {
            Some(picture) => space.of_canvas(picture),
            None => return Err(Error::parameter("there is no picture to start from").hint("use --init uniform")),
        },
        Init::Random => {
            let raw = noise(&mut |s, i, _| CAFFE_NOISE * s.normal(i));
            match space {
                PixelSpace::Caffe255 | PixelSpace::Caffe256 => raw,
                PixelSpace::Unit => PixelSpace::Caffe255.decode(&raw),
            }
        }
        Init::Gray => space.encode(&noise(&mut |s, i, _| 0.5 + s.uniform(i) / 255.0)),
        Init::Uniform => space.encode(&noise(&mut |s, i, _| s.uniform(i))),
        Init::Normal => space.encode(&noise(&mut |s, i, _| truncated(s, i, 0.5, NORMAL_NOISE))),
        Init::StyleStats => {
            let stats = colour_statistics(styles);
            space.encode(&noise(&mut |s, i, c| truncated(s, i, stats[c].0, stats[c].1)))
        }
    })
}

/// A normal number inside 0 to 1: the first of `index`'s draws that falls there.
fn truncated(stream: &mut Stream, index: u64, mean: f64, deviation: f64) -> f64 {
    // A mean inside 0 to 1 is missed by half of the draws at worst: 32 misses are a billionth.
    const DRAWS: u64 = 32;
    (0..DRAWS)
        .map(|draw| mean + deviation * stream.normal(index * DRAWS + draw))
        .find(|value| (0.0..=1.0).contains(value))
        .unwrap_or(mean.clamp(0.0, 1.0))
}

/// Mean and deviation of each channel over the styles, weighted.
fn colour_statistics(styles: &[(f64, Canvas)]) -> [(f64, f64); 3] {
    std::array::from_fn(|c| {
        let moment = |power: i32| -> f64 {
            styles
                .iter()
                .map(|(weight, canvas)| {
                    let values = canvas.rgb().iter().skip(c).step_by(3);
                    let n = (canvas.rgb().len() / 3) as f64;
                    weight * values.map(|v| f64::from(*v).powi(power)).sum::<f64>() / n
                })
                .sum()
        };
        let mean = moment(1);
        (mean, (moment(2) - mean * mean).max(0.0).sqrt())
    })
}
