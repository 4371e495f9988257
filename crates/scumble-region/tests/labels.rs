//! Labels.

mod common;

use proptest::prelude::*;
use scumble_core::Fault;
use scumble_region::Labels;

/// Connected parts by filling one after the other.
fn filled(width: usize, height: usize, ids: &[u32]) -> Vec<u32> {
    let mut out = vec![u32::MAX; ids.len()];
    let mut next = 0;
    for start in 0..ids.len() {
        if out[start] != u32::MAX {
            continue;
        }
        let mut stack = vec![start];
        while let Some(i) = stack.pop() {
            if out[i] != u32::MAX || ids[i] != ids[start] {
                continue;
            }
            out[i] = next;
            let (x, y) = (i % width, i / width);
            stack.extend((x > 0).then(|| i - 1));
            stack.extend((x + 1 < width).then(|| i + 1));
            stack.extend((y > 0).then(|| i - width));
            stack.extend((y + 1 < height).then(|| i + width));
        }
        next += 1;
    }
    out
}

proptest! {
    #[test]
    fn components_are_those_of_filling(width in 1usize..12, height in 1usize..200, numbers in 1u32..4, seed in any::<u64>()) {
        let mut noise = common::noise(seed);
        let ids: Vec<u32> = (0..width * height).map(|_| (noise() * f64::from(numbers)) as u32).collect();
        let parts = Labels::new(width, height, ids.clone()).unwrap().components();
        prop_assert_eq!(parts.ids(), filled(width, height, &ids));
        prop_assert_eq!(parts.count(), parts.sizes().len());
        prop_assert_eq!(parts.sizes().iter().sum::<usize>(), width * height);
    }

    #[test]
    fn names_are_given_by_first_appearance(mut ids in prop::collection::vec(0u32..6, 1..60), factor in 1u32..800_000_000) {
        let wanted = Labels::new(ids.len(), 1, ids.clone()).unwrap();
        // Small and large numbers are renamed in different ways.
        ids.iter_mut().for_each(|id| *id = (*id).wrapping_mul(factor | 1));
        prop_assert_eq!(&Labels::new(ids.len(), 1, ids).unwrap(), &wanted);
        let mut seen = 0;
        for id in wanted.ids() {
            prop_assert!(*id <= seen);
            seen = seen.max(id + 1);
        }
        prop_assert_eq!(wanted.count(), seen as usize);
    }
}

#[test]
fn sides_are_checked() {
    for (width, height, values) in [(0, 3, 0), (2, 2, 3), (usize::MAX, 2, 2)] {
        let error = Labels::new(width, height, vec![0; values]).unwrap_err();
        assert_eq!(error.fault(), Fault::Input, "{error}");
    }
}
