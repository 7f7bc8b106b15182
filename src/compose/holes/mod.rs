//! How holes are written: one file for each way, for the mechanisms that share it.

mod dollar;

pub(super) use dollar::{DollarDefault, DollarEscape, DollarStyle, parts as dollar_parts};
