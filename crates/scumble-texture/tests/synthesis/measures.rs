//! How near a texture is to its exemplar, and how much it repeats itself (specification of regions, §17).

use scumble_image::{Canvas, color};
use scumble_texture::fft::{Fft2, Value};

/// The shortest displacement in pixels that counts as a repeat.
const SHORTEST: f64 = 4.0;

fn luma(picture: &Canvas) -> Vec<f64> {
    picture.pixels().iter().map(|p| f64::from(color::luma(*p))).collect()
}

/// The correlation of luma with itself, of each displacement the mean over all pairs of pixels.
struct Autocorrelation {
    size: [usize; 2],
    /// Sums of products, of twice the size so that nothing goes round the ends.
    sums: Vec<f64>,
    variance: f64,
}

impl Autocorrelation {
    fn of(picture: &Canvas) -> Self {
        let size @ [width, height] = [picture.width(), picture.height()];
        let luma = luma(picture);
        let mean = luma.iter().sum::<f64>() / luma.len() as f64;
        let mut wide = vec![0.0; 4 * width * height];
        luma.iter().enumerate().for_each(|(i, v)| wide[i / width * 2 * width + i % width] = v - mean);
        let fft = Fft2::new(2 * width, 2 * height);
        let power = fft.spectrum(&wide).iter().map(|v| Value::new(v.norm_sqr(), 0.0)).collect();
        Self { size, sums: fft.plane(power), variance: wide.iter().map(|v| v * v).sum::<f64>() / luma.len() as f64 }
    }

    /// For a displacement shorter than the sides.
    fn at(&self, [x, y]: [i64; 2]) -> f64 {
        let [width, height] = self.size.map(|side| side as i64);
        let sum = self.sums[(y.rem_euclid(2 * height) * 2 * width + x.rem_euclid(2 * width)) as usize];
        sum / ((width - x.abs()) * (height - y.abs())) as f64 / self.variance
    }
}

/// Difference of the autocorrelations of luma, root of the mean square over displacements of up to a quarter of the smaller
/// sides. 0 for the same picture; autocorrelations are at most 1.
pub fn autocorrelation_error(exemplar: &Canvas, texture: &Canvas) -> f64 {
    let [a, b] = [exemplar, texture].map(Autocorrelation::of);
    let reach = [0, 1].map(|i| (a.size[i].min(b.size[i]) / 4) as i64);
    let displacements = (0..=reach[1]).flat_map(|y| (-reach[0]..=reach[0]).map(move |x| [x, y]));
    let squares: Vec<f64> = displacements.map(|d| (a.at(d) - b.at(d)).powi(2)).collect();
    (squares.iter().sum::<f64>() / squares.len() as f64).sqrt()
}

/// How alike a picture is to itself moved by up to half its sides, at most 1: the highest value that none around it exceeds,
/// away from the middle; 0 if there is none. Of a quilt more than of its exemplar if pieces come up again and again.
pub fn repeat_score(picture: &Canvas) -> f64 {
    let own = Autocorrelation::of(picture);
    let [right, down] = own.size.map(|side| side as i64 / 2);
    let far = (0..down).flat_map(|y| (1 - right..right).map(move |x| [x, y]));
    let far = far.filter(|[x, y]| (*x as f64).hypot(*y as f64) >= SHORTEST);
    let is_peak = |[x, y]: [i64; 2]| {
        (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| [x + dx, y + dy])).all(|d| own.at(d) <= own.at([x, y]))
    };
    far.filter(|d| is_peak(*d)).map(|d| own.at(d)).fold(0.0, f64::max)
}
