//! Reports in files: `--output`, and the summary that a job of GitHub Actions collects.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::config::Settings;
use crate::facts::Report;
use crate::files;
use crate::input::{Roots, report_path};
use crate::plan;
use crate::report::{FORMATS, Presentation, Print, ReportFormat};
use crate::text::{GlobFolder, Globs};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// A file to write a report to, besides standard output.
#[derive(Debug, Clone)]
pub(super) struct Output {
    pub format: ReportFormat,
    pub file: PathBuf,
}

/// Reads the name of a format.
pub(super) fn formats() -> impl TypedValueParser<Value = ReportFormat> {
    let values = FORMATS.map(|f| PossibleValue::new(f.name).help(f.about));
    PossibleValuesParser::new(values).try_map(|name| ReportFormat::by_name(&name).ok_or("unknown"))
}

/// Reads the name of a format of a work list.
pub(super) fn plan_formats() -> impl TypedValueParser<Value = plan::PlanFormat> {
    let values = plan::FORMATS.map(|f| PossibleValue::new(f.name).help(f.about));
    PossibleValuesParser::new(values)
        .try_map(|name| plan::PlanFormat::by_name(&name).ok_or("unknown"))
}

/// Reads `FORMAT=FILE`.
pub(super) fn output(text: &str) -> Result<Output, String> {
    let (name, file) = text
        .split_once('=')
        .filter(|(_, file)| !file.is_empty())
        .ok_or("write FORMAT=FILE, e.g. sarif=ptlint.sarif")?;
    if file == "-" {
        return Err(format!(
            "`-` is not a file; `--format {name}` prints to standard output"
        ));
    }
    let format = ReportFormat::by_name(name).ok_or_else(|| {
        let names = FORMATS.map(|format| format.name);
        format!(
            "there is no format `{name}`; there are {}",
            names.join(", ")
        )
    })?;
    Ok(Output {
        format,
        file: file.into(),
    })
}

/// Why a report is in no file.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum FileError {
    /// The file cannot be written.
    #[error("the report cannot be written to {}: {source}", .path.display())]
    #[diagnostic(
        code(output::file),
        help("name a file in a folder that exists and can be written to")
    )]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A link that may have come with the checked files leads out of them.
    #[error("a link leads from {} out of the checked folder", .0.display())]
    #[diagnostic(
        code(output::outside),
        help("nothing was written; name the file that the link leads to, or remove the link")
    )]
    LeadsOutside(PathBuf),
    /// Two reports would go to one file.
    #[error("two reports would be written to {}", .0.display())]
    #[diagnostic(code(output::twice), help("give each format a file of its own"))]
    Twice(PathBuf),
}

/// Refuses before the run what cannot be written after it, and keeps the reports of an earlier run
/// from being checked.
pub(super) fn prepare(
    outputs: &[Output],
    roots: Option<&Roots>,
    settings: &mut Settings,
) -> Result<(), FileError> {
    let mut seen = BTreeSet::new();
    let mut own = Vec::new();
    let here = Roots::of_working_directory();
    let fence = roots.or(here.as_ref()).map(Roots::fence);
    for output in outputs {
        if fence.is_some_and(|fence| files::leaves_by_link(&output.file, fence)) {
            return Err(FileError::LeadsOutside(output.file.clone()));
        }
        let path = target(&output.file).map_err(|source| FileError::Unwritable {
            path: output.file.clone(),
            source,
        })?;
        let inside = roots.and_then(|roots| path.strip_prefix(&roots.root).ok());
        own.extend(inside.map(|path| format!("/{}", literally(&report_path(path)))));
        // A device takes any number of reports.
        if !seen.insert(path.clone()) && (path.is_file() || !path.exists()) {
            return Err(FileError::Twice(output.file.clone()));
        }
    }
    // An escaped path is always a glob.
    if let Ok(own) = Globs::new(&own, &GlobFolder::default()) {
        settings.exclude = std::mem::take(&mut settings.exclude).or(own);
    }
    Ok(())
}

/// The file itself: without links, in a folder that exists.
fn target(file: &Path) -> io::Result<PathBuf> {
    if file.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if let Ok(path) = file.canonicalize() {
        return Ok(path);
    }
    let parent = file.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new(".")).canonicalize()?;
    if !folder.is_dir() {
        return Err(io::Error::from(io::ErrorKind::NotADirectory));
    }
    Ok(folder.join(file.file_name().unwrap_or_default()))
}

/// A path as a pattern that matches nothing else.
fn literally(path: &str) -> String {
    let special = |c: char| "\\*?[]{}!# ".contains(c);
    path.chars().fold(String::new(), |mut text, c| {
        if special(c) {
            text.push('\\');
        }
        text.push(c);
        text
    })
}

/// Writes the report to each file.
pub(super) fn write(
    outputs: &[Output],
    report: &Report,
    frame: Presentation<'_>,
) -> Result<(), FileError> {
    for output in outputs {
        // Colour and width of the terminal are not those of a file.
        let mut frame = frame;
        frame.style.colour = false;
        frame.style.links = false;
        write_file(&output.file, output.format, report, frame).map_err(|source| {
            FileError::Unwritable {
                path: output.file.clone(),
                source,
            }
        })?;
    }
    Ok(())
}

/// A regular file is there as a whole or as it was before; anything else is written to as it is.
fn write_file(
    file: &Path,
    format: ReportFormat,
    report: &Report,
    frame: Presentation<'_>,
) -> io::Result<()> {
    let path = target(file)?;
    let before = fs::metadata(&path).ok();
    if before.as_ref().is_some_and(|m| !m.is_file()) {
        let mut out = BufWriter::new(files::open_to_write(&path)?);
        format.write(report, frame, &mut out)?;
        return out.flush();
    }
    if before.is_some() {
        // What must not be written to must not be replaced either.
        OpenOptions::new().write(true).open(&path)?;
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let temporary = temporary_in(folder)?;
    let mut out = BufWriter::new(temporary);
    format.write(report, frame, &mut out)?;
    let temporary = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(before) = before {
        fs::set_permissions(temporary.path(), before.permissions())?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(&path)?;
    Ok(())
}

#[cfg(unix)]
fn temporary_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    // As any new file: the mask of the user decides.
    tempfile::Builder::new()
        .prefix(".ptlint-")
        .permissions(fs::Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn temporary_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".ptlint-")
        .tempfile_in(folder)
}

/// Appends to the summary of the job, where there is one.
pub(super) fn job_summary(
    summary: Print,
    report: &Report,
    frame: Presentation<'_>,
) -> Result<(), FileError> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|p| !p.is_empty()) else {
        return Ok(());
    };
    let path = PathBuf::from(path);
    let append = || -> io::Result<()> {
        let file: File = OpenOptions::new().append(true).create(true).open(&path)?;
        let mut out = BufWriter::new(file);
        summary(report, frame, &mut out)?;
        out.flush()
    };
    append().map_err(|source| FileError::Unwritable {
        path: path.clone(),
        source,
    })
}
