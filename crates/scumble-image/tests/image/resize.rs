//! Resampling against Pillow, and in light.

use scumble_core::Fault;
use scumble_image::{Canvas, Filter, Light, resize, resize_planes};

use crate::support::{assert_close, floats, json, noise, noise_values, number};

#[test]
fn planes_are_resized_as_by_pillow() {
    let reference = &json("numbers.json")["resize"];
    let plane = floats(&reference["plane"]);
    let from = (number(&reference["width"]), number(&reference["height"]));
    for case in reference["cases"].as_array().unwrap() {
        let filter = match case["filter"].as_str().unwrap() {
            "bilinear" => Filter::Bilinear,
            "bicubic" => Filter::Bicubic,
            _ => Filter::Lanczos,
        };
        let to = (number(&case["width"]), number(&case["height"]));
        let resized = resize_planes(&plane, 1, from, to, filter).unwrap();
        // Pillow sums in double precision, we in single: some units of the last place of 1.
        assert_close(&resized, &floats(&case["values"]), 2e-6, &format!("{filter:?} {to:?}"));
    }
}

#[test]
fn light_is_averaged_not_its_encoding() {
    // Black and white in equal parts: half the light is 0.735 encoded.
    let checker = [[0.0f32; 3], [1.0; 3], [1.0; 3], [0.0; 3]].concat();
    let canvas = Canvas::new(2, 2, checker).unwrap();
    let grey = resize(&canvas, 1, 1, Filter::Bilinear, Light::Linear).unwrap();
    assert_close(grey.rgb(), &[0.735_357; 3], 1e-5, "linear");
    let grey = resize(&canvas, 1, 1, Filter::Bilinear, Light::Encoded).unwrap();
    assert_close(grey.rgb(), &[0.5; 3], 1e-6, "encoded");
}

#[test]
fn even_colours_stay_even_and_in_range() {
    let canvas = Canvas::filled(17, 9, [0.2, 1.0, 0.0]);
    for filter in [Filter::Bilinear, Filter::Bicubic, Filter::Lanczos] {
        for light in [Light::Linear, Light::Encoded] {
            for (width, height) in [(5, 3), (40, 31), (17, 3)] {
                let resized = resize(&canvas, width, height, filter, light).unwrap();
                let expected = Canvas::filled(width, height, [0.2, 1.0, 0.0]);
                assert_close(resized.rgb(), expected.rgb(), 2e-6, "even colour");
                let sharp = resize(&noise(17, 9, 1), width, height, filter, light).unwrap();
                assert!(sharp.rgb().iter().all(|v| (0.0..=1.0).contains(v)));
            }
        }
    }
}

#[test]
fn a_picture_in_its_own_size_is_untouched() {
    let canvas = noise(7, 5, 65_535).with_alpha(Some(noise_values(35, 65_535, 2))).unwrap();
    let same = resize(&canvas, 7, 5, Filter::Lanczos, Light::Linear).unwrap();
    assert!(same == canvas);
}

#[test]
fn hidden_colours_do_not_bleed() {
    // The left half is red, the right half green but transparent.
    let rgb = [[[1.0f32, 0.0, 0.0]; 4], [[0.0, 1.0, 0.0]; 4]].concat().concat().repeat(8);
    let alpha = [[1.0f32; 4], [0.0; 4]].concat().repeat(8);
    let canvas = Canvas::new(8, 8, rgb).unwrap().with_alpha(Some(alpha)).unwrap();
    let small = resize(&canvas, 3, 3, Filter::Bilinear, Light::Linear).unwrap();
    let alpha = small.alpha().unwrap();
    assert!(alpha[1] > 0.2 && alpha[1] < 0.8, "{alpha:?}");
    for (pixel, alpha) in small.pixels().iter().zip(alpha) {
        if *alpha > 0.01 {
            assert_close(pixel, &[1.0, 0.0, 0.0], 1e-4, "visible colour");
        }
    }
    // Where nothing is visible, the colour is still the picture's, not black.
    let large = resize(&canvas, 16, 16, Filter::Bilinear, Light::Linear).unwrap();
    assert_close(&large.pixels()[15], &[0.0, 1.0, 0.0], 1e-5, "hidden colour");
}

#[test]
fn opaque_pictures_stay_opaque() {
    let canvas = noise(8, 8, 255).with_alpha(Some(vec![1.0; 64])).unwrap();
    let small = resize(&canvas, 3, 5, Filter::Lanczos, Light::Linear).unwrap();
    assert_eq!(small.alpha().unwrap(), [1.0; 15]);
}

#[test]
fn any_number_of_threads_gives_the_same_values() {
    let canvas = noise(301, 207, 65_535).with_alpha(Some(noise_values(301 * 207, 255, 3))).unwrap();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| resize(&canvas, 150, 333, Filter::Bicubic, Light::Linear).unwrap())
    };
    assert!(with(1) == with(3));
}

#[test]
fn impossible_sizes_are_refused() {
    let canvas = Canvas::filled(2, 2, [0.5; 3]);
    let error = resize(&canvas, 0, 5, Filter::Bilinear, Light::Linear).unwrap_err();
    assert_eq!(error.fault(), Fault::Parameter);
    let error = resize(&canvas, 1 << 20, 1 << 20, Filter::Bilinear, Light::Linear).unwrap_err();
    assert_eq!(error.fault(), Fault::Limit);
    let error = resize_planes(&[0.0; 5], 1, (2, 2), (3, 3), Filter::Bilinear).unwrap_err();
    assert_eq!(error.fault(), Fault::Parameter);
}
