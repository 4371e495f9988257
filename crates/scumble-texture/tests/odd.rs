//! What every method must do with odd pictures and sizes.

mod common;

use common::texture;
use scumble_core::{Fault, Result};
use scumble_image::Canvas;
use scumble_texture::PyramidParams;
use scumble_texture::heeger_bergen::heeger_bergen;
use scumble_texture::phase::random_phase;
use scumble_texture::portilla::portilla_simoncelli;
use scumble_texture::quilt::{Layout, QuiltParams, quilt};
use scumble_texture::spectrum::spectrum;
use scumble_texture::wavelet::{WaveletParams, wavelet};

type Method = fn(&Canvas, [usize; 2], u64) -> Result<Canvas>;

const BANDS: PyramidParams = PyramidParams { scales: 4, orientations: 3, rounds: 2 };
const QUILT: QuiltParams = QuiltParams {
    block: 0,
    overlap: 1.0 / 6.0,
    tolerance: 0.1,
    feather: 1,
    tileable: true,
    layout: Layout::Auto,
    guide_weight: 0.0,
};

const METHODS: [(&str, Method); 6] = [
    ("random phase", |exemplar, size, seed| random_phase(exemplar, size, seed)?.to_canvas()),
    ("Heeger–Bergen", |exemplar, size, seed| heeger_bergen(exemplar, size, &BANDS, seed, &mut |_| true)?.to_canvas()),
    ("Portilla–Simoncelli", |exemplar, size, seed| {
        portilla_simoncelli(exemplar, size, &BANDS, seed, &mut |_| true)?.to_canvas()
    }),
    ("wavelet", |exemplar, size, seed| {
        wavelet(exemplar, size, &WaveletParams { scales: 5, rounds: 2 }, seed, &mut |_| true)?.to_canvas()
    }),
    ("spectrum", |exemplar, size, seed| spectrum(exemplar, size, 2, seed, &mut |_| true)?.to_canvas()),
    ("quilt", |exemplar, size, seed| quilt(exemplar, None, size, &QUILT, seed, &mut |_| true)),
];

#[test]
fn odd_exemplars_and_sizes() {
    for exemplar in [texture(1, 1), texture(1, 50), texture(50, 1), texture(2, 3), texture(33, 20)] {
        for size in [[1, 1], [1, 40], [40, 1], [3, 2], [61, 47]] {
            for (name, method) in METHODS {
                let made = method(&exemplar, size, 1).unwrap();
                assert_eq!(([made.width(), made.height()], made.alpha()), (size, None), "{name}");
                assert!(made.rgb().iter().all(|v| (0.0..=1.0).contains(v)), "{name}");
            }
        }
    }
}

#[test]
fn flat_exemplars_give_flat_textures() {
    let flat = Canvas::filled(20, 17, [0.7, 0.6, 0.1]);
    for (name, method) in METHODS {
        for size in [[20, 17], [40, 30], [5, 5]] {
            let made = method(&flat, size, 1).unwrap();
            let wanted = Canvas::filled(size[0], size[1], [0.7, 0.6, 0.1]);
            assert!(made.rgb().iter().zip(wanted.rgb()).all(|(a, b)| (a - b).abs() < 1e-6), "{name} {size:?}");
        }
    }
}

#[test]
fn transparent_pixels_are_not_of_the_exemplar() {
    let inner = texture(30, 20);
    let mut rgb = vec![1.0; 40 * 25 * 3];
    let mut alpha = vec![0.0; 40 * 25];
    for (i, pixel) in inner.pixels().iter().enumerate() {
        let at = (i / 30 + 3) * 40 + i % 30 + 7;
        rgb[at * 3..at * 3 + 3].copy_from_slice(pixel);
        alpha[at] = 0.9;
    }
    let framed = Canvas::new(40, 25, rgb).unwrap();
    let veiled = framed.clone().with_alpha(Some(alpha)).unwrap();
    let glass = framed.with_alpha(Some(vec![0.0; 1000])).unwrap();
    for (name, method) in METHODS {
        // Quilting leaves out a rim of the opaque part too, see `holes_are_never_copied`.
        if name != "quilt" {
            assert_eq!(method(&veiled, [50, 40], 1).unwrap(), method(&inner, [50, 40], 1).unwrap(), "{name}");
        }
        let error = method(&glass, [50, 40], 1).unwrap_err();
        assert_eq!(
            (error.fault(), error.to_string().as_str()),
            (Fault::Input, "the exemplar is transparent everywhere")
        );
    }
}

#[test]
fn impossible_sizes_are_refused() {
    for (name, method) in METHODS {
        for size in [[0, 5], [5, 0], [70_000, 1], [30_000, 30_000], [usize::MAX, usize::MAX]] {
            assert_eq!(method(&texture(9, 9), size, 1).unwrap_err().fault(), Fault::Limit, "{name}");
        }
    }
}

#[test]
fn threads_do_not_matter_and_seeds_do() {
    let exemplar = texture(90, 70);
    for (name, method) in METHODS {
        // More pixels than a block of any loop.
        let made = |seed| method(&exemplar, [200, 180], seed).unwrap();
        let one = common::on(1, || made(1));
        assert_eq!(one, common::on(2, || made(1)), "{name}");
        assert_ne!(one, made(2), "{name}");
    }
}
