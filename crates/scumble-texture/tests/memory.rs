//! What textures take of main memory.

mod common;

use common::texture;
use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_texture::memory::{fit, needed};
use scumble_texture::{TextureMethod, TextureParams};
use serde_json::json;

fn params(method: TextureMethod, side: u32) -> TextureParams {
    serde_json::from_value(json!({
        "method": method, "width": side, "height": side, "tileable": false, "block": 0, "overlap": 0.167,
        "tolerance": 0.1, "feather": 1, "layout": "auto", "guide_weight": 0.8, "scales": 4, "orientations": 4, "rounds": 0, "seed": 1,
    }))
    .unwrap()
}

#[test]
fn what_does_not_fit_is_refused_and_what_does_is_not() {
    let exemplar = texture(64, 64);
    for method in TextureMethod::ALL {
        let params = params(method, 3000);
        let bytes = needed(&exemplar, None, &params).unwrap();
        // The picture alone, and a few planes.
        assert!(bytes > 12 * 3000 * 3000, "{method:?}: {bytes}");
        fit(&exemplar, None, &params, bytes).unwrap();
        let error = fit(&exemplar, None, &params, bytes - 1).unwrap_err();
        let message = error.to_string();
        assert_eq!(error.fault(), Fault::Limit);
        let told =
            ["3000×3000".into(), format!("{} MiB", bytes.div_ceil(1 << 20)), format!("{} MiB", (bytes - 1) >> 20)];
        assert!(told.iter().all(|what| message.contains(what)), "{message}");
        assert!(error.hint_text().is_some_and(|hint| hint.contains("smaller")), "{message}");
    }
}

/// A texture twice as large as an exemplar of 4096 pixels a side takes more than machines have; one by random phase does not.
#[test]
fn many_bands_take_the_most() {
    let exemplar = texture(64, 64);
    let [phase, joint] = [TextureMethod::Phase, TextureMethod::PortillaSimoncelli]
        .map(|m| needed(&exemplar, None, &params(m, 8192)).unwrap());
    assert!(joint > 50 << 30 && phase < 8 << 30, "{joint} and {phase}");
    let more = |change: fn(&mut TextureParams)| {
        let mut changed = params(TextureMethod::PortillaSimoncelli, 8192);
        change(&mut changed);
        needed(&exemplar, None, &changed).unwrap() > joint
    };
    assert!(more(|params| params.orientations = 5) && more(|params| params.scales = 5));
    assert!(!more(|params| params.scales = 1) && !more(|params| params.rounds = 50));
}

#[test]
fn grey_exemplars_have_one_channel() {
    let params = params(TextureMethod::PortillaSimoncelli, 500);
    let [grey, coloured] =
        [Canvas::filled(64, 64, [0.5; 3]), texture(64, 64)].map(|exemplar| needed(&exemplar, None, &params).unwrap());
    assert!(2 * grey < coloured, "{grey} and {coloured}");
}

#[test]
fn large_exemplars_count_too() {
    let side = 700;
    let exemplar = texture(side, side);
    for method in TextureMethod::ALL {
        let bytes = needed(&exemplar, None, &params(method, 64)).unwrap();
        assert!(bytes > (12 * side * side) as u64, "{method:?}: {bytes}");
    }
}
