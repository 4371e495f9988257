//! Rows: the wave that a texture of even rows is full of, and how far into a row every place of the exemplar is (Takeda, Ina,
//! Kobayashi 1982 for the phase of fringes; Liu, Lin, Hays 2004 for textures that are nearly regular).

pub(crate) mod field;
mod find;
mod follow;

use scumble_image::Canvas;

use self::field::Field;
use self::find::Levelled;
use crate::autocorrelation::Tone;
use crate::parallel;

/// The wave of an exemplar's rows. Phases are in turns: 1 from one row to the next.
#[derive(Debug, Clone)]
pub(crate) struct Wave {
    /// The phase, over cells of the copy that was measured.
    field: Field,
    /// The same in the middle of each cell, but for whole turns, and by how much it grows a pixel, across and down.
    cells: Vec<[f32; 3]>,
    size: [usize; 2],
    /// Pixels along a side of a cell.
    cell: usize,
    /// From one row to the next in the mean, in pixels.
    pub distance: f64,
}

impl Wave {
    /// Of a picture's brightness; `None` if it has no even rows, fewer than eight, or five where they have an overtone, or rows of less
    /// than four cells of 512 along the longer side.
    pub fn of(picture: &Canvas) -> Option<Self> {
        let tone = Tone::of(picture);
        let levelled = Levelled::of(&tone);
        let mut waves = levelled.waves().into_iter();
        let field = waves.find_map(|(wave, share)| follow::followed(&levelled, wave, share))?;
        let (size, side) = (tone.size, tone.cell as f64);
        let cells = parallel::made(size[0] * size[1], |i| {
            let at = [i % size[0], i / size[0]].map(|v| v as f64);
            let [across, down] = field.slope(at).map(|slope| (slope / side) as f32);
            [field.at(at).rem_euclid(1.0) as f32, across, down]
        });
        let steepness = |cell: &[f32; 3]| f64::from(cell[1]).hypot(f64::from(cell[2]));
        let distance = cells.len() as f64 / cells.iter().map(steepness).sum::<f64>();
        Some(Self { field, cells, size, cell: tone.cell, distance })
    }

    /// The phase at a pixel of the picture, but for whole turns.
    pub fn at(&self, [x, y]: [usize; 2]) -> f32 {
        let [column, row] = [(x / self.cell).min(self.size[0] - 1), (y / self.cell).min(self.size[1] - 1)];
        let [phase, across, down] = self.cells[row * self.size[0] + column];
        let middle = 0.5 * (self.cell - 1) as f32;
        let from_middle = |v: usize, cell: usize| (v - cell * self.cell) as f32 - middle;
        phase + across * from_middle(x, column) + down * from_middle(y, row)
    }

    /// By how many turns the phase grows a pixel, across and down, at a place given in pixels.
    pub fn slope(&self, place: [f64; 2]) -> [f64; 2] {
        let cell = self.cell as f64;
        self.field.slope(place.map(|v| (v + 0.5) / cell - 0.5)).map(|slope| slope / cell)
    }

    /// Whether rows run straight and at even distances.
    pub fn straight(&self) -> bool {
        self.field.degree == 1
    }
}

#[cfg(test)]
mod tests;
