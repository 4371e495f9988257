//! Behaviour of the shared pieces.

use scumble_core::{Error, Fault, Plan, Stage, Stream, suggest, within};

#[test]
fn random_numbers_depend_on_their_address_alone() {
    let mut forwards = Stream::new(7, 1);
    let ordered: Vec<f64> = (0..50).map(|i| forwards.normal(i)).collect();
    let mut backwards = Stream::new(7, 1);
    let reversed: Vec<f64> = (0..50).rev().map(|i| backwards.normal(i)).collect();
    assert!(ordered.iter().eq(reversed.iter().rev()));
    assert_ne!(Stream::new(7, 2).uniform(0), Stream::new(7, 1).uniform(0));
    assert_ne!(Stream::new(8, 1).uniform(0), Stream::new(7, 1).uniform(0));
}

#[test]
fn normal_numbers_have_zero_mean_and_unit_variance() {
    let mut stream = Stream::new(1, 0);
    let n = 20_000;
    let draws: Vec<f64> = (0..n).map(|i| stream.normal(i)).collect();
    let mean = draws.iter().sum::<f64>() / n as f64;
    let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n as f64;
    // Four standard errors: 4/sqrt(n) for the mean, 4*sqrt(2/n) for the variance.
    assert!(mean.abs() < 0.029, "{mean}");
    assert!((variance - 1.0).abs() < 0.04, "{variance}");
}

#[test]
fn values_within_their_range_pass() {
    for value in [0.5, 0.75, 2.0] {
        within("mix", value, 0.5, 2.0).unwrap();
    }
    let refused = [("0.4", within("mix", 0.4, 0.5, 2.0)), ("NaN", within("mix", f64::NAN, 0.5, 2.0))];
    for (shown, result) in refused {
        let error = result.unwrap_err();
        assert_eq!(error.fault(), Fault::Parameter);
        assert_eq!(error.to_string(), format!("mix is {shown}, allowed is 0.5 to 2"));
    }
    assert_eq!(within("count", 9, 1, 8).unwrap_err().to_string(), "count is 9, allowed is 1 to 8");
}

#[test]
fn suggestions_are_near_or_absent() {
    let names = ["quality", "draft", "gatys2016"];
    assert_eq!(suggest("qualty", names).as_deref(), Some("did you mean 'quality'?"));
    assert_eq!(suggest("watercolour", names), None);
}

#[test]
fn a_missing_input_and_a_missing_folder_are_different_faults() {
    let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
    let path = std::path::Path::new("a/b.png");
    assert_eq!(Error::from_io("read", path, &missing).fault(), Fault::Input);
    let binary = std::io::Error::from(std::io::ErrorKind::InvalidData);
    assert_eq!(Error::from_io("read", path, &binary).to_string(), "a/b.png: is damaged, or not text");
    let unwritable = Error::from_io("write", path, &missing);
    assert_eq!(unwritable.fault(), Fault::Io);
    assert!(unwritable.hint_text().is_some());
}

#[test]
fn progress_weighs_steps_by_cost() {
    let stage = |side, steps| Stage { width: side, height: side, steps };
    let plan = Plan { stages: vec![stage(10, 10), stage(20, 10)], step_costs: vec![100.0, 400.0] };
    assert_eq!(plan.fraction(0, 0), 0.0);
    assert!((plan.fraction(1, 0) - 0.2).abs() < 1e-12);
    assert_eq!(plan.fraction(1, 10), 1.0);
}
