//! The parameters of pictures of regions: presets, flags, JSON Schema and the reference page are made from them.
//!
//! There is no `Default`: every value comes from a preset.

use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_paint::painters::HexColour;
use scumble_paint::strokes::StyleColours;
use serde::{Deserialize, Serialize};

use crate::rules::{Fill, Pick, Rule};
use crate::shapes::ShapeClass;

/// The most regions, corners of a mesh, cells or tiles.
pub const MOST_REGIONS: u32 = 20_000;

/// Everything that defines a picture of regions, apart from the pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionsParams {
    /// What the picture is put together from.
    pub kind: Kind,
    /// Number of regions, corners of the mesh, cells or tiles, about.
    #[schemars(range(min = 1, max = 20_000))]
    pub count: u32,
    /// Longer side of the picture in pixels; the source's if absent. The same regions are drawn in any size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 65_535))]
    pub size: Option<u32>,
    /// How much simple shapes are preferred to exact ones: 0 keeps as near to the regions as the shapes allow, 1 takes the
    /// simplest.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub abstraction: f64,
    /// Radius in pixels at 512 within which colours are smoothed before regions are looked for, edges kept; 0 not at all.
    #[schemars(range(min = 0.0, max = 32.0))]
    pub colour_smoothing: f64,
    /// How much of the photo shows through: 0 nothing, 1 all.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub mix: f64,
    /// Seed of every random number.
    pub seed: u64,

    /// How regions are found.
    pub segment: Segment,
    /// Clusters of `kmeans` and `kmeans-texture`, 0 leaves their number to the picture; levels of `threshold`, 2 to 6, 0 for 2.
    #[schemars(range(min = 0, max = 256))]
    pub clusters: u32,
    /// Regions smaller than this are joined to a neighbour, in pixels at 512×512.
    #[schemars(range(min = 0.0, max = 100_000.0))]
    pub min_area: f64,

    /// Shapes that take the place of regions; of several, the one that fits best for how simple it is. If empty, regions keep
    /// their outlines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shapes: Vec<ShapeClass>,
    /// Your own shapes, the one `user` among the shapes: each the text of an SVG file, of which the first path or polygon counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub user_shapes: Vec<String>,
    /// Shapes for single regions, each with a pixel of the picture that the region holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<Pick>,
    /// What was learned from earlier picks, as JSON: regions get the shapes that regions like them got, from twenty picks on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned: Option<String>,
    /// Larger regions that are laid behind the shapes, with their own outlines; 0 lays none.
    #[schemars(range(min = 0, max = 20_000))]
    pub behind: u32,
    /// How far outlines may leave out corners, in pixels at 512.
    #[schemars(range(min = 0.0, max = 32.0))]
    pub simplify: f64,
    /// Whether outlines are rounded.
    pub round: bool,
    /// How ragged outlines are, in pixels at 512, as of torn paper.
    #[schemars(range(min = 0.0, max = 32.0))]
    pub ragged: f64,

    /// What regions are filled with, unless a rule says otherwise.
    pub fill: Fill,
    /// Rules by which regions are filled with something else; the first that applies counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Which colour a region has.
    pub colour: ColourRule,
    /// What a style picture gives.
    pub style_colours: StyleColours,
    /// Number of colours of a palette taken from a picture.
    #[schemars(range(min = 2, max = 64))]
    pub palette_size: u32,
    /// The only colours regions may have, as `#rrggbb`; any if empty. Ramps are even then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub palette: Vec<HexColour>,
    /// Colour of the ground, as `#rrggbb`; the source's mean colour if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<HexColour>,

    /// Width of the lines between regions, in pixels at 512: outlines, but not of shapes, lead of `glass`, grout of `mosaic`; 0 draws
    /// none.
    #[schemars(range(min = 0.0, max = 64.0))]
    pub outline: f64,
    /// Colour of the lines between regions, as `#rrggbb`.
    pub outline_colour: HexColour,
    /// Length of the shadows that shapes throw on what is behind, in pixels at 512; 0 throws none.
    #[schemars(range(min = 0.0, max = 64.0))]
    pub shadow: f64,
    /// How strongly the weave of cloth shows.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub weave: f64,
    /// Longer side in pixels of the copy on which regions are looked for; meshes, cells and tiles on one of 1024 at most. A smaller
    /// source is taken as it is.
    #[schemars(range(min = 16, max = 2048))]
    pub work_px: u32,
}

/// What a picture is put together from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Regions of the picture, or shapes in their places.
    Regions,
    /// Panes of glass in the places of regions, between lines of lead.
    Glass,
    /// Triangles of a mesh that fits the picture.
    LowPoly,
    /// Cells around points that are dense where the picture is busy.
    Voronoi,
    /// Square tiles in rows along edges.
    Mosaic,
}

impl Kind {
    /// Whether it divides the picture into regions, not into facets of a mesh.
    pub fn has_regions(self) -> bool {
        matches!(self, Self::Regions | Self::Glass)
    }
}

/// How regions are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Segment {
    /// Superpixels that grow from seeds, nearest first (SNIC, Achanta and Süsstrunk 2017), merged.
    Snic,
    /// Superpixels by local k-means (SLIC, Achanta et al. 2012), merged.
    Slic,
    /// Clusters of colours (k-means in Oklab), in one piece each.
    Kmeans,
    /// Clusters of colours and textures.
    KmeansTexture,
    /// Neighbours joined while they are as alike as what they join (Felzenszwalb and Huttenlocher 2004), merged.
    Graph,
    /// Basins of the gradient (watershed), merged.
    Watershed,
    /// Colours shifted to where they are densest (mean shift, Comaniciu and Meer 2002), merged. Slow.
    MeanShift,
    /// Regions that grow from even places (Adams and Bischof 1994), merged.
    Grow,
    /// Levels of brightness (Otsu 1979).
    Threshold,
}

/// Which colour a region has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ColourRule {
    /// Its mean colour.
    Mean,
    /// Its median colour, channel by channel.
    Median,
    /// The nearest of the picture's main colours.
    Palette,
    /// Its mean colour, but one region in twenty, the most colourful ones, the complementary colour.
    Accents,
}

impl RegionsParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("count", self.count, 1, MOST_REGIONS)?;
        within("behind", self.behind, 0, MOST_REGIONS)?;
        within("clusters", self.clusters, 0, 256)?;
        if self.segment == Segment::Threshold && self.clusters > 0 {
            within("clusters of threshold", self.clusters, 2, 6)?;
        }
        if self.clusters > 0 && !matches!(self.segment, Segment::Kmeans | Segment::KmeansTexture | Segment::Threshold) {
            return Err(Error::parameter(format!("clusters is {}, but segment finds none", self.clusters))
                .hint("set segment to kmeans, kmeans-texture or threshold"));
        }
        self.check_kind()?;
        within("palette_size", self.palette_size, 2, 64)?;
        within("work_px", self.work_px, 16, 2048)?;
        let sizes = [("colour_smoothing", self.colour_smoothing), ("simplify", self.simplify), ("ragged", self.ragged)];
        let lines = [("outline", self.outline), ("shadow", self.shadow)];
        let shares = [("abstraction", self.abstraction), ("mix", self.mix), ("weave", self.weave)];
        let ranges = [(&sizes[..], 32.0), (&lines, 64.0), (&shares, 1.0), (&[("min_area", self.min_area)], 1e5)];
        for (values, most) in ranges {
            for (name, value) in values {
                within(name, *value, 0.0, most)?;
            }
        }
        if self.style_colours == StyleColours::Palette && !self.palette.is_empty() {
            return Err(Error::parameter("both a palette and the style's are wanted")
                .hint("leave palette out, or set style_colours to transfer or none"));
        }
        self.rules.iter().try_for_each(Rule::validate)
    }

    /// Why a parameter has no effect beside the others, and what to do, if it has none.
    pub fn idle(&self, parameter: &str) -> Option<[&'static str; 2]> {
        match parameter {
            "segment" | "min_area" | "behind" | "simplify" | "round" | "ragged" | "shadow" | "abstraction"
                if !self.kind.has_regions() =>
            {
                Some(["there are no regions", "leave it out, or set kind to regions"])
            }
            "behind" if self.shapes.is_empty() => Some(["there are no shapes", "leave it out, or name shapes"]),
            _ => None,
        }
    }

    /// Refuses what would have no effect.
    fn check_kind(&self) -> Result<()> {
        let refused = |what: &str, hint: &str| Err(Error::parameter(what).hint(hint));
        if self.kind.has_regions() {
            if !self.shapes.is_empty() && self.outline > 0.0 {
                return refused(
                    "outline is not 0, but shapes have no outlines",
                    "leave shapes empty, or set outline to 0",
                );
            }
            return Ok(());
        }
        let linear = self.kind == Kind::LowPoly && self.fill == Fill::Ramp;
        if !self.rules.is_empty() || !(linear || self.fill == Fill::Flat) {
            return refused(
                "fills and rules are for regions",
                "set kind to regions, or fill to flat and leave rules empty",
            );
        }
        if let Some(pick) = self.picks.first() {
            return refused(
                &format!("{pick} is a pick, but there are no regions to pick from"),
                "set kind to regions or glass, or leave picks out",
            );
        }
        if !self.shapes.is_empty() {
            return refused("shapes take the places of regions alone", "set kind to regions, or leave shapes empty");
        }
        Ok(())
    }
}
