//! Odd sizes and what is refused.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_texture::quilt::{Layout, QuiltParams, quilt};

use crate::exemplars::{gravel, hash, picture};
use crate::{PARAMS, quilted};

#[test]
fn any_size_of_any_size() {
    let automatic = QuiltParams { block: 0, ..PARAMS };
    for (w, h) in [(1, 1), (1, 9), (9, 1), (2, 2), (3, 5), (40, 31)] {
        let exemplar = picture(w, h, |x, y| [hash(x, y), 0.5, hash(y, x)]);
        for size in [[1, 1], [1, 7], [7, 1], [2, 3], [33, 20]] {
            for tileable in [false, true] {
                let made = quilted(&exemplar, size, &QuiltParams { tileable, ..automatic }, 1);
                assert_eq!([made.width(), made.height()], size);
                assert!(made.pixels().iter().all(|p| exemplar.pixels().contains(p)), "{w}x{h} to {size:?}");
            }
        }
    }
}

#[test]
fn flat_stays_flat() {
    let colour = [0.2, 0.4, 0.6];
    let made = quilted(&Canvas::filled(50, 60, colour), [90, 70], &QuiltParams { block: 0, feather: 2, ..PARAMS }, 1);
    assert!(made.pixels().iter().all(|p| *p == colour));
}

fn fault(exemplar: &Canvas, size: [usize; 2], params: QuiltParams) -> (Fault, String) {
    let error = quilt(exemplar, None, size, &params, 1, &mut |_| true).unwrap_err();
    (error.fault(), error.to_string())
}

#[test]
fn refuses() {
    let exemplar = gravel(50, 40);
    let (kind, message) = fault(&exemplar, [64, 64], QuiltParams { block: 41, ..PARAMS });
    assert!(kind == Fault::Limit && message.contains("41") && message.contains("50x40"), "{message}");
    assert_eq!(fault(&exemplar, [0, 64], PARAMS).0, Fault::Limit);
    assert_eq!(fault(&exemplar, [1 << 16, 1 << 16], PARAMS).0, Fault::Limit);
    for params in [
        QuiltParams { overlap: 0.5, ..PARAMS },
        QuiltParams { overlap: f64::NAN, ..PARAMS },
        QuiltParams { tolerance: -0.1, ..PARAMS },
        QuiltParams { feather: 9, ..PARAMS },
        QuiltParams { guide_weight: 1.5, ..PARAMS },
        QuiltParams { layout: Layout::Kept, tileable: true, ..PARAMS },
    ] {
        assert_eq!(fault(&exemplar, [64, 64], params).0, Fault::Parameter, "{params:?}");
    }

    let clear = exemplar.clone().with_alpha(Some(vec![0.0; 2000])).unwrap();
    for block in [0, 20] {
        let (kind, message) = fault(&clear, [64, 64], QuiltParams { block, ..PARAMS });
        assert!(kind == Fault::Input && message.contains("transparent"), "{message}");
    }
    // A strip of 12 pixels is opaque, without its rim 10.
    let alpha = (0..2000).map(|i| if i / 50 < 12 { 1.0 } else { 0.0 }).collect();
    let strip = exemplar.with_alpha(Some(alpha)).unwrap();
    let (kind, message) = fault(&strip, [64, 64], QuiltParams { block: 11, ..PARAMS });
    assert!(kind == Fault::Limit && message.contains("11x11"), "{message}");
    quilted(&strip, [64, 64], &QuiltParams { block: 10, ..PARAMS }, 1);
}
