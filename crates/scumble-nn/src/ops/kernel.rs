//! The 3×3 convolution on the CPU: columns of a block of positions, times the kernel matrix.
//!
//! Blocks are cut by the picture's shape alone, never by the number of threads, so the result is
//! the same bytes on any machine setting. The only unsafe code of the project is here: tasks write
//! disjoint parts of one output through a raw pointer.

use std::sync::Arc;

use rayon::prelude::*;

/// Positions a task handles: the columns of the widest early layer (64 channels) stay in a 1 MB
/// second-level cache.
const BLOCK: usize = 256;
/// A task's share of output channels where a small map gives too few position blocks.
const CHANNEL_BLOCK: usize = 128;
/// Tasks wanted at least, so that many cores have work; a constant, to keep the bytes the same.
const MIN_TASKS: usize = 16;

/// A frozen 3×3 convolution with bias, ready for both directions.
#[derive(Debug, Clone)]
pub struct FrozenConv {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    in_channels: usize,
    out_channels: usize,
    /// `[out, in, 3, 3]`.
    forward: Vec<f32>,
    /// `[in, out, 3, 3]`, rotated by half a turn: the kernel of the input gradient.
    backward: Vec<f32>,
    bias: Vec<f32>,
}

impl FrozenConv {
    /// From a kernel in OIHW order (`out * in * 9` values) and a bias of `out` values.
    ///
    /// # Panics
    /// If the lengths do not agree; weight files are checked before they get here.
    pub fn new(in_channels: usize, out_channels: usize, kernel: Vec<f32>, bias: Vec<f32>) -> Self {
        assert_eq!(kernel.len(), in_channels * out_channels * 9, "kernel length");
        assert_eq!(bias.len(), out_channels, "bias length");
        let mut backward = vec![0.0; kernel.len()];
        for o in 0..out_channels {
            for i in 0..in_channels {
                for tap in 0..9 {
                    backward[(i * out_channels + o) * 9 + 8 - tap] = kernel[(o * in_channels + i) * 9 + tap];
                }
            }
        }
        Self { inner: Arc::new(Inner { in_channels, out_channels, forward: kernel, backward, bias }) }
    }

    /// Channels of the input.
    pub fn in_channels(&self) -> usize {
        self.inner.in_channels
    }

    /// Channels of the output.
    pub fn out_channels(&self) -> usize {
        self.inner.out_channels
    }

    /// The kernel in OIHW order.
    pub fn kernel(&self) -> &[f32] {
        &self.inner.forward
    }

    /// The bias.
    pub fn bias(&self) -> &[f32] {
        &self.inner.bias
    }

    /// Convolves a padded `[in, h+2, w+2]` to `[out, h, w]`, adds the bias and applies the ReLU.
    pub(crate) fn apply(&self, padded: &[f32], h: usize, w: usize, relu: bool) -> Vec<f32> {
        let finish = |channel: usize, values: &mut [f32]| {
            let bias = self.inner.bias[channel];
            for value in values {
                *value += bias;
                if relu {
                    // Not f32::max: a NaN must stay visible.
                    *value = if *value < 0.0 { 0.0 } else { *value };
                }
            }
        };
        convolve(padded, &self.inner.forward, self.inner.in_channels, self.inner.out_channels, h, w, &finish)
    }

    /// The gradient for the input from a padded gradient `[out, h+2, w+2]`: `[in, h, w]`.
    pub(crate) fn input_gradient(&self, padded: &[f32], h: usize, w: usize) -> Vec<f32> {
        convolve(padded, &self.inner.backward, self.inner.out_channels, self.inner.in_channels, h, w, &|_, _| {})
    }
}

/// The output shared by tasks that write disjoint parts of it.
#[derive(Clone, Copy)]
struct Shared(*mut f32);
// SAFETY: every task writes its own (channel block, position block) and reads nothing else.
#[allow(unsafe_code)]
unsafe impl Send for Shared {}
// SAFETY: as above.
#[allow(unsafe_code)]
unsafe impl Sync for Shared {}

impl Shared {
    fn at(self, offset: usize) -> *mut f32 {
        self.0.wrapping_add(offset)
    }
}

/// `[ci, h+2, w+2]` and a kernel `[co, ci*9]` to `[co, h, w]`; `finish` sees each row of a finished
/// block with its channel.
fn convolve(
    padded: &[f32],
    kernel: &[f32],
    ci: usize,
    co: usize,
    h: usize,
    w: usize,
    finish: &(impl Fn(usize, &mut [f32]) + Sync),
) -> Vec<f32> {
    assert_eq!(padded.len(), ci * (h + 2) * (w + 2), "padded input length");
    assert_eq!(kernel.len(), co * ci * 9, "kernel length");
    let (positions, depth) = (h * w, ci * 9);
    let mut output = vec![0.0f32; co * positions];
    let shared = Shared(output.as_mut_ptr());

    let position_blocks = positions.div_ceil(BLOCK);
    let channel_block = if position_blocks < MIN_TASKS { CHANNEL_BLOCK.min(co) } else { co };
    let channel_blocks = co.div_ceil(channel_block);

    (0..position_blocks * channel_blocks).into_par_iter().for_each_init(Vec::new, |columns, task| {
        let (pb, cb) = (task / channel_blocks, task % channel_blocks);
        let start = pb * BLOCK;
        let count = BLOCK.min(positions - start);
        let first = cb * channel_block;
        let channels = channel_block.min(co - first);
        columns.resize(depth * count, 0.0);
        gather_columns(padded, ci, h, w, start, count, columns);
        let rows = &kernel[first * depth..(first + channels) * depth];
        let target = shared.at(first * positions + start);
        // SAFETY: `rows` is channels*depth and `columns` depth*count, contiguous; the target rows
        // are `positions` apart inside `output` and belong to this task alone.
        #[allow(unsafe_code)]
        unsafe {
            gemm::gemm(
                channels,
                count,
                depth,
                target,
                1,
                positions as isize,
                false,
                rows.as_ptr(),
                1,
                depth as isize,
                columns.as_ptr(),
                1,
                count as isize,
                0.0,
                1.0,
                false,
                false,
                false,
                gemm::Parallelism::None,
            );
            for channel in first..first + channels {
                let row = std::slice::from_raw_parts_mut(shared.at(channel * positions + start), count);
                finish(channel, row);
            }
        }
    });
    output
}

/// Fills `columns` (`[ci*9, count]`) with what each kernel tap sees at positions `start..`.
fn gather_columns(padded: &[f32], ci: usize, h: usize, w: usize, start: usize, count: usize, columns: &mut [f32]) {
    let (ph, pw) = (h + 2, w + 2);
    for channel in 0..ci {
        let plane = &padded[channel * ph * pw..][..ph * pw];
        for tap in 0..9 {
            let (dy, dx) = (tap / 3, tap % 3);
            let mut row = &mut columns[(channel * 9 + tap) * count..][..count];
            let mut position = start;
            while !row.is_empty() {
                let (y, x) = (position / w, position % w);
                let run = (w - x).min(row.len());
                let (now, rest) = row.split_at_mut(run);
                now.copy_from_slice(&plane[(y + dy) * pw + x + dx..][..run]);
                row = rest;
                position += run;
            }
        }
    }
}
