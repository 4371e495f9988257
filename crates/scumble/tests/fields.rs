//! The list of parameters that flags and reference pages are made from.

use scumble::{Kind, Method, field, fields};

#[test]
fn every_parameter_has_help_and_every_choice_too() {
    let all = fields(Method::Neural);
    assert!(all.len() > 30);
    for field in &all {
        assert!(field.help.ends_with('.') && !field.help.contains('\n'), "{}: {}", field.name, field.help);
        assert!(!field.allowed.is_empty(), "{}", field.name);
        if let Kind::Choice(options) = &field.kind {
            assert!(options.len() > 1 && options.iter().all(|o| o.help.ends_with('.')), "{}", field.name);
        }
    }
}

#[test]
fn kinds_and_ranges_come_from_the_parameters() {
    let kind = |name: &str| field(Method::Neural, name).unwrap().kind;
    assert_eq!(kind("size"), Kind::Integer);
    assert_eq!(kind("style_size"), Kind::Integer, "optional ones as well");
    assert_eq!(kind("strength"), Kind::Number);
    assert_eq!(kind("linear-light"), Kind::Bool);
    assert_eq!(kind("model"), Kind::Text);
    assert_eq!(kind("content_layers"), Kind::List(Box::new(Kind::Text)));
    assert_eq!(kind("scale_iterations"), Kind::List(Box::new(Kind::Integer)));
    assert_eq!(kind("style_terms"), Kind::List(Box::new(Kind::Table)));
    let Kind::Choice(options) = kind("pixels") else { panic!("pixels is a choice") };
    assert_eq!(options.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(), ["unit", "caffe-255", "caffe-256"]);
    let size = field(Method::Neural, "size").unwrap();
    assert_eq!((size.minimum, size.maximum, size.optional), (Some(16.0), Some(32768.0), false));
    assert_eq!(size.flag, "size");
    assert_eq!(field(Method::Neural, "min_size").unwrap().flag, "min-size");
    assert!(field(Method::Neural, "style_layers").unwrap().optional);
}

#[test]
fn text_is_read_by_kind() {
    let read = |name: &str, text: &str| field(Method::Neural, name).unwrap().parse(text).unwrap();
    assert_eq!(read("size", "512"), 512);
    assert_eq!(read("seed", "18446744073709551615"), u64::MAX);
    assert_eq!(read("tv_weight", "1e-3"), 1e-3);
    assert_eq!(read("tv_weight", "2"), 2.0);
    assert_eq!(read("linear_light", "off"), false);
    assert_eq!(read("style_layers", "relu1_1, relu2_1:0.5"), serde_json::json!(["relu1_1", "relu2_1:0.5"]));
    assert_eq!(read("scale_iterations", "500,200"), serde_json::json!([500, 200]));
    assert_eq!(read("style_size", "none"), serde_json::Value::Null);
    let terms = r#"[{"kind": "gram", "layers": ["relu1_1"], "factor": 2}]"#;
    assert_eq!(read("style_terms", terms)[0]["factor"], 2);
    assert!(field(Method::Neural, "size").unwrap().parse("none").is_err(), "only optional parameters may be absent");
    assert!(field(Method::Neural, "style_terms").unwrap().parse("gram").is_err());
}
