//! The comparison as a drawing.

use std::path::Path;

use plotters::prelude::*;
use scumble_core::{Error, Result};

/// Width and height in pixels.
const SIZE: (u32, u32) = (720, 420);
/// Colours of pictures, over and over.
const COLOURS: [RGBColor; 3] = [RGBColor(200, 60, 30), RGBColor(30, 90, 170), RGBColor(60, 140, 70)];

/// How near a picture had come.
pub struct Row {
    pub picture: String,
    /// Whether points are moved, not drawn by Sobel's gradient.
    pub ours: bool,
    pub seconds: f64,
    /// Mean squared difference.
    pub mse: f64,
}

/// Draws a line for each picture from first to last pass, and beside it, as circles, the opponent.
///
/// # Errors
/// If the file cannot be written.
pub fn draw(rows: &[Row], title: &str, path: &Path) -> Result<()> {
    lines(rows, title, path).map_err(|e| Error::io(format!("{}: {e}", path.display())))
}

fn lines(rows: &[Row], title: &str, path: &Path) -> std::result::Result<(), Box<dyn std::error::Error>> {
    let root = SVGBackend::new(path, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let range = |of: fn(&Row) -> f64| {
        let values = rows.iter().map(of);
        let (low, high) = values.fold((f64::INFINITY, 0.0f64), |(low, high), v| (low.min(v), high.max(v)));
        (low * 0.8..high * 1.25).log_scale()
    };
    let mut chart = ChartBuilder::on(&root)
        .caption(title, ("sans-serif", 16))
        .margin(8)
        .x_label_area_size(28)
        .y_label_area_size(48)
        .build_cartesian_2d(range(|row| row.seconds), range(|row| row.mse))?;
    chart.configure_mesh().light_line_style(WHITE).draw()?;
    let mut pictures: Vec<&str> = rows.iter().map(|row| row.picture.as_str()).collect();
    pictures.dedup();
    for (picture, colour) in pictures.iter().zip(COLOURS.iter().cycle()) {
        let of = |ours: bool| {
            let own = rows.iter().filter(move |row| row.picture == *picture && row.ours == ours);
            own.map(|row| (row.seconds, row.mse))
        };
        let line = chart.draw_series(LineSeries::new(of(true), colour.stroke_width(2)).point_size(3))?;
        line.label(*picture).legend(|(x, y)| Rectangle::new([(x, y - 2), (x + 14, y + 2)], colour.filled()));
        chart.draw_series(of(false).map(|point| Circle::new(point, 6, colour.stroke_width(2))))?;
    }
    let circle = chart.draw_series(std::iter::empty::<Circle<(f64, f64), i32>>())?;
    circle.label("points by Sobel").legend(|(x, y)| Circle::new((x + 7, y), 5, BLACK.stroke_width(2)));
    chart.configure_series_labels().position(SeriesLabelPosition::UpperRight).draw()?;
    root.present()?;
    Ok(())
}
