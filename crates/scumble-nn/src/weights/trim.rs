//! Cutting a palette file down to the layers that are needed.

use std::io::BufReader;
use std::path::Path;

use scumble_core::{Error, Result};

use super::atomic::write_beside;
use super::container::Container;
use super::own_format::{self, Entry, FORMAT};
use super::safetensors_file::SafetensorsFile;
use super::{checksum, load, open};

/// What [`trim`] wrote.
#[derive(Debug, Clone)]
pub struct Trimmed {
    /// Convolutions kept.
    pub layers: usize,
    /// Numbers in their kernels and biases.
    pub parameters: usize,
    /// Size of the new file.
    pub bytes: u64,
    /// SHA-256 of the new file.
    pub sha256: String,
}

/// Writes the convolutions of the palette file `input` up to `last` (such as `conv5_1`) to `output`, with
/// the tags scumble reads. `tags` (convention, source, licence) are recorded as given: the input's own are
/// free text.
///
/// # Errors
/// If `input` is no VGG in palette form or does not reach `last`, or `output` cannot be written.
pub fn trim(input: &Path, output: &Path, last: &str, tags: &[(&str, String)]) -> Result<Trimmed> {
    let named = |e: Error| e.context(input.display());
    // Opened twice: once as whatever it is, which gives every kind of file its message.
    let layout = open::open(input).and_then(|c| load::outline(&*c)).map_err(named)?;
    let specs = layout.architecture.convolutions();
    let keep = specs.iter().position(|spec| spec.name == last).filter(|n| *n < layout.kernels.len());
    let Some(keep) = keep.map(|n| n + 1) else {
        return Err(Error::parameter(format!(
            "the file has {} convolutions of {}, '{last}' is not among them",
            layout.kernels.len(),
            layout.architecture.name()
        )));
    };
    let file = std::fs::File::open(input).map_err(|e| Error::from_io("read", input, &e))?;
    let mut file = SafetensorsFile::open(BufReader::new(file)).map_err(named)?;
    let (mut floats, mut codes) = (Vec::new(), Vec::new());
    for (spec, kernel) in specs[..keep].iter().zip(&layout.kernels) {
        // Read as numbers once, so that nothing broken is passed on.
        file.values(kernel).map_err(named)?;
        let entry = |file: &mut SafetensorsFile<_>, from: String, to: String, dtype, shape| -> Result<Entry> {
            Ok(Entry { name: to, dtype, shape, bytes: file.bytes(&from)? })
        };
        let name = format!("features.{}", spec.index);
        let palette = format!("{kernel}.palette");
        let colours = file.info(&palette).map(|info| info.shape.clone()).ok_or_else(|| {
            named(Error::weights(format!("tensor '{kernel}' is not in palette form (no '{palette}')")))
        })?;
        floats.push(entry(&mut file, palette, format!("{name}.weight.palette"), "F32", colours)?);
        floats.push(entry(
            &mut file,
            super::layout::bias_of(kernel),
            format!("{name}.bias"),
            "F32",
            vec![spec.out_channels],
        )?);
        let shape = spec.kernel_shape().to_vec();
        codes.push(entry(&mut file, format!("{kernel}.codes"), format!("{name}.weight.codes"), "U8", shape)?);
    }
    let mut all = vec![
        ("format", FORMAT.to_owned()),
        ("encoding", "palette: weight = palette[codes]".to_owned()),
        ("architecture", layout.architecture.tag().to_owned()),
    ];
    all.extend(tags.iter().cloned());
    all.push(("trimmed-from-sha256", checksum::of_file(input).map_err(named)?));
    // Numbers of four bytes first: everything stays aligned.
    floats.extend(codes);
    write_beside(output, |out| own_format::write(out, &all, &floats))?;
    let about = std::fs::metadata(output).map_err(|e| Error::from_io("read", output, &e))?;
    Ok(Trimmed {
        layers: keep,
        parameters: specs[..keep].iter().map(super::ConvSpec::parameters).sum(),
        bytes: about.len(),
        sha256: checksum::of_file(output)?,
    })
}
