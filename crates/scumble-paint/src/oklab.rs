//! Oklab (Björn Ottosson 2020, "A perceptual color space for image processing"): distances in it look alike everywhere.

use scumble_image::color::{linear_to_srgb, srgb_to_linear};

/// Lightness from 0 to 1, and two axes of about -0.4 to 0.4.
pub type Lab = [f32; 3];

/// Of an sRGB-encoded colour.
pub fn from_srgb(rgb: [f32; 3]) -> Lab {
    from_roots(cones(rgb.map(srgb_to_linear)).map(f32::cbrt))
}

/// The answers of the three cones to a colour in amounts of light, 0 to 1.
#[inline]
pub fn cones([r, g, b]: [f32; 3]) -> [f32; 3] {
    [
        0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b,
        0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b,
        0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b,
    ]
}

/// Of the cube roots of the cones' answers.
#[inline]
pub fn from_roots([l, m, s]: [f32; 3]) -> Lab {
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

/// The sRGB-encoded colour, brought into 0 to 1 channel by channel.
pub fn to_srgb([light, a, b]: Lab) -> [f32; 3] {
    let cones = [
        light + 0.396_337_78 * a + 0.215_803_76 * b,
        light - 0.105_561_346 * a - 0.063_854_17 * b,
        light - 0.089_484_18 * a - 1.291_485_5 * b,
    ];
    let [l, m, s] = cones.map(|v| v * v * v);
    let linear = [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ];
    linear.map(|v| linear_to_srgb(v.clamp(0.0, 1.0)).clamp(0.0, 1.0))
}

/// Their distance.
pub fn distance(p: Lab, q: Lab) -> f32 {
    let [l, a, b] = [0, 1, 2].map(|c| p[c] - q[c]);
    (l * l + a * a + b * b).sqrt()
}

#[cfg(test)]
mod tests {
    use super::{distance, from_srgb, to_srgb};

    #[test]
    fn known_colours() {
        let near = |p: [f32; 3], q: [f32; 3]| p.iter().zip(q).all(|(a, b)| (a - b).abs() < 2e-3);
        assert!(near(from_srgb([1.0; 3]), [1.0, 0.0, 0.0]));
        assert!(near(from_srgb([1.0, 0.0, 0.0]), [0.628, 0.225, 0.126]));
        assert!(near(from_srgb([0.0, 0.0, 1.0]), [0.452, -0.032, -0.312]));
    }

    #[test]
    fn there_and_back() {
        for i in 0..125u8 {
            let rgb = [i % 5, i / 5 % 5, i / 25].map(|v| f32::from(v) / 4.0);
            assert!(distance(to_srgb(from_srgb(rgb)), rgb) < 2e-3, "{rgb:?}");
        }
    }
}
