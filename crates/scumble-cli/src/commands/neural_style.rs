//! `scumble neural-style`: the old programs' command line.

use scumble::params::OptimizerKind;
use scumble::{Device, Environment, Form, Plan, Result, Step};

use crate::args::output::{Delivery, Target};
use crate::neural_style::help;
use crate::neural_style::lines;
use crate::neural_style::options::Program;
use crate::neural_style::parse::CommandLine;
use crate::neural_style::translate::Request;
use crate::progress::{Display, Pace};
use crate::report::{Finish, Voice, data, stderr_line};
use crate::run::Run;
use crate::source::Pictures;

/// Arguments of `scumble neural-style`, as they stand.
#[derive(Debug, clap::Args)]
pub struct NeuralStyleArgs {
    /// The old program's options, as in -content_image photo.jpg -style_image painting.jpg
    #[arg(value_name = "OPTIONS", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

impl NeuralStyleArgs {
    /// Does it.
    ///
    /// # Errors
    /// Every error of input, parameters and output.
    pub fn run(self) -> Result<Finish> {
        let asks_help = |argument: &String| ["-h", "-help", "--help"].contains(&argument.as_str());
        if self.arguments.is_empty() || self.arguments.iter().any(asks_help) {
            data(help::text())?;
            return Ok(Finish::Done);
        }
        let line = CommandLine::read(&self.arguments)?;
        let voice = Voice::default();
        if line.has("download_models") {
            voice.note("the VGG-19 weights are built in; others come with 'scumble models import'");
            return Ok(Finish::Done);
        }
        let environment = Environment::from_system();
        let request = Request::new(&line, &Device::graphics())?;
        request.notes.iter().for_each(|note| voice.note(note));
        make(request, environment, voice)
    }
}

fn make(request: Request, environment: Environment, voice: Voice) -> Result<Finish> {
    let optimizer = request.recipe.neural().map_or(OptimizerKind::Lbfgs, |params| params.optimizer);
    let run = Run {
        environment: Environment { device: request.device, ..environment },
        source: &mut Pictures::default(),
        plan: false,
        delivery: Delivery {
            form: Form::from_path(&request.output)?,
            target: Target::File(request.output),
            save_every: request.save_every,
            also: Vec::new(),
            trace: None,
            layers: None,
            masks: None,
            learned: None,
            json: false,
            saving: None,
        },
        display: Box::new(Lines { program: request.program, optimizer, every: request.print_every }),
        voice,
    };
    run.make(&request.recipe)
}

/// The old programs' lines, on standard output as they had them.
struct Lines {
    program: Program,
    optimizer: OptimizerKind,
    every: usize,
}

impl Lines {
    /// Prints. A picture is worth more than its log: the run goes on if that fails.
    fn print(text: &str) {
        if let Err(e) = data(text) {
            Voice::default().error(&e);
        }
    }
}

impl Display for Lines {
    fn plan(&mut self, _: &Plan) {
        Self::print(&format!("{}\n", lines::started(self.optimizer)));
    }

    fn step(&mut self, step: &Step, _: &Pace) {
        if self.every > 0 && step.step.is_multiple_of(self.every) {
            Self::print(&lines::losses(step, self.program));
        }
    }

    fn saved(&mut self, _: &std::path::Path, _: usize) {}

    fn note(&mut self, text: &str) {
        stderr_line(&format!("note: {text}"));
    }

    fn end(&mut self) {}
}
