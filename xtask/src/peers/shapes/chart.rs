//! The comparison as a drawing: nearness by shapes on the left, by seconds on the right.

use std::path::Path;

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use super::{Measured, Row};
use crate::peers::report::median;

/// Width and height of a panel.
const PANEL: (u32, u32) = (420, 320);
const THEIRS: RGBColor = RGBColor(150, 150, 150);
const OURS: RGBColor = RGBColor(200, 60, 30);

/// Draws two panels for each kind of shape; a pair of lines for each picture.
///
/// # Errors
/// If the file cannot be written.
pub fn draw(rows: &[Row], path: &Path) -> Result<()> {
    let mut kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    kinds.dedup();
    kinds.sort_unstable();
    kinds.dedup();
    let size = (PANEL.0 * 2, PANEL.1 * kinds.len() as u32);
    let root = SVGBackend::new(path, size).into_drawing_area();
    let failed = |e: &dyn std::fmt::Display| anyhow!("{}: {e}", path.display());
    root.fill(&WHITE).map_err(|e| failed(&e))?;
    for (kind, areas) in kinds.iter().zip(root.split_evenly((kinds.len(), 2)).chunks(2)) {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.kind == *kind).collect();
        let shapes = |row: &Row, _: &Measured| row.count as f64;
        let seconds = |_: &Row, measured: &Measured| median(&measured.seconds);
        panel(&areas[0], &rows, &format!("{kind}: dB by number of shapes"), shapes).map_err(|e| failed(&e))?;
        panel(&areas[1], &rows, &format!("{kind}: dB by seconds"), seconds).map_err(|e| failed(&e))?;
    }
    root.present().map_err(|e| failed(&e))
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn panel(
    area: &Area<'_>,
    rows: &[&Row],
    title: &str,
    x: impl Fn(&Row, &Measured) -> f64,
) -> Result<(), Box<dyn std::error::Error>> {
    let points = |row: &Row| {
        let of = |measured: &Measured| (x(row, measured), median(&measured.psnr));
        [of(&row.primg), of(&row.scumble)]
    };
    let all: Vec<(f64, f64)> = rows.iter().flat_map(|row| points(row)).collect();
    let range = |of: fn(&(f64, f64)) -> f64, margin: [f64; 2]| {
        let values = all.iter().map(of);
        let (low, high) = values.fold((f64::INFINITY, 0.0f64), |(low, high), v| (low.min(v), high.max(v)));
        low * margin[0]..high * margin[1]
    };
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 16))
        .margin(8)
        .x_label_area_size(28)
        .y_label_area_size(36)
        .build_cartesian_2d(range(|p| p.0, [0.8, 1.25]).log_scale(), range(|p| p.1, [0.97, 1.03]))?;
    chart.configure_mesh().light_line_style(WHITE).draw()?;
    let mut pictures: Vec<&str> = rows.iter().map(|row| row.picture.as_str()).collect();
    pictures.dedup();
    for (i, picture) in pictures.iter().enumerate() {
        let of_picture = || rows.iter().filter(|row| row.picture == *picture);
        for (side, (name, colour)) in [("primg", THEIRS), ("scumble", OURS)].into_iter().enumerate() {
            let line: Vec<(f64, f64)> = of_picture().map(|row| points(row)[side]).collect();
            let drawn = chart.draw_series(LineSeries::new(line, colour.stroke_width(2)).point_size(3))?;
            if i == 0 {
                drawn.label(name).legend(move |(x, y)| Rectangle::new([(x, y - 2), (x + 14, y + 2)], colour.filled()));
            }
        }
    }
    chart.configure_series_labels().position(SeriesLabelPosition::LowerRight).draw()?;
    Ok(())
}
