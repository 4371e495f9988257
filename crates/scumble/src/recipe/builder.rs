//! Making a recipe: preset, then recipe text, then single settings; later over earlier.

use std::path::{Path, PathBuf};

use scumble_core::{Error, Result};
use scumble_image::Limits;
use serde_json::{Map, Value, json};

use super::{PictureRef, Recipe, StyleRef, merge, text, unicode};
use crate::schema::{Check, recipe_schema};
use crate::{Method, VERSION, fields, pictures, presets};

/// Longest recipe file read, in bytes; a full recipe takes 3 kB.
const LONGEST_FILE: u64 = 1 << 20;

/// Collects what a recipe is made of. The order of precedence is fixed, whatever the order of calls:
/// the preset, recipe texts in their order, single settings and pictures.
#[derive(Debug, Clone)]
#[must_use]
pub struct RecipeBuilder {
    method: Method,
    preset: Option<String>,
    recipe: Map<String, Value>,
    settings: Map<String, Value>,
    content: Option<PictureRef>,
    styles: Vec<StyleRef>,
    init_image: Option<PictureRef>,
    mask: Option<PictureRef>,
    labels: Option<PictureRef>,
    brush_file: Option<PictureRef>,
}

impl RecipeBuilder {
    pub(super) fn new(method: Method) -> Self {
        Self {
            method,
            preset: None,
            recipe: Map::new(),
            settings: Map::new(),
            content: None,
            styles: Vec::new(),
            init_image: None,
            mask: None,
            labels: None,
            brush_file: None,
        }
    }

    /// Starts from a recipe in JSON or TOML, of the method it names, itself or by its preset; image optimisation if it
    /// names neither.
    ///
    /// # Errors
    /// If the text is neither, or names something unknown.
    pub fn from_text(recipe: &str) -> Result<Self> {
        Self::from_parsed(text::parse(recipe)?)
    }

    /// Starts from the recipe in a picture that scumble made.
    ///
    /// # Errors
    /// If the file is missing, no picture, or holds no recipe.
    pub fn from_image(path: &Path) -> Result<Self> {
        Self::from_text(&recipe_in(path)?).map_err(|e| e.context(path.display()))
    }

    fn from_parsed(recipe: Map<String, Value>) -> Result<Self> {
        Self::new(merge::method(&recipe)?.unwrap_or(Method::Neural)).merge(recipe)
    }

    fn merge(mut self, mut recipe: Map<String, Value>) -> Result<Self> {
        if let Some(named) = merge::method(&recipe)?.filter(|named| *named != self.method) {
            return Err(Error::parameter(format!("the recipe is of method '{named}', not '{}'", self.method))
                .hint(format!("use it with 'scumble {named}'")));
        }
        merge::expand(&mut recipe);
        merge::lay_over(&mut self.recipe, recipe);
        Ok(self)
    }

    /// Chooses the preset, in place of the one a recipe text names.
    ///
    /// # Errors
    /// If there is no such preset, or it is of another method.
    pub fn preset(mut self, name: &str) -> Result<Self> {
        presets::check_method(name, self.method)?;
        self.preset = Some(name.to_owned());
        Ok(self)
    }

    /// Merges a recipe in JSON or TOML, whole or in part.
    ///
    /// # Errors
    /// If the text is neither, or of another method. What it says is checked by [`RecipeBuilder::build`].
    pub fn merge_text(self, recipe: &str) -> Result<Self> {
        self.merge(text::parse(recipe)?)
    }

    /// Merges a recipe file in JSON or TOML.
    ///
    /// # Errors
    /// If the file cannot be read or is no recipe.
    pub fn merge_file(self, path: &Path) -> Result<Self> {
        let limits = Limits { max_file_bytes: LONGEST_FILE, ..Limits::default() };
        let bytes = pictures::read_file(path, &limits)?;
        if bytes.len() as u64 > LONGEST_FILE {
            return Err(Error::limit(format!("{}: a recipe has {LONGEST_FILE} bytes at most", path.display()))
                .hint("to take the recipe out of a picture, use 'scumble repeat'"));
        }
        let recipe = String::from_utf8(bytes).map_err(|_| {
            Error::input(format!("{}: not text", path.display()))
                .hint("a recipe is TOML or JSON; to take the recipe out of a picture, use 'scumble repeat'")
        })?;
        self.merge_text(&recipe).map_err(|e| e.context(path.display()))
    }

    /// Merges the recipe in a picture that scumble made.
    ///
    /// # Errors
    /// If the file is missing, no picture, or holds no recipe.
    pub fn merge_image(self, path: &Path) -> Result<Self> {
        self.merge_text(&recipe_in(path)?).map_err(|e| e.context(path.display()))
    }

    /// Sets a parameter from text, as on a command line; `name` in a recipe's or a flag's spelling. See
    /// [`Field::parse`](crate::Field::parse). Image optimisation's `size` may end in `+`, which makes it the side of a
    /// square of the same area.
    ///
    /// # Errors
    /// If there is no such parameter, or the text is not of its type or out of its range.
    pub fn set(mut self, name: &str, value: &str) -> Result<Self> {
        let field = fields::field(self.method, name)?;
        let mut value = value;
        if let ("size", Method::Neural, Some(area)) = (field.name.as_str(), self.method, value.strip_suffix('+')) {
            self.settings.insert("size_rule".into(), "area".into());
            value = area;
        }
        let parsed = field.parse(value)?;
        self.settings.insert(field.name, parsed);
        Ok(self)
    }

    /// Sets a parameter; `name` in a recipe's or a flag's spelling.
    ///
    /// # Errors
    /// If there is no such parameter, or the value is of another type or out of range.
    pub fn set_json(mut self, name: &str, value: Value) -> Result<Self> {
        let field = fields::field(self.method, name)?;
        field.check(&value)?;
        self.settings.insert(field.name, value);
        Ok(self)
    }

    /// Names the content picture.
    pub fn content(mut self, path: impl Into<PathBuf>) -> Self {
        self.content = Some(PictureRef { path: path.into(), sha256: None });
        self
    }

    /// Adds a style picture, or a folder of them, with its weight in the blend. The first one takes the
    /// place of all styles a recipe text names.
    pub fn style(mut self, path: impl Into<PathBuf>, weight: f64) -> Self {
        self.styles.push(StyleRef { path: path.into(), weight, sha256: None });
        self
    }

    /// Names the picture to start from, and starts from it: `init` becomes `image` unless it is set.
    pub fn init_image(mut self, path: impl Into<PathBuf>) -> Self {
        self.init_image = Some(PictureRef { path: path.into(), sha256: None });
        self
    }

    /// Names the picture that says where strokes and shapes shall be near to the content.
    pub fn mask(mut self, path: impl Into<PathBuf>) -> Self {
        self.mask = Some(PictureRef { path: path.into(), sha256: None });
        self
    }

    /// Names the picture in which every region has a colour of its own.
    pub fn labels(mut self, path: impl Into<PathBuf>) -> Self {
        self.labels = Some(PictureRef { path: path.into(), sha256: None });
        self
    }

    /// Names the picture of a brush's mark that strokes are laid with.
    pub fn brush_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.brush_file = Some(PictureRef { path: path.into(), sha256: None });
        self
    }

    /// Merges, checks and reads everything.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter), naming the parameter, its value and what is
    /// allowed.
    pub fn build(self) -> Result<Recipe> {
        let named = self.recipe.get("preset").and_then(Value::as_str).map(str::to_owned);
        if let (Some(chosen), Some(named)) = (&self.preset, &named) {
            refuse_idle_preset(chosen, named, self.method, &self.recipe)?;
        }
        let preset = self.preset.clone().or(named).unwrap_or_else(|| self.method.default_preset().to_owned());
        presets::check_method(&preset, self.method)?;
        let mut parameters = presets::parameters(&preset)?;
        let mut recipe = self.recipe;
        parameters.extend(merge::take_parameters(self.method, &mut recipe)?);
        if self.init_image.is_some() {
            parameters.insert("init".into(), "image".into());
        }
        let set: Vec<String> = self.settings.keys().cloned().collect();
        parameters.extend(self.settings);
        merge::drop_absent(self.method, &mut parameters);

        let mut whole = json!({ "scumble": VERSION, "method": self.method, "preset": preset });
        if let Some(whole) = whole.as_object_mut() {
            whole.extend(recipe);
            whole.insert(self.method.name().into(), parameters.into());
            whole.extend(self.preset.map(|chosen| ("preset".into(), chosen.into())));
        }
        Check { root: recipe_schema(), method: self.method }.value("", &whole, recipe_schema())?;
        let mut recipe: Recipe = serde_json::from_value(whole).map_err(|e| Error::parameter(format!("recipe: {e}")))?;
        recipe.content = self.content.or(recipe.content);
        recipe.init_image = self.init_image.or(recipe.init_image);
        recipe.mask = self.mask.or(recipe.mask);
        recipe.labels = self.labels.or(recipe.labels);
        recipe.brush_file = self.brush_file.or(recipe.brush_file);
        if !self.styles.is_empty() {
            recipe.styles = self.styles;
        }
        recipe.validate()?;
        set.iter().try_for_each(|name| recipe.parameters.refuse_idle(name))?;
        set.iter().try_for_each(|name| recipe.refuse_told_by_pictures(name))?;
        if let Some(file) = recipe.brush_file.as_ref().filter(|_| set.iter().any(|name| name == "brush")) {
            return Err(Error::parameter(format!("both brush and the brush in {} are wanted", file.path.display()))
                .hint("leave one of them out"));
        }
        Ok(recipe)
    }
}

/// A preset under a recipe that says every parameter would change nothing: better said than done.
fn refuse_idle_preset(chosen: &str, named: &str, method: Method, recipe: &Map<String, Value>) -> Result<()> {
    if chosen == named || !merge::is_complete(method, recipe) {
        return Ok(());
    }
    Err(Error::parameter(format!(
        "preset '{chosen}' would change nothing: the recipe, made from '{named}', says every parameter"
    ))
    .hint("leave the preset or the recipe out, or set single parameters"))
}

impl Recipe {
    /// Checks what the builder checks, for recipes made or changed by hand.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter), naming the parameter, its value and what is
    /// allowed; [`Fault::Input`](scumble_core::Fault::Input) for a path that is not Unicode.
    pub fn validate(&self) -> Result<()> {
        let pictures = [&self.content, &self.init_image, &self.mask, &self.labels, &self.brush_file];
        let paths = pictures.into_iter().flatten().map(|picture| &picture.path);
        paths.chain(self.styles.iter().map(|s| &s.path)).try_for_each(|path| unicode(path).map(drop))?;
        if let Some(style) = self.styles.iter().find(|s| !s.weight.is_finite()) {
            return Err(Error::parameter(format!(
                "weight of style {} is {}, allowed is a finite number",
                style.path.display(),
                style.weight
            )));
        }
        self.refuse_idle_pictures()?;
        self.parameters.validate()
    }
}

/// The text of the recipe in a picture.
fn recipe_in(path: &Path) -> Result<String> {
    let bytes = pictures::read_file(path, &Limits::default())?;
    let found = scumble_image::read_recipe(&bytes).map_err(|e| e.context(path.display()))?;
    found.ok_or_else(|| {
        Error::input(format!("{}: holds no recipe", path.display()))
            .hint("only pictures that scumble wrote, and that nothing rewrote since, can be repeated")
    })
}
