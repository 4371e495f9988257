//! Recipes: what is merged over what, what is refused with which words, what survives a round trip.

use scumble::{Error, Fault, Method, Recipe};
use serde_json::json;

fn refused(result: Result<Recipe, Error>) -> (Fault, String, String) {
    let error = result.expect_err("the recipe should be refused");
    (error.fault(), error.to_string(), error.hint_text().unwrap_or_default().to_owned())
}

#[test]
fn settings_win_over_the_recipe_and_the_recipe_over_the_preset_whatever_the_order_of_calls() {
    let recipe = Recipe::builder()
        .set("size", "100")
        .unwrap()
        .merge_text("preset = 'draft'\n[neural]\nsize = 200\nmin_size = 50")
        .unwrap()
        .build()
        .unwrap();
    let draft = Recipe::builder().preset("draft").unwrap().build().unwrap();
    assert_eq!(recipe.preset, "draft");
    assert_eq!(recipe.neural().unwrap().size, 100, "the setting");
    assert_eq!(recipe.neural().unwrap().min_size, 50, "the recipe");
    assert_eq!(recipe.neural().unwrap().iterations, draft.neural().unwrap().iterations, "the preset");
    assert_ne!(recipe.neural().unwrap().min_size, draft.neural().unwrap().min_size);
}

#[test]
fn of_two_recipe_texts_the_later_wins_parameter_by_parameter() {
    let recipe = Recipe::builder()
        .merge_text(r#"{"content": {"path": "a.jpg", "sha256": "0"}, "neural": {"seed": 1, "size": 64}}"#)
        .unwrap()
        .merge_text(r#"{"content": "b.jpg", "neural": {"seed": 2}}"#)
        .unwrap()
        .build()
        .unwrap();
    assert_eq!((recipe.neural().unwrap().seed, recipe.neural().unwrap().size), (2, 64));
    let content = recipe.content.unwrap();
    assert_eq!(content.path.to_str(), Some("b.jpg"));
    assert_eq!(content.sha256, None, "the other picture's checksum must not stay");
}

#[test]
fn pictures_may_be_written_as_paths_alone() {
    let recipe = Recipe::from_text("content = 'c.png'\nstyles = ['s.png', { path = 't.png', weight = -0.5 }]").unwrap();
    let styles: Vec<_> = recipe.styles.iter().map(|s| (s.path.to_str().unwrap(), s.weight)).collect();
    assert_eq!(recipe.content.unwrap().path.to_str(), Some("c.png"));
    assert_eq!(styles, [("s.png", 1.0), ("t.png", -0.5)]);
    assert_eq!(Recipe::from_text("styles = 's.png'").unwrap().styles.len(), 1);
}

#[test]
fn builder_styles_take_the_place_of_the_recipes() {
    let base = "content = 'c.png'\nstyles = ['s.png', 't.png']";
    let recipe = Recipe::builder().merge_text(base).unwrap().style("u.png", 2.0).content("d.png").build().unwrap();
    assert_eq!(recipe.styles.len(), 1);
    assert_eq!(recipe.styles[0].path.to_str(), Some("u.png"));
    assert_eq!(recipe.content.unwrap().path.to_str(), Some("d.png"));
}

#[test]
fn an_init_image_is_started_from_unless_told_otherwise() {
    use scumble::params::Init;
    let init = |b: scumble::RecipeBuilder| b.init_image("i.png").build().unwrap().neural().unwrap().init;
    assert_eq!(init(Recipe::builder()), Init::Image);
    assert_eq!(init(Recipe::builder().set("init", "gray").unwrap()), Init::Gray);
}

#[test]
fn unknown_names_are_refused_with_the_nearest_known_one() {
    let (fault, message, hint) = refused(Recipe::from_text("[neural]\niteratons = 5"));
    assert_eq!(
        (fault, message.as_str(), hint.as_str()),
        (Fault::Parameter, "unknown parameter 'iteratons'", "did you mean 'iterations'?",)
    );
    let (_, message, hint) = refused(Recipe::from_text("contnet = 'a.png'"));
    assert_eq!(
        (message.as_str(), hint.as_str()),
        ("unknown member 'contnet' of the recipe", "did you mean 'content'?")
    );
    let (_, message, hint) = refused(Recipe::from_text("preset = 'drafft'"));
    assert_eq!((message.as_str(), hint.as_str()), ("unknown preset 'drafft'", "did you mean 'draft'?"));
    let (_, message, hint) = refused(Recipe::from_text("[neural]\ninit = 'contnet'"));
    assert!(message.starts_with("init is 'contnet', allowed is content, random, gray,"), "{message}");
    assert_eq!(hint, "did you mean 'content'?");
    let (_, message, hint) =
        refused(Recipe::from_text("[[neural.style_terms]]\nkind = 'gram'\nlayers = ['relu1_1']\nfactr = 1.0"));
    assert_eq!(
        (message.as_str(), hint.as_str()),
        ("unknown member 'factr' of style_terms[0]", "did you mean 'factor'?")
    );
}

#[test]
fn wrong_types_and_ranges_are_refused_naming_parameter_value_and_what_is_allowed() {
    let cases = [
        ("size = 5", "size is 5, allowed is a whole number from 16 to 32768"),
        ("size = 512.5", "size is 512.5, allowed is a whole number from 16 to 32768"),
        ("size = '512'", "size is '512', allowed is a whole number from 16 to 32768"),
        ("strength = 1.5", "strength is 1.5, allowed is a number from 0 to 1"),
        ("content_weight = -1.0", "content_weight is -1.0, allowed is a number of 0 or more"),
        ("content_weight = nan", "content_weight is null, allowed is a number of 0 or more"),
        ("seed = -1", "seed is -1, allowed is a whole number of 0 or more"),
        ("linear_light = 'yes'", "linear_light is 'yes', allowed is true or false"),
        ("scale_iterations = 5", "scale_iterations is 5, allowed is a list, each a whole number from 0 to 4294967295"),
        (
            "scale_iterations = [1, 5000000000]",
            "scale_iterations[1] is 5000000000, allowed is a whole number from 0 to 4294967295",
        ),
        (
            "content_layers = ['relu4_2:-1']",
            "content_layers[0]: layer 'relu4_2:-1': weight '-1' is not a number of 0 or more",
        ),
    ];
    for (text, expected) in cases {
        let (fault, message, _) = refused(Recipe::from_text(&format!("[neural]\n{text}")));
        assert_eq!((fault, message.as_str()), (Fault::Parameter, expected), "{text}");
    }
    let (_, message, _) = refused(Recipe::from_text("preset = 5"));
    assert_eq!(message, "preset is 5, allowed is text");
    let (_, message, _) = refused(Recipe::from_text("neural = 5"));
    assert_eq!(message, "neural is 5, allowed is a table of parameters");
}

#[test]
fn settings_are_refused_when_they_are_made() {
    let message = |name: &str, value: &str| Recipe::builder().set(name, value).unwrap_err().to_string();
    assert_eq!(message("size", "big"), "size is 'big', allowed is a whole number from 16 to 32768");
    assert_eq!(message("size", "8"), "size is 8, allowed is a whole number from 16 to 32768");
    assert_eq!(message("tv-weight", "inf"), "tv_weight is 'inf', allowed is a number of 0 or more");
    assert_eq!(message("colour", "none"), "unknown parameter 'colour'");
    let error = Recipe::builder().set_json("beta1", json!(1.0)).unwrap_err();
    assert_eq!(error.to_string(), "beta1 is 1.0, allowed is a number from 0 to 0.999999");
}

#[test]
fn a_size_with_a_plus_is_an_area() {
    let recipe = Recipe::builder().set("size", "640+").unwrap().build().unwrap();
    assert_eq!(
        (recipe.neural().unwrap().size, recipe.neural().unwrap().size_rule),
        (640, scumble::params::SizeRule::Area)
    );
}

#[test]
fn contradictions_are_refused() {
    let (fault, message, _) = refused(Recipe::builder().set("content_layers", "").unwrap().build());
    assert_eq!((fault, message.as_str()), (Fault::Parameter, "content_layers is empty"));
    let (_, message, _) = refused(Recipe::builder().style("s.png", f64::NAN).build());
    assert_eq!(message, "weight of style s.png is NaN, allowed is a finite number");
}

#[test]
fn text_that_is_no_recipe_is_refused_with_its_line() {
    let (fault, message, _) = refused(Recipe::from_text("[neural]\nsize = = 5"));
    assert_eq!(fault, Fault::Input);
    assert!(message.starts_with("not valid TOML: line 2: "), "{message}");
    let (fault, message, _) = refused(Recipe::from_text("{\"neural\": {"));
    assert_eq!(fault, Fault::Input);
    assert!(message.starts_with("not valid JSON: ") && message.contains("line 1"), "{message}");
}

#[test]
fn a_recipe_file_says_its_name_in_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.toml");
    std::fs::write(&path, b"\xff\xfe\x00").unwrap();
    let error = Recipe::builder().merge_file(&path).unwrap_err();
    assert_eq!(error.to_string(), format!("{}: not text", path.display()));
    let missing = folder.path().join("none.json");
    let error = Recipe::builder().merge_file(&missing).unwrap_err();
    assert_eq!((error.fault(), error.to_string()), (Fault::Input, format!("{}: no such file", missing.display())));
}

#[test]
fn a_written_recipe_keeps_what_is_absent_absent() {
    // The draft preset has initial_iterations; a recipe without must not get them back when read.
    let recipe = Recipe::builder().preset("draft").unwrap().set("initial-iterations", "none").unwrap().build().unwrap();
    assert_eq!(recipe.neural().unwrap().initial_iterations, None);
    assert_eq!(Recipe::from_text(&recipe.to_json()).unwrap(), recipe);
    let toml = "preset = 'draft'\n[neural]\ninitial_iterations = 'none'";
    assert_eq!(Recipe::from_text(toml).unwrap(), recipe);
}

#[test]
fn a_written_recipe_says_every_parameter() {
    let value = Recipe::builder().build().unwrap().to_value();
    let known: Vec<_> = scumble::fields(Method::Neural).into_iter().map(|f| f.name).collect();
    let mut written: Vec<_> = value["neural"].as_object().unwrap().keys().cloned().collect();
    written.sort_by_key(|name| known.iter().position(|k| k == name));
    assert_eq!(written, known);
    assert_eq!(value["scumble"], scumble::VERSION);
}

#[test]
fn a_preset_over_a_complete_recipe_is_refused_because_it_would_change_nothing() {
    let full = Recipe::builder().build().unwrap().to_json();
    let result = Recipe::builder().merge_text(&full).unwrap().preset("draft").unwrap().build();
    let (fault, message, _) = refused(result);
    assert_eq!(fault, Fault::Parameter);
    assert_eq!(message, "preset 'draft' would change nothing: the recipe, made from 'quality', says every parameter");
    let partial = Recipe::builder().merge_text("preset = 'quality'").unwrap().preset("draft").unwrap().build().unwrap();
    assert_eq!(partial.preset, "draft");
}

#[test]
fn the_recipe_schema_describes_what_is_written() {
    let schema = scumble::recipe_schema();
    let described: Vec<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    let recipe = Recipe::builder().content("c.png").style("s.png", 1.0).init_image("i.png").build().unwrap();
    for name in recipe.to_value().as_object().unwrap().keys() {
        assert!(described.contains(name), "{name}");
    }
}
