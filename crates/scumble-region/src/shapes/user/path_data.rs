//! SVG path data.

use scumble_core::{Error, Result};

use super::super::V2;

/// Segments of a curve.
const SEGMENTS: usize = 16;
/// The most points of an outline.
const MOST: usize = 20_000;
/// What is known.
const COMMANDS: &str = "M, L, H, V, C, Q and Z";

/// The rings of path data; those left open are closed.
pub(super) fn rings(data: &str) -> Result<Vec<Vec<V2>>> {
    let mut reader = Reader { rest: data.trim_start() };
    let mut rings: Vec<Vec<V2>> = Vec::new();
    let (mut at, mut start) = ([0.0; 2], [0.0; 2]);
    let mut command = None;
    let mut points = 0;
    while !reader.rest.is_empty() {
        let first = reader.command()?;
        // Numbers without a command repeat the last one; after M they are lines, and nothing follows Z.
        let Some(name) = first.or(command) else {
            return Err(Error::input(format!("path data begin with '{}', not with M", reader.sample())));
        };
        let relative = name.is_ascii_lowercase();
        let from = if relative { at } else { [0.0; 2] };
        let upper = name.to_ascii_uppercase();
        if rings.is_empty() && upper != 'M' {
            return Err(Error::input(format!("path data begin with '{name}', not with M")));
        }
        // After Z, a line goes on from the ring's start.
        if upper != 'M' && upper != 'Z' && rings.last().is_none_or(Vec::is_empty) {
            rings.push(vec![start]);
        }
        let mut point = || reader.pair().map(|p| [from[0] + p[0], from[1] + p[1]]);
        let mut new: Vec<V2> = Vec::new();
        match upper {
            'M' => {
                start = point()?;
                rings.push(Vec::new());
                new.push(start);
            }
            'L' => new.push(point()?),
            'H' => new.push([from[0] + reader.number()?, at[1]]),
            'V' => new.push([at[0], from[1] + reader.number()?]),
            'C' => {
                let [b, c, d] = [point()?, point()?, point()?];
                new.extend(curve(|t| {
                    let s = 1.0 - t;
                    [0, 1]
                        .map(|k| s * s * s * at[k] + 3.0 * s * s * t * b[k] + 3.0 * s * t * t * c[k] + t * t * t * d[k])
                }));
            }
            'Q' => {
                let [b, c] = [point()?, point()?];
                new.extend(curve(|t| {
                    let s = 1.0 - t;
                    [0, 1].map(|k| s * s * at[k] + 2.0 * s * t * b[k] + t * t * c[k])
                }));
            }
            'Z' if first.is_some() => {
                at = start;
                rings.push(Vec::new());
            }
            'Z' => return Err(Error::input(format!("numbers follow Z in path data: '{}'", reader.sample()))),
            _ => {
                let error = Error::input(format!("path data use '{name}', known are {COMMANDS}"));
                return Err(error.hint("convert arcs and smooth curves to cubic curves"));
            }
        }
        points += new.len();
        if points > MOST {
            return Err(Error::limit(format!("the outline has more than {MOST} points")));
        }
        at = new.last().copied().unwrap_or(at);
        if let Some(ring) = rings.last_mut() {
            ring.extend(new);
        }
        command = Some(match name {
            'M' => 'L',
            'm' => 'l',
            other => other,
        });
        reader.separator();
    }
    rings.retain(|ring| !ring.is_empty());
    Ok(rings)
}

/// The ring of a polygon's points.
pub(super) fn polygon(points: &str) -> Result<Vec<Vec<V2>>> {
    let mut reader = Reader { rest: points.trim_start() };
    let mut ring = Vec::new();
    while !reader.rest.is_empty() {
        ring.push(reader.pair()?);
        if ring.len() > MOST {
            return Err(Error::limit(format!("the outline has more than {MOST} points")));
        }
        reader.separator();
    }
    Ok(vec![ring])
}

fn curve(point: impl Fn(f64) -> V2) -> Vec<V2> {
    (1..=SEGMENTS).map(|i| point(i as f64 / SEGMENTS as f64)).collect()
}

/// Numbers and commands from the front of a text.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// The next command, if one is next; an error for what is neither command nor number.
    fn command(&mut self) -> Result<Option<char>> {
        match self.rest.chars().next() {
            Some(c) if c.is_ascii_alphabetic() => {
                self.rest = self.rest[1..].trim_start();
                Ok(Some(c))
            }
            Some(c) if c.is_ascii_digit() || "+-.".contains(c) => Ok(None),
            _ => Err(Error::input(format!("path data cannot be read at '{}'", self.sample()))),
        }
    }

    fn pair(&mut self) -> Result<V2> {
        Ok([self.number()?, self.number()?])
    }

    /// The next number: they may follow each other without a separator, as in `1-2` and `.5.5`.
    fn number(&mut self) -> Result<f64> {
        self.separator();
        let bytes = self.rest.as_bytes();
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let sign = |at: usize| at + usize::from(bytes.get(at).is_some_and(|b| b"+-".contains(b)));
        let mut end = digits(sign(0));
        if bytes.get(end) == Some(&b'.') {
            end = digits(end + 1);
        }
        if bytes.get(end).is_some_and(|b| b"eE".contains(b)) {
            let from = sign(end + 1);
            let to = digits(from);
            end = if to > from { to } else { end };
        }
        let number = self.rest[..end].parse::<f64>().ok().filter(|v| v.is_finite());
        let number = number.ok_or_else(|| Error::input(format!("a number is expected at '{}'", self.sample())))?;
        self.rest = &self.rest[end..];
        Ok(number)
    }

    /// Skips space and one comma.
    fn separator(&mut self) {
        let rest = self.rest.trim_start();
        self.rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }

    /// The next few characters, for messages.
    fn sample(&self) -> String {
        self.rest.chars().take(12).collect()
    }
}
