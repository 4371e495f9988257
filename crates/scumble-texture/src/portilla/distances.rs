//! How far statistics are from others.

use super::covariances::Covariances;
use super::lags::Lags;
use super::statistics::{LowPass, Statistics};

/// How far a texture's statistics of one kind are from the exemplar's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// What was compared.
    pub name: &'static str,
    /// Root of the sum of squared differences, over that of the exemplar's squared statistics; 0 if there are none.
    pub distance: f64,
}

/// The statistics of a kind, one after the other.
type Listed = fn(&Statistics) -> Vec<f64>;

const KINDS: [(&str, Listed); 9] = [
    ("variance, skewness and kurtosis of pixels", |s| {
        s.pixels.iter().flat_map(|p| [p.variance, p.skewness, p.kurtosis]).collect()
    }),
    ("variance of the high-pass", |s| s.high.clone()),
    ("autocorrelation of low-passes", |s| low(s).flat_map(|low| low.lags.values().to_vec()).collect()),
    ("skewness and kurtosis of low-passes", |s| low(s).flat_map(|low| [low.skewness, low.kurtosis]).collect()),
    ("autocorrelation of moduli", |s| s.octaves.iter().flat_map(|o| o.lags.iter().flat_map(lags)).collect()),
    ("covariance of moduli", |s| s.octaves.iter().flat_map(|o| own(&o.magnitudes)).collect()),
    ("covariance of moduli across octaves", |s| s.octaves.iter().flat_map(|o| coarser(&o.magnitudes)).collect()),
    ("covariance of real parts", |s| s.octaves.iter().flat_map(|o| own(&o.real)).collect()),
    ("covariance of real parts across octaves", |s| s.octaves.iter().flat_map(|o| coarser(&o.real)).collect()),
];

fn low(statistics: &Statistics) -> impl Iterator<Item = &LowPass> {
    statistics.low.iter().flatten()
}

fn lags(lags: &Lags) -> Vec<f64> {
    lags.values().to_vec()
}

fn own(covariances: &Covariances) -> Vec<f64> {
    covariances.own.values().to_vec()
}

fn coarser(covariances: &Covariances) -> Vec<f64> {
    covariances.coarser.values().to_vec()
}

impl Statistics {
    /// How far these are from `wanted`, of as many octaves and orientations, by kind.
    pub fn distances(&self, wanted: &Self) -> Vec<Distance> {
        let distance = |listed: Listed| {
            let (found, wanted) = (listed(self), listed(wanted));
            let apart: f64 = found.iter().zip(&wanted).map(|(a, b)| (a - b).powi(2)).sum();
            let size: f64 = wanted.iter().map(|v| v * v).sum();
            if size > 0.0 { (apart / size).sqrt() } else { 0.0 }
        };
        KINDS.iter().map(|(name, listed)| Distance { name, distance: distance(*listed) }).collect()
    }
}
