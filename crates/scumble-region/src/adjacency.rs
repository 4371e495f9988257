//! Which regions lie side by side.

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::fields::{blur_canvas, gradient};
use scumble_paint::oklab::Lab;

use crate::Labels;
use crate::clean::check_size;
use crate::segment::Pixels;

/// A region of an [`Adjacency`].
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Pixels.
    pub area: usize,
    /// Sums of the Oklab colours.
    pub sums: [f64; 3],
    /// Sums of products of the colours' coordinates: LL, La, Lb, aa, ab, bb.
    pub products: [f64; 6],
    /// First column and row, and the ones after the last.
    pub bbox: [usize; 4],
    /// Sides of its pixels towards other regions or the outside.
    pub perimeter: usize,
    /// Whether all its pixels have an opacity of 0.
    pub hidden: bool,
}

impl Node {
    /// The mean colour.
    pub fn mean(&self) -> Lab {
        self.sums.map(|sum| (sum / self.area as f64) as f32)
    }

    /// The covariance of the colours: LL, La, Lb, aa, ab, bb.
    pub fn covariance(&self) -> [f64; 6] {
        let n = self.area as f64;
        let [l, a, b] = self.sums.map(|sum| sum / n);
        let means = [l * l, l * a, l * b, a * a, a * b, b * b];
        std::array::from_fn(|i| self.products[i] / n - means[i])
    }
}

/// Two regions side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// The regions, the lower number first.
    pub regions: [u32; 2],
    /// Sides of pixels they share.
    pub border: usize,
    /// Mean length of the gradient along the border: change of the encoded colour a pixel at 512.
    pub gradient: f64,
}

/// The graph of regions that share sides of pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjacency {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// The edges of each region: of region `r` those in `places` from `starts[r]` to `starts[r + 1]`.
    starts: Vec<usize>,
    places: Vec<u32>,
}

impl Adjacency {
    /// The graph of the regions of a picture.
    ///
    /// # Errors
    /// `Fault::Input` if labels and picture differ in size or no pixel is seen.
    pub fn new(labels: &Labels, picture: &Canvas) -> Result<Self> {
        check_size(labels, picture)?;
        let pixels = Pixels::new(picture)?;
        let mut nodes = nodes(labels, &pixels);
        let edges = edges(labels, &slopes(&pixels.picture));
        outline(labels, &mut nodes);
        let mut starts = vec![0; nodes.len() + 1];
        for region in edges.iter().flat_map(|edge| edge.regions) {
            starts[region as usize + 1] += 1;
        }
        for region in 0..nodes.len() {
            starts[region + 1] += starts[region];
        }
        let mut next = starts.clone();
        let mut places = vec![0; 2 * edges.len()];
        for (i, edge) in edges.iter().enumerate() {
            for region in edge.regions {
                places[next[region as usize]] = i as u32;
                next[region as usize] += 1;
            }
        }
        Ok(Self { nodes, edges, starts, places })
    }

    /// The regions, by number.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The pairs, ordered by their numbers.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The regions beside one, in rising order of the pairs, with what they share; none for a number of no region.
    pub fn neighbours(&self, region: u32) -> impl Iterator<Item = (u32, &Edge)> {
        let bounds = self.starts.get(region as usize).zip(self.starts.get(region as usize + 1));
        let places = bounds.map_or(&[][..], |(first, end)| &self.places[*first..*end]);
        places.iter().map(move |place| {
            let edge = &self.edges[*place as usize];
            let [p, q] = edge.regions;
            (if p == region { q } else { p }, edge)
        })
    }
}

/// The length of each pixel's gradient. It falls as the picture grows, and is multiplied by as much.
fn slopes(picture: &Canvas) -> Vec<f32> {
    let u = picture.size_unit();
    // Nothing to smooth where a pixel is a unit: borders lie on the pixel.
    let gradients =
        if u > 1.0 { gradient::of_picture(&blur_canvas(picture, u / 2.0)) } else { gradient::of_picture(picture) };
    gradients.into_iter().map(|gradient| gradient.energy().sqrt() * u).collect()
}

fn nodes(labels: &Labels, pixels: &Pixels) -> Vec<Node> {
    let members = labels.members();
    let node = |region: usize| {
        let (mut sums, mut products) = ([0.0; 3], [0.0; 6]);
        let mut bbox = [usize::MAX, usize::MAX, 0, 0];
        let mut hidden = true;
        for i in members.of(region).iter().map(|i| *i as usize) {
            let colour = pixels.at(i).map(f64::from);
            let [l, a, b] = colour;
            sums.iter_mut().zip(colour).for_each(|(sum, v)| *sum += v);
            let terms = [l * l, l * a, l * b, a * a, a * b, b * b];
            products.iter_mut().zip(terms).for_each(|(sum, v)| *sum += v);
            let (x, y) = (i % pixels.width, i / pixels.width);
            bbox = [bbox[0].min(x), bbox[1].min(y), bbox[2].max(x + 1), bbox[3].max(y + 1)];
            hidden &= pixels.is_hidden(i);
        }
        Node { area: members.of(region).len(), sums, products, bbox, perimeter: 0, hidden }
    };
    (0..labels.count()).into_par_iter().map(node).collect()
}

/// Counts the sides of pixels around each region.
fn outline(labels: &Labels, nodes: &mut [Node]) {
    let (width, height, ids) = (labels.width(), labels.height(), labels.ids());
    for (i, id) in ids.iter().enumerate() {
        let (x, y) = (i % width, i / width);
        let differs = |inside: bool, at: usize| usize::from(!inside || ids[at] != *id);
        nodes[*id as usize].perimeter += differs(x > 0, i.wrapping_sub(1))
            + differs(x + 1 < width, i + 1)
            + differs(y > 0, i.wrapping_sub(width))
            + differs(y + 1 < height, i + width);
    }
}

fn edges(labels: &Labels, slopes: &[f32]) -> Vec<Edge> {
    let (width, ids) = (labels.width(), labels.ids());
    let rows: Vec<Vec<(u64, f32)>> = (0..labels.height())
        .into_par_iter()
        .map(|y| {
            let mut sides = Vec::new();
            let mut side = |i: usize, j: usize| {
                let (p, q) = (ids[i].min(ids[j]), ids[i].max(ids[j]));
                if p != q {
                    sides.push((u64::from(p) << 32 | u64::from(q), (slopes[i] + slopes[j]) / 2.0));
                }
            };
            for i in y * width..(y + 1) * width {
                if (i + 1) % width != 0 {
                    side(i, i + 1);
                }
                if i + width < ids.len() {
                    side(i, i + width);
                }
            }
            sides
        })
        .collect();
    let mut sides = rows.concat();
    // Stable, so that sums are taken in the order of rows.
    sides.par_sort_by_key(|side| side.0);
    let edge = |sides: &[(u64, f32)]| {
        let sum: f64 = sides.iter().map(|side| f64::from(side.1)).sum();
        let regions = [(sides[0].0 >> 32) as u32, sides[0].0 as u32];
        Edge { regions, border: sides.len(), gradient: sum / sides.len() as f64 }
    };
    sides.chunk_by(|p, q| p.0 == q.0).map(edge).collect()
}
