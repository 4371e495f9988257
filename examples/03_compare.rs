//! Two pictures measured against each other, in pixels and on the encoder.
use scumble::{Environment, Result, compare};

fn main() -> Result<()> {
    let environment = Environment::from_system();
    for other in ["samples/content/chelsea.jpg", "samples/content/coffee.jpg", "samples/style/night-hills.jpg"] {
        let c = compare("samples/content/chelsea.jpg".as_ref(), other.as_ref(), &environment)?;
        println!("{other}: PSNR {:.1} dB, SSIM {:.3}", c.psnr, c.ssim);
        println!("    content distance {:.4}, style distance {:.4}", c.content_distance, c.style_distance);
    }
    Ok(())
}
