use std::time::Duration;

use scumble::{Plan, Stage};

use super::{Pacer, clock, short};

#[test]
fn numbers_keep_four_digits_whatever_their_size() {
    assert_eq!(short(0.0), "0.000");
    assert_eq!(short(12.3456), "12.35");
    assert_eq!(short(0.012_345), "0.01235");
    assert_eq!(short(1_234_567.0), "1234567");
    assert_eq!(short(1.234_1e9), "1.234e9");
    assert_eq!(short(1.234_1e-7), "1.234e-7");
}

#[test]
fn times_read_like_a_clock() {
    assert_eq!(clock(0.4), "0:00");
    assert_eq!(clock(83.0), "1:23");
    assert_eq!(clock(3723.0), "1:02:03");
}

#[test]
fn time_left_follows_the_work_and_not_the_count_of_steps() {
    let stage = |size| Stage { width: size, height: size, steps: 10 };
    let plan = Plan { stages: vec![stage(10), stage(30)], step_costs: vec![100.0, 900.0] };
    let mut pacer = Pacer::default();
    pacer.plan(&plan, Duration::from_secs(5));
    // Half of the steps are a tenth of the work; they took 2 seconds, so 18 are left.
    let pace = (1..=10)
        .map(|step| pacer.step(0, step, step == 1, Duration::from_millis(5000 + 200 * step as u64)))
        .last()
        .unwrap();
    assert!((pace.fraction - 0.1).abs() < 1e-12);
    assert!((pace.left - 18.0).abs() < 1e-9);
    assert_eq!(pacer.step(1, 10, false, Duration::from_secs(25)).left, 0.0);
}

#[test]
fn a_first_step_may_be_a_third_of_the_work() {
    let plan = Plan { stages: vec![Stage { width: 10, height: 10, steps: 1000 }], step_costs: vec![1.0] };
    let mut pacer = Pacer::default();
    pacer.plan(&plan, Duration::from_secs(0));
    let pace = pacer.step(0, 333, true, Duration::from_secs(5));
    assert!((pace.left - 10.0).abs() < 0.1, "{}", pace.left);
}

#[test]
fn time_left_of_a_run_that_goes_on_follows_the_work_since_then() {
    let plan = Plan { stages: vec![Stage { width: 10, height: 10, steps: 10 }], step_costs: vec![100.0] };
    let mut pacer = Pacer::default();
    pacer.plan(&plan, Duration::ZERO);
    // The sixth step is the first of this run: it took 2 seconds, four more are left.
    let pace = pacer.step(0, 6, false, Duration::from_secs(2));
    assert!((pace.left - 8.0).abs() < 1e-9);
}

#[test]
fn rates_below_one_are_told_in_seconds_a_step() {
    let plan = Plan { stages: vec![Stage { width: 1, height: 1, steps: 100 }], step_costs: vec![1.0] };
    let mut pacer = Pacer::default();
    pacer.plan(&plan, Duration::ZERO);
    assert_eq!(pacer.step(0, 1, true, Duration::from_secs(4)).rate_in_words(), "4.0 s/step");
    let mut pacer = Pacer::default();
    pacer.plan(&plan, Duration::ZERO);
    assert_eq!(pacer.step(0, 1, true, Duration::from_millis(50)).rate_in_words(), "20.0 steps/s");
}
