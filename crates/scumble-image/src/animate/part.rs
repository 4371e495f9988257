//! What of a frame differs from the one before.

/// The part of a frame that changed.
pub(super) struct Part {
    /// Left and upper side, both even.
    pub at: [usize; 2],
    /// Width and height.
    pub size: [usize; 2],
    /// Red, green, blue and opacity: 255 where a pixel changed, else all are 0.
    pub rgba: Vec<u8>,
}

impl Part {
    /// What differs from the frame before, red, green and blue of rows of `width` pixels; everything, if there was none; one pixel at
    /// least.
    pub fn changed(before: &[u8], levels: &[u8], width: usize) -> Self {
        let pixels = levels.as_chunks::<3>().0;
        let old = before.as_chunks::<3>().0;
        let differs = |i: usize| old.get(i) != Some(&pixels[i]);
        let (mut least, mut most) = ([usize::MAX; 2], [0; 2]);
        for i in (0..pixels.len()).filter(|i| differs(*i)) {
            for (axis, v) in [i % width, i / width].into_iter().enumerate() {
                least[axis] = least[axis].min(v & !1);
                most[axis] = most[axis].max(v);
            }
        }
        let at = if least[0] == usize::MAX { [0, 0] } else { least };
        let size = [0, 1].map(|axis| most[axis] + 1 - at[axis]);
        let places = (at[1]..at[1] + size[1]).flat_map(|y| (at[0]..at[0] + size[0]).map(move |x| y * width + x));
        let rgba =
            places.flat_map(|i| if differs(i) { [pixels[i][0], pixels[i][1], pixels[i][2], 255] } else { [0; 4] });
        Self { at, size, rgba: rgba.collect() }
    }
}
