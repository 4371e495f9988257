//! Sixteen lanes: AVX-512 as every processor since Skylake-X has it.

use std::arch::x86_64::*;

use super::{Lanes, Task};
use crate::kernel::winograd::register_tile;

/// AVX-512 F, BW, DQ and VL.
#[derive(Clone, Copy)]
pub(in crate::kernel) struct Avx512(());

impl Avx512 {
    pub(in crate::kernel) fn new() -> Option<Self> {
        let has = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("fma");
        has.then_some(Self(()))
    }

    pub(in crate::kernel) fn run(self, task: impl Task) {
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
        fn enabled(lanes: Avx512, task: impl Task) {
            task.run(lanes);
        }
        // SAFETY: the token exists only where `new` has found the instructions.
        unsafe { enabled(self, task) }
    }
}

// SAFETY: `new` is the only source of values and asks the processor.
#[expect(clippy::undocumented_unsafe_blocks, reason = "the one below is every block's")]
unsafe impl Lanes for Avx512 {
    type V = __m512;
    const LANES: usize = 16;
    const ROWS: usize = 8;
    const COLUMNS: usize = 2;

    // SAFETY of every block below: the token proves the instructions; pointers are the caller's promise.
    #[inline(always)]
    fn splat(self, x: f32) -> __m512 {
        unsafe { _mm512_set1_ps(x) }
    }
    #[inline(always)]
    unsafe fn load(self, from: *const f32) -> __m512 {
        unsafe { _mm512_loadu_ps(from) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32, v: __m512) {
        unsafe { _mm512_storeu_ps(to, v) }
    }
    #[inline(always)]
    unsafe fn load_some(self, from: *const f32, mask: u32) -> __m512 {
        unsafe { _mm512_maskz_loadu_ps(mask as u16, from) }
    }
    #[inline(always)]
    unsafe fn store_some(self, to: *mut f32, v: __m512, mask: u32) {
        unsafe { _mm512_mask_storeu_ps(to, mask as u16, v) }
    }
    #[inline(always)]
    unsafe fn gather(self, from: *const f32, places: &[usize]) -> __m512 {
        let &[a, b, c, d] = places else { unreachable!("a vector has four quarters") };
        unsafe {
            let v = _mm512_castps128_ps512(_mm_loadu_ps(from.add(a)));
            let v = _mm512_insertf32x4::<1>(v, _mm_loadu_ps(from.add(b)));
            let v = _mm512_insertf32x4::<2>(v, _mm_loadu_ps(from.add(c)));
            _mm512_insertf32x4::<3>(v, _mm_loadu_ps(from.add(d)))
        }
    }
    #[inline(always)]
    unsafe fn scatter(self, to: *mut f32, places: &[usize], v: __m512) {
        let &[a, b, c, d] = places else { unreachable!("a vector has four quarters") };
        unsafe {
            _mm_storeu_ps(to.add(a), _mm512_castps512_ps128(v));
            _mm_storeu_ps(to.add(b), _mm512_extractf32x4_ps::<1>(v));
            _mm_storeu_ps(to.add(c), _mm512_extractf32x4_ps::<2>(v));
            _mm_storeu_ps(to.add(d), _mm512_extractf32x4_ps::<3>(v));
        }
    }
    #[inline(always)]
    fn add(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_add_ps(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_sub_ps(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m512, b: __m512) -> __m512 {
        unsafe { _mm512_mul_ps(a, b) }
    }
    #[inline(always)]
    fn mul_add(self, a: __m512, b: __m512, c: __m512) -> __m512 {
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    fn relu(self, v: __m512) -> __m512 {
        // The second operand is returned where either is NaN.
        unsafe { _mm512_max_ps(_mm512_setzero_ps(), v) }
    }
    #[inline(always)]
    fn positive(self, v: __m512) -> u32 {
        unsafe { u32::from(_mm512_cmp_ps_mask::<_CMP_GT_OQ>(v, _mm512_setzero_ps())) }
    }
    #[inline(always)]
    fn transpose(self, [a, b, c, d]: [__m512; 4]) -> [__m512; 4] {
        unsafe {
            let (ab_low, ab_high) = (_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
            let (cd_low, cd_high) = (_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
            [
                _mm512_shuffle_ps::<0b01_00_01_00>(ab_low, cd_low),
                _mm512_shuffle_ps::<0b11_10_11_10>(ab_low, cd_low),
                _mm512_shuffle_ps::<0b01_00_01_00>(ab_high, cd_high),
                _mm512_shuffle_ps::<0b11_10_11_10>(ab_high, cd_high),
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
