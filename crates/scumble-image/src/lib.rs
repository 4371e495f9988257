//! scumble-image
