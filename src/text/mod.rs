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

pub(crate) use clip::{first_bytes, last_bytes};
pub(crate) use dates::{days_until, written_date};
pub use decoded::Decoded;
pub use encoding::Encoding;
pub(crate) use excerpt::{Excerpt, cut_excerpt};
pub use globs::GlobFolder;
pub(crate) use globs::{GlobError, Globs};
pub(crate) use hex::hex;
pub(crate) use mapped::Mapped;
pub(crate) use names::{bytes_of_name, shown_name};
pub(crate) use position::Cursor;
pub use position::Position;
pub(crate) use printable::printable;
pub(crate) use secrets::mask;
