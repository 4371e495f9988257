//! The encoders on burn.
