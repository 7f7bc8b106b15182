//! What a run fixed, in a few lines.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::facts::{Applied, Fixable, Fixes, Paths, UNDO_FOLDER};
use crate::report::wording::plural;
use crate::text::printable;

/// Refusals that are listed; the count has them all.
const LISTED: usize = 20;

/// Files that are listed; the count has them all.
const FILES: usize = 50;

/// Changes of names that are listed for a file.
const CHANGES: usize = 3;

/// What fixes could do, as the last line of a report.
pub(super) fn fixable(fixable: Fixable) -> String {
    let Fixable {
        safe,
        with_unsafe,
        by_hand,
    } = fixable;
    let safe = match (safe, with_unsafe) {
        (0, 0) => "None can be fixed by `ptlint fix`".to_owned(),
        (0, some) => {
            format!("None can be fixed safely, {some} with `ptlint fix --unsafe-fixes`")
        }
        (some, 0) => format!("{some} can be fixed with `ptlint fix`"),
        (some, more) => {
            format!("{some} can be fixed with `ptlint fix`, {more} more with `--unsafe-fixes`")
        }
    };
    match by_hand {
        0 => safe,
        some => format!("{safe}, {some} by hand: `ptlint plan`"),
    }
}

/// What became of the names in a file, each change once.
fn names(fixes: &[&Applied]) -> String {
    let mut changes: Vec<String> = Vec::new();
    for fix in fixes {
        let change = match &fix.to {
            Some(to) => format!("{} → {}", printable(&fix.from), printable(to)),
            None => format!("{} deleted", printable(&fix.from)),
        };
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    let more = changes.len().saturating_sub(CHANGES);
    changes.truncate(CHANGES);
    let mut text = changes.join(", ");
    if more > 0 {
        text = format!("{text} and {more} more");
    }
    text
}

/// Writes what was fixed, or would be, and what was not. `shown` puts a path as the user would
/// open it.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(done: &Fixes, shown: &Paths, out: &mut dyn Write) -> io::Result<()> {
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
    let mut files: BTreeMap<&str, Vec<&Applied>> = BTreeMap::new();
    for fix in &done.applied {
        files.entry(&fix.path).or_default().push(fix);
    }
    // A diff says it already.
    if done.written {
        for (path, fixes) in files.iter().take(FILES) {
            let path = printable(&shown.show(path));
            writeln!(out, "{path}: {} ({})", fixes.len(), names(fixes))?;
        }
        if files.len() > FILES {
            writeln!(out, "and {} more files", files.len() - FILES)?;
        }
    }
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
            plural(files.len() as u64, "file")
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
        let file = printable(&shown.show(undo));
        writeln!(out, "Undo with `{}` ({file})", undo_command(undo, shown))?;
    }
    Ok(())
}

/// The command that undoes a run with the undo patch at a path of the report.
fn undo_command(undo: &str, shown: &Paths) -> String {
    let own_folder = undo.strip_suffix(file_name(undo)).unwrap_or_default();
    let own_folder = own_folder.trim_end_matches('/');
    let above = own_folder.strip_suffix(UNDO_FOLDER);
    let root = shown.folder_argument().unwrap_or_default();
    let (folder, file) = match above {
        Some("") => (root, None),
        // The run changed a configuration above the scan root, too.
        Some(above) => (above.trim_end_matches('/'), None),
        None => (root, Some(shown.show(undo))),
    };
    let mut command = "ptlint fix".to_owned();
    for argument in [folder, "--undo", file.as_deref().unwrap_or_default()] {
        if !argument.is_empty() {
            command = format!("{command} {}", printable(argument));
        }
    }
    command
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_that_undoes_names_what_it_needs() {
        let here = Paths::FromHere(String::new());
        let below = Paths::FromHere("site/".to_owned());
        for (undo, shown, command) in [
            (".ptlint/undo/0001.json", &here, "ptlint fix --undo"),
            (".ptlint/undo/0001.json", &below, "ptlint fix site --undo"),
            (
                "/srv/repository/.ptlint/undo/0001.json",
                &below,
                "ptlint fix /srv/repository --undo",
            ),
            (
                "/tmp/my.json",
                &below,
                "ptlint fix site --undo /tmp/my.json",
            ),
            ("my.json", &here, "ptlint fix --undo my.json"),
        ] {
            assert_eq!(undo_command(undo, shown), command);
        }
    }
}
