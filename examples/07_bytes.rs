//! Pictures that are no files: from memory in, to memory out, as a server does it.
use std::path::Path;

use scumble::{Environment, Format, Job, Recipe, Result, Silent};

fn main() -> Result<()> {
    let uploaded: &[u8] = include_bytes!("../samples/content/rocket.jpg");
    let recipe = Recipe::builder()
        .preset("draft")?
        .set("size", "160")?
        .content("upload.jpg")
        .style("samples/style/night-hills.jpg", 1.0)
        .build()?;
    let mut source = |path: &Path| (path == Path::new("upload.jpg")).then(|| Ok(uploaded.to_vec()));
    let job = Job::prepare_from(&recipe, &Environment::from_system(), &mut source)?;
    let bytes = job.run(0, &mut Silent)?.encode(Format::Jpeg)?;
    println!("{} bytes of JPEG", bytes.len());
    Ok(())
}
