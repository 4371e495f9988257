//! From a recipe to a written picture: what all commands that make pictures share.

use std::path::{Path, PathBuf};
use std::time::Instant;

use scumble::{Artwork, Checkpoint, Control, End, Environment, Event, Job, Observer, Preview, Recipe, Result, Source};
use scumble::{Canvas, Depth, Error, Form, Format, Method, Parameters, check_writable, encode_grey, write_atomically};
use serde_json::json;

use crate::args::output::{Delivery, Target};
use crate::child::with_device;
use crate::interrupt;
use crate::progress::{Display, Pacer, decibels, pieces};
use crate::report::{Finish, Voice, data, json_data};
use crate::saver::Saver;

/// What a run needs besides its recipe.
pub struct Run<'a> {
    /// Where it runs.
    pub environment: Environment,
    /// Pictures that are not files.
    pub source: &'a mut dyn Source,
    /// Whether there is only to be told what the run will take.
    pub plan: bool,
    /// What is written.
    pub delivery: Delivery,
    /// What shows its progress.
    pub display: Box<dyn Display>,
    /// How messages are given.
    pub voice: Voice,
}

impl Run<'_> {
    /// Makes the picture and writes it. Nothing is left behind if that fails.
    ///
    /// # Errors
    /// Every error of input, parameters and output; those of the output before the work.
    pub fn make(self, recipe: &Recipe) -> Result<Finish> {
        self.make_from(recipe, None)
    }

    /// The same from a checkpoint on, which stands in a file.
    ///
    /// # Errors
    /// As [`Run::make`].
    pub fn make_from(self, recipe: &Recipe, checkpoint: Option<(PathBuf, Checkpoint)>) -> Result<Finish> {
        let (file, checkpoint) = checkpoint.unzip();
        let started = Instant::now();
        let Self { environment, source, plan, delivery, display, voice } = self;
        check_forms(&delivery, recipe)?;
        check_distinct(&delivery, recipe)?;
        check_outputs(&delivery, file.as_deref())?;
        let environment = if needs_device(recipe) { with_device(environment, voice)? } else { environment };
        let job = Job::prepare_from(recipe, &environment, source)?;
        tell_what_was_chosen(recipe, &job, voice);
        if plan {
            let Some(neural) = job.neural() else {
                return Err(Error::parameter(format!("there is no --plan for '{}'", recipe.method())));
            };
            crate::plan::print(neural, job.recipe(), &environment, delivery.json, voice)?;
            return Ok(Finish::Done);
        }
        interrupt::listen(voice)?;
        let mut watcher = Watcher {
            job: &job,
            delivery: &delivery,
            display,
            voice,
            pacer: Pacer::default(),
            started,
            steps: 0,
            planned: job.plan().stages.iter().map(|stage| stage.steps).sum(),
        };
        let mut saver = Saver::new(delivery.saving.as_ref(), file.as_deref(), voice);
        let artwork =
            job.run_from(checkpoint, delivery.save_every, &mut watcher, &mut |moment| saver.after_step(moment));
        watcher.display.end();
        let artwork = artwork.inspect_err(|_| saver.point_out())?;
        if artwork.end == End::Cancelled {
            voice.note("interrupted before the first step; nothing was written");
            saver.point_out();
            return Ok(Finish::Interrupted);
        }
        deliver(&artwork, &delivery, voice).inspect_err(|_| saver.point_out())?;
        if artwork.end == End::Finished {
            if let Some(folder) = &delivery.masks {
                write_masks(&job, folder, voice)?;
            }
            let picked = recipe.regions().is_some_and(|params| !params.picks.is_empty());
            if let Some(path) = delivery.learned.as_ref().filter(|_| picked) {
                write_atomically(path, job.learned()?.as_bytes())?;
            }
        } else if delivery.masks.is_some() {
            voice.note("interrupted: masks were not written");
        }
        summarise(&artwork, &delivery, started.elapsed().as_secs_f64(), voice)?;
        saver.end(artwork.end);
        Ok(if artwork.end == End::Stopped { Finish::Interrupted } else { Finish::Done })
    }
}

/// Whether anything runs in a network.
fn needs_device(recipe: &Recipe) -> bool {
    match &recipe.parameters {
        Parameters::Neural(_) => true,
        Parameters::Strokes(params) => params.style_steps > 0,
        Parameters::Shapes(_) | Parameters::Regions(_) | Parameters::Texture(_) => false,
    }
}

/// Notes of what had to change for the picture to fit into memory.
fn tell_what_was_chosen(asked: &Recipe, job: &Job, voice: Voice) {
    let (Some(asked), Some(job)) = (asked.neural(), job.neural()) else { return };
    let chosen = job.params();
    if let Some(side) = chosen.tile.filter(|_| asked.tile.is_none()) {
        let most = job.tiles().into_iter().max().unwrap_or(1);
        voice.note(&format!(
            "to fit into memory, the picture is computed in up to {most} tiles of {side} pixels a side"
        ));
    }
    if chosen.lbfgs_history != asked.lbfgs_history {
        voice.note(&format!(
            "to fit into memory, L-BFGS remembers {} steps instead of {}",
            chosen.lbfgs_history, asked.lbfgs_history
        ));
    }
}

/// Pictures without strokes are written as pictures alone.
fn check_forms(delivery: &Delivery, recipe: &Recipe) -> Result<()> {
    let method = recipe.method();
    let mut forms = delivery.also.iter().map(|(_, form)| form).chain([&delivery.form]);
    let divided = recipe.regions().is_some_and(|params| params.kind.has_regions());
    if delivery.masks.is_some() && !divided {
        return Err(Error::parameter("there are no regions to write as masks")
            .hint("'scumble regions' makes them, with --kind regions or glass"));
    }
    if delivery.learned.is_some() && !divided {
        return Err(Error::parameter("there are no regions whose shapes could be learned")
            .hint("'scumble regions' makes them, with --kind regions or glass"));
    }
    if !matches!(method, Method::Neural | Method::Texture) {
        return Ok(());
    }
    if forms.any(|form| !matches!(form, Form::Picture(_))) {
        return Err(Error::parameter(format!("{method} pictures have no strokes to write as svg, json or a film"))
            .hint("write it as png, jpg, webp or tif"));
    }
    if method == Method::Texture && delivery.save_every > 0 {
        return Err(Error::parameter("a texture is made at once: there is no picture so far to write")
            .hint("leave --save-every out"));
    }
    if delivery.layers.is_some() {
        return Err(Error::parameter(format!("{method} pictures have no strokes whose layers could be written"))
            .hint("leave --layers out"));
    }
    Ok(())
}

/// Nothing is written over what is read, and nothing twice.
fn check_distinct(delivery: &Delivery, recipe: &Recipe) -> Result<()> {
    let target = match &delivery.target {
        Target::File(path) => Some(path.as_path()),
        Target::Stdout => None,
    };
    let written: Vec<&Path> = target
        .into_iter()
        .chain(delivery.also.iter().map(|(path, _)| path.as_path()))
        .chain(delivery.trace.as_deref())
        .chain(delivery.learned.as_deref())
        .collect();
    let same = |a: &Path, b: &Path| match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b && a.is_file(),
        _ => a == b,
    };
    let pictures = [&recipe.content, &recipe.init_image, &recipe.mask, &recipe.labels, &recipe.brush_file];
    let read: Vec<&Path> = pictures
        .into_iter()
        .flatten()
        .map(|picture| picture.path.as_path())
        .chain(recipe.styles.iter().map(|style| style.path.as_path()))
        .collect();
    let folders = [(&delivery.masks, "--masks", is_mask as fn(&str) -> bool), (&delivery.layers, "--layers", is_layer)];
    for (folder, flag, names) in folders {
        let Some(folder) = folder else { continue };
        let within = |path: &Path| {
            let above = path.parent().map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
            let named = path.file_name().and_then(|name| name.to_str()).is_some_and(names);
            named && above.is_some_and(|above| above == folder || same_folder(above, folder))
        };
        if let Some(path) = written.iter().chain(&read).find(|path| within(path)) {
            return Err(Error::parameter(format!("{flag} would write over {}", path.display()))
                .hint("give the folder a name of its own"));
        }
    }
    for (i, path) in written.iter().enumerate() {
        if written[..i].iter().any(|other| same(other, path)) {
            return Err(Error::parameter(format!("{} would be written twice", path.display()))
                .hint("give every output a name of its own"));
        }
        if read.iter().any(|other| same(other, path)) {
            return Err(Error::parameter(format!(
                "{} is a picture that is read, and would be written over",
                path.display()
            ))
            .hint("choose another --output"));
        }
    }
    Ok(())
}

fn same_folder(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Everything that will be written is tried before the work. The checkpoint that a run goes on from may be replaced.
fn check_outputs(delivery: &Delivery, resumed: Option<&Path>) -> Result<()> {
    if let Target::File(path) = &delivery.target {
        check_writable(path)?;
    }
    if let Some(saving) = &delivery.saving {
        if resumed != Some(&saving.path) {
            Checkpoint::check_new(&saving.path)?;
        }
        check_writable(&saving.path)?;
    }
    delivery.also.iter().try_for_each(|(path, _)| check_writable(path))?;
    delivery.learned.as_deref().map_or(Ok(()), check_writable)?;
    delivery.layers.iter().chain(&delivery.masks).try_for_each(|folder| check_folder(folder))?;
    delivery.trace.as_deref().map_or(Ok(()), check_writable)
}

fn deliver(artwork: &Artwork, delivery: &Delivery, voice: Voice) -> Result<()> {
    let bytes = artwork.encode_as(delivery.form)?;
    let vectors =
        [&delivery.form].into_iter().chain(delivery.also.iter().map(|(_, form)| form)).any(|form| *form == Form::Svg);
    if vectors && artwork.svg_simplifies() {
        voice.note(
            "the SVG has even paint: marks of brushes, light, paper and what is mixed in are in the other forms alone",
        );
    }
    match &delivery.target {
        Target::File(path) => write_atomically(path, &bytes)?,
        Target::Stdout => data(&bytes)?,
    }
    for (path, form) in &delivery.also {
        write_atomically(path, &artwork.encode_as(*form)?)?;
    }
    if let Some(folder) = &delivery.layers {
        make_folder(folder)?;
        for (name, bytes) in artwork.encode_layers()? {
            write_atomically(&folder.join(name), &bytes)?;
        }
    }
    match &delivery.trace {
        Some(path) => write_atomically(path, artwork.trace_json().to_string().as_bytes()),
        None => Ok(()),
    }
}

/// Writes the regions' masks as grey PNGs, numbered from the largest region.
fn write_masks(job: &Job, folder: &Path, voice: Voice) -> Result<()> {
    make_folder(folder)?;
    let file = |number: usize| folder.join(format!("{number:03}.png"));
    let count = job.masks(&|number, size, mask| write_atomically(&file(number), &encode_grey(&mask, size)?))?;
    let next = file(count + 1);
    if next.exists() {
        voice.note(&format!("there are {count} masks; {} and what follows are from before", next.display()));
    }
    Ok(())
}

/// Whether a file would have the name of a mask.
fn is_mask(name: &str) -> bool {
    name.strip_suffix(".png").is_some_and(|number| number.len() >= 3 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a file would have the name of a layer.
fn is_layer(name: &str) -> bool {
    let number = name.strip_suffix(".png").and_then(|name| name.split_once('-')).map(|(number, _)| number);
    number.is_some_and(|number| number.len() >= 2 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a folder can be: there is one, or the nearest one above it can be written.
fn check_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return check_writable(&folder.join("out.png"));
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.exists() || above.as_os_str() == folder.as_os_str() {
        return Err(Error::io(format!("{} is not a folder", folder.display())).hint("name a folder, or one to be made"));
    }
    check_folder(above)
}

fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|e| Error::io(format!("cannot make the folder {}: {e}", folder.display())))
}

/// What was made: a JSON object on standard output where it is asked for, a line on standard error.
fn summarise(artwork: &Artwork, delivery: &Delivery, seconds: f64, voice: Voice) -> Result<()> {
    let (width, height) = (artwork.canvas.width(), artwork.canvas.height());
    let loss = artwork.trace.last().map(|step| step.loss);
    let seconds = (seconds * 1000.0).round() / 1000.0;
    let Target::File(path) = &delivery.target else { return Ok(()) };
    if delivery.json {
        json_data(&json!({
            "output": path, "width": width, "height": height, "seconds": seconds,
            "loss": loss, "end": artwork.end, "recipe": artwork.recipe.to_value(),
        }))?;
    }
    let (steps, seed) = (artwork.trace.len(), artwork.recipe.parameters.seed());
    let what = match artwork.recipe.method() {
        Method::Texture => "texture".into(),
        Method::Neural => {
            let loss = loss.map(|loss| format!(", loss {loss:.4}")).unwrap_or_default();
            format!("{steps} steps{loss}")
        }
        method => {
            let near = loss.map(|loss| format!(", {}", decibels(loss))).unwrap_or_default();
            let count = artwork.painting.as_ref().map_or(0, |painting| painting.strokes.len());
            format!("{count} {}{near}", pieces(method, count))
        }
    };
    voice.done(&format!("wrote {}: {width}×{height}, {what}, seed {seed}, {seconds:.1} s", path.display()));
    Ok(())
}

/// Hands a run's events on, writes the picture so far, and answers with the user's wish to stop.
struct Watcher<'a> {
    job: &'a Job,
    delivery: &'a Delivery,
    display: Box<dyn Display>,
    voice: Voice,
    pacer: Pacer,
    started: Instant,
    steps: usize,
    planned: usize,
}

impl Observer for Watcher<'_> {
    fn event(&mut self, event: &Event<'_>) -> Control {
        let now = self.started.elapsed();
        match event {
            Event::Plan(plan) => {
                self.pacer.plan(plan, now);
                self.display.plan(plan);
            }
            Event::Step(step) => {
                self.steps += 1;
                let pace = self.pacer.step(step.stage, step.step, step.total_step == 1, now);
                self.display.step(step, &pace);
            }
            Event::Preview(preview) => self.save(preview),
            Event::Note(text) => self.display.note(text),
            _ => {}
        }
        match (interrupt::requested(), self.steps) {
            (false, _) => Control::Continue,
            (true, 0) => Control::Cancel,
            (true, _) => Control::StopAndKeep,
        }
    }
}

impl Watcher<'_> {
    /// Writes the picture so far. The last step's is the finished picture, which is written anyway.
    fn save(&mut self, preview: &Preview<'_>) {
        let Target::File(path) = &self.delivery.target else { return };
        if preview.total_step == self.planned {
            return;
        }
        // Of strokes in other forms the picture so far is a picture, too.
        let Form::Picture(format) = self.delivery.form else { return };
        let path = numbered(path, preview.total_step);
        match encode(self.job.recipe(), preview, format).and_then(|bytes| write_atomically(&path, &bytes)) {
            Ok(()) => self.display.saved(&path, preview.total_step),
            // The run goes on: the disk may have room again when it ends.
            Err(e) => self.voice.note(&format!("the picture so far was not written: {e}")),
        }
    }
}

fn encode(recipe: &Recipe, preview: &Preview<'_>, format: Format) -> Result<Vec<u8>> {
    let canvas = Canvas::new(preview.width, preview.height, preview.rgb.to_vec())?;
    let recipe = recipe.clone();
    Artwork { canvas, painting: None, depth: Depth::Eight, recipe, trace: Vec::new(), end: End::Stopped }.encode(format)
}

/// `out.png` at step 50 becomes `out_50.png`.
fn numbered(path: &Path, step: usize) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("_{step}"));
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}
