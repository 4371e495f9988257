//! What a graphics device is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A graphics device and the driver it is reached by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adapter {
    /// As it calls itself.
    pub name: String,
    /// The driver and its version, as far as they are told.
    pub driver: String,
    /// How it sits in the machine.
    pub kind: AdapterKind,
}

/// How a graphics device sits in the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdapterKind {
    /// A card with memory of its own.
    Discrete,
    /// A part of the processor.
    Integrated,
    /// A share of one, in a virtual machine.
    Virtual,
    /// No graphics processor at all: a driver that computes on the processor.
    Software,
}

impl fmt::Display for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            AdapterKind::Discrete => "discrete",
            AdapterKind::Integrated => "integrated",
            AdapterKind::Virtual => "virtual",
            AdapterKind::Software => "software",
        };
        write!(f, "{} ({kind}; {})", self.name, self.driver)
    }
}
