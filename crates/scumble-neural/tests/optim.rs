//! The optimisers as their users see them; numbers recorded from torch are in `optim_reference.rs`.

use scumble_neural::optim::{Adam, AdamSettings, Average, Evaluation, Lbfgs, LbfgsSettings, Optimizer, Progress};

fn bowl(x: &[f32]) -> Evaluation {
    let loss = x.iter().map(|v| f64::from(v * v)).sum();
    Evaluation { loss, gradient: x.iter().map(|v| 2.0 * v).collect() }
}

fn adam() -> AdamSettings {
    AdamSettings { learning_rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, bounds: None }
}

#[test]
fn lbfgs_solves_a_quadratic_and_says_when_it_is_done() {
    let mut x = vec![3.0, -2.0, 0.5];
    let mut lbfgs = Lbfgs::new(LbfgsSettings { history: 10 });
    let mut step = |x: &mut Vec<f32>| {
        let at = bowl(x);
        lbfgs.step(x, &at)
    };
    let steps = (0..50).take_while(|_| step(&mut x) == Progress::Moved).count();
    assert!(steps < 50, "converged");
    assert!(x.iter().all(|v| v.abs() < 1e-6), "{x:?}");
}

#[test]
fn lbfgs_forgets_beyond_its_history() {
    let run = |history| {
        let mut x: Vec<f32> = (0..6).map(|i| 1.0 + i as f32).collect();
        let mut lbfgs = Lbfgs::new(LbfgsSettings { history });
        for _ in 0..6 {
            let at =
                Evaluation { loss: 0.0, gradient: x.iter().enumerate().map(|(i, v)| (1 + i * i) as f32 * v).collect() };
            lbfgs.step(&mut x, &at);
        }
        x
    };
    assert_ne!(run(2), run(10));
    assert_eq!(run(10), run(100), "six steps fit both");
}

#[test]
fn adam_stays_inside_its_bounds() {
    let mut x = vec![0.05, 0.95];
    let mut adam = Adam::new(AdamSettings { bounds: Some((0.0, 1.0)), ..adam() }, 2);
    for _ in 0..20 {
        adam.step(&mut x, &Evaluation { loss: 0.0, gradient: vec![1.0, -1.0] });
    }
    assert_eq!(x, [0.0, 1.0]);
}

#[test]
fn a_warm_start_keeps_the_second_moment_non_negative_and_the_step_counter() {
    let mut first = Adam::new(adam(), 2);
    let mut x = vec![0.0, 0.0];
    first.step(&mut x, &Evaluation { loss: 0.0, gradient: vec![1.0, -2.0] });
    // A cubic enlargement may overshoot below zero; the state must not.
    let warm: Result<Adam, ()> = first.warm_start(|m| Ok(m.to_vec()), |_| Ok(vec![-1.0, 0.5]));
    let warm = warm.unwrap();
    assert_eq!(warm.moments().1, [0.0, 0.5]);
    let mut kept = warm;
    let mut x = vec![0.0, 0.0];
    kept.step(&mut x, &Evaluation { loss: 0.0, gradient: vec![0.0, 1.0] });
    // The bias corrections are those of step 2.
    let (mean, square) = (0.9 * -0.2 + 0.1 * 1.0, 0.99 * 0.5 + 0.01 * 1.0f64);
    let expected = -0.1 * (mean / (1.0 - 0.9f64.powi(2))) / (square / (1.0 - 0.99f64.powi(2))).sqrt();
    assert!((f64::from(x[1]) / expected - 1.0).abs() < 1e-5, "{} instead of {expected}", x[1]);
}

#[test]
fn the_average_is_unbiased_from_the_first_point() {
    let mut average = Average::new(0.99, 1);
    assert_eq!(average.value(), None);
    average.update(&[4.0]);
    assert!((average.value().unwrap()[0] - 4.0).abs() < 1e-5);
    let mut last = Average::new(0.0, 1);
    last.update(&[1.0]);
    last.update(&[2.0]);
    assert_eq!(last.value().unwrap(), [2.0], "without decay it is the last point");
}

#[test]
fn threads_do_not_change_the_bytes() {
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut x: Vec<f32> = (0..100_000).map(|i| (i as f32 * 0.37).sin()).collect();
            let mut lbfgs = Lbfgs::new(LbfgsSettings { history: 5 });
            for _ in 0..8 {
                let gradient = x.iter().enumerate().map(|(i, v)| (1.0 + (i % 7) as f32) * v).collect();
                lbfgs.step(&mut x, &Evaluation { loss: 0.0, gradient });
            }
            x
        })
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn a_warm_start_of_lbfgs_steps_at_full_length_from_the_first() {
    let loss_after_a_step = |mut lbfgs: Lbfgs| {
        let mut x = vec![1.0; 64];
        let before = bowl(&x);
        lbfgs.step(&mut x, &before);
        bowl(&x).loss / before.loss
    };
    let fresh = Lbfgs::new(LbfgsSettings { history: 5 });
    let mut used = fresh.clone();
    let mut x = vec![0.5; 16];
    for _ in 0..2 {
        let at = bowl(&x);
        used.step(&mut x, &at);
    }
    assert!(loss_after_a_step(fresh.clone()) > 0.95, "a fresh state feels its way");
    assert!(loss_after_a_step(used.warm_start(1.0)) < 1e-6, "the curvature is known");
    // A factor of a half goes half the way: a quarter of the loss is left.
    assert!((loss_after_a_step(used.warm_start(0.5)) - 0.25).abs() < 1e-3);
    assert!(loss_after_a_step(fresh.warm_start(4.0)) > 0.95, "nothing known, nothing kept");
}
