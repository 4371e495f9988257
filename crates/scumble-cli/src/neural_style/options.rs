//! The options of the old programs, as data.

/// Which of the two old programs a command line is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// jcjohnson/neural-style, in Lua.
    Lua,
    /// ProGamerGov/neural-style-pt, in Python.
    Python,
}

/// What follows an option's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Text: a file, a list.
    Text(&'static str),
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Nothing.
    Nothing,
    /// A word, unless another option follows.
    Perhaps(&'static str),
}

/// One option.
#[derive(Debug)]
pub struct Spec {
    /// Its name, without the dash.
    pub name: &'static str,
    /// What follows it.
    pub takes: Takes,
    /// What it does; or why nothing comes of it.
    pub help: &'static str,
    /// Whether it is accepted and does nothing.
    pub ignored: bool,
}

const fn used(name: &'static str, takes: Takes, help: &'static str) -> Spec {
    Spec { name, takes, help, ignored: false }
}

const fn ignored(name: &'static str, takes: Takes, help: &'static str) -> Spec {
    Spec { name, takes, help, ignored: true }
}

/// Every option of either program, in the order of their manuals.
pub const OPTIONS: &[Spec] = &[
    used("content_image", Takes::Text("FILE"), "Content picture [examples/inputs/tubingen.jpg, if it is there]"),
    used("style_image", Takes::Text("FILES"), "Style pictures and folders of them, separated by commas"),
    used("style_blend_weights", Takes::Text("LIST"), "Weight of each style, separated by commas [equal]"),
    used("image_size", Takes::Whole, "Long side of the picture in pixels [512]"),
    used("gpu", Takes::Text("LIST"), "Device numbers; -1 (Lua) or c (Python) is the processor [the best there is]"),
    used("content_weight", Takes::Number, "Weight of the content loss [5]"),
    used("style_weight", Takes::Number, "Weight of the style loss [100]"),
    used("tv_weight", Takes::Number, "Weight of the total variation [0.001]"),
    used("num_iterations", Takes::Whole, "Steps [1000]"),
    used("init", Takes::OneOf(&["random", "image"]), "Start from noise, or from a picture [random]"),
    used("init_image", Takes::Text("FILE"), "The picture for -init image [the content]"),
    used("optimizer", Takes::OneOf(&["lbfgs", "adam"]), "Optimiser [lbfgs]"),
    used("learning_rate", Takes::Number, "Step size of Adam [Lua 10, Python 1]; L-BFGS has none"),
    used("lbfgs_num_correction", Takes::Whole, "Steps L-BFGS remembers; 0 is 100 [100]"),
    used(
        "normalize_gradients",
        Takes::Nothing,
        "Scale gradients (Lua) or square the weights (Python), as each program does",
    ),
    used("normalize_weights", Takes::Nothing, "Divide each weight by its target's largest dimension"),
    used("print_iter", Takes::Whole, "Print the losses every so many steps; 0 never [50]"),
    used("save_iter", Takes::Whole, "Save <name>_<step>.<ext> every so many steps; 0 never [100]"),
    used("output_image", Takes::Text("FILE"), "Where to write the picture [out.png]"),
    used("style_scale", Takes::Number, "Size of the styles relative to the picture [1]"),
    used("original_colors", Takes::OneOf(&["0", "1"]), "1 keeps the content's colours [0]"),
    used("pooling", Takes::OneOf(&["max", "avg"]), "Pooling of the network [max]"),
    used("model_file", Takes::Text("FILE"), "Weight file; VGG-19 is built in and need not be there"),
    used("proto_file", Takes::Text("FILE"), "Marks a command of the Lua program; the file is not read"),
    used("content_layers", Takes::Text("LIST"), "Content layers, separated by commas [relu4_2]"),
    used("style_layers", Takes::Text("LIST"), "Style layers, separated by commas [relu1_1 to relu5_1]"),
    used("seed", Takes::Whole, "Seed of the noise; -1 is seed 0 here, so that a command can be repeated [-1]"),
    used("download_models", Takes::Perhaps("FOLDER"), "Says that nothing needs downloading, and exits"),
    ignored("backend", Takes::Text("NAME"), "there is one way of computing for each device"),
    ignored("cudnn_autotune", Takes::Nothing, "cuDNN is not used"),
    ignored("multigpu_strategy", Takes::Text("LIST"), "the network is not split over devices"),
    ignored("multidevice_strategy", Takes::Text("LIST"), "the network is not split over devices"),
    ignored(
        "disable_check",
        Takes::Nothing,
        "weight files are checked by their shapes, and classifier layers are never read",
    ),
];

/// The option of this name.
pub fn find(name: &str) -> Option<&'static Spec> {
    OPTIONS.iter().find(|option| option.name == name)
}
