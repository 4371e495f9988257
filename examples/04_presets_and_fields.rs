//! Every preset and every parameter, with its help, what it allows and its value in each preset.
use scumble::{Field, Kind, Method, Result, fields, presets};

fn main() -> Result<()> {
    for name in presets::names(Method::Neural) {
        println!("{name}: {}", presets::description(name)?);
    }
    for field in fields(Method::Neural) {
        println!("\n--{}  {}\n    allowed: {}", field.flag, field.help, field.allowed);
        if let Kind::Choice(options) = &field.kind {
            for option in options {
                println!("    {}: {}", option.name, option.help);
            }
        }
        for preset in presets::names(Method::Neural) {
            println!("    in {preset}: {}", Field::show(&field.in_preset(preset)?));
        }
    }
    Ok(())
}
