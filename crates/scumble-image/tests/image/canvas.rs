//! What a picture tells about itself.

use scumble_image::Canvas;

#[test]
fn sizes_grow_with_the_shorter_side() {
    for (width, height, unit) in [(1, 1, 1.0), (2000, 512, 1.0), (1024, 3000, 2.0), (768, 768, 1.5)] {
        assert_eq!(Canvas::filled(width, height, [0.0; 3]).size_unit(), unit);
    }
}

#[test]
fn mean_colours_are_of_what_is_seen() {
    let picture = Canvas::new(2, 1, vec![0.0, 0.5, 1.0, 1.0, 0.5, 2.0]).unwrap();
    assert_eq!(picture.mean_colour(), [0.5, 0.5, 1.0]);
    let veiled = |alpha: Vec<f32>| picture.clone().with_alpha(Some(alpha)).unwrap().mean_colour();
    assert_eq!(veiled(vec![1.0, 0.0]), [0.0, 0.5, 1.0]);
    assert_eq!(veiled(vec![0.75, 0.25]), [0.25, 0.5, 1.0]);
    assert_eq!(veiled(vec![0.0, 0.0]), [1.0; 3]);
}
