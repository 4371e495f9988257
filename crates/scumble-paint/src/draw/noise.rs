//! Noise by place, the same wherever and in whatever order it is asked for.

/// SplitMix64 (Steele, Lea, Flood 2014): mixes all bits of its input.
pub(crate) fn mix(value: u64) -> u64 {
    let z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// The number of `key` at `index`, uniform from 0 to 1.
pub(crate) fn uniform(key: u64, index: u64) -> f32 {
    (mix(key ^ mix(index)) >> 40) as f32 * (1.0 / (1 << 24) as f32)
}

/// From 0 to 1 without a corner at either end.
pub(crate) fn smooth(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Value noise in the plane: uniform numbers at whole coordinates, smooth between them.
pub(crate) fn plane(key: u64, x: f32, y: f32) -> f32 {
    let (i, j) = (x.floor(), y.floor());
    let (s, t) = (smooth(x - i), smooth(y - j));
    let row = |j: i64| key ^ mix(j as u64);
    let corner = |row: u64, i: i64| (mix(row ^ (i as u64).rotate_left(32)) >> 40) as f32;
    let (i, j) = (i as i64, j as i64);
    let (above, below) = (row(j), row(j + 1));
    let a = corner(above, i) + s * (corner(above, i + 1) - corner(above, i));
    let b = corner(below, i) + s * (corner(below, i + 1) - corner(below, i));
    (a + t * (b - a)) * (1.0 / (1 << 24) as f32)
}
