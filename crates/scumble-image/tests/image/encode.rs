//! What is written is read back, with its recipe, and says of itself that it is sRGB.

use scumble_core::Fault;
use scumble_image::{Canvas, Depth, EncodeOptions, Format, Limits, Picture, decode, encode, encode_grey, read_recipe};

use crate::support::{assert_close, noise, noise_values};

const RECIPE: &str = "{\"preset\": \"quality\", \"content\": \"Straße/写真 🎨.jpg\",\r\n\t\"a\": \"<&amp;>'\"}";
const ALL: [Format; 4] = [Format::Png, Format::Jpeg, Format::WebP, Format::Tiff];

fn options(depth: Depth) -> EncodeOptions<'static> {
    EncodeOptions { depth, recipe: Some(RECIPE), ..EncodeOptions::default() }
}

fn there_and_back(canvas: &Canvas, format: Format, options: &EncodeOptions<'_>) -> Picture {
    let bytes = encode(canvas, format, options).unwrap();
    decode(&bytes, "test", &Limits::default()).unwrap()
}

#[test]
fn lossless_formats_keep_every_level() {
    for (format, depth) in [
        (Format::Png, Depth::Eight),
        (Format::Png, Depth::Sixteen),
        (Format::WebP, Depth::Eight),
        (Format::Tiff, Depth::Eight),
        (Format::Tiff, Depth::Sixteen),
    ] {
        let levels = if depth == Depth::Eight { 255 } else { 65_535 };
        for alpha in [None, Some(noise_values(37 * 23, levels, 9))] {
            let canvas = noise(37, 23, levels).with_alpha(alpha).unwrap();
            let picture = there_and_back(&canvas, format, &options(depth));
            assert!(picture.canvas == canvas, "{format:?} {depth:?}");
            assert_eq!(picture.depth, depth);
            assert_eq!(picture.recipe.as_deref(), Some(RECIPE), "{format:?}");
        }
    }
}

#[test]
fn grey_pictures_have_one_channel_and_keep_every_level() {
    let mut values = noise_values(37 * 23, 255, 4);
    let bytes = encode_grey(&values, [37, 23]).unwrap();
    // The header's sixth field: 0 is grey.
    assert_eq!(bytes[24..26], [8, 0]);
    let picture = decode(&bytes, "test", &Limits::default()).unwrap();
    let grey: Vec<f32> = values.iter().flat_map(|v| [*v; 3]).collect();
    assert!(picture.canvas.rgb() == grey && picture.canvas.alpha().is_none());
    values.pop();
    assert_eq!(encode_grey(&values, [37, 23]).unwrap_err().fault(), Fault::Parameter);
    assert_eq!(encode_grey(&[], [0, 23]).unwrap_err().fault(), Fault::Parameter);
}

#[test]
fn jpeg_is_close_and_keeps_fine_colour() {
    // Stripes of red and blue a pixel wide: subsampled chroma would average them to purple.
    let stripes = [[0.8f32, 0.2, 0.2], [0.2, 0.2, 0.8]].concat().repeat(16 * 16);
    let canvas = Canvas::new(32, 16, stripes).unwrap();
    let picture = there_and_back(&canvas, Format::Jpeg, &options(Depth::Sixteen));
    // Quality 95 rounds the coefficients of such stripes by some levels.
    assert_close(picture.canvas.rgb(), canvas.rgb(), 0.06, "JPEG");
    assert_eq!(picture.depth, Depth::Eight);
    assert_eq!(picture.recipe.as_deref(), Some(RECIPE));
}

#[test]
fn jpeg_drops_transparency_and_keeps_the_colours_under_it() {
    let canvas = Canvas::filled(8, 8, [1.0, 0.0, 0.0]).with_alpha(Some(vec![0.0; 64])).unwrap();
    let picture = there_and_back(&canvas, Format::Jpeg, &EncodeOptions::default());
    assert_eq!(picture.canvas.alpha(), None);
    assert_close(picture.canvas.rgb(), canvas.rgb(), 0.01, "JPEG");
}

#[test]
fn recipes_are_found_without_decoding_and_only_where_there_are_some() {
    let canvas = noise(5, 4, 255);
    for format in ALL {
        let with = encode(&canvas, format, &options(Depth::Eight)).unwrap();
        assert_eq!(read_recipe(&with).unwrap().as_deref(), Some(RECIPE), "{format:?}");
        let without = encode(&canvas, format, &EncodeOptions::default()).unwrap();
        assert_eq!(read_recipe(&without).unwrap(), None, "{format:?}");
    }
    assert_eq!(read_recipe(b"no picture").unwrap_err().fault(), Fault::Input);
}

#[test]
fn long_recipes_survive() {
    // Longer than a JPEG segment, with characters of three bytes across the seams.
    let recipe = "写真".repeat(40_000);
    let canvas = noise(5, 4, 255);
    for format in ALL {
        let options = EncodeOptions { recipe: Some(&recipe), ..EncodeOptions::default() };
        let picture = there_and_back(&canvas, format, &options);
        assert!(picture.recipe.as_deref() == Some(recipe.as_str()), "{format:?}");
    }
}

#[test]
fn files_are_tagged_as_srgb() {
    let canvas = noise(5, 4, 255);
    for format in ALL {
        let bytes = encode(&canvas, format, &EncodeOptions::default()).unwrap();
        let tag: &[u8] = if format == Format::Png { b"sRGB" } else { b"acsp" };
        assert!(bytes.windows(4).any(|w| w == tag), "{format:?}");
    }
}

#[test]
fn equal_pictures_make_equal_files() {
    let canvas = noise(64, 64, 255);
    for format in ALL {
        let first = encode(&canvas, format, &options(Depth::Eight)).unwrap();
        assert!(first == encode(&canvas, format, &options(Depth::Eight)).unwrap(), "{format:?}");
    }
}

#[test]
fn values_outside_the_range_are_clipped_and_others_go_to_the_nearest_level() {
    let rgb = vec![-1.0, 2.0, 0.5, 0.1 / 255.0, 0.6 / 255.0, 254.6 / 255.0];
    let canvas = Canvas::new(2, 1, rgb).unwrap();
    let picture = there_and_back(&canvas, Format::Png, &EncodeOptions::default());
    let levels: Vec<f32> = picture.canvas.rgb().iter().map(|v| v * 255.0).collect();
    assert_close(&levels, &[0.0, 255.0, 128.0, 0.0, 1.0, 255.0], 1e-4, "levels");
}

#[test]
fn formats_go_by_the_ending() {
    for (name, format) in [
        ("a.png", Format::Png),
        ("a.b.JPG", Format::Jpeg),
        ("x/a.jpeg", Format::Jpeg),
        ("a.webp", Format::WebP),
        ("a.tif", Format::Tiff),
        ("a.TIFF", Format::Tiff),
    ] {
        assert_eq!(Format::from_path(name.as_ref()).unwrap(), format, "{name}");
    }
    let error = Format::from_path("out.pgn".as_ref()).unwrap_err();
    assert_eq!(error.fault(), Fault::Parameter);
    assert_eq!(
        error.to_string(),
        "cannot write out.pgn: no format has the ending 'pgn', allowed are png, jpg, jpeg, webp, tif, tiff"
    );
    assert_eq!(error.hint_text(), Some("did you mean 'png'?"));
    let error = Format::from_path("out".as_ref()).unwrap_err();
    assert_eq!(error.hint_text(), Some("for example out.png"));
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    let wide = Canvas::filled(65_536, 1, [0.5; 3]);
    let error = encode(&wide, Format::Jpeg, &EncodeOptions::default()).unwrap_err();
    assert_eq!(error.fault(), Fault::Limit);
    assert_eq!(error.to_string(), "a picture of 65536x1 pixels is too large for JPEG, allowed are 65535 a side");
    encode(&wide, Format::Png, &EncodeOptions::default()).unwrap();
    let wide = Canvas::filled(16_384, 1, [0.5; 3]);
    let error = encode(&wide, Format::WebP, &EncodeOptions::default()).unwrap_err();
    assert_eq!(error.fault(), Fault::Limit);
    let poor = EncodeOptions { jpeg_quality: 0, ..EncodeOptions::default() };
    assert_eq!(encode(&wide, Format::Jpeg, &poor).unwrap_err().fault(), Fault::Parameter);
}
