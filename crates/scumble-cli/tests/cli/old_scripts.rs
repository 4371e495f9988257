//! Scripts written for neural-style and neural-style-pt run unchanged.

use std::os::unix::fs::symlink;

use crate::harness::{Ended, Place};

/// Runs a script with `th`, `python3` and `neural-style` being links to scumble.
fn script(place: &Place, text: &str) -> Ended {
    std::fs::create_dir(place.path("shims")).unwrap();
    for name in ["th", "python3", "neural-style"] {
        symlink(env!("CARGO_BIN_EXE_scumble"), place.path("shims").join(name)).unwrap();
    }
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::env::join_paths(std::iter::once(place.path("shims")).chain(std::env::split_paths(&paths)));
    place.write("script.sh", text);
    let mut command = place.command("sh");
    Ended::of(command.arg("-eu").arg("script.sh").env("PATH", paths.unwrap()).output().unwrap())
}

/// Losses and times are other numbers on other processors; the lines are the same.
const NUMBERS: [(&str, &str); 3] =
    [(r"loss: [0-9.e+-]+", "loss: [NUMBER]"), (r"loss [0-9.e+-]+", "loss [NUMBER]"), (r"[0-9.]+ s\n", "[TIME] s\n")];

fn size(place: &Place, name: &str) -> (u32, u32) {
    let picture = image::open(place.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    (picture.width(), picture.height())
}

#[test]
fn a_lua_script_in_several_sizes() {
    let place = Place::new();
    let ended = script(
        &place,
        r#"
STYLE_WEIGHT=5e2
STYLE_SCALE=1.0
th neural_style.lua \
  -content_image photo.png -style_image painting.png -style_scale $STYLE_SCALE \
  -print_iter 1 -style_weight $STYLE_WEIGHT -image_size 48 -num_iterations 3 \
  -output_image out1.png -tv_weight 0 -backend cudnn -cudnn_autotune
th neural_style.lua \
  -content_image photo.png -style_image painting.png -init image -init_image out1.png \
  -style_scale $STYLE_SCALE -print_iter 1 -style_weight $STYLE_WEIGHT -image_size 64 \
  -num_iterations 2 -output_image out2.png -tv_weight 0 -gpu 0,1 -backend cudnn
th neural_style.lua \
  -content_image photo.png -style_image painting.png -init image -init_image out2.png \
  -style_scale $STYLE_SCALE -print_iter 1 -style_weight $STYLE_WEIGHT -image_size 80 \
  -num_iterations 4 -save_iter 2 -output_image out3.png -tv_weight 0 -lbfgs_num_correction 5 \
  -gpu 0,1,2,3 -multigpu_strategy 3,6,12 -backend cudnn
"#,
    );
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(size(&place, "out1.png"), (48, 36));
    assert_eq!(size(&place, "out2.png"), (64, 48));
    assert_eq!(size(&place, "out3.png"), (80, 60));
    assert_eq!(size(&place, "out3_2.png"), (80, 60));
    assert!(!place.path("out3_4.png").exists(), "the last step's is the output itself");
    insta::with_settings!({filters => NUMBERS.to_vec()}, {
        insta::assert_snapshot!(ended.shown());
    });
}

#[test]
fn a_python_script_with_adam() {
    let place = Place::new();
    std::fs::create_dir(place.path("styles")).unwrap();
    place.picture("styles/one.png", 64, 64, |x, y| [(x * 4) as u8, (y * 4) as u8, 0]);
    let ended = script(
        &place,
        r#"
NEURAL_STYLE="python3 neural_style.py"
$NEURAL_STYLE -content_image photo.png -style_image painting.png,styles -style_blend_weights 3,7 \
  -gpu c -image_size 48 -num_iterations 4 -optimizer adam -learning_rate 2 -original_colors 1 \
  -print_iter 2 -save_iter 0 -seed 123 -pooling avg -model_file models/vgg19-d01eb7cb.pth -disable_check \
  -content_layers relu3_1,relu4_2 -style_layers relu1_1,relu2_1 -normalize_weights
neural-style -content_image photo.png -style_image painting.png -init image -image_size 48 \
  -num_iterations 2 -normalize_gradients -output_image again.jpg -multidevice_strategy 4,7,29
"#,
    );
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!((size(&place, "out.png"), size(&place, "again.jpg")), ((48, 36), (48, 36)));
    insta::with_settings!({filters => NUMBERS.to_vec()}, {
        insta::assert_snapshot!(ended.shown());
    });
    let recipe = place.done(&["neural", "--recipe=out.png", "--dump-recipe"]).json();
    let neural = &recipe["neural"];
    assert_eq!(recipe["preset"], "neural-style-pt");
    assert_eq!((&neural["learning_rate"], &neural["color"]), (&2.0.into(), &"luma-after".into()));
    assert_eq!((&neural["seed"], &neural["pooling"]), (&123.into(), &"avg".into()));
    assert_eq!(recipe["styles"][1]["weight"], 7.0);
    let recipe = place.done(&["neural", "--recipe=again.jpg", "--dump-recipe"]).json();
    assert_eq!(recipe["neural"]["normalize_gradients"], "pt-compat");
    assert_eq!(recipe["neural"]["init"], "content");
}

#[test]
fn the_lua_program_is_told_by_its_files() {
    let place = Place::new();
    let arguments = ["neural-style", "-content_image", "photo.png", "-style_image", "painting.png"];
    let more = ["-image_size", "48", "-num_iterations", "1", "-normalize_gradients", "-output_image", "lua.png"];
    let model = ["-model_file", "models/VGG_ILSVRC_19_layers.caffemodel"];
    let ended = place.done(&[&arguments[..], &more, &model].concat());
    assert!(ended.stderr.contains("the built-in VGG-19 is used"), "{}", ended.stderr);
    let recipe = place.done(&["neural", "--recipe=lua.png", "--dump-recipe"]).json();
    assert_eq!(recipe["preset"], "neural-style");
    assert_eq!(recipe["neural"]["normalize_gradients"], "layer");
}

macro_rules! refusals {
    ($($name:ident: $arguments:expr;)*) => {
        $(
            #[test]
            fn $name() {
                let place = Place::new();
                let before = place.files();
                let arguments: &[&str] = &$arguments;
                let ended = place.run(&[&["neural-style"], arguments].concat());
                assert_eq!(place.files(), before, "something was left behind");
                insta::assert_snapshot!(stringify!($name), ended.shown());
            }
        )*
    };
}

refusals! {
    old_unknown_option: ["-content_image", "photo.png", "-style_images", "painting.png"];
    old_missing_value: ["-content_image", "photo.png", "-style_image"];
    old_wrong_word: ["-content_image", "photo.png", "-style_image", "painting.png", "-optimizer", "sgd"];
    old_wrong_number: ["-content_image", "photo.png", "-style_image", "painting.png", "-image_size", "big"];
    old_missing_content: ["-style_image", "painting.png"];
    old_blend_weights: ["-content_image", "photo.png", "-style_image", "painting.png", "-style_blend_weights", "1,2"];
    old_foreign_model: ["-content_image", "photo.png", "-style_image", "painting.png", "-model_file", "models/nin_imagenet.pth"];
    old_stray_argument: ["photo.png", "painting.png"];
}
