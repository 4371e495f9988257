//! A chooser that learns from the user's picks.

use scumble_core::{Error, Result};
use serde::{Deserialize, Serialize};

use super::{Features, Fit, ShapeClass};

/// The version of the format.
const VERSION: u32 = 1;
/// Neighbours that vote.
const NEIGHBOURS: usize = 5;
/// Picks from which on votes count.
const ENOUGH: usize = 20;
/// The most picks that are kept: a recipe holds them all.
const MOST: usize = 2000;

/// A pick of the user's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pick {
    class: ShapeClass,
    features: Features,
}

/// What was learned: the nearest five of the user's picks vote for a region's shape. With twenty picks or more, votes
/// and score decide half and half.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    picks: Vec<Pick>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    picks: Vec<Pick>,
}

impl Learned {
    /// Nothing so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pick: the shape that the user chose for a region with these features. The same again, as of a picture made anew, counts
    /// once; of more than 2000 the oldest is forgotten.
    pub fn add(&mut self, features: Features, class: ShapeClass) {
        self.picks.retain(|pick| pick.features != features);
        self.picks.push(Pick { class, features });
        if self.picks.len() > MOST {
            self.picks.remove(0);
        }
    }

    /// How many picks there are.
    pub fn len(&self) -> usize {
        self.picks.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.picks.is_empty()
    }

    /// The shapes that were picked, each once, if there are enough picks for votes to count.
    pub fn classes(&self) -> Vec<ShapeClass> {
        let mut classes: Vec<ShapeClass> = self.picks.iter().map(|pick| pick.class).collect();
        classes.sort_unstable();
        classes.dedup();
        if self.picks.len() < ENOUGH { Vec::new() } else { classes }
    }

    /// Reads what [`Learned::to_json`] wrote.
    ///
    /// # Errors
    /// `Fault::Input` if it is not JSON of this form and version, or a feature is not within 0 to 1; `Fault::Limit` if there are
    /// more than 2000 picks.
    pub fn from_json(text: &str) -> Result<Self> {
        let wrong = |what: String| Error::input(format!("the learned picks cannot be read: {what}"));
        let value: serde_json::Value = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
        // Told before anything else, which may have changed with it.
        match value.get("version").and_then(serde_json::Value::as_u64) {
            Some(version) if version == u64::from(VERSION) => {}
            Some(version) => return Err(wrong(format!("their version is {version}, allowed is {VERSION}"))),
            None => return Err(wrong("they have no version".into())),
        }
        let File { picks, .. } = serde_json::from_value(value).map_err(|e| wrong(e.to_string()))?;
        if picks.len() > MOST {
            return Err(Error::limit(format!("there are {} learned picks, allowed are {MOST}", picks.len())));
        }
        for (at, pick) in picks.iter().enumerate() {
            if let Some(v) = pick.features.values().iter().find(|v| !(0.0..=1.0).contains(*v)) {
                return Err(wrong(format!("a feature of pick {at} is {v}, allowed is 0 to 1")));
            }
        }
        Ok(Self { picks })
    }

    /// As JSON with a version.
    ///
    /// # Errors
    /// None that picks can cause.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(&File { version: VERSION, picks: self.picks.clone() }).map_err(Error::input)
    }

    /// The share of votes for a class among the five picks nearest to a region; of equally near ones the latest counts.
    pub fn votes(&self, features: &Features, class: ShapeClass) -> f64 {
        let nearest = self.nearest(features);
        nearest.iter().filter(|pick| pick.class == class).count() as f64 / nearest.len().max(1) as f64
    }

    fn nearest(&self, features: &Features) -> Vec<Pick> {
        let wanted = features.values();
        let distance =
            |pick: &Pick| pick.features.values().iter().zip(wanted).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
        let mut near: Vec<(f64, Pick)> = Vec::with_capacity(NEIGHBOURS + 1);
        for pick in self.picks.iter().rev() {
            let far = distance(pick);
            let at = near.partition_point(|(other, _)| *other <= far);
            if at < NEIGHBOURS {
                near.insert(at, (far, *pick));
                near.truncate(NEIGHBOURS);
            }
        }
        near.into_iter().map(|(_, pick)| pick).collect()
    }

    /// Sorts fits by votes and scores, half and half, once there are picks enough. Scores are taken from 0 for the best to 1 for the
    /// worst of the fits, so that both halves have the same range.
    pub(super) fn reorder(&self, features: &Features, fits: &mut Vec<Fit>) {
        if self.picks.len() < ENOUGH {
            return;
        }
        let scores = || fits.iter().map(|fit| fit.score);
        let (least, most) = (scores().fold(f64::INFINITY, f64::min), scores().fold(f64::NEG_INFINITY, f64::max));
        let range = (most - least).max(f64::MIN_POSITIVE);
        let nearest = self.nearest(features);
        let votes = |class| nearest.iter().filter(|pick| pick.class == class).count() as f64 / nearest.len() as f64;
        // Where both weigh the same, as of two shapes alone, the user's wish counts.
        let cost = |fit: &Fit| {
            let against = 1.0 - votes(fit.class);
            (0.5 * (fit.score - least) / range + 0.5 * against, against)
        };
        let mut costed: Vec<((f64, f64), Fit)> =
            std::mem::take(fits).into_iter().map(|fit| (cost(&fit), fit)).collect();
        costed.sort_by(|(a, _), (b, _)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        fits.extend(costed.into_iter().map(|(_, fit)| fit));
    }
}
