//! `scumble doctor`: what this machine and this build offer.

use scumble::{Environment, Report, Result, Verdicts};

use crate::child::Probe;
use crate::report::{Finish, data, gib, json_data};

/// Arguments of `scumble doctor`.
#[derive(Debug, clap::Args)]
pub struct DoctorArgs {
    /// Print a JSON object
    #[arg(long)]
    json: bool,
    /// Try graphics devices out again that were tried out before
    #[arg(long)]
    probe: bool,
}

impl DoctorArgs {
    /// Does it. Problems are data here, not errors.
    ///
    /// # Errors
    /// If standard output cannot be written.
    pub fn run(self) -> Result<Finish> {
        let environment = Environment::from_system();
        let mut verdicts = Verdicts::read(&environment);
        if self.probe {
            verdicts.forget();
        }
        let report = scumble::doctor(&environment, &mut verdicts, &mut Probe::default());
        if self.json {
            json_data(&report)?;
        } else {
            data(in_words(&report))?;
        }
        Ok(Finish::Done)
    }
}

fn in_words(report: &Report) -> String {
    let memory = |bytes: Option<u64>| bytes.map_or("unknown".into(), gib);
    let mut lines = vec![
        ("version", report.version.to_owned()),
        ("platform", report.platform.clone()),
        ("processor", format!("{} hardware threads; {}", report.cpu.logical_cores, report.cpu.features.join(", "))),
        ("threads", report.threads.to_string()),
        ("memory", format!("{}, of which {} available", memory(report.memory.total), memory(report.memory.available))),
    ];
    lines.extend(report.devices.iter().map(|d| ("device", format!("{}: {}", d.name, d.description))));
    lines.push(("data", report.data_dir.display().to_string()));
    lines.extend(report.models.iter().map(|model| {
        let what = match (&model.info, &model.problem) {
            (Some(info), _) => format!("{} up to {}, {}", info.architecture.name(), info.deepest, info.source),
            (None, problem) => format!("unusable: {}", problem.as_deref().unwrap_or("unknown reason")),
        };
        ("model", format!("{}: {what}", model.name))
    }));
    match report.problems.as_slice() {
        [] => lines.push(("problems", "none".into())),
        problems => lines.extend(problems.iter().map(|problem| ("problem", problem.clone()))),
    }
    lines.into_iter().map(|(name, value)| format!("{name:10} {value}\n")).collect()
}
