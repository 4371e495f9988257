//! Minimum cuts of grids, each pixel joined to its four neighbours (Boykov & Kolmogorov, "An experimental comparison of
//! min-cut/max-flow algorithms for energy minimization in vision", 2004): two trees grow from source and sink until they
//! touch, flow is sent along, and what it cuts off is adopted or set free.

use std::collections::VecDeque;

/// Neighbours: right, left, below, above; of each the opposite is its number with the last bit turned.
const SIDES: usize = 4;
/// What a pixel's way to its terminal begins with: a neighbour, the terminal, nothing.
const TERMINAL: u8 = 4;
const NONE: u8 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tree {
    Free,
    Source,
    Sink,
}

/// What a pixel has to do with its tree.
#[derive(Debug, Clone, Copy)]
struct Node {
    tree: Tree,
    parent: u8,
    waiting: bool,
    /// When it was last known to reach its terminal, and in how many steps.
    time: u32,
    steps: u32,
}

/// A grid with capacities, which a flow uses up. It has a rim of pixels without any, so that every pixel has four neighbours.
#[derive(Debug)]
pub(super) struct Grid {
    width: usize,
    /// From a pixel's index to its neighbours', going round.
    offsets: [usize; SIDES],
    /// Of each pixel to each neighbour.
    sides: Vec<[i32; SIDES]>,
    /// From the source if positive, to the sink if negative.
    terminals: Vec<i32>,
    nodes: Vec<Node>,
    active: VecDeque<u32>,
    orphans: Vec<u32>,
    time: u32,
}

impl Grid {
    /// Without capacities.
    pub fn new([width, height]: [usize; 2]) -> Self {
        let stride = width + 2;
        let count = stride * (height + 2);
        Self {
            width,
            offsets: [1, usize::MAX, stride, stride.wrapping_neg()],
            sides: vec![[0; SIDES]; count],
            terminals: vec![0; count],
            nodes: vec![Node { tree: Tree::Free, parent: NONE, waiting: false, time: 0, steps: 0 }; count],
            active: VecDeque::new(),
            orphans: Vec::new(),
            time: 0,
        }
    }

    /// The index within the rim of pixel `at`, counted row by row.
    fn index(&self, at: usize) -> usize {
        (at / self.width + 1) * (self.width + 2) + at % self.width + 1
    }

    /// What it costs more, or less, that pixel `at` is the sink's.
    pub fn add(&mut self, at: usize, cost: i32) {
        let at = self.index(at);
        self.terminals[at] += cost;
    }

    /// What a pixel and its neighbour to the right, or below, cost: if both are the source's, if the neighbour alone is the sink's,
    /// and if the pixel alone is; nothing if both are. Where the first is more than the others together, these are taken for free.
    pub fn join(&mut self, at: usize, below: bool, [both, ahead, back]: [i32; 3]) {
        let (at, side) = (self.index(at), if below { 2 } else { 0 });
        let next = self.neighbour(at, side);
        // What both cost is shared between the two pixels. So pairs of which neither costs anything yet join no terminal, and no
        // flow need be sent to find that out.
        let halves = [both / 2, both - both / 2];
        let moved = (halves[0] - ahead).max(0).min(back - halves[1]);
        self.terminals[at] += moved - halves[0];
        self.terminals[next] -= moved + halves[1];
        self.sides[at][side] += (ahead - halves[0] + moved).max(0);
        self.sides[next][side ^ 1] += (back - halves[1] - moved).max(0);
    }

    /// Which pixels are the sink's in a cut of least cost; as few as may be.
    pub fn cut(mut self) -> Vec<bool> {
        for at in 0..self.terminals.len() {
            if self.terminals[at] != 0 {
                self.nodes[at].tree = if self.terminals[at] > 0 { Tree::Source } else { Tree::Sink };
                self.nodes[at].parent = TERMINAL;
                self.nodes[at].steps = 1;
                self.wake(at);
            }
        }
        while let Some((at, side)) = self.grow() {
            self.augment(at, side);
            self.adopt();
        }
        let stride = self.width + 2;
        let inside = self.nodes[stride..self.nodes.len() - stride].chunks_exact(stride);
        inside.flat_map(|row| row[1..=self.width].iter().map(|node| node.tree == Tree::Sink)).collect()
    }

    fn neighbour(&self, at: usize, side: usize) -> usize {
        at.wrapping_add(self.offsets[side])
    }

    fn wake(&mut self, at: usize) {
        if !self.nodes[at].waiting {
            self.nodes[at].waiting = true;
            self.active.push_back(at as u32);
        }
    }

    /// What a pixel of a tree whose parent is on that side could get from there, or pass on to it, in the direction of flow.
    fn left(&self, at: usize, side: usize, tree: Tree) -> i32 {
        if tree == Tree::Source { self.sides[self.neighbour(at, side)][side ^ 1] } else { self.sides[at][side] }
    }

    /// Grows the trees until they touch: a pixel of the source's and the side on which there is one of the sink's.
    fn grow(&mut self) -> Option<(usize, usize)> {
        while let Some(at) = self.active.front().map(|at| *at as usize) {
            let own = self.nodes[at];
            for side in (0..SIDES).filter(|_| own.tree != Tree::Free) {
                let next = self.neighbour(at, side);
                if self.left(next, side ^ 1, own.tree) <= 0 {
                    continue;
                }
                let other = self.nodes[next];
                if other.tree == Tree::Free {
                    let adopted = Node { tree: own.tree, parent: (side ^ 1) as u8, steps: own.steps + 1, ..own };
                    self.nodes[next] = Node { waiting: other.waiting, ..adopted };
                    self.wake(next);
                } else if other.tree != own.tree {
                    return Some(if own.tree == Tree::Source { (at, side) } else { (next, side ^ 1) });
                } else if other.time <= own.time && other.steps > own.steps + 1 && other.parent != TERMINAL {
                    // A shorter way.
                    let node = &mut self.nodes[next];
                    (node.parent, node.time, node.steps) = ((side ^ 1) as u8, own.time, own.steps + 1);
                }
            }
            self.nodes[at].waiting = false;
            self.active.pop_front();
        }
        None
    }

    /// Calls `visit` with each pixel from `at` on towards its terminal and the side its parent is on; the last pixel, which is
    /// the terminal's child.
    fn climb(&mut self, mut at: usize, mut visit: impl FnMut(&mut Self, usize, usize)) -> usize {
        loop {
            let side = usize::from(self.nodes[at].parent);
            if side >= SIDES {
                return at;
            }
            let next = self.neighbour(at, side);
            visit(self, at, side);
            at = next;
        }
    }

    /// Sends as much as passes from the source through `at` and its neighbour on that side to the sink.
    fn augment(&mut self, at: usize, side: usize) {
        let next = self.neighbour(at, side);
        let mut most = self.sides[at][side];
        for (begin, tree) in [(at, Tree::Source), (next, Tree::Sink)] {
            let root = self.climb(begin, |grid, at, side| most = most.min(grid.left(at, side, tree)));
            most = most.min(self.terminals[root].abs());
        }
        self.sides[at][side] -= most;
        self.sides[next][side ^ 1] += most;
        for (begin, tree) in [(at, Tree::Source), (next, Tree::Sink)] {
            let root = self.climb(begin, |grid, child, side| {
                let parent = grid.neighbour(child, side);
                // Flow runs from parent to child in the source's tree, from child to parent in the sink's.
                let (from, to, way) =
                    if tree == Tree::Source { (parent, child, side ^ 1) } else { (child, parent, side) };
                grid.sides[from][way] -= most;
                grid.sides[to][way ^ 1] += most;
                if grid.sides[from][way] == 0 {
                    grid.orphan(child);
                }
            });
            self.terminals[root] -= if tree == Tree::Source { most } else { -most };
            if self.terminals[root] == 0 {
                self.orphan(root);
            }
        }
    }

    fn orphan(&mut self, at: usize) {
        self.nodes[at].parent = NONE;
        self.orphans.push(at as u32);
    }

    /// Steps from a pixel to its terminal, if it is still joined to it.
    fn steps(&mut self, at: usize) -> Option<u32> {
        let (mut end, mut steps) = (at, 0);
        let total = loop {
            let node = self.nodes[end];
            match node.parent {
                _ if node.time == self.time => break steps + node.steps,
                TERMINAL => break steps + 1,
                NONE => return None,
                side => end = self.neighbour(end, usize::from(side)),
            }
            steps += 1;
        };
        let (mut end, mut left) = (at, total);
        while self.nodes[end].time != self.time {
            let node = &mut self.nodes[end];
            (node.time, node.steps) = (self.time, left);
            if node.parent == TERMINAL {
                break;
            }
            let side = usize::from(node.parent);
            end = self.neighbour(end, side);
            left -= 1;
        }
        Some(total)
    }

    /// Finds new parents for pixels that lost theirs, or sets them free.
    fn adopt(&mut self) {
        self.time += 1;
        while let Some(at) = self.orphans.pop().map(|at| at as usize) {
            let tree = self.nodes[at].tree;
            let mut best: Option<(u32, usize)> = None;
            for side in 0..SIDES {
                let next = self.neighbour(at, side);
                if self.nodes[next].tree == tree
                    && self.left(at, side, tree) > 0
                    && let Some(steps) = self.steps(next)
                    && best.is_none_or(|(least, _)| steps < least)
                {
                    best = Some((steps, side));
                }
            }
            if let Some((steps, side)) = best {
                let node = &mut self.nodes[at];
                (node.parent, node.time, node.steps) = (side as u8, self.time, steps + 1);
                continue;
            }
            for side in 0..SIDES {
                let next = self.neighbour(at, side);
                if self.nodes[next].tree != tree {
                    continue;
                }
                if self.left(at, side, tree) > 0 {
                    self.wake(next);
                }
                if usize::from(self.nodes[next].parent) == side ^ 1 {
                    self.orphan(next);
                }
            }
            self.nodes[at].tree = Tree::Free;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_assignment_is_cheaper(
            width in 1usize..5,
            height in 1usize..4,
            terminals in proptest::collection::vec(-9i32..9, 12),
            // Of each pixel to the right and below: two costs of which one is paid where pieces meet, and by how much less than
            // both together the old pieces cost there.
            joined in proptest::collection::vec((0i32..7, 0i32..7, 0i32..15), 24),
        ) {
            let count = width * height;
            let pairs: Vec<(usize, usize, [i32; 3])> = (0..count)
                .flat_map(|at| [(at, at % width + 1 < width, 1), (at, at / width + 1 < height, width)])
                .zip(&joined)
                .filter(|((_, inside, _), _)| *inside)
                .map(|((at, _, step), (ahead, back, less))| (at, step, [(ahead + back - less).max(0), *ahead, *back]))
                .collect();
            let cost = |sink: &dyn Fn(usize) -> bool| -> i32 {
                let own = (0..count).filter(|at| sink(*at)).map(|at| terminals[at]);
                let met = pairs.iter().map(|(at, step, costs)| match (sink(*at), sink(at + step)) {
                    (false, false) => costs[0],
                    (false, true) => costs[1],
                    (true, false) => costs[2],
                    (true, true) => 0,
                });
                own.sum::<i32>() + met.sum::<i32>()
            };
            let mut grid = Grid::new([width, height]);
            (0..count).for_each(|at| grid.add(at, terminals[at]));
            // A step of one is to the right, even where rows have a single pixel.
            for (at, step, costs) in &pairs {
                grid.join(*at, *step != 1 || width == 1, *costs);
            }
            let cut = grid.cut();
            let found = cost(&|at| cut[at]);
            let least = (0..1usize << count).map(|all| cost(&|at| all >> at & 1 == 1));
            prop_assert_eq!(found, least.min().unwrap());
        }
    }
}
