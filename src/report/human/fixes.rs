//! What a run fixed, in a few lines.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::facts::{Fixes, Paths};
use crate::text::printable;

/// Refusals that are listed; the count has them all.
const LISTED: usize = 20;

/// Writes what was fixed, or would be, and what was not. `shown` puts a path as the user would
/// open it.
///
/// # Errors
/// What the writer gives.
pub fn write(done: &Fixes, shown: &Paths, out: &mut dyn Write) -> io::Result<()> {
    for refused in done.refused.iter().take(LISTED) {
        writeln!(
            out,
            "{}:{}:{}: {} is not fixed: {}",
            printable(&shown.show(&refused.path)),
            refused.start.line,
            refused.start.column,
            printable(&refused.name),
            printable(&refused.reason),
        )?;
    }
    if done.refused.len() > LISTED {
        writeln!(out, "{} more are not fixed", done.refused.len() - LISTED)?;
    }
    let files: BTreeSet<&str> = done.applied.iter().map(|fix| fix.path.as_str()).collect();
    let verb = if done.written {
        "fixed"
    } else {
        "would be fixed"
    };
    match done.applied.len() {
        0 => write!(
            out,
            "Nothing {}",
            if done.written {
                "was fixed"
            } else {
                "would be fixed"
            }
        )?,
        count => write!(
            out,
            "{count} {verb} in {}",
            match files.len() {
                1 => "1 file".to_owned(),
                many => format!("{many} files"),
            }
        )?,
    }
    match done.unsafe_left {
        0 => {}
        more => write!(out, "; {more} more with --unsafe-fixes, which need review")?,
    }
    match done.by_hand {
        0 => writeln!(out)?,
        more => writeln!(out, "; {more} by hand only")?,
    }
    if let Some(undo) = &done.undo {
        writeln!(out, "Undo with `ptlint fix --undo` ({})", printable(undo))?;
    }
    Ok(())
}
