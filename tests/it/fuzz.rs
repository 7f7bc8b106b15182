//! The targets of `fuzz/`, on changed fixtures and test data for a moment. The changes are the same in every run.
//!
//! `PTLINT_FUZZ_SECONDS=300 cargo test --release --test it fuzz` gives each target so long, and
//! `PTLINT_FUZZ_SEED=2` begins with other changes. `fuzz/README.md` says how to search with libFuzzer.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::common::home;

#[path = "../../fuzz/seeds.rs"]
mod seeds;
#[path = "../../fuzz/targets.rs"]
#[allow(clippy::duplicate_mod)]
mod targets;

use targets::{TARGETS, Target};

/// How many inputs each target gets if no time is given.
const INPUTS: u64 = 40;
/// No input may take longer, even in a program that is not optimised.
const MOST_TIME: Duration = Duration::from_secs(30);

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

/// One of the inputs after a few changes, sometimes with the first line of another one.
fn changed(originals: &[Vec<u8>], tokens: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = numbers.pick(originals).clone();
    let line = |bytes: &[u8]| bytes.iter().position(|byte| *byte == b'\n');
    if numbers.below(5) == 0 {
        let other = numbers.pick(originals);
        if let (Some(end), Some(other_end)) = (line(&bytes), line(other)) {
            drop(bytes.splice(..end, other[..other_end].to_vec()));
        }
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
                let other = numbers.pick(originals);
                let part = other[numbers.range(other.len(), 400)].to_vec();
                drop(bytes.splice(at..at, part));
            }
            // All lines after the first become one.
            5 if at.is_multiple_of(2) => {
                let first = line(&bytes).map_or(0, |end| end + 1);
                let rest = bytes.split_off(first);
                bytes.extend(rest.into_iter().filter(|byte| *byte != b'\n'));
            }
            _ => drop(bytes.splice(at..at, numbers.pick(tokens).clone())),
        }
    }
    bytes
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    let number = text.parse();
    Some(number.unwrap_or_else(|_| panic!("{name} is {text}, not a number")))
}

/// Gives changed inputs to a target; an input that it fails on is kept.
fn search(&(name, target): &Target) {
    let seconds = number("PTLINT_FUZZ_SECONDS").map(Duration::from_secs);
    let mut numbers = Numbers(number("PTLINT_FUZZ_SEED").unwrap_or(1));
    let dictionary = include_str!("../../fuzz/dictionary.txt");
    let tokens = seeds::tokens(dictionary);
    assert!(tokens.len() > 40, "{} tokens", tokens.len());
    let originals = seeds::seeds(name, &home());
    assert!(!originals.is_empty(), "nothing for {name}");

    let began = Instant::now();
    let mut tried = 0;
    while seconds.map_or(tried < INPUTS, |limit| began.elapsed() < limit) {
        tried += 1;
        let input = changed(&originals, &tokens, &mut numbers);
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| target(&input)));
        let took = start.elapsed();
        if outcome.is_err() || took > MOST_TIME {
            let kept = std::env::temp_dir().join(format!("ptlint-fuzz-{name}-{tried}"));
            fs::write(&kept, &input).expect("the input is kept");
            panic!(
                "{name}: input {tried} took {took:?} and is in {}",
                kept.display()
            );
        }
    }
    println!("{name}: {tried} inputs, {:?}", began.elapsed());
}

/// A test for each target, so that they run side by side.
macro_rules! tests {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            let is_it = |target: &&Target| target.0 == stringify!($name);
            search(TARGETS.iter().find(is_it).expect("a target"));
        })*

        #[test]
        fn every_target_has_a_test_and_a_file() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.0).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
            let manifest = include_str!("../../fuzz/Cargo.toml");
            for name in names {
                let path = format!("fuzz_targets/{name}.rs");
                assert!(manifest.contains(&format!("path = \"{path}\"")), "{path}");
                let file = fs::read_to_string(home().join("fuzz").join(path)).expect("a target");
                assert!(file.contains(&format!("targets::{name}(input)")), "{file}");
            }
        }
    };
}

tests! {
    whole_file
    readers
    views
    packs
    configuration
    suppressions
    baseline
    undo_patches
    certificates
    archives
    fix_round_trip
}

/// What a target found stays found: the inputs in `tests/data/fuzz`, a folder for each target.
#[test]
fn inputs_that_once_failed_do_not_fail_again() {
    let folder = home().join("tests/data/fuzz");
    for (name, target) in TARGETS {
        let Ok(entries) = fs::read_dir(folder.join(name)) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("readable").path();
            println!("{}", path.display());
            target(&fs::read(&path).expect("an input"));
        }
    }
}

#[test]
fn seeds_are_understood() {
    for (name, target) in TARGETS {
        // Some of them: other tests read all the files that they come from.
        for seed in seeds::seeds(name, &home()).iter().step_by(10) {
            target(seed);
        }
    }
    let patch = seeds::seeds("undo_patches", &home());
    assert!(patch[0].starts_with(b"{"), "{patch:?}");
    for text in seeds::seeds("baseline", &home()) {
        let text = String::from_utf8(text).expect("text");
        assert!(text.lines().count() > 1, "{text}");
        ptlint::internals::baseline::Baseline::parse("seed", &text).expect("a baseline");
    }
    for archive in seeds::seeds("archives", &home()) {
        let report = targets::check_archive(&archive);
        assert_eq!(
            report.suppressed.len() + report.violations.len(),
            1,
            "{report:?}"
        );
    }
}
