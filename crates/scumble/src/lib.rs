//! scumble
