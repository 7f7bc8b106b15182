//! What a run checks, and how.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use jiff::civil::Date;

use super::Changes;
use crate::baseline::Baseline;
use crate::config::{ConfigurationUse, Settings};
use crate::engine::Judge;

/// What to check, and how.
#[derive(Debug, Clone)]
// Each is a switch of its own on the command line.
#[allow(clippy::struct_excessive_bools)]
pub struct Options {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// What standard input is called in the report.
    pub stdin_filename: Option<String>,
    /// The day on which the lifecycle is judged.
    pub as_of: Date,
    /// The values in force.
    pub settings: Settings,
    /// How the run came by its configuration.
    pub configuration: ConfigurationUse,
    /// Apply the suppressions in comments and in the configuration.
    pub suppressions: bool,
    /// Leave out what git ignores and does not track.
    pub respect_ignore: bool,
    /// Read hidden files and folders; `.git` never is.
    pub hidden: bool,
    /// Read the members of archives.
    pub archives: bool,
    /// Threads; as many as the machine has when absent.
    pub threads: Option<usize>,
    /// Keep the lines around each violation, which only some formats print.
    pub excerpts: bool,
    /// The part of a repository that the run is about.
    pub changes: Changes,
    /// Violations that are known and do not fail the run.
    pub baseline: Option<Arc<Baseline>>,
    /// Ask git about the repositories that are read, which some formats name.
    pub provenance: bool,
    /// Counts while the run goes on.
    pub progress: Arc<Progress>,
}

/// How far a run is.
#[derive(Debug, Default)]
pub struct Progress {
    /// Files checked so far.
    pub files: AtomicU64,
    /// Bytes read so far.
    pub bytes: AtomicU64,
}

impl Options {
    /// Checks these paths as of today with the default configuration.
    pub fn new<P: Into<PathBuf>>(paths: impl IntoIterator<Item = P>) -> Self {
        Self {
            paths: paths.into_iter().map(Into::into).collect(),
            stdin_filename: None,
            as_of: today(),
            settings: Settings::default(),
            configuration: ConfigurationUse::default(),
            suppressions: true,
            respect_ignore: true,
            hidden: true,
            archives: false,
            threads: None,
            excerpts: true,
            changes: Changes::All,
            baseline: None,
            provenance: true,
            progress: Arc::default(),
        }
    }

    /// Judges the lifecycle on this day.
    #[must_use]
    pub fn as_of(mut self, date: Date) -> Self {
        self.as_of = date;
        self
    }

    /// What says which references are violations.
    #[must_use]
    pub fn judge(&self) -> Judge<'_> {
        Judge {
            settings: &self.settings,
            as_of: self.as_of,
            suppressions: self.suppressions,
        }
    }

    pub(super) fn thread_count(&self) -> usize {
        self.threads.unwrap_or_else(|| {
            std::thread::available_parallelism()
                .map_or(1, usize::from)
                .min(16)
        })
    }
}

/// Today in UTC, so that machines in different zones agree.
#[must_use]
pub fn today() -> Date {
    jiff::Timestamp::now()
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date()
}
