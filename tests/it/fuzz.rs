//! Checks and fixes changed fixtures and test data: nothing panics, every span is inside the text, and no
//! input takes long. The changes are the same in every run.
//!
//! `PTLINT_FUZZ_SECONDS=300 cargo test --release --test it fuzz` goes on for so long, and
//! `PTLINT_FUZZ_SEED=2` begins with other changes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ptlint::config::Settings;
use ptlint::detect::Detector;
use ptlint::edit::apply;
use ptlint::engine::{Engine, Judge};
use ptlint::facts::{Confidence, Report, View};
use ptlint::fix::FilePlanner;
use ptlint::{Options, check_content};

use crate::common::{AS_OF, catalogue, fixtures, home};

/// How many inputs are tried if no time is given.
const INPUTS: u64 = 150;
/// Longer files are cut: what matters is in the first part of all fixtures.
const MOST_BYTES: usize = 16 * 1024;
/// No input may take longer, even in a program that is not optimised.
const MOST_TIME: Duration = Duration::from_secs(30);

/// What is put into files.
const PIECES: &[&[u8]] = &[
    b"msg.dev.spine2.ncrs.nhs.uk",
    b"https://msg.train.spine2.ncrs.nhs.uk:443/a?b=c#d",
    b"ldap.vn03.national.ncrs.nhs.uk",
    b"bXNnLmRldi5zcGluZTIubmNycy5uaHMudWs=",
    b"NHS TRA Level 1C",
    b"# ptlint: ignore[dev-host] kept\n",
    b"<!-- ptlint: ignore -->",
    b"${",
    b"{{ ",
    b"}}",
    b"\"\"\"",
    b"'",
    b"\"",
    b"\\",
    b"\\u0000",
    b"&#46;",
    b"%2e",
    b"=\r\n",
    b"\n\t- ",
    b": |\n",
    b"```\n",
    b"<![CDATA[",
    b"/*",
    b"*/",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xf0\x9f\x93\xa6",
    b"\r",
    b"\x85",
    b"\x1b[2J",
];

/// The numbers of splitmix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 if there is none.
    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).expect("a length").max(1);
        usize::try_from(self.next() % limit).expect("below a length")
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }

    /// A range of at most `most` bytes.
    fn range(&mut self, length: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let end = (start + self.below(most + 1)).min(length);
        start..end
    }
}

/// The files that are changed, each with the name that says its format.
fn originals() -> Vec<(String, Vec<u8>)> {
    let mut folders = fixtures();
    folders.push(home().join("tests/data/foreign"));
    folders.push(home().join("tests/data/certificates"));
    folders.push(home().join("tests/data/cases"));
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(walkdir::WalkDir::new)
        .map(|entry| entry.expect("readable").into_path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    assert!(files.len() > 150, "{} files", files.len());
    let read = |path: PathBuf| {
        let mut bytes = std::fs::read(&path).expect("readable");
        bytes.truncate(MOST_BYTES);
        let name = path.file_name().expect("a name");
        (name.to_string_lossy().into_owned(), bytes)
    };
    files.into_iter().map(read).collect()
}

/// One of the files after a few changes, sometimes under the name of another one.
fn changed(originals: &[(String, Vec<u8>)], numbers: &mut Numbers) -> (String, Vec<u8>) {
    let (mut name, mut bytes) = numbers.pick(originals).clone();
    if numbers.below(5) == 0 {
        name.clone_from(&numbers.pick(originals).0);
    }
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        match numbers.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            1 => drop(bytes.drain(numbers.range(bytes.len(), 40))),
            2 => bytes.truncate(at),
            3 => {
                let again = bytes[numbers.range(bytes.len(), 200)].to_vec();
                drop(bytes.splice(at..at, again));
            }
            4 => {
                let other = &numbers.pick(originals).1;
                let part = other[numbers.range(other.len(), 400)].to_vec();
                drop(bytes.splice(at..at, part));
            }
            5 => bytes.retain(|byte| *byte != b'\n' || at.is_multiple_of(2)),
            _ => {
                let piece = numbers.pick(PIECES).iter().copied();
                drop(bytes.splice(at..at, piece));
            }
        }
    }
    (name, bytes)
}

/// What is wrong with the places of a report.
fn wrong_places(report: &Report, path: &str, bytes: &[u8]) -> Option<String> {
    let failed = report.failures.first();
    if let Some(failure) = failed {
        return Some(format!("not checked: {failure:?}"));
    }
    for violation in &report.violations {
        // A place in a member of an archive counts from the start of the member.
        if violation.path != path {
            continue;
        }
        let (start, end) = (violation.start, violation.end);
        let span = usize::try_from(start.byte).ok()?..usize::try_from(end.byte).ok()?;
        let Some(text) = bytes.get(span) else {
            return Some(format!("{start:?} to {end:?} of {} bytes", bytes.len()));
        };
        let is_plain = violation.view == View::Plain && violation.certificate.is_none();
        let narrow = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0);
        if is_plain && narrow && text != violation.matched.as_bytes() {
            let text = String::from_utf8_lossy(text);
            return Some(format!(
                "{text:?} at {start:?}, not {:?}",
                violation.matched
            ));
        }
        if start.line == 0 || start.column == 0 || (start.line, start.byte) > (end.line, end.byte) {
            return Some(format!("{start:?} to {end:?}"));
        }
    }
    None
}

#[test]
fn changed_files_are_checked_and_fixed_without_a_panic() {
    let number = |name: &str| -> Option<u64> {
        let text = std::env::var(name).ok()?;
        Some(
            text.parse()
                .unwrap_or_else(|_| panic!("{name} is {text}, not a number")),
        )
    };
    let seconds = number("PTLINT_FUZZ_SECONDS").map(Duration::from_secs);
    let mut numbers = Numbers(number("PTLINT_FUZZ_SEED").unwrap_or(1));

    let catalogue = catalogue();
    let settings = Settings::default();
    let as_of = AS_OF.parse().expect("a date");
    let mut options = Options::new(["unused"]).as_of(as_of);
    options.settings.min_confidence = Confidence::Speculative;
    let detector = Detector::new(&catalogue, Confidence::Possible).with_echoes();
    let judge = Judge {
        settings: &settings,
        suppressions: true,
        as_of,
    };
    let engine = Engine {
        detector: &detector,
        judge,
    };
    let mut planner = FilePlanner::new(engine, true);
    let originals = originals();

    let began = Instant::now();
    let (mut tried, mut violations, mut fixed) = (0, 0, 0);
    while seconds.map_or(tried < INPUTS, |limit| began.elapsed() < limit) {
        tried += 1;
        let (name, bytes) = changed(&originals, &mut numbers);
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let report = check_content(&catalogue, &options, &name, &bytes);
            violations += report.violations.len();
            let plan = planner.plan(Path::new(&name), &name, &bytes);
            if let Some(change) = &plan.change {
                let after = apply(&bytes, &change.edits);
                assert_ne!(after, bytes, "a change that changes nothing");
                fixed += 1;
            }
            wrong_places(&report, &name, &bytes)
        }));
        let took = start.elapsed();
        let wrong = match outcome {
            Err(_) => Some("a panic, which is printed above".to_owned()),
            Ok(None) if took > MOST_TIME => Some(format!("it took {took:?}")),
            Ok(wrong) => wrong,
        };
        if let Some(wrong) = wrong {
            let kept = std::env::temp_dir().join(format!("ptlint-fuzz-{tried}-{name}"));
            std::fs::write(&kept, &bytes).expect("the input is kept");
            panic!("input {tried}, {}, called {name}: {wrong}", kept.display());
        }
    }
    println!(
        "{tried} inputs, {violations} violations, {fixed} fixed, {:?}",
        began.elapsed()
    );
    // The changes leave enough to find.
    assert!(
        violations > usize::try_from(tried).expect("a count"),
        "{violations} in {tried}"
    );
    assert!(fixed > 0);
}
