//! Four lanes in plain Rust, which compilers turn into SSE2 or NEON.

use super::Lanes;
use crate::kernel::winograd::register_tile;

/// Always there.
#[derive(Clone, Copy)]
pub(in crate::kernel) struct Portable;

/// Whether a fused multiply-add is one instruction here; without, it would be a function call.
const FUSED: bool = cfg!(any(target_arch = "aarch64", target_feature = "fma"));

#[inline(always)]
fn each(f: impl Fn(usize) -> f32) -> [f32; 4] {
    [f(0), f(1), f(2), f(3)]
}

// SAFETY: needs no instructions but the target's own.
unsafe impl Lanes for Portable {
    type V = [f32; 4];
    const LANES: usize = 4;
    const ROWS: usize = 4;
    const COLUMNS: usize = 2;

    #[inline(always)]
    fn splat(self, x: f32) -> [f32; 4] {
        [x; 4]
    }
    #[inline(always)]
    unsafe fn load(self, from: *const f32) -> [f32; 4] {
        // SAFETY: the caller's promise.
        unsafe { from.cast::<[f32; 4]>().read() }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32, v: [f32; 4]) {
        // SAFETY: the caller's promise.
        unsafe { to.cast::<[f32; 4]>().write(v) }
    }
    #[inline(always)]
    unsafe fn load_some(self, from: *const f32, mask: u32) -> [f32; 4] {
        if mask == 0b1111 {
            // SAFETY: all four are promised.
            return unsafe { self.load(from) };
        }
        // SAFETY: only promised floats are touched.
        each(|i| if mask >> i & 1 == 1 { unsafe { from.wrapping_add(i).read() } } else { 0.0 })
    }
    #[inline(always)]
    unsafe fn store_some(self, to: *mut f32, v: [f32; 4], mask: u32) {
        for (i, v) in v.into_iter().enumerate() {
            if mask >> i & 1 == 1 {
                // SAFETY: only promised floats are touched.
                unsafe { to.wrapping_add(i).write(v) }
            }
        }
    }
    #[inline(always)]
    unsafe fn gather(self, from: *const f32, places: &[usize]) -> [f32; 4] {
        // SAFETY: the caller's promise.
        unsafe { self.load(from.add(places[0])) }
    }
    #[inline(always)]
    unsafe fn scatter(self, to: *mut f32, places: &[usize], v: [f32; 4]) {
        // SAFETY: the caller's promise.
        unsafe { self.store(to.add(places[0]), v) }
    }
    #[inline(always)]
    fn add(self, a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        each(|i| a[i] + b[i])
    }
    #[inline(always)]
    fn sub(self, a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        each(|i| a[i] - b[i])
    }
    #[inline(always)]
    fn mul(self, a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        each(|i| a[i] * b[i])
    }
    #[inline(always)]
    fn mul_add(self, a: [f32; 4], b: [f32; 4], c: [f32; 4]) -> [f32; 4] {
        each(|i| if FUSED { a[i].mul_add(b[i], c[i]) } else { a[i] * b[i] + c[i] })
    }
    #[inline(always)]
    fn relu(self, v: [f32; 4]) -> [f32; 4] {
        each(|i| if v[i] < 0.0 { 0.0 } else { v[i] })
    }
    #[inline(always)]
    fn positive(self, v: [f32; 4]) -> u32 {
        (0..4).fold(0, |mask, i| mask | u32::from(v[i] > 0.0) << i)
    }
    #[inline(always)]
    fn transpose(self, v: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
        let row = |i: usize| each(|j| v[j][i]);
        [row(0), row(1), row(2), row(3)]
    }
    #[inline(always)]
    unsafe fn register_tile(
        self,
        columns: usize,
        on_top: bool,
        depth: usize,
        u: *const f32,
        v: *const f32,
        m: *mut f32,
    ) {
        // SAFETY: the caller's promise.
        unsafe {
            match columns {
                1 => register_tile::<Self, { Self::ROWS }, 1>(self, on_top, depth, (u, Self::ROWS), v, m),
                _ => register_tile::<Self, { Self::ROWS }, 2>(self, on_top, depth, (u, Self::ROWS), v, m),
            }
        }
    }
}
