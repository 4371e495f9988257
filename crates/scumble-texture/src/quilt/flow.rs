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

/// A grid with capacities, which a flow uses up.
#[derive(Debug)]
pub(super) struct Grid {
    width: usize,
    height: usize,
    /// Of each pixel to each neighbour.
    sides: Vec<[i64; SIDES]>,
    /// From the source if positive, to the sink if negative.
    terminals: Vec<i64>,
    tree: Vec<Tree>,
    parent: Vec<u8>,
    active: VecDeque<usize>,
    waiting: Vec<bool>,
    orphans: Vec<usize>,
    /// When a pixel was last known to reach its terminal, and in how many steps.
    known: Vec<(u32, u32)>,
    time: u32,
}

impl Grid {
    /// Without capacities.
    pub fn new([width, height]: [usize; 2]) -> Self {
        let count = width * height;
        Self {
            width,
            height,
            sides: vec![[0; SIDES]; count],
            terminals: vec![0; count],
            tree: vec![Tree::Free; count],
            parent: vec![NONE; count],
            active: VecDeque::new(),
            waiting: vec![false; count],
            orphans: Vec::new(),
            known: vec![(0, 0); count],
            time: 0,
        }
    }

    /// What it costs more, or less, that pixel `at` is the sink's.
    pub fn add(&mut self, at: usize, cost: i64) {
        self.terminals[at] += cost;
    }

    /// What it costs that pixel `at` is the source's and its neighbour to the right, or below, the sink's.
    pub fn join(&mut self, at: usize, below: bool, cost: i64) {
        self.sides[at][if below { 2 } else { 0 }] += cost;
    }

    /// Which pixels are the sink's in a cut of least cost; as few as may be.
    pub fn cut(mut self) -> Vec<bool> {
        for at in 0..self.terminals.len() {
            if self.terminals[at] != 0 {
                self.tree[at] = if self.terminals[at] > 0 { Tree::Source } else { Tree::Sink };
                self.parent[at] = TERMINAL;
                self.wake(at);
            }
        }
        while let Some((at, side)) = self.grow() {
            self.augment(at, side);
            self.adopt();
        }
        self.tree.into_iter().map(|tree| tree == Tree::Sink).collect()
    }

    fn neighbour(&self, at: usize, side: usize) -> Option<usize> {
        let (x, y) = (at % self.width, at / self.width);
        match side {
            0 => (x + 1 < self.width).then_some(at + 1),
            1 => (x > 0).then(|| at - 1),
            2 => (y + 1 < self.height).then_some(at + self.width),
            _ => (y > 0).then(|| at - self.width),
        }
    }

    fn wake(&mut self, at: usize) {
        if !self.waiting[at] {
            self.waiting[at] = true;
            self.active.push_back(at);
        }
    }

    /// What a parent `from` on that side of `at` can pass on in the direction of the tree's flow.
    fn left(&self, at: usize, side: usize, from: usize) -> i64 {
        if self.tree[from] == Tree::Source { self.sides[from][side ^ 1] } else { self.sides[at][side] }
    }

    /// Grows the trees until they touch: a pixel of the source's and the side on which there is one of the sink's.
    fn grow(&mut self) -> Option<(usize, usize)> {
        while let Some(at) = self.active.front().copied() {
            let tree = self.tree[at];
            for side in (0..SIDES).filter(|_| tree != Tree::Free) {
                let Some(next) = self.neighbour(at, side) else { continue };
                if self.left(next, side ^ 1, at) <= 0 {
                    continue;
                }
                if self.tree[next] == Tree::Free {
                    self.tree[next] = tree;
                    self.parent[next] = (side ^ 1) as u8;
                    self.known[next] = (self.known[at].0, self.known[at].1 + 1);
                    self.wake(next);
                } else if self.tree[next] != tree {
                    return Some(if tree == Tree::Source { (at, side) } else { (next, side ^ 1) });
                }
            }
            self.waiting[at] = false;
            self.active.pop_front();
        }
        None
    }

    /// The way from a pixel to its terminal: each pixel with the side its parent is on, the last with `TERMINAL`.
    fn way(&self, mut at: usize) -> Vec<(usize, usize)> {
        let mut way = Vec::new();
        loop {
            let side = usize::from(self.parent[at]);
            way.push((at, side));
            match (side < SIDES).then(|| self.neighbour(at, side)).flatten() {
                Some(next) => at = next,
                None => return way,
            }
        }
    }

    /// Sends as much as passes from the source through `at` and its neighbour on that side to the sink.
    fn augment(&mut self, at: usize, side: usize) {
        let Some(next) = self.neighbour(at, side) else { return };
        let ways = [self.way(at), self.way(next)];
        let mut most = self.sides[at][side];
        for way in &ways {
            for pair in way.windows(2) {
                most = most.min(self.left(pair[0].0, pair[0].1, pair[1].0));
            }
            most = way.last().map_or(most, |(root, _)| most.min(self.terminals[*root].abs()));
        }
        self.sides[at][side] -= most;
        self.sides[next][side ^ 1] += most;
        for (way, sign) in ways.iter().zip([1, -1]) {
            for pair in way.windows(2) {
                let ((child, side), parent) = (pair[0], pair[1].0);
                // Flow runs from parent to child in the source's tree, from child to parent in the sink's.
                let (from, to, way) = if sign > 0 { (parent, child, side ^ 1) } else { (child, parent, side) };
                self.sides[from][way] -= most;
                self.sides[to][way ^ 1] += most;
                if self.sides[from][way] == 0 {
                    self.orphan(child);
                }
            }
            if let Some((root, _)) = way.last() {
                self.terminals[*root] -= sign * most;
                if self.terminals[*root] == 0 {
                    self.orphan(*root);
                }
            }
        }
    }

    fn orphan(&mut self, at: usize) {
        self.parent[at] = NONE;
        self.orphans.push(at);
    }

    /// Steps from a pixel to its terminal, if it is still joined to it.
    fn steps(&mut self, at: usize) -> Option<u32> {
        let (mut end, mut way) = (at, Vec::new());
        let mut steps = loop {
            if self.known[end].0 == self.time {
                break self.known[end].1;
            }
            let side = self.parent[end];
            way.push(end);
            match side {
                TERMINAL => break 0,
                NONE => return None,
                _ => end = self.neighbour(end, usize::from(side))?,
            }
        };
        for at in way.into_iter().rev() {
            steps += 1;
            self.known[at] = (self.time, steps);
        }
        Some(steps)
    }

    /// Finds new parents for pixels that lost theirs, or sets them free.
    fn adopt(&mut self) {
        self.time += 1;
        while let Some(at) = self.orphans.pop() {
            let tree = self.tree[at];
            let mut best: Option<(u32, usize)> = None;
            for side in 0..SIDES {
                let Some(next) = self.neighbour(at, side).filter(|next| self.tree[*next] == tree) else { continue };
                if self.left(at, side, next) > 0
                    && let Some(steps) = self.steps(next)
                    && best.is_none_or(|(least, _)| steps < least)
                {
                    best = Some((steps, side));
                }
            }
            if let Some((steps, side)) = best {
                self.parent[at] = side as u8;
                self.known[at] = (self.time, steps + 1);
                continue;
            }
            for side in 0..SIDES {
                let Some(next) = self.neighbour(at, side).filter(|next| self.tree[*next] == tree) else { continue };
                if self.left(at, side, next) > 0 {
                    self.wake(next);
                }
                if usize::from(self.parent[next]) == side ^ 1 {
                    self.orphan(next);
                }
            }
            self.tree[at] = Tree::Free;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cost of an assignment.
    fn cost(size: [usize; 2], terminals: &[i64], right: &[i64], below: &[i64], sink: impl Fn(usize) -> bool) -> i64 {
        let [width, height] = size;
        (0..width * height)
            .map(|at| {
                let own = if sink(at) { terminals[at] } else { 0 };
                let joined = |next: usize, cost: i64| if !sink(at) && sink(next) { cost } else { 0 };
                let beside = if at % width + 1 < width { joined(at + 1, right[at]) } else { 0 };
                own + beside + if at / width + 1 < height { joined(at + width, below[at]) } else { 0 }
            })
            .sum()
    }

    proptest! {
        #[test]
        fn no_assignment_is_cheaper(
            width in 1usize..5,
            height in 1usize..4,
            terminals in proptest::collection::vec(-9i64..9, 12),
            right in proptest::collection::vec(0i64..7, 12),
            below in proptest::collection::vec(0i64..7, 12),
        ) {
            let size = [width, height];
            let count = width * height;
            let mut grid = Grid::new(size);
            for at in 0..count {
                grid.add(at, terminals[at]);
                if at % width + 1 < width {
                    grid.join(at, false, right[at]);
                }
                if at / width + 1 < height {
                    grid.join(at, true, below[at]);
                }
            }
            let cut = grid.cut();
            let found = cost(size, &terminals, &right, &below, |at| cut[at]);
            let least = (0..1usize << count).map(|all| cost(size, &terminals, &right, &below, |at| all >> at & 1 == 1));
            prop_assert_eq!(found, least.min().unwrap());
        }
    }
}
