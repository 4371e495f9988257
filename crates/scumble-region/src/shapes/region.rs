//! The region itself.

use super::candidate::Model;

/// As it is.
pub(super) fn starts<'a>() -> Vec<Model<'a>> {
    vec![Model::Itself]
}
