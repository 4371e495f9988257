//! Pyramids.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_image::pyramid::{Level, gaussian, laplacian, reconstruct};

use crate::support::{assert_close, noise};

#[test]
fn a_laplacian_pyramid_gives_the_picture_back() {
    for (width, height) in [(64, 48), (37, 23), (1, 9), (2, 1)] {
        let canvas = noise(width, height, 65_535);
        let back = reconstruct(&laplacian(&canvas, 5).unwrap()).unwrap();
        // Adding what was subtracted: a rounding a level.
        assert_close(&back.rgb, &Level::of(&canvas).rgb, 1e-6, "light");
        assert_close(back.to_canvas().unwrap().rgb(), canvas.rgb(), 2e-5, "colours");
    }
}

#[test]
fn levels_halve_until_one_pixel_is_left() {
    let levels = gaussian(&noise(20, 5, 255), 99).unwrap();
    let sides: Vec<_> = levels.iter().map(|l| (l.width, l.height)).collect();
    assert_eq!(sides, [(20, 5), (10, 3), (5, 2), (3, 1), (2, 1), (1, 1)]);
    assert_eq!(gaussian(&noise(20, 5, 255), 2).unwrap().len(), 2);
    assert_eq!(gaussian(&noise(20, 5, 255), 0).unwrap_err().fault(), Fault::Parameter);
}

#[test]
fn levels_are_smoothed_with_the_binomial_kernel() {
    // A point of light at an even place: the kernel's weights 6/16 and 1/16 at even distances.
    let mut canvas = Canvas::filled(9, 9, [0.0; 3]);
    canvas.rgb_mut()[(4 * 9 + 4) * 3..][..3].fill(1.0);
    let level = gaussian(&canvas, 2).unwrap().remove(1);
    let row: Vec<f32> = (0..5).map(|x| level.rgb[(2 * 5 + x) * 3]).collect();
    let weights = [0.0, 1.0 / 16.0, 6.0 / 16.0, 1.0 / 16.0, 0.0].map(|w| w * 6.0 / 16.0);
    assert_close(&row, &weights, 1e-7, "row");
}

#[test]
fn even_light_has_no_detail() {
    let pyramid = laplacian(&Canvas::filled(13, 10, [0.3, 0.6, 0.9]), 3).unwrap();
    for level in &pyramid[..2] {
        assert_close(&level.rgb, &vec![0.0; level.rgb.len()], 1e-6, "detail");
    }
}

#[test]
fn levels_that_do_not_belong_together_are_refused() {
    let mut pyramid = laplacian(&noise(16, 16, 255), 3).unwrap();
    pyramid.remove(1);
    assert_eq!(reconstruct(&pyramid).unwrap_err().fault(), Fault::Parameter);
    assert_eq!(reconstruct(&[]).unwrap_err().fault(), Fault::Parameter);
}
