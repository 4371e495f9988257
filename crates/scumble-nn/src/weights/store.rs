//! Models by name: the embedded one, and imported ones in the user's data folder.

mod info;
mod names;

use std::path::{Path, PathBuf};

use scumble_core::{Error, Fault, Result, suggest};

use super::atomic::write_beside;
use super::{EMBEDDED_SHA256, PixelConvention, VggWeights, load, open, own_format};
use info::{describe, own_tag};
use names::{HAS_EMBEDDED, default_name, is_reserved, is_valid_name};

pub use info::ModelInfo;
pub use names::EMBEDDED;

/// The models in a data folder, with the embedded one.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store under `data_dir`; its files are `data_dir/models/NAME.safetensors`. Nothing is created
    /// until something is imported.
    pub fn new(data_dir: impl AsRef<Path>) -> Self {
        Self { folder: data_dir.as_ref().join("models") }
    }

    /// Names of all models: the embedded one first, then by alphabet.
    ///
    /// # Errors
    /// If the folder exists and cannot be read.
    pub fn names(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        match std::fs::read_dir(&self.folder) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(Error::from_io("read", &self.folder, &e)),
            Ok(entries) => {
                for entry in entries {
                    let path = entry.map_err(|e| Error::from_io("read", &self.folder, &e))?.path();
                    let name = path.file_stem().and_then(|stem| stem.to_str()).filter(|name| is_valid_name(name));
                    if let (Some(name), Some("safetensors")) = (name, path.extension().and_then(|e| e.to_str())) {
                        names.push(name.to_owned());
                    }
                }
            }
        }
        names.retain(|name| !is_reserved(name));
        names.sort();
        if HAS_EMBEDDED {
            names.insert(0, EMBEDDED.to_owned());
        }
        Ok(names)
    }

    /// Every model; one that cannot be read says why in its place.
    ///
    /// # Errors
    /// If the folder exists and cannot be read.
    pub fn list(&self) -> Result<Vec<(String, Result<ModelInfo>)>> {
        Ok(self.names()?.into_iter().map(|name| (name.clone(), self.info(&name))).collect())
    }

    /// What the model `name` is. The numbers of imported models are not read.
    ///
    /// # Errors
    /// If there is no such model or its file is damaged.
    pub fn info(&self, name: &str) -> Result<ModelInfo> {
        if is_reserved(name) {
            return Ok(ModelInfo::of(name, &VggWeights::embedded()?, None));
        }
        let path = self.existing(name)?;
        describe(name, &path).map_err(|e| e.context(path.display()))
    }

    /// The file of the imported model `name`.
    ///
    /// # Errors
    /// If there is no such model, or it is the one compiled into the program.
    pub fn path(&self, name: &str) -> Result<PathBuf> {
        if is_reserved(name) {
            return Err(Error::parameter(format!("model '{name}' is compiled into the program and has no file"))
                .hint(format!("imported models are kept in {}", self.folder.display())));
        }
        self.existing(name)
    }

    /// Reads `file` and keeps it under `name` (by default the file's name in lower case). A convention
    /// given here overrules the file's own.
    ///
    /// Importing the same file under the same name again changes nothing.
    ///
    /// # Errors
    /// If the file is no VGG, the name is taken or not allowed, or the folder cannot be written.
    pub fn import(&self, file: &Path, name: Option<&str>, convention: Option<PixelConvention>) -> Result<ModelInfo> {
        let weights = load::read_file(file, convention)?;
        let name = match name {
            Some(name) => name.to_owned(),
            None => default_name(file),
        };
        if !is_valid_name(&name) {
            return Err(Error::parameter(format!(
                "model name '{name}': only letters, digits, '-', '_' and '.' are allowed, and no '.' in front"
            ))
            .hint("choose another with --name"));
        }
        if is_reserved(&name) {
            return Err(Error::parameter(format!(
                "model name '{name}' belongs to the weights compiled into the program"
            ))
            .hint("choose another with --name"));
        }
        let path = self.file_of(&name);
        let info = ModelInfo::of(&name, &weights, Some(path.clone()));
        if path.exists() {
            return match self.info(&name) {
                Ok(present) if present.sha256 == info.sha256 && present.convention == info.convention => Ok(present),
                _ => Err(Error::parameter(format!("a model '{name}' is there already: {}", path.display()))
                    .hint("choose another with --name, or delete that file first")),
            };
        }
        std::fs::create_dir_all(&self.folder).map_err(|e| Error::from_io("write", &self.folder, &e))?;
        write_beside(&path, |out| own_format::write_weights(out, &weights))?;
        Ok(info)
    }

    /// Reads every number of the model and compares checksums.
    ///
    /// # Errors
    /// If there is no such model or it changed since it was imported.
    pub fn verify(&self, name: &str) -> Result<ModelInfo> {
        if is_reserved(name) {
            let weights = VggWeights::embedded()?;
            check("the embedded weights", EMBEDDED_SHA256, &super::embedded::actual_sha256())?;
            return Ok(ModelInfo::of(name, &weights, None));
        }
        let path = self.existing(name)?;
        let weights = load::read_file(&path, None)?;
        let recorded = open::open(&path)
            .and_then(|container| own_tag(&*container, "content-sha256"))
            .map_err(|e| e.context(path.display()))?;
        check(&path.display().to_string(), &recorded, &own_format::content_sha256(&weights))?;
        Ok(ModelInfo::of(name, &weights, Some(path)))
    }

    /// The weights called `what`: a model's name, or the path of a weight file.
    ///
    /// # Errors
    /// If there is neither, or the file is not a VGG.
    pub fn resolve(&self, what: &str) -> Result<VggWeights> {
        if is_reserved(what) {
            return VggWeights::embedded();
        }
        if is_valid_name(what) && self.file_of(what).is_file() {
            return VggWeights::read(&self.file_of(what));
        }
        let path = Path::new(what);
        let names_a_file = path.extension().is_some() || path.components().count() > 1 || path.exists();
        if names_a_file { VggWeights::read(path) } else { Err(self.unknown(what)) }
    }

    fn file_of(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.safetensors"))
    }

    fn existing(&self, name: &str) -> Result<PathBuf> {
        let path = self.file_of(name);
        if is_valid_name(name) && path.is_file() { Ok(path) } else { Err(self.unknown(name)) }
    }

    fn unknown(&self, name: &str) -> Error {
        let names = self.names().unwrap_or_default();
        let hint = suggest(name, names.iter().map(String::as_str)).unwrap_or_else(|| match names.as_slice() {
            [] => "import a weight file with 'scumble models import'".to_owned(),
            _ => format!("models: {}; others come with 'scumble models import'", names.join(", ")),
        });
        Error::new(Fault::Weights, format!("unknown model '{name}'")).hint(hint)
    }
}

fn check(what: &str, recorded: &str, actual: &str) -> Result<()> {
    if recorded == actual {
        return Ok(());
    }
    Err(Error::weights(format!("{what}: the numbers changed: their SHA-256 was {recorded}, now it is {actual}"))
        .hint("delete the model and import it again"))
}
