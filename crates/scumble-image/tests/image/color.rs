//! Colour spaces and transfer.

use proptest::prelude::*;
use scumble_image::Canvas;
use scumble_image::color::{
    MatchMethod, linear_to_srgb, luma, luminance_only, match_color, match_color_unclipped, rgb_to_yuv, srgb_to_linear,
    with_chroma_of, yuv_to_rgb,
};

use crate::support::{assert_close, floats, json, noise, noise_values, number};

const LINEAR: [MatchMethod; 3] = [MatchMethod::Pca, MatchMethod::Chol, MatchMethod::Sym];

/// Colours that hang together: channels mixed from independent noise.
fn mixed(width: usize, height: usize, seed: u64, mix: [[f32; 3]; 3], offset: f32) -> Canvas {
    let noise = noise_values(width * height * 3, 4095, seed);
    let pixels =
        noise.chunks_exact(3).flat_map(|n| mix.map(|row| offset + row.iter().zip(n).map(|(m, v)| m * v).sum::<f32>()));
    Canvas::new(width, height, pixels.collect()).unwrap()
}

fn photo() -> Canvas {
    mixed(40, 30, 5, [[0.5, 0.2, 0.0], [0.3, 0.3, 0.1], [0.1, 0.2, 0.2]], 0.1)
}

fn painting() -> Canvas {
    mixed(25, 33, 6, [[0.2, 0.0, 0.3], [0.0, 0.4, 0.1], [0.3, 0.1, 0.4]], 0.05)
}

fn mean_and_covariance(canvas: &Canvas) -> ([f64; 3], [f64; 9]) {
    let pixels = canvas.pixels();
    let count = pixels.len() as f64;
    let mean = |f: &dyn Fn(&[f32; 3]) -> f64| pixels.iter().map(f).sum::<f64>() / count;
    let means = [0, 1, 2].map(|c| mean(&|p| f64::from(p[c])));
    let deviation = |p: &[f32; 3], c: usize| f64::from(p[c]) - means[c];
    let covariance = std::array::from_fn(|i| mean(&|p| deviation(p, i / 3) * deviation(p, i % 3)));
    (means, covariance)
}

#[test]
fn matched_pictures_have_the_mean_and_covariance_of_the_target() {
    let (photo, painting) = (photo(), painting());
    let (mean, covariance) = mean_and_covariance(&painting);
    for method in LINEAR {
        let matched = match_color_unclipped(&photo, &painting, method).unwrap();
        let (new_mean, new_covariance) = mean_and_covariance(&matched);
        for (a, b) in new_mean.iter().zip(&mean) {
            assert!((a - b).abs() < 1e-6, "{method:?}: mean {a}, expected {b}");
        }
        for (a, b) in new_covariance.iter().zip(&covariance) {
            assert!((a - b).abs() < 1e-4, "{method:?}: covariance {a}, expected {b}");
        }
    }
}

#[test]
fn a_picture_matched_to_itself_stays() {
    let photo = photo();
    for method in [LINEAR.as_slice(), &[MatchMethod::Histogram]].concat() {
        let matched = match_color(&photo, &photo, method).unwrap();
        assert_close(matched.rgb(), photo.rgb(), 1e-5, &format!("{method:?}"));
    }
}

#[test]
fn the_symmetric_map_moves_colours_least() {
    let (photo, painting) = (photo(), painting());
    let moved = |method| {
        let matched = match_color_unclipped(&photo, &painting, method).unwrap();
        let pairs = matched.rgb().iter().zip(photo.rgb());
        pairs.map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>()
    };
    let [pca, chol, sym] = LINEAR.map(moved);
    assert!(sym < 0.9999 * pca && sym < 0.9999 * chol, "pca {pca}, chol {chol}, sym {sym}");
}

#[test]
fn maps_between_axis_aligned_distributions_agree() {
    // Independent channels: the covariances are diagonal up to chance, and all roots commute.
    let narrow = mixed(64, 64, 8, [[0.2, 0.0, 0.0], [0.0, 0.3, 0.0], [0.0, 0.0, 0.1]], 0.3);
    let wide = mixed(64, 64, 8, [[0.5, 0.0, 0.0], [0.0, 0.1, 0.0], [0.0, 0.0, 0.4]], 0.3);
    let matched = LINEAR.map(|m| match_color_unclipped(&narrow, &wide, m).unwrap());
    for other in &matched[1..] {
        // Chance correlations of 4096 pixels are about 1/64.
        assert_close(other.rgb(), matched[0].rgb(), 0.03, "maps");
    }
}

#[test]
fn grey_and_even_pictures_can_be_matched() {
    let even = Canvas::filled(5, 5, [0.4; 3]);
    for method in LINEAR {
        let matched = match_color(&even, &painting(), method).unwrap();
        let (mean, _) = mean_and_covariance(&painting());
        assert_close(&matched.pixels()[7], &mean.map(|m| m as f32), 1e-5, "even to colourful");
        let matched = match_color(&painting(), &even, method).unwrap();
        // What is left of the spread is the ridge of 1e-6, a deviation of 0.001, some three of them.
        assert_close(matched.rgb(), &vec![0.4; matched.rgb().len()], 0.006, "colourful to even");
    }
}

#[test]
fn matching_clips_to_the_range() {
    let bright = Canvas::new(2, 1, vec![0.0, 0.0, 0.0, 1.0, 1.0, 1.0]).unwrap();
    for method in LINEAR {
        let matched = match_color(&photo(), &bright, method).unwrap();
        assert!(matched.rgb().iter().all(|v| (0.0..=1.0).contains(v)), "{method:?}");
    }
}

#[test]
fn histograms_are_matched_as_by_scikit_image() {
    let reference = &json("numbers.json")["histogram"];
    let canvas = |name: &str| {
        let picture = &reference[name];
        let (width, height) = (number(&picture["width"]), number(&picture["height"]));
        Canvas::new(width, height, floats(&picture["rgb"])).unwrap()
    };
    let matched = match_color(&canvas("source"), &canvas("target"), MatchMethod::Histogram).unwrap();
    // Rounded to single precision once.
    assert_close(matched.rgb(), &floats(&reference["matched"]), 1e-6, "histogram");
}

#[test]
fn luminance_only_is_grey_with_the_mean_of_the_content() {
    let (content, style) = luminance_only(&photo(), &painting());
    for canvas in [&content, &style] {
        assert!(canvas.pixels().iter().all(|p| p[0] == p[1] && p[1] == p[2]));
    }
    assert!((content.pixels()[3][0] - luma(photo().pixels()[3])).abs() < 1e-6);
    let (content_mean, _) = mean_and_covariance(&content);
    let (style_mean, _) = mean_and_covariance(&style);
    // Nothing of these pictures is clipped by the shift.
    assert!((content_mean[0] - style_mean[0]).abs() < 1e-6);
}

#[test]
fn chroma_comes_from_one_picture_and_luma_from_the_other() {
    let light = Canvas::filled(6, 4, [0.5; 3]).with_alpha(Some(vec![0.25; 24])).unwrap();
    let colour = Canvas::filled(12, 9, [0.6, 0.5, 0.3]);
    let both = with_chroma_of(&light, &colour).unwrap();
    assert_eq!((both.width(), both.height()), (6, 4));
    assert_eq!(both.alpha(), light.alpha());
    let [y, u, v] = rgb_to_yuv(both.pixels()[0]);
    let [_, expected_u, expected_v] = rgb_to_yuv([0.6, 0.5, 0.3]);
    // The coefficients' three digits.
    assert_close(&[y, u, v], &[0.5, expected_u, expected_v], 2e-3, "yuv");
    // Its own chroma gives a picture back.
    let photo = photo();
    let same = with_chroma_of(&photo, &photo).unwrap();
    assert_close(same.rgb(), photo.rgb(), 4e-3, "own chroma");
}

#[test]
fn the_srgb_curve_goes_through_its_known_points() {
    for (encoded, light) in [(0.0, 0.0), (0.04045, 0.003_130_8), (0.5, 0.214_041_14), (1.0, 1.0)] {
        assert!((srgb_to_linear(encoded) - light).abs() < 1e-6);
        assert!((linear_to_srgb(light) - encoded).abs() < 1e-5);
    }
}

#[test]
fn matching_does_not_depend_on_threads() {
    let (a, b) = (noise(300, 200, 65_535), noise(100, 310, 255));
    for method in [LINEAR.as_slice(), &[MatchMethod::Histogram]].concat() {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| match_color(&a, &b, method).unwrap())
        };
        assert!(with(1) == with(3), "{method:?}");
    }
}

proptest! {
    #[test]
    fn the_srgb_curve_comes_back(v in 0.0f32..=1.0) {
        prop_assert!((linear_to_srgb(srgb_to_linear(v)) - v).abs() < 1e-6);
    }

    #[test]
    fn yuv_comes_back(rgb in prop::array::uniform3(0.0f32..=1.0)) {
        let back = yuv_to_rgb(rgb_to_yuv(rgb));
        for (a, b) in back.iter().zip(&rgb) {
            prop_assert!((a - b).abs() < 4e-3);
        }
    }
}
