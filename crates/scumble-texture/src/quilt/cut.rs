//! The cut between a block and what it overlaps, where the two differ least.

/// The path of least total error from the first row to the last, at most one column aside a row: its column in each row
/// (Efros & Freeman 2001, §2.1). `error` is `width` values a row.
pub(super) fn path(error: &[i64], width: usize) -> Vec<usize> {
    let mut least: Vec<i64> = error.to_vec();
    for at in width..least.len() {
        let x = at % width;
        let above = at - width;
        let best = (above - x.min(1)..=above + usize::from(x + 1 < width)).map(|i| least[i]).min();
        least[at] += best.unwrap_or(0);
    }
    let rows = least.len() / width.max(1);
    let mut columns = vec![0; rows];
    let mut reach = 0..width;
    for (y, column) in columns.iter_mut().enumerate().rev() {
        // Of equally good ones the first.
        let best = reach.min_by_key(|x| (least[y * width + x], *x)).unwrap_or(0);
        *column = best;
        reach = best.saturating_sub(1)..(best + 2).min(width);
    }
    columns
}

/// Which sides of a block overlap what is laid, and by how many pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sides {
    pub left: usize,
    pub right: usize,
    pub top: usize,
    pub bottom: usize,
}

impl Sides {
    /// Whether a pixel of a block of `size` lies where something is laid.
    pub fn covers(&self, x: usize, y: usize, size: [usize; 2]) -> bool {
        x < self.left || y < self.top || x + self.right >= size[0] || y + self.bottom >= size[1]
    }
}

/// Which pixels of a block of `size` are the block's: what lies within the cuts along all its overlapping sides. `error` is the
/// squared difference there. With
/// it, the sum of errors along the cuts.
pub(super) fn share(error: &[i64], size: [usize; 2], sides: &Sides) -> (Vec<bool>, i64) {
    let mut total = 0;
    let [width, height] = size;
    let mut share = vec![true; width * height];
    // The overlap of a side as a picture whose paths run along it, its columns counted from the side.
    let mut cut = |depth: usize, length: usize, at: &dyn Fn(usize, usize) -> usize| {
        if depth == 0 {
            return;
        }
        let errors: Vec<i64> = (0..length * depth).map(|i| error[at(i % depth, i / depth)]).collect();
        for (along, column) in path(&errors, depth).into_iter().enumerate() {
            total += errors[along * depth + column];
            // The pixel on the path is nearly the same in both; the block gets it, so that one of a single column is not lost.
            (0..column).for_each(|inward| share[at(inward, along)] = false);
        }
    };
    cut(sides.left, height, &|inward, along| along * width + inward);
    cut(sides.right, height, &|inward, along| along * width + width - 1 - inward);
    cut(sides.top, width, &|inward, along| inward * width + along);
    cut(sides.bottom, width, &|inward, along| (height - 1 - inward) * width + along);
    (share, total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The least sum over every path, by trying all of them.
    fn least(error: &[i64], width: usize, row: usize, x: usize) -> i64 {
        let here = error[row * width + x];
        if (row + 1) * width >= error.len() {
            return here;
        }
        let next = (x.saturating_sub(1)..(x + 2).min(width)).map(|x| least(error, width, row + 1, x));
        here + next.min().unwrap()
    }

    proptest! {
        #[test]
        fn no_path_is_better(width in 1usize..5, rows in 1usize..7, error in proptest::collection::vec(0i64..50, 35)) {
            let error = &error[..width * rows];
            let found = path(error, width);
            prop_assert_eq!(found.len(), rows);
            prop_assert!(found.windows(2).all(|pair| pair[0].abs_diff(pair[1]) <= 1));
            let sum: i64 = found.iter().enumerate().map(|(y, x)| error[y * width + x]).sum();
            prop_assert_eq!(sum, (0..width).map(|x| least(error, width, 0, x)).min().unwrap());
        }
    }

    #[test]
    fn cuts_follow_the_equal_pixels() {
        // Equal along column 2 on the left, row 1 at the top.
        let size = [8, 6];
        let error: Vec<i64> = (0..48).map(|i| i64::from(i % 8 != 2 && i / 8 != 1)).collect();
        let (share, _) = share(&error, size, &Sides { left: 4, right: 0, top: 3, bottom: 0 });
        for y in 2..6 {
            assert_eq!(share[y * 8..y * 8 + 8], [false, false, true, true, true, true, true, true]);
        }
        for x in 3..8 {
            assert_eq!([share[x], share[8 + x], share[16 + x]], [false, true, true]);
        }
    }

    #[test]
    fn cuts_of_opposite_sides_mirror_each_other() {
        let size = [9, 7];
        let error: Vec<i64> = (0..63).map(|i| (i * i * 37 % 23) as i64).collect();
        let turned: Vec<i64> = error.iter().rev().copied().collect();
        let one = share(&error, size, &Sides { left: 3, right: 0, top: 2, bottom: 0 }).0;
        let two = share(&turned, size, &Sides { left: 0, right: 3, top: 0, bottom: 2 }).0;
        assert!(one.iter().eq(two.iter().rev()));
        assert!(one.contains(&false) && one.contains(&true));
    }
}
