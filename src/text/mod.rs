//! Bytes to text: encodings, the line and column of a byte offset, and text that stands for other
//! text.

mod decoded;
mod encoding;
mod mapped;
mod position;

pub use decoded::Decoded;
pub use encoding::Encoding;
pub use mapped::Mapped;
pub use position::{Cursor, Position};
