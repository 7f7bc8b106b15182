//! The file: JSON Lines after a line that names the schema. It is read strictly, with every fault
//! at its line, and written whole or not at all.

use std::fs;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::NamedSource;

use super::{Baseline, BaselineEntry};
use crate::document::{Fault, Faults};
use crate::files;
use crate::text::printable;

/// The first line, which never changes.
const HEADER: &str = r#"{"schema":"ptlint.baseline/v1"}"#;
/// Faults listed of a file.
const MOST_FAULTS: usize = 10;
/// A longer line is not shown.
const LONG_LINE: usize = 1000;

/// Why a baseline is not used.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(crate) enum BaselineError {
    /// It is not there.
    #[error("there is no baseline {}", printable(&.0.display().to_string()))]
    #[diagnostic(
        code(baseline::missing),
        help("write it with `ptlint baseline create`, or run with --no-baseline")
    )]
    Missing(PathBuf),
    /// It cannot be read.
    #[error("the baseline {} cannot be read", printable(&.path.display().to_string()))]
    #[diagnostic(code(baseline::unreadable), help("it has to be a UTF-8 file"))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It holds faults.
    #[error("the baseline is refused: {faults}")]
    #[diagnostic(
        code(baseline::refused),
        help("fix it, or write it again with `ptlint baseline create`; nothing was checked")
    )]
    Refused {
        /// All of them.
        faults: Faults,
        /// The same, for the renderer.
        #[related]
        related: Vec<Fault>,
    },
    /// It is there already.
    #[error("{} is there already", printable(&.0.display().to_string()))]
    #[diagnostic(
        code(baseline::exists),
        help(
            "`ptlint baseline update` removes what is gone; with --accept-new it also adds what is new; to start again, remove the file first"
        )
    )]
    Exists(PathBuf),
    /// A link that may have come with the checked files leads out of them.
    #[error("a link leads from {} out of the checked folder", printable(&.0.display().to_string()))]
    #[diagnostic(
        code(baseline::outside),
        help("nothing was written; name the file that the link leads to, or remove the link")
    )]
    LeadsOutside(PathBuf),
    /// It cannot be written.
    #[error("the baseline {} cannot be written", printable(&.path.display().to_string()))]
    #[diagnostic(
        code(baseline::write),
        help("its folder has to exist and to be writable")
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The most bytes of a baseline: a million entries.
const MOST_BYTES: u64 = 1 << 28;

/// Reads a baseline.
///
/// # Errors
/// When it is not there, cannot be read or holds faults.
pub(crate) fn load(path: &Path) -> Result<Baseline, BaselineError> {
    let text = files::read_text(path, MOST_BYTES).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => BaselineError::Missing(path.to_path_buf()),
        _ => BaselineError::Unreadable {
            path: path.to_path_buf(),
            source,
        },
    })?;
    let read = Baseline::parse(&path.display().to_string(), &text);
    let mut baseline = read.map_err(|faults| BaselineError::Refused {
        related: faults.clone().into_vec(),
        faults,
    })?;
    baseline.folder = super::folder_of(path);
    Ok(baseline)
}

/// Writes a baseline: all of it, or nothing. No link in the folder `fence` leads out of it.
///
/// # Errors
/// When it is there already and `fresh` is set, or when it cannot be written.
pub(crate) fn write(
    baseline: &Baseline,
    path: &Path,
    fence: &Path,
    fresh: bool,
) -> Result<(), BaselineError> {
    if files::leaves_by_link(path, fence) {
        return Err(BaselineError::LeadsOutside(path.to_path_buf()));
    }
    let failed = |source| BaselineError::Write {
        path: path.to_path_buf(),
        source,
    };
    // What a link leads to is written, and the link stays.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file that somebody makes; the mask of the process is taken off.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder
        .prefix(".ptlint-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(failed)?;
    file.write_all(baseline.to_text().as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .map_err(failed)?;
    if fresh {
        return match file.persist_noclobber(&target) {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                Err(BaselineError::Exists(path.to_path_buf()))
            }
            Err(error) => Err(failed(error.error)),
        };
    }
    if let Ok(metadata) = target.metadata() {
        file.as_file()
            .set_permissions(metadata.permissions())
            .map_err(failed)?;
    }
    file.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Says whether a content with this beginning may be a baseline.
#[must_use]
pub(crate) fn begins_like_baseline(head: &[u8]) -> bool {
    head.starts_with(HEADER.as_bytes())
}

/// Says whether a content is a baseline, from its first line to its last one.
pub(crate) fn is_baseline(mut reader: impl Read) -> bool {
    let mut text = String::new();
    reader.read_to_string(&mut text).is_ok() && Baseline::parse("", &text).is_ok()
}

impl Baseline {
    /// The text of the file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for entry in self.entries() {
            // Strings and a number: there is nothing in them that JSON could not hold.
            text.push_str(&serde_json::to_string(entry).unwrap_or_default());
            text.push('\n');
        }
        text
    }

    /// Reads the text of a file. Entries may be in any order, as a merge may leave them.
    ///
    /// # Errors
    /// The faults, each with its line.
    pub fn parse(name: &str, text: &str) -> Result<Self, Faults> {
        let mut reader = BaselineReader {
            source: Arc::new(NamedSource::new(printable(name), text.to_owned())),
            // The renderer would print control characters as they are.
            shows: text.chars().all(|c| !c.is_control() || c == '\n')
                && text.lines().all(|line| line.len() <= LONG_LINE),
            faults: Vec::new(),
        };
        let mut entries = Vec::new();
        let mut at = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let body = line.strip_suffix('\n').unwrap_or(line);
            let body = body.strip_suffix('\r').unwrap_or(body);
            let place = BaselineLine {
                number: index + 1,
                at,
                length: body.len(),
            };
            at += line.len();
            if index > 0 {
                match read(body) {
                    Ok(entry) => entries.push(entry),
                    Err(problem) => reader.fault(&place, problem),
                }
            } else if body != HEADER {
                reader.fault(
                    &place,
                    LineProblem {
                        message: "the first line is not that of a baseline".to_owned(),
                        help: format!("it has to be {HEADER}"),
                        column: 0,
                    },
                );
            }
            if reader.faults.len() == MOST_FAULTS {
                break;
            }
        }
        if text.is_empty() {
            let empty = Fault::new("baseline::line", "the file is empty")
                .help(format!("the first line has to be {HEADER}"));
            return Err(empty.into());
        }
        if reader.faults.is_empty() {
            Ok(Self::new(entries))
        } else {
            Err(Faults::new(reader.faults))
        }
    }
}

struct BaselineLine {
    number: usize,
    at: usize,
    length: usize,
}

struct LineProblem {
    message: String,
    help: String,
    /// From 0.
    column: usize,
}

struct BaselineReader {
    source: Arc<NamedSource<String>>,
    shows: bool,
    faults: Vec<Fault>,
}

impl BaselineReader {
    fn fault(&mut self, line: &BaselineLine, problem: LineProblem) {
        let message = format!("line {}: {}", line.number, problem.message);
        let fault = Fault::new("baseline::line", message).help(problem.help);
        self.faults.push(if self.shows {
            let start = line.at + problem.column.min(line.length);
            fault.labelled(&self.source, start..line.at + line.length, "here")
        } else {
            fault
        });
    }
}

/// Reads one entry.
fn read(line: &str) -> Result<BaselineEntry, LineProblem> {
    let problem = |message: &str, help: &str| LineProblem {
        message: message.to_owned(),
        help: help.to_owned(),
        column: 0,
    };
    if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .any(|mark| line.starts_with(mark))
    {
        return Err(problem(
            "a merge is not settled",
            "keep the entries of both sides without the marks, then run `ptlint baseline prune`",
        ));
    }
    if line.trim().is_empty() {
        return Err(problem("the line is empty", "remove the line"));
    }
    let entry: BaselineEntry = serde_json::from_str(line).map_err(|error| {
        let text = error.to_string();
        let message = text.split(" at line ").next().unwrap_or(&text);
        LineProblem {
            message: format!("this is not an entry: {}", printable(message)),
            help: "an entry is an object with path, rule, name, key, fingerprint and perhaps count, on a line of its own".to_owned(),
            column: error.column().saturating_sub(1),
        }
    })?;
    let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if entry.fingerprint.len() != 64 || !entry.fingerprint.bytes().all(is_hex) {
        return Err(problem(
            "`fingerprint` is not a SHA-256 in lower-case hex",
            "remove the line; `ptlint baseline update --accept-new` writes it again",
        ));
    }
    if entry.path.is_empty() || entry.path.starts_with('/') {
        return Err(problem(
            "`path` is not relative",
            "paths are relative to the root of the repository",
        ));
    }
    if entry.count == 0 {
        return Err(problem("`count` is 0", "remove the line"));
    }
    Ok(entry)
}
