//! Total variation: differences between neighbouring pixels.

use scumble_nn::tensor::{Tensor, replicate_border, total};

use crate::params::TvLoss;

/// The total variation of a picture `[1, 3, H, W]` in the space it is optimised in.
pub fn total_variation(x: Tensor<4>, form: TvLoss) -> Tensor<1> {
    let [_, _, h, w] = x.dims();
    let squares = |t: Tensor<4>| total(t.clone() * t);
    let mean_square = |t: Tensor<4>| {
        let values = t.shape().num_elements() as f64;
        squares(t) / values
    };
    match form {
        TvLoss::NinePoint => {
            // Differences along the axes count a third, along the diagonals a twelfth, all twice.
            let p = replicate_border(x);
            let window = |dy, dx, h, w| p.clone().narrow(2, dy, h).narrow(3, dx, w);
            let right = mean_square(window(1, 2, h, w) - window(1, 1, h, w));
            let down = mean_square(window(2, 1, h, w) - window(1, 1, h, w));
            let falling = mean_square(window(1, 1, h + 1, w + 1) - window(0, 0, h + 1, w + 1));
            let rising = mean_square(window(1, 0, h + 1, w + 1) - window(0, 1, h + 1, w + 1));
            ((right + down) / 3.0 + (falling + rising) / 12.0) * 2.0
        }
        // The differences over the last row and column count as zero.
        TvLoss::MeanSquares => (squares(down(x.clone())) + squares(right(x))) / (3 * h * w) as f64,
        TvLoss::AbsoluteSum => total(down(x.clone()).abs()) + total(right(x).abs()),
        TvLoss::HalfSquares => {
            let (down, right) = inner_differences(x);
            (squares(down) + squares(right)) * 0.5
        }
    }
}

/// Differences to the pixel below, `[1, 3, H-1, W]`.
fn down(x: Tensor<4>) -> Tensor<4> {
    let h = x.dims()[2];
    x.clone().narrow(2, 1, h - 1) - x.narrow(2, 0, h - 1)
}

/// Differences to the pixel on the right, `[1, 3, H, W-1]`.
fn right(x: Tensor<4>) -> Tensor<4> {
    let w = x.dims()[3];
    x.clone().narrow(3, 1, w - 1) - x.narrow(3, 0, w - 1)
}

/// Both differences over the interior that has both, `[1, 3, H-1, W-1]`.
fn inner_differences(x: Tensor<4>) -> (Tensor<4>, Tensor<4>) {
    let [_, _, h, w] = x.dims();
    (down(x.clone()).narrow(3, 0, w - 1), right(x).narrow(2, 0, h - 1))
}
