//! Vectors of `f32` as the kernel sees them, and the choice of instruction set at run time.
//!
//! A [`Lanes`] value is a token: it exists only where its instructions do, and every generic routine of the
//! kernel is inlined into the one function of each token that enables them.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

#[cfg(target_arch = "x86_64")]
use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
use avx512::Avx512;
use portable::Portable;

/// One instruction set's vectors of `LANES` floats. A lane of 128 bits holds four of them.
///
/// # Safety
/// An implementor's values must exist only where the processor has its instructions.
pub(in crate::kernel) unsafe trait Lanes: Copy + Send + Sync {
    /// A vector.
    type V: Copy;
    /// Floats in a vector: 4, 8 or 16.
    const LANES: usize;
    /// Output channels of a register tile of the matrix product.
    const ROWS: usize;
    /// Vectors of a register tile of the matrix product.
    const COLUMNS: usize;

    /// Every lane `x`.
    fn splat(self, x: f32) -> Self::V;
    /// Reads `LANES` floats.
    ///
    /// # Safety
    /// They must be readable.
    unsafe fn load(self, from: *const f32) -> Self::V;
    /// Writes `LANES` floats.
    ///
    /// # Safety
    /// They must be writable.
    unsafe fn store(self, to: *mut f32, v: Self::V);
    /// Reads the floats whose bit is set in `mask`, 0 for the others.
    ///
    /// # Safety
    /// Those floats must be readable; the others need not be.
    unsafe fn load_some(self, from: *const f32, mask: u32) -> Self::V;
    /// Writes the floats whose bit is set in `mask`.
    ///
    /// # Safety
    /// Those floats must be writable; the others need not be.
    unsafe fn store_some(self, to: *mut f32, v: Self::V, mask: u32);
    /// Reads four floats from each of `LANES / 4` places.
    ///
    /// # Safety
    /// They must be readable.
    unsafe fn gather(self, from: *const f32, places: &[usize]) -> Self::V;
    /// Writes four floats to each of `LANES / 4` places.
    ///
    /// # Safety
    /// They must be writable.
    unsafe fn scatter(self, to: *mut f32, places: &[usize], v: Self::V);
    /// `a + b`.
    fn add(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a - b`.
    fn sub(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a * b`.
    fn mul(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a * b + c`.
    fn mul_add(self, a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// `v` where it is not below zero, 0 elsewhere; a NaN stays.
    fn relu(self, v: Self::V) -> Self::V;
    /// A bit for every lane above zero.
    fn positive(self, v: Self::V) -> u32;
    /// In every lane of 128 bits, the 4×4 matrix of four vectors transposed.
    fn transpose(self, v: [Self::V; 4]) -> [Self::V; 4];
    /// One register tile of the matrix product, `columns` vectors wide (1 to `COLUMNS`).
    ///
    /// # Safety
    /// As [`register_tile`](super::winograd::register_tile).
    unsafe fn register_tile(
        self,
        columns: usize,
        on_top: bool,
        depth: usize,
        u: *const f32,
        v: *const f32,
        m: *mut f32,
    );
}

/// Work written once for every instruction set. `run` must be `#[inline(always)]`.
pub(in crate::kernel) trait Task {
    /// Does it.
    fn run<S: Lanes>(self, lanes: S);
}

/// An instruction set this machine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 16 lanes.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// 8 lanes.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 4 lanes that the compiler maps to what the target always has (SSE2, NEON).
    Portable,
}

impl Level {
    /// Every level this machine has, best first.
    pub fn available() -> Vec<Self> {
        let mut levels = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            if Avx512::new().is_some() {
                levels.push(Self::Avx512);
            }
            if Avx2::new().is_some() {
                levels.push(Self::Avx2);
            }
        }
        levels.push(Self::Portable);
        levels
    }

    /// The best this machine has.
    pub fn best() -> Self {
        Self::available()[0]
    }

    /// What `--device cpu:` calls it.
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => "avx512",
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => "avx2",
            Self::Portable => "portable",
        }
    }

    /// Output channels of a register tile.
    pub(in crate::kernel) fn rows(self) -> usize {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => Avx512::ROWS,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => Avx2::ROWS,
            Self::Portable => Portable::ROWS,
        }
    }

    /// Tiles of a panel of the matrix product.
    pub(in crate::kernel) fn panel(self) -> usize {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => Avx512::LANES * Avx512::COLUMNS,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => Avx2::LANES * Avx2::COLUMNS,
            Self::Portable => Portable::LANES * Portable::COLUMNS,
        }
    }

    /// Floats in a vector.
    pub(in crate::kernel) fn lanes(self) -> usize {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => Avx512::LANES,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => Avx2::LANES,
            Self::Portable => Portable::LANES,
        }
    }

    /// Runs a task with this level's instructions.
    pub(in crate::kernel) fn run(self, task: impl Task) {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => Avx512::new().expect("levels are made by `available`").run(task),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => Avx2::new().expect("levels are made by `available`").run(task),
            Self::Portable => task.run(Portable),
        }
    }
}

/// Asks for the cache line at `from`, which need not be readable.
#[inline(always)]
pub(in crate::kernel) fn prefetch(from: *const f32) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a hint that never faults.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(from.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = from;
}

/// As [`prefetch`], of a line that is written to.
#[inline(always)]
pub(in crate::kernel) fn prefetch_to_write(to: *mut f32) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a hint that never faults. The intrinsic would ask for a line to be read.
    unsafe {
        std::arch::asm!("prefetchw [{}]", in(reg) to.addr(), options(nomem, nostack, preserves_flags));
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = to;
}
