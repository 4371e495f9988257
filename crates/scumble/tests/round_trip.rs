//! Recipes survive being written and read, whatever their numbers and names.

use proptest::prelude::*;
use scumble::{Field, Method, Recipe, fields};
use serde_json::{Value, json};

/// Finite numbers of every magnitude, among them those that take 17 digits.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..1e3, any::<f64>().prop_map(f64::abs).prop_filter("finite", |n| n.is_finite())]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_keeps_every_bit(
        size in 16u32..=32768, seed: u64, weight in number(), blend in number(), decay in 0.0..0.999_999,
        steps in proptest::option::of(0u32..=1_000_000), scales in proptest::collection::vec(0u32..=1_000_000, 0..4),
        layer in number(), name in "[^\0]{1,20}",
    ) {
        let recipe = Recipe::builder()
            .set_json("size", json!(size)).unwrap()
            .set_json("seed", json!(seed)).unwrap()
            .set_json("content_weight", json!(weight)).unwrap()
            .set_json("avg_decay", json!(decay)).unwrap()
            .set_json("initial_iterations", json!(steps)).unwrap()
            .set_json("scale_iterations", json!(scales)).unwrap()
            .set_json("style_layers", json!([format!("relu1_1:{layer}")])).unwrap()
            .content(&name)
            .style(&name, -blend)
            .build()
            .unwrap();
        prop_assert_eq!(recipe.neural().unwrap().content_weight.to_bits(), weight.to_bits());
        prop_assert_eq!(&Recipe::from_text(&recipe.to_json()).unwrap(), &recipe);
        prop_assert_eq!(&Recipe::from_text(&recipe.to_json_pretty()).unwrap(), &recipe);
        let derived: Recipe = serde_json::from_str(&recipe.to_json()).unwrap();
        prop_assert_eq!(&derived, &recipe);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let _ = Recipe::from_text(&text);
        let _ = Recipe::from_text(&format!("{{{text}"));
        for field in fields(Method::Neural) {
            let _ = field.parse(&text);
        }
    }
}

#[test]
fn every_value_of_every_preset_is_read_back_from_its_text() {
    for preset in scumble::presets::names(Method::Neural) {
        for field in fields(Method::Neural) {
            let value = field.in_preset(preset).unwrap();
            let read = field.parse(&Field::show(&value)).unwrap();
            // Text has no absence but none, and JSON numbers no difference between 5 and 5.0.
            let same = read == value || read.as_f64().is_some_and(|n| Some(n) == value.as_f64());
            let absent = value == Value::Null && (read == json!([]) || read == Value::Null);
            assert!(same || absent, "{preset} {}: {value} became {read}", field.name);
        }
    }
}
