//! Memory that goes round.

use scumble_nn::kernel::Buffers;

#[test]
fn buffers_in_use_never_overlap() {
    let buffers = Buffers::default();
    let mut held = Vec::new();
    let mut state = 7u32;
    for round in 0..2000u32 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let len = (state >> 16) as usize % 5000;
        let mut buffer = buffers.take(len);
        assert_eq!(buffer.len(), len);
        buffer.fill(round as f32);
        held.push((round as f32, buffer));
        if held.len() > 20 {
            let (value, buffer) = held.swap_remove(state as usize % held.len());
            assert!(buffer.iter().all(|v| *v == value), "overwritten by another");
        }
    }
    assert!(held.iter().all(|(value, buffer)| buffer.iter().all(|v| v == value)));
}

#[test]
fn memory_comes_back() {
    let buffers = Buffers::default();
    let large = buffers.take(1 << 16);
    let start = large.as_ptr();
    drop(large);
    let parts = [buffers.take(1 << 15), buffers.take(1 << 15)];
    let inside = |part: &[f32]| part.as_ptr() >= start && part.as_ptr_range().end <= start.wrapping_add(1 << 16);
    assert!(parts.iter().all(|part| inside(part)), "two halves fit where one whole was");
    drop(parts);
    assert_eq!(buffers.take(1 << 16).as_ptr(), start, "the halves grew together again");
}
