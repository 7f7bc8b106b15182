//! Bytes to text: encodings, and the line and column of a byte offset.

mod encoding;
mod position;

pub use encoding::Encoding;
pub use position::{Cursor, Position};
