//! Exemplars made by formula.

use scumble_image::Canvas;

/// A number from 0 to 1 for a place.
pub fn hash(x: usize, y: usize) -> f32 {
    let mut h = (x as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (y as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    h = (h ^ h >> 31).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ h >> 29).wrapping_mul(0x94d0_49bb_1331_11eb);
    (h >> 40) as f32 / (1 << 24) as f32
}

pub fn picture(width: usize, height: usize, colour: impl Fn(usize, usize) -> [f32; 3]) -> Canvas {
    Canvas::new(width, height, (0..width * height).flat_map(|i| colour(i % width, i / width)).collect()).unwrap()
}

/// Bricks of 24 by 10 pixels in mortar of 2, each of another red.
pub fn bricks(width: usize, height: usize) -> Canvas {
    picture(width, height, |x, y| {
        let row = y / 12;
        let x = x + 13 * (row % 2);
        let noise = 0.05 * hash(x, y);
        if y % 12 < 2 || x % 26 < 2 {
            return [0.75 + noise; 3];
        }
        let red = 0.5 + 0.3 * hash(1000 + x / 26, row);
        [red + noise, 0.3 + noise, 0.2 + noise]
    })
}

/// Cells around scattered points, each of another grey, with dark gaps: gravel.
pub fn gravel(width: usize, height: usize) -> Canvas {
    const CELL: usize = 12;
    picture(width, height, |x, y| {
        let mut near = [(f32::INFINITY, 0.0); 2];
        for (dx, dy) in (0..3).flat_map(|dy| (0..3).map(move |dx| (dx, dy))) {
            let (cx, cy) = (x / CELL + dx, y / CELL + dy);
            let at =
                [(cx as f32 - 1.0 + hash(cx, cy)) * CELL as f32, (cy as f32 - 1.0 + hash(cy + 500, cx)) * CELL as f32];
            let found = ((at[0] - x as f32).hypot(at[1] - y as f32), 0.4 + 0.5 * hash(cx + 900, cy));
            if found.0 < near[0].0 {
                near = [found, near[0]];
            } else if found.0 < near[1].0 {
                near[1] = found;
            }
        }
        let edge = ((near[1].0 - near[0].0) / 4.0).min(1.0);
        [near[0].1 * (0.3 + 0.7 * edge); 3]
    })
}

/// Waves with a period of 8 pixels both ways.
pub fn lattice(width: usize, height: usize) -> Canvas {
    picture(width, height, |x, y| [hash(x % 8, y % 8), hash(x % 8 + 8, y % 8), hash(x % 8, y % 8 + 8)])
}
