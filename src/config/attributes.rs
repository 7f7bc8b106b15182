//! What the `.gitattributes` file at the root of a repository says about its files: which are generated, and
//! which are third-party. The attributes are those that linguist defines and code review tools read.

use std::path::Path;

use crate::files;
use crate::text::{GlobFolder, Globs};

/// Attributes of files that are changed elsewhere.
const ATTRIBUTES: [&str; 2] = ["linguist-generated", "linguist-vendored"];

/// The file of a repository that gives attributes to paths.
const NAME: &str = ".gitattributes";

/// The files that the repository at `root` marks as generated or third-party. A line that is not understood,
/// and a file that cannot be read, mark nothing.
#[must_use]
pub(crate) fn changed_elsewhere(root: &Path, folder: &GlobFolder) -> Globs {
    let text = files::read_text(&root.join(NAME), super::MOST_BYTES).unwrap_or_default();
    let patterns: Vec<String> = text.lines().filter_map(pattern).collect();
    Globs::new(&patterns, folder).unwrap_or_default()
}

/// The pattern of a line, as a pattern of an ignore file; one with `!` takes the mark from files again.
fn pattern(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let pattern = words.next()?;
    if pattern.starts_with(['#', '"', '!', '[']) {
        return None;
    }
    let mut marked = None;
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, "true"));
        let (name, is_set) = match name.strip_prefix(['-', '!']) {
            Some(name) => (name, false),
            None => (name, value == "true"),
        };
        if ATTRIBUTES.contains(&name) {
            marked = Some(marked == Some(true) || is_set);
        }
    }
    let taken_back = if marked? { "" } else { "!" };
    Some(format!("{taken_back}{pattern}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_taken_back() {
        for (line, expected) in [
            ("gen/** linguist-generated", Some("gen/**")),
            ("*.pb.json linguist-generated=true -diff", Some("*.pb.json")),
            ("lib linguist-vendored", Some("lib")),
            ("lib -linguist-vendored", Some("!lib")),
            ("lib linguist-generated=false", Some("!lib")),
            ("*.sh text eol=lf", None),
            ("# a comment linguist-generated", None),
            ("", None),
        ] {
            assert_eq!(pattern(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn the_file_at_the_root_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let none = changed_elsewhere(folder.path(), &GlobFolder::default());
        assert!(!none.matches("gen/a.yml", false));
        let text = "gen/ linguist-generated\ngen/own.yml -linguist-generated\n";
        std::fs::write(folder.path().join(NAME), text).expect("a file");
        let marked = changed_elsewhere(folder.path(), &GlobFolder::default());
        assert!(marked.matches("gen/a.yml", false));
        assert!(!marked.matches("src/a.yml", false));
    }
}
