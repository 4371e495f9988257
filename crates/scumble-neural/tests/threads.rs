//! Losses of pictures so large that burn's own sums would be split among threads.

use scumble_neural::losses;
use scumble_neural::params::{ContentLoss, TvLoss};
use scumble_nn::Device;
use scumble_nn::tensor::{Tensor, TensorData};

fn tensor(shape: [usize; 4], phase: f32) -> Tensor<4> {
    let values: Vec<f32> = (0..shape.iter().product()).map(|i| (i as f32 * 0.618 + phase).sin()).collect();
    Tensor::from_data(TensorData::new(values, shape), Device::cpu().tensors())
}

#[test]
fn threads_do_not_change_a_bit() {
    // Over five million values each.
    let (features, target) = (tensor([1, 64, 290, 290], 0.0), tensor([1, 64, 290, 290], 1.0));
    let picture = tensor([1, 3, 1300, 1300], 0.5);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        pool.install(|| {
            let contents = [ContentLoss::Mse, ContentLoss::HalfSum, ContentLoss::ScaledMse]
                .map(|form| losses::content(features.clone(), target.clone(), form));
            let smoothness = [TvLoss::NinePoint, TvLoss::MeanSquares, TvLoss::AbsoluteSum, TvLoss::HalfSquares]
                .map(|form| losses::total_variation(picture.clone(), form));
            contents.into_iter().chain(smoothness).map(|loss| loss.into_scalar::<f32>().to_bits()).collect::<Vec<_>>()
        })
    };
    let one = with(1);
    assert!(one.iter().all(|bits| f32::from_bits(*bits).is_finite()));
    for threads in [2, 3] {
        assert_eq!(with(threads), one, "{threads} threads");
    }
}
