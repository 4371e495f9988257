//! Colours in Oklab (Ottosson 2020), where equal steps look equal and mixtures stay lively.

/// Lightness from 0 to 1, green–red and blue–yellow about -0.4 to 0.4.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lab {
    pub l: f32,
    pub a: f32,
    pub b: f32,
}

impl Lab {
    /// From an sRGB triple written 0xRRGGBB.
    pub fn hex(rgb: u32) -> Self {
        let channel = |shift: u32| decode_srgb(((rgb >> shift) & 0xFF) as f32 / 255.0);
        let (r, g, b) = (channel(16), channel(8), channel(0));
        let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
        let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
        let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
        Self {
            l: 0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
            a: 1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
            b: 0.025_904_037 * l + 0.782_771_8 * m - 0.808_675_77 * s,
        }
    }

    /// Linear-light sRGB; values outside [0, 1] are left to the caller.
    pub fn to_linear(self) -> [f32; 3] {
        let l = (self.l + 0.396_337_78 * self.a + 0.215_803_76 * self.b).powi(3);
        let m = (self.l - 0.105_561_346 * self.a - 0.063_854_17 * self.b).powi(3);
        let s = (self.l - 0.089_484_18 * self.a - 1.291_485_5 * self.b).powi(3);
        [
            4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
            -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
            -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
        ]
    }

    /// A mixture with a part `t` of `other`.
    pub fn mix(self, other: Self, t: f32) -> Self {
        Self {
            l: self.l + (other.l - self.l) * t,
            a: self.a + (other.a - self.a) * t,
            b: self.b + (other.b - self.b) * t,
        }
    }

    /// Lighter (or darker) by `dl`.
    pub fn lighter(self, dl: f32) -> Self {
        Self { l: (self.l + dl).clamp(0.03, 0.99), ..self }
    }

    /// The same lightness and chroma, hue turned by `radians`.
    pub fn turned(self, radians: f32) -> Self {
        let (sin, cos) = radians.sin_cos();
        Self { a: self.a * cos - self.b * sin, b: self.a * sin + self.b * cos, ..self }
    }
}

/// The colour at `t` in [0, 1] along evenly spaced `stops` (at least one).
pub fn ramp(stops: &[Lab], t: f32) -> Lab {
    let position = t.clamp(0.0, 1.0) * (stops.len() - 1) as f32;
    let left = (position as usize).min(stops.len().saturating_sub(2));
    let right = (left + 1).min(stops.len() - 1);
    stops[left].mix(stops[right], position - left as f32)
}

/// sRGB-encoded to linear light.
fn decode_srgb(v: f32) -> f32 {
    if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

/// Linear light to a sRGB-encoded byte.
pub fn encode_srgb(v: f32) -> u8 {
    let v = v.clamp(0.0, 1.0);
    let encoded = if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    (encoded * 255.0 + 0.5) as u8
}
