//! One run: input → references → violations → report.

mod changes;
mod composed;
mod error;
mod known;
mod members;
mod options;
mod outcome;
mod provenance;
mod since;
mod worker;

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::catalogue::{Catalogue, Pack, PackError};
use crate::config::{PackChoice, Settings};
use crate::detect::{Detector, Scratch};
use crate::engine::Engine;
use crate::facts::{Failure, Report, RepositoryUsed, SkipReason};
use crate::input::{self, Roots, WalkOptions};

pub use changes::{Changes, ChangesError};
pub use error::CheckError;
use known::Known;
pub use options::{Options, Progress, today};
use outcome::report;
use provenance::Asked;
use since::Since;
use worker::{Tally, Worker};

/// Checks paths.
///
/// # Errors
/// When a pack cannot be used or a path does not exist. A file that cannot be read is not an error but
/// a failure in the report.
pub fn check(options: &Options) -> Result<Report, CheckError> {
    let catalogue = compile_packs(&options.settings)?;
    check_with(&catalogue, options)
}

/// The catalogue of the packs that the settings name, or of the default packs.
///
/// # Errors
/// When a pack cannot be used.
pub fn compile_packs(settings: &Settings) -> Result<Catalogue, PackError> {
    if settings.packs.is_empty() {
        return Catalogue::embedded();
    }
    let packs = settings
        .packs
        .iter()
        .map(|choice| match choice {
            PackChoice::Embedded(name) => Pack::embedded(name),
            PackChoice::Folder(folder) => Pack::from_folder(folder),
        })
        .collect::<Result<Vec<_>, _>>()?;
    Catalogue::compile(&packs)
}

/// Checks paths against a catalogue.
///
/// # Errors
/// When a path does not exist.
pub fn check_with(catalogue: &Catalogue, options: &Options) -> Result<Report, CheckError> {
    let detector = detector(catalogue, options);
    let gathered = Mutex::new(Tally::default());
    let run = Run::new(options, &detector, &gathered);
    changes::check(&options.changes, &options.paths)?;
    let (mut since, mut roots) = (None, None);
    let mut whole = false;
    let mut asked = Vec::new();
    if input::names_stdin(&options.paths) {
        if options.paths.len() > 1 {
            return Err(CheckError::StdinBesidePaths);
        }
        run.standard_input();
    } else {
        let roots = roots.insert(
            input::roots(&options.paths)
                .map_err(|(path, source)| CheckError::NoSuchPath { path, source })?,
        );
        if let Changes::Since {
            revision,
            all_decommissioned,
        } = &options.changes
        {
            since = Some(Since::new(roots, revision, *all_decommissioned)?);
        }
        let is_root = |path: &PathBuf| path.canonicalize().is_ok_and(|p| p == roots.root);
        whole = options.changes == Changes::All && options.paths.iter().any(is_root);
        asked = std::thread::scope(|scope| {
            let asked = Asked::ask(scope, options, roots);
            let below = if options.changes == Changes::Staged {
                run.staged(roots).map(|()| Vec::new())
            } else {
                run.paths(roots)
            };
            below.map(|below| asked.answers(below))
        })?;
    }
    let mut tally = take(&gathered);
    // What is in the working tree may not be what is staged.
    if let Some(roots) = roots
        .as_ref()
        .filter(|_| options.changes != Changes::Staged)
    {
        run.add_composed(catalogue, roots, &mut tally);
    }
    let provenance = provenance::of(options, roots.as_ref(), &tally, asked);
    let known = options.baseline.as_deref();
    let known = known.map(|baseline| Known::new(baseline, options, roots.as_ref()));
    let mut report = report(catalogue, options, tally, known.as_ref(), whole);
    report.provenance = provenance;
    if let Some(since) = since {
        since.sift(&mut report)?;
    }
    Ok(report)
}

pub(crate) fn detector<'c>(catalogue: &'c Catalogue, options: &Options) -> Detector<'c> {
    let detector = Detector::new(catalogue, options.settings.min_confidence);
    if options.excerpts {
        detector
    } else {
        detector.without_excerpts()
    }
}

/// Checks one content, e.g. of an editor or an archive. `path` is what the report calls it; its
/// ending tells the format.
#[must_use]
pub fn check_content(
    catalogue: &Catalogue,
    options: &Options,
    path: &str,
    content: &[u8],
) -> Report {
    check_contents(catalogue, options, [(path, content)])
}

/// Checks contents that are not in files, each with what the report calls it. What is searched for
/// is chosen once, which takes longer than reading a small content.
#[must_use]
pub fn check_contents<'a>(
    catalogue: &Catalogue,
    options: &Options,
    contents: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Report {
    let detector = detector(catalogue, options);
    let gathered = Mutex::new(Tally::default());
    let run = Run::new(options, &detector, &gathered);
    let mut worker = run.worker();
    let contents: Vec<(&str, &[u8])> = contents.into_iter().collect();
    for (path, content) in &contents {
        worker.read(path, &mut || Ok(*content));
    }
    // The worker hands over what it has when it ends.
    drop(worker);
    let mut tally = take(&gathered);
    run.add_composed_of(catalogue, &contents, &mut tally);
    report(catalogue, options, tally, None, false)
}

/// What all threads gathered.
fn take(gathered: &Mutex<Tally>) -> Tally {
    let mut gathered = gathered.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut gathered)
}

#[derive(Clone, Copy)]
struct Run<'r> {
    options: &'r Options,
    engine: Engine<'r, 'r>,
    gathered: &'r Mutex<Tally>,
    /// Files that are arguments themselves, which a walk leaves to them.
    named: &'r HashSet<PathBuf>,
    /// The scan root; empty for standard input.
    root: &'r Path,
}

/// The folders that lie in no other, without links.
fn outermost(folders: &[&PathBuf]) -> Result<BTreeSet<PathBuf>, CheckError> {
    let mut all = BTreeSet::new();
    for folder in folders {
        let canonical = folder.canonicalize();
        all.insert(canonical.map_err(|source| CheckError::NoSuchPath {
            path: (*folder).clone(),
            source,
        })?);
    }
    let inside = |folder: &PathBuf| all.iter().any(|o| o != folder && folder.starts_with(o));
    Ok(all.iter().filter(|f| !inside(f)).cloned().collect())
}

/// How to walk a folder of a run.
fn walk_options<'o>(
    options: &'o Options,
    folder: &'o Path,
    roots: &'o Roots,
    repository: Option<&'o Path>,
) -> WalkOptions<'o> {
    WalkOptions {
        folder,
        root: &roots.root,
        repository,
        respect_ignore: options.respect_ignore,
        hidden: options.hidden,
        exclude: &options.settings.exclude,
        asks_provenance: options.provenance,
        threads: options.thread_count(),
    }
}

/// There is no file among the arguments.
static NOTHING: OnceLock<HashSet<PathBuf>> = OnceLock::new();

impl<'r> Run<'r> {
    fn new(options: &'r Options, detector: &'r Detector<'r>, gathered: &'r Mutex<Tally>) -> Self {
        Self {
            options,
            engine: Engine {
                detector,
                judge: options.judge(),
            },
            gathered,
            named: NOTHING.get_or_init(HashSet::new),
            root: Path::new(""),
        }
    }

    fn worker(self) -> Worker<'r> {
        Worker {
            run: self,
            scratch: Scratch::default(),
            repository: None,
            listed: None,
            tally: Tally::default(),
            unreported: (0, 0),
        }
    }

    fn paths(self, roots: &Roots) -> Result<Vec<RepositoryUsed>, CheckError> {
        let (folders, mut files): (Vec<&PathBuf>, Vec<&PathBuf>) =
            self.options.paths.iter().partition(|p| p.is_dir());
        // What is named twice, or lies in a named folder, is read once.
        let mut named = HashSet::new();
        files.retain(|file| input::place(file).map_or(true, |place| named.insert(place)));
        let run = Run {
            named: &named,
            root: &roots.root,
            ..self
        };
        let mut below = Vec::new();
        for folder in outermost(&folders)? {
            let repository = input::repository_root(&folder);
            let options = walk_options(self.options, &folder, roots, repository.as_deref());
            below.extend(input::walk(&options, &|repository| {
                let mut worker = run.worker();
                worker.repository = repository.map(str::to_owned);
                worker
            }));
        }
        let next = AtomicUsize::new(0);
        let threads = match files.len() {
            0 => 0,
            many => self.options.thread_count().min(many.div_ceil(8)),
        };
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let mut worker = run.worker();
                    while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        worker.argument(file, roots);
                    }
                });
            }
        });
        Ok(below)
    }

    fn standard_input(self) {
        let named = self.options.stdin_filename.as_deref();
        let named = named.map(input::name_from_here);
        let mut worker = self.worker();
        if let Some(name) = named
            .as_ref()
            .filter(|n| self.options.settings.leaves_out(n))
        {
            worker
                .tally
                .skipped
                .push((SkipReason::Excluded, name.clone()));
            return;
        }
        let name = named.as_deref().unwrap_or("<stdin>");
        let mut failure = None;
        worker.stream(
            name,
            &mut Noting {
                reader: io::stdin().lock(),
                failure: &mut failure,
            },
        );
        if let Some(error) = failure {
            worker.tally.failures.push(Failure {
                path: name.to_owned(),
                message: error.to_string(),
            });
        }
    }
}

/// A reader that keeps the error with which it ends.
struct Noting<'n, R> {
    reader: R,
    failure: &'n mut Option<io::Error>,
}

impl<R: Read> Read for Noting<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer).map_err(|error| {
            let kind = error.kind();
            *self.failure = Some(error);
            io::Error::from(kind)
        })
    }
}
