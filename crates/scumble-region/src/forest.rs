//! Disjoint sets (Tarjan 1975).

/// Numbers from 0 that are joined into sets; each set is called by one of its numbers.
pub(crate) struct Forest(Vec<u32>);

impl Forest {
    /// Each of `count` numbers alone.
    pub fn new(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    /// The name of the set that holds `number`; ways to it are halved.
    pub fn find(&mut self, number: u32) -> u32 {
        let mut at = number;
        loop {
            let above = self.0[at as usize];
            if above == at {
                return at;
            }
            let next = self.0[above as usize];
            self.0[at as usize] = next;
            at = next;
        }
    }

    /// Makes the set called `name` part of the one called `into`.
    pub fn join(&mut self, name: u32, into: u32) {
        self.0[name as usize] = into;
    }
}
