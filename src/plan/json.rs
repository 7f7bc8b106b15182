//! The public contract: the work list as JSON.

use std::io::{self, Write};

use super::{WorkList, contract};

/// Writes the work list as indented JSON with a final newline.
///
/// # Errors
/// What the writer gives.
pub(super) fn write(list: &WorkList, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &contract::JsonWorkList::from(list))
        .map_err(io::Error::from)?;
    writeln!(out)
}
