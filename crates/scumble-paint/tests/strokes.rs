//! The painters of brush strokes: by adaptive sampling, by moments, by hatching, with washes.

mod common;

#[path = "strokes/adaptive.rs"]
mod adaptive;
#[path = "strokes/hatch.rs"]
mod hatch;
#[path = "strokes/moments.rs"]
mod moments;
#[path = "strokes/shared.rs"]
mod shared;
#[path = "strokes/washes.rs"]
mod washes;
