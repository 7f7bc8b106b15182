//! Bytes and text, whatever they are about: encodings, the line and column of a byte offset, text
//! that stands for other text, globs, dates, and text that is safe to print.

mod clip;
mod dates;
mod decoded;
mod encoding;
mod excerpt;
mod globs;
mod hex;
mod mapped;
mod names;
mod position;
mod printable;
mod secrets;

pub use clip::{first_bytes, last_bytes};
pub use dates::{days_until, written_date};
pub use decoded::Decoded;
pub use encoding::Encoding;
pub use excerpt::{Excerpt, cut_excerpt};
pub use globs::{GlobError, GlobFolder, Globs};
pub use hex::hex;
pub use mapped::Mapped;
pub use names::{bytes_of_name, shown_name};
pub use position::{Cursor, Position};
pub use printable::printable;
pub use secrets::mask;
