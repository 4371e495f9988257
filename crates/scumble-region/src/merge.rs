//! Regions joined one by one: any number of them from one tree.

mod texture;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use self::texture::Histogram;
use crate::{Adjacency, Labels};

/// Parameters of a [`MergeTree`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeParams {
    /// g: how much an edge between two regions keeps them apart; 4 is usual.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub gradient: f64,
    /// t: how much different textures keep two regions apart; 0 for not at all.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub texture: f64,
}

impl MergeParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("gradient", self.gradient, 0.0, 100.0)?;
        within("texture", self.texture, 0.0, 100.0)
    }
}

/// Two regions become one.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// Their numbers: those of the labels, and the number of labels plus m for what the m-th merge (from 0) made.
    pub regions: [u32; 2],
    /// The λ at which they do: it never falls from one merge to the next.
    pub cost: f64,
}

/// Regions and all ways to have fewer of them. Two cuts of one tree are nested: each region of the finer one lies in one
/// region of the coarser one.
#[derive(Debug, Clone, PartialEq)]
pub struct MergeTree {
    leaves: Labels,
    merges: Vec<Merge>,
}

impl MergeTree {
    /// Joins the regions of a picture in rising order of
    ///
    /// `n₁ n₂ / (n₁ + n₂) · ‖μ₁ − μ₂‖² / l · (1 + g G) · (1 + t χ²)`:
    ///
    /// what joining raises the sum of squared differences in Oklab by (Ward 1963), divided by the length l of the border that
    /// vanishes, which is the λ of Mumford and Shah's functional at which it pays (Koepfler, Lopez, Morel 1994). G is the
    /// mean gradient along the border; χ², 0 to 1, compares histograms of texture. Regions of hidden pixels join nothing.
    ///
    /// # Errors
    /// As [`MergeParams::validate`]; `Fault::Input` if labels and picture differ in size or no pixel is seen.
    pub fn new(labels: &Labels, picture: &Canvas, params: &MergeParams) -> Result<Self> {
        Self::weighted(labels, picture, None, params)
    }

    /// As [`new`](Self::new), but a merge costs as many times more as the smaller region weighs: the mean of `weights`, a positive number
    /// for each pixel, over its pixels.
    ///
    /// # Errors
    /// As `new`; `Fault::Input` if there are not as many weights as pixels, or one is not a positive number.
    pub fn weighted(labels: &Labels, picture: &Canvas, weights: Option<&[f32]>, params: &MergeParams) -> Result<Self> {
        params.validate()?;
        let adjacency = Adjacency::new(labels, picture)?;
        let weights = weights.map(|weights| sums(labels, weights)).transpose()?;
        let textures = if params.texture > 0.0 { Some(texture::histograms(labels, picture)?) } else { None };
        let mut merging = Merging::new(&adjacency, textures, weights, params);
        let mut merges: Vec<Merge> = Vec::new();
        while let Some((cost, regions)) = merging.cheapest() {
            let before = merges.last().map_or(0.0, |merge| merge.cost);
            merges.push(Merge { regions, cost: cost.max(before) });
        }
        Ok(Self { leaves: labels.clone(), merges })
    }

    /// The regions it began with.
    pub fn leaves(&self) -> &Labels {
        &self.leaves
    }

    /// The merges in their order.
    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// The fewest regions there can be: 1, or more if hidden pixels divide the picture.
    pub fn fewest(&self) -> usize {
        self.leaves.count() - self.merges.len()
    }

    /// `count` regions; all the tree began with if these are fewer, [`fewest`](Self::fewest) if these are more.
    ///
    /// # Errors
    /// `Fault::Parameter` if `count` is 0.
    pub fn cut(&self, count: usize) -> Result<Labels> {
        if count == 0 {
            return Err(Error::parameter(format!("0 regions, allowed is 1 to {}", self.leaves.count())));
        }
        self.after(self.leaves.count().saturating_sub(count).min(self.merges.len()))
    }

    /// The regions that are left when all merges of at most this λ are made.
    ///
    /// # Errors
    /// `Fault::Parameter` if the cost is not a number.
    pub fn cut_at(&self, cost: f64) -> Result<Labels> {
        if cost.is_nan() {
            return Err(Error::parameter("cost is NaN, allowed are numbers"));
        }
        self.after(self.merges.partition_point(|merge| merge.cost <= cost))
    }

    /// The regions after so many merges.
    fn after(&self, merges: usize) -> Result<Labels> {
        let leaves = self.leaves.count();
        let mut names: Vec<u32> = (0..(leaves + merges) as u32).collect();
        // What a merge made may have been merged later: the last ones are known first.
        for (made, merge) in self.merges[..merges].iter().enumerate().rev() {
            let name = names[leaves + made];
            merge.regions.iter().for_each(|region| names[*region as usize] = name);
        }
        let ids = self.leaves.ids().iter().map(|id| names[*id as usize]).collect();
        Labels::new(self.leaves.width(), self.leaves.height(), ids)
    }
}

/// The sum of weights over each region.
fn sums(labels: &Labels, weights: &[f32]) -> Result<Vec<f64>> {
    let (count, pixels) = (weights.len(), labels.ids().len());
    if count != pixels {
        return Err(Error::input(format!("{count} weights, needed are {pixels}, one a pixel")));
    }
    if let Some(weight) = weights.iter().find(|weight| !(weight.is_finite() && **weight > 0.0)) {
        return Err(Error::input(format!("a weight is {weight}, allowed are positive numbers")));
    }
    let mut sums = vec![0.0; labels.count()];
    labels.ids().iter().zip(weights).for_each(|(id, weight)| sums[*id as usize] += f64::from(*weight));
    Ok(sums)
}

/// A region while regions are joined.
struct Region {
    area: f64,
    /// Sum of its pixels' weights.
    weight: f64,
    sums: [f64; 3],
    texture: Option<Histogram>,
    /// By neighbour the length of the border and the sum of gradients along it.
    borders: BTreeMap<u32, [f64; 2]>,
}

impl Region {
    fn joined(mut self, mut other: Self) -> Self {
        if self.borders.len() < other.borders.len() {
            std::mem::swap(&mut self.borders, &mut other.borders);
        }
        for (neighbour, [length, gradient]) in other.borders {
            let border = self.borders.entry(neighbour).or_default();
            border[0] += length;
            border[1] += gradient;
        }
        Self {
            area: self.area + other.area,
            weight: self.weight + other.weight,
            sums: [0, 1, 2].map(|c| self.sums[c] + other.sums[c]),
            texture: self.texture.zip(other.texture).map(|(one, other)| one.with(&other)),
            borders: self.borders,
        }
    }
}

/// Regions and candidates.
struct Merging {
    /// None where one has become a part of another.
    regions: Vec<Option<Region>>,
    /// Costs as bits, which are in the order of numbers that are not negative, and pairs. Those of regions that are no more
    /// are passed over.
    queue: BinaryHeap<Reverse<(u64, [u32; 2])>>,
    /// How many candidates there may be before those of regions that are no more are thrown out.
    most: usize,
    gradient: f64,
    texture: f64,
}

impl Merging {
    fn new(
        adjacency: &Adjacency,
        textures: Option<Vec<Histogram>>,
        weights: Option<Vec<f64>>,
        params: &MergeParams,
    ) -> Self {
        let mut textures = textures.map(Vec::into_iter);
        let mut regions: Vec<Option<Region>> = Vec::with_capacity(2 * adjacency.nodes().len());
        let mut weights = weights.map(Vec::into_iter);
        for node in adjacency.nodes() {
            let weight = weights.as_mut().and_then(Iterator::next).unwrap_or(node.area as f64);
            let texture = textures.as_mut().and_then(Iterator::next);
            let (area, borders) = (node.area as f64, BTreeMap::new());
            regions.push((!node.hidden).then_some(Region { area, weight, sums: node.sums, texture, borders }));
        }
        // Pairs never become more, so that the rest is at least three in four.
        let most = 4 * adjacency.edges().len() + 1024;
        let (gradient, texture) = (params.gradient, params.texture);
        let mut this = Self { regions, queue: BinaryHeap::new(), most, gradient, texture };
        for edge in adjacency.edges() {
            let [p, q] = edge.regions;
            let border = [edge.border as f64, edge.gradient * edge.border as f64];
            if this.region(p).is_some() && this.region(q).is_some() {
                this.border(p, q, border);
                this.border(q, p, border);
            }
        }
        for [p, q] in adjacency.edges().iter().map(|edge| edge.regions) {
            this.propose(p, q);
        }
        this
    }

    fn region(&self, name: u32) -> Option<&Region> {
        self.regions.get(name as usize).and_then(Option::as_ref)
    }

    fn border(&mut self, of: u32, with: u32, border: [f64; 2]) {
        if let Some(Some(region)) = self.regions.get_mut(of as usize) {
            region.borders.insert(with, border);
        }
    }

    /// Makes the cheapest merge.
    fn cheapest(&mut self) -> Option<(f64, [u32; 2])> {
        if self.queue.len() > self.most {
            let exists = |name: u32| self.regions.get(name as usize).is_some_and(Option::is_some);
            self.queue.retain(|Reverse((_, [p, q]))| exists(*p) && exists(*q));
        }
        while let Some(Reverse((cost, [p, q]))) = self.queue.pop() {
            if self.region(p).is_none() || self.region(q).is_none() {
                continue;
            }
            let (Some(one), Some(other)) = (self.regions[p as usize].take(), self.regions[q as usize].take()) else {
                continue;
            };
            let name = self.regions.len() as u32;
            let mut region = one.joined(other);
            region.borders.remove(&p);
            region.borders.remove(&q);
            let borders: Vec<(u32, [f64; 2])> = region.borders.iter().map(|(k, v)| (*k, *v)).collect();
            self.regions.push(Some(region));
            for (neighbour, border) in borders {
                if let Some(Some(region)) = self.regions.get_mut(neighbour as usize) {
                    region.borders.remove(&p);
                    region.borders.remove(&q);
                }
                self.border(neighbour, name, border);
                self.propose(neighbour, name);
            }
            return Some((f64::from_bits(cost), [p, q]));
        }
        None
    }

    /// Adds a pair to the candidates.
    fn propose(&mut self, p: u32, q: u32) {
        let (Some(one), Some(other)) = (self.region(p), self.region(q)) else { return };
        let Some([length, gradient]) = one.borders.get(&q) else { return };
        let distance: f64 = (0..3).map(|c| (one.sums[c] / one.area - other.sums[c] / other.area).powi(2)).sum();
        let ward = one.area * other.area / (one.area + other.area) * distance;
        let edge = 1.0 + self.gradient * gradient / length;
        let texture = one.texture.as_ref().zip(other.texture.as_ref());
        let texture = 1.0 + self.texture * texture.map_or(0.0, |(one, other)| one.distance(other));
        let smaller = if one.area < other.area { one } else { other };
        let weight = smaller.weight / smaller.area;
        self.queue.push(Reverse(((ward / length * edge * texture * weight).to_bits(), [p, q])));
    }
}
