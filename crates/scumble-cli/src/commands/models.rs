//! `scumble models`: the encoder weights at hand.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use scumble::weights::{ModelInfo, PixelConvention, Store};
use scumble::{Environment, Error, Result};
use serde_json::json;

use crate::report::{Finish, data, json_data};

/// Commands of `scumble models`.
#[derive(Debug, clap::Subcommand)]
pub enum ModelsCommand {
    /// List the models: the one built in, then imported ones
    List {
        /// Print a JSON list
        #[arg(long)]
        json: bool,
    },
    /// Say what a model is
    Info {
        /// The model
        #[arg(default_value = scumble::weights::EMBEDDED)]
        name: String,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Keep a weight file as a model: VGG-16 or VGG-19 from torchvision, timm, neural-style-pt, Gatys, AdaIN
    ///
    /// The network is told by the shapes of the file's tensors, what it expects of pixels by its origin. Classifier
    /// layers are left out.
    Import {
        /// A .pth or .safetensors file
        file: PathBuf,
        /// What to call the model [the file's name in lower case]
        #[arg(long)]
        name: Option<String>,
        /// What the network expects of pixels, if the file does not tell
        #[arg(long, value_parser = PossibleValuesParser::new(["caffe", "torch"]))]
        convention: Option<String>,
    },
    /// Read models whole and compare them with their checksums
    Verify {
        /// The models [all]
        names: Vec<String>,
    },
    /// Print where a model's file is, or where models are kept
    Path {
        /// The model
        name: Option<String>,
    },
}

impl ModelsCommand {
    /// Does it.
    ///
    /// # Errors
    /// If a model is unknown or damaged, or a file is no VGG.
    pub fn run(self) -> Result<Finish> {
        let environment = Environment::from_system();
        let store = environment.models();
        match self {
            Self::List { json } => list(&store, json),
            Self::Info { name, json } => info(&store, &name, json),
            Self::Import { file, name, convention } => {
                let convention = convention.as_deref().and_then(PixelConvention::from_tag);
                let info = store.import(&file, name.as_deref(), convention)?;
                data(format!("{}  {}\n", info.name, in_words(&info)))
            }
            Self::Verify { names } => verify(&store, names),
            Self::Path { name: Some(name) } => data(format!("{}\n", store.path(&name)?.display())),
            Self::Path { name: None } => data(format!("{}\n", environment.data_dir.join("models").display())),
        }?;
        Ok(Finish::Done)
    }
}

fn list(store: &Store, as_json: bool) -> Result<()> {
    let models = store.list()?;
    if as_json {
        let entry = |(name, info): &(String, Result<ModelInfo>)| match info {
            Ok(info) => json!(info),
            Err(e) => json!({ "name": name, "problem": e.to_string() }),
        };
        return json_data(&models.iter().map(entry).collect::<Vec<_>>());
    }
    let width = models.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let line = |(name, info): &(String, Result<ModelInfo>)| match info {
        Ok(info) => format!("{name:width$}  {}\n", in_words(info)),
        Err(e) => format!("{name:width$}  unusable: {e}\n"),
    };
    data(models.iter().map(line).collect::<String>())
}

/// A model on a line.
fn in_words(info: &ModelInfo) -> String {
    let (network, convention) = (info.architecture.name(), info.convention.tag());
    format!("{network} up to {}, {convention} pixels; {}", info.deepest, info.source)
}

fn info(store: &Store, name: &str, as_json: bool) -> Result<()> {
    let info = store.info(name)?;
    if as_json {
        return json_data(&info);
    }
    let yes = |answer: bool, text: &'static str| if answer { text } else { "" };
    let path = info.path.as_ref().map_or("built in".to_owned(), |path| path.display().to_string());
    data(format!(
        "name          {}\nnetwork       {}, {} convolutions up to {}{}{}\nparameters    {}\npixels        {}\n\
         source        {}\nsha256        {}\nfile          {path}\n",
        info.name,
        info.architecture.name(),
        info.layers,
        info.deepest,
        yes(info.reflect_padding, ", mirrored borders"),
        yes(info.ceil_pooling, ", pooling rounds up"),
        info.parameters,
        info.convention.tag(),
        info.source,
        info.sha256,
    ))
}

/// Every model is looked at; the first failure is the command's.
fn verify(store: &Store, mut names: Vec<String>) -> Result<()> {
    if names.is_empty() {
        names = store.names()?;
    }
    let mut failure: Option<Error> = None;
    for name in &names {
        match store.verify(name) {
            Ok(_) => data(format!("{name}  good\n"))?,
            Err(e) => {
                data(format!("{name}  BAD: {e}\n"))?;
                failure.get_or_insert(e.context(format!("model '{name}'")));
            }
        }
    }
    failure.map_or(Ok(()), Err)
}
