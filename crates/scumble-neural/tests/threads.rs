//! Sums over planes so large that threads share them.

use scumble_neural::losses;
use scumble_neural::params::TvLoss;
use scumble_nn::Window;
use scumble_nn::kernel::{Buffers, Level};
use scumble_nn::ops::{self, Map};

fn map([c, h, w]: [usize; 3], phase: f32) -> Map {
    let values: Vec<f32> = (0..c * h * w).map(|i| (i as f32 * 0.618 + phase).sin()).collect();
    Map::of(&values, c, h, w, &Buffers::default())
}

#[test]
fn threads_do_not_change_a_bit() {
    let (features, target) = (map([64, 290, 290], 0.0), map([64, 290, 290], 1.0));
    let picture = map([3, 700, 650], 0.5);
    let slopes: Vec<f32> = (0..64 * 65).map(|i| (i as f32 * 0.37).cos()).collect();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        pool.install(|| {
            let whole = Window::whole(290, 290);
            let mut numbers = ops::moments(&features, whole, Level::best());
            let mut gradient = Map::zeros(64, 290, 290, &Buffers::default());
            ops::add_moments_gradient(&features, whole, &slopes, &mut gradient, Level::best());
            numbers.extend(gradient.values.iter().copied().map(f64::from));
            numbers.extend(ops::differences(&features, whole, &target));
            for form in [TvLoss::NinePoint, TvLoss::MeanSquares, TvLoss::AbsoluteSum, TvLoss::HalfSquares] {
                let mut gradient = vec![0.0; picture.values.len()];
                numbers.push(losses::total_variation(&picture.values, (650, 700), form, 1.0, &mut gradient));
                numbers.extend(gradient.into_iter().map(f64::from));
            }
            numbers.into_iter().map(f64::to_bits).collect::<Vec<u64>>()
        })
    };
    let one = with(1);
    assert!(one.iter().all(|bits| f64::from_bits(*bits).is_finite()));
    for threads in [2, 3] {
        assert!(with(threads) == one, "{threads} threads");
    }
}
