//! Eight lanes: AVX2 with fused multiply-add.

use std::arch::x86_64::*;

use super::{Lanes, Task};
use crate::kernel::winograd::register_tile;

/// AVX2 and FMA.
#[derive(Clone, Copy)]
pub(in crate::kernel) struct Avx2(());

impl Avx2 {
    pub(in crate::kernel) fn new() -> Option<Self> {
        (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")).then_some(Self(()))
    }

    pub(in crate::kernel) fn run(self, task: impl Task) {
        #[target_feature(enable = "avx2,fma")]
        fn enabled(lanes: Avx2, task: impl Task) {
            task.run(lanes);
        }
        // SAFETY: the token exists only where `new` has found the instructions.
        unsafe { enabled(self, task) }
    }
}

/// The eight bits of `mask` as eight lanes of all ones or zeros.
#[inline(always)]
fn wide_mask(mask: u32) -> __m256i {
    // SAFETY: used where the token is.
    unsafe {
        let bits = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
        _mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32(mask as i32), bits), bits)
    }
}

// SAFETY: `new` is the only source of values and asks the processor.
#[expect(clippy::undocumented_unsafe_blocks, reason = "the one below is every block's")]
unsafe impl Lanes for Avx2 {
    type V = __m256;
    const LANES: usize = 8;
    const ROWS: usize = 6;
    const COLUMNS: usize = 2;

    // SAFETY of every block below: the token proves the instructions; pointers are the caller's promise.
    #[inline(always)]
    fn splat(self, x: f32) -> __m256 {
        unsafe { _mm256_set1_ps(x) }
    }
    #[inline(always)]
    unsafe fn load(self, from: *const f32) -> __m256 {
        unsafe { _mm256_loadu_ps(from) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32, v: __m256) {
        unsafe { _mm256_storeu_ps(to, v) }
    }
    #[inline(always)]
    unsafe fn load_some(self, from: *const f32, mask: u32) -> __m256 {
        unsafe { _mm256_maskload_ps(from, wide_mask(mask)) }
    }
    #[inline(always)]
    unsafe fn store_some(self, to: *mut f32, v: __m256, mask: u32) {
        unsafe { _mm256_maskstore_ps(to, wide_mask(mask), v) }
    }
    #[inline(always)]
    unsafe fn gather(self, from: *const f32, places: &[usize]) -> __m256 {
        let &[a, b] = places else { unreachable!("a vector has two halves") };
        unsafe { _mm256_loadu2_m128(from.add(b), from.add(a)) }
    }
    #[inline(always)]
    unsafe fn scatter(self, to: *mut f32, places: &[usize], v: __m256) {
        let &[a, b] = places else { unreachable!("a vector has two halves") };
        unsafe { _mm256_storeu2_m128(to.add(b), to.add(a), v) }
    }
    #[inline(always)]
    fn add(self, a: __m256, b: __m256) -> __m256 {
        unsafe { _mm256_add_ps(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m256, b: __m256) -> __m256 {
        unsafe { _mm256_sub_ps(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m256, b: __m256) -> __m256 {
        unsafe { _mm256_mul_ps(a, b) }
    }
    #[inline(always)]
    fn mul_add(self, a: __m256, b: __m256, c: __m256) -> __m256 {
        unsafe { _mm256_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    fn relu(self, v: __m256) -> __m256 {
        // The second operand is returned where either is NaN.
        unsafe { _mm256_max_ps(_mm256_setzero_ps(), v) }
    }
    #[inline(always)]
    fn positive(self, v: __m256) -> u32 {
        unsafe { _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_GT_OQ>(v, _mm256_setzero_ps())) as u32 }
    }
    #[inline(always)]
    fn transpose(self, [a, b, c, d]: [__m256; 4]) -> [__m256; 4] {
        unsafe {
            let (ab_low, ab_high) = (_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
            let (cd_low, cd_high) = (_mm256_unpacklo_ps(c, d), _mm256_unpackhi_ps(c, d));
            [
                _mm256_shuffle_ps::<0b01_00_01_00>(ab_low, cd_low),
                _mm256_shuffle_ps::<0b11_10_11_10>(ab_low, cd_low),
                _mm256_shuffle_ps::<0b01_00_01_00>(ab_high, cd_high),
                _mm256_shuffle_ps::<0b11_10_11_10>(ab_high, cd_high),
            ]
        }
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
