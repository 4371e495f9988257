//! Pictures painted with a texture.

use scumble_core::Fault;
use scumble_image::{Canvas, color};
use scumble_texture::quilt::{Layout, QuiltParams, quilt};

use crate::PARAMS;
use crate::exemplars::{gravel, picture};

/// From dark on the left to light on the right.
fn ramp(width: usize, height: usize) -> Canvas {
    picture(width, height, |x, _| [x as f32 / width as f32; 3])
}

/// Mean luma of the left, middle and right third.
fn thirds(canvas: &Canvas) -> [f32; 3] {
    let mut sums = [[0.0; 2]; 3];
    for (i, pixel) in canvas.pixels().iter().enumerate() {
        let sum = &mut sums[i % canvas.width() * 3 / canvas.width()];
        sum[0] += color::luma(*pixel);
        sum[1] += 1.0;
    }
    sums.map(|[sum, count]| sum / count)
}

#[test]
fn layouts_are_not_kept_with_a_guide() {
    let exemplar = crate::exemplars::gravel(64, 48);
    let params = QuiltParams { layout: Layout::Kept, ..PARAMS };
    let error = quilt(&exemplar, Some(&exemplar), [64, 48], &params, 1, &mut |_| true).unwrap_err();
    assert!(error.fault() == Fault::Parameter && error.to_string().contains("guide"), "{error}");
}

#[test]
fn brightness_follows_the_guide() {
    let exemplar = gravel(160, 160);
    let made = |weight: f64| {
        let params = QuiltParams { block: 24, guide_weight: weight, ..PARAMS };
        quilt(&exemplar, Some(&ramp(120, 90)), [120, 90], &params, 1, &mut |_| true).unwrap()
    };
    let [left, middle, right] = thirds(&made(0.9));
    assert!(left + 0.1 < middle && middle + 0.05 < right, "{left} {middle} {right}");
    let [left, _, right] = thirds(&made(0.0));
    assert!((left - right).abs() < 0.1, "{left} {right}");
}

#[test]
fn guides_are_brought_to_size_and_keep_their_transparency() {
    let alpha: Vec<f32> = (0..60 * 40).map(|i| if i % 60 < 30 { 0.0 } else { 1.0 }).collect();
    let guide = ramp(60, 40).with_alpha(Some(alpha)).unwrap();
    let made = quilt(&gravel(80, 80), Some(&guide), [90, 60], &PARAMS, 1, &mut |_| true).unwrap();
    let alpha = made.alpha().unwrap();
    assert!(alpha[30 * 90 + 10] == 0.0 && alpha[30 * 90 + 80] == 1.0);
}

#[test]
fn of_a_pass_that_is_stopped_nothing_is_kept() {
    let (exemplar, guide) = (gravel(80, 80), ramp(100, 80));
    let params = QuiltParams { block: 24, ..PARAMS };
    let stopped_after =
        |share: f64| quilt(&exemplar, Some(&guide), [100, 80], &params, 1, &mut |done| done < share).unwrap();
    let mut shares = Vec::new();
    let whole = quilt(&exemplar, Some(&guide), [100, 80], &params, 1, &mut |done| {
        shares.push(done);
        true
    });
    let whole = whole.unwrap();
    // Blocks of 36 pixels lie in 3 rows, those of 24 in 4.
    assert_eq!(stopped_after(shares[2]), stopped_after(shares[4]));
    assert_ne!(stopped_after(shares[2]), stopped_after(shares[6]));
    assert_eq!(stopped_after(1.0), whole);
}
