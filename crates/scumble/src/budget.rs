//! How much main memory a job may use.

use std::str::FromStr;

use scumble_core::{Error, Result};

use crate::system;

/// A limit on resident memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Budget {
    /// So many bytes.
    Bytes(u64),
    /// This share, from 0 to 1, of what is free when the job is prepared, beside what this process holds.
    Free(f64),
    /// None: tiles and L-BFGS's history are as the recipe has them.
    Unlimited,
}

impl Budget {
    /// Three quarters of what is free: the rest is left to other programs and to the system's cache of files.
    pub const DEFAULT: Budget = Budget::Free(0.75);

    /// In bytes; nothing where the system does not tell what is free.
    pub(crate) fn bytes(self, held: u64) -> Option<u64> {
        match self {
            Budget::Bytes(bytes) => Some(bytes),
            Budget::Free(share) => Some(held + (system::free()? as f64 * share) as u64),
            Budget::Unlimited => None,
        }
    }
}

impl FromStr for Budget {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        // A command line's parser shows the message alone.
        let wrong = || {
            Error::parameter(format!(
                "memory is '{text}', allowed is a size such as 4GiB or 800MB, or a share of what is free such as 50%"
            ))
        };
        let number_ends = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, unit) = text.split_at(number_ends);
        let number: f64 = number.parse().map_err(|_| wrong())?;
        let unit = unit.trim().to_ascii_lowercase();
        if unit == "%" {
            let share = number / 100.0;
            return if share > 0.0 && share <= 1.0 { Ok(Budget::Free(share)) } else { Err(wrong()) };
        }
        let (binary, decimal) = (1024f64, 1000f64);
        let factor = match unit.as_str() {
            "" | "b" => 1.0,
            "k" | "kib" => binary,
            "m" | "mib" => binary.powi(2),
            "g" | "gib" => binary.powi(3),
            "t" | "tib" => binary.powi(4),
            "kb" => decimal,
            "mb" => decimal.powi(2),
            "gb" => decimal.powi(3),
            "tb" => decimal.powi(4),
            _ => return Err(wrong()),
        };
        let bytes = number * factor;
        if bytes >= 1.0 && bytes < 2f64.powi(63) { Ok(Budget::Bytes(bytes as u64)) } else { Err(wrong()) }
    }
}
