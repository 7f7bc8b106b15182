//! What must be true of any input, for libFuzzer and for `cargo test` alike: each target takes bytes and panics
//! if something is wrong. `fuzz/fuzz_targets` gives them to libFuzzer, `tests/it/fuzz.rs` to changed samples.
//!
//! Where a target needs the name of a file, that is the first line of the input.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ptlint::facts::{Confidence, Failure, Notice, Report, Severity, Terms, View, Violation};
use ptlint::internals::baseline::Baseline;
use ptlint::internals::catalogue::{Catalogue, Pack};
use ptlint::internals::certificate;
use ptlint::internals::config::Settings;
use ptlint::internals::detect::{Detector, Scratch};
use ptlint::internals::document::YamlDocument;
use ptlint::internals::edit::{apply, undo};
use ptlint::internals::engine::{Engine, Judge};
use ptlint::internals::examples;
use ptlint::internals::fix::FilePlanner;
use ptlint::internals::suppress::{Adder, SuppressionRequest, Wording};
use ptlint::internals::syntax::{self, FORMATS};
use ptlint::internals::text::GlobFolder;
use ptlint::{Options, check_content, check_with};

#[path = "../benches/foreign/trees.rs"]
mod trees;

/// A target: its name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets. Each has a file of its name in `fuzz/fuzz_targets`.
pub const TARGETS: &[Target] = &[
    ("whole_file", whole_file),
    ("readers", readers),
    ("views", views),
    ("packs", packs),
    ("configuration", configuration),
    ("suppressions", suppressions),
    ("baseline", baseline),
    ("undo_patches", undo_patches),
    ("certificates", certificates),
    ("archives", archives),
    ("fix_round_trip", fix_round_trip),
];

/// Longer inputs are cut.
const MOST_BYTES: usize = 64 * 1024;
/// A file with a retired host, which a directive covers.
pub const SAMPLE: &str =
    "# ptlint: ignore[dev-host] kept\na: https://msg.dev.spine2.ncrs.nhs.uk/x\nb: 1\n";

/// What every target needs, made once for each thread.
struct Kit {
    catalogue: &'static Catalogue,
    detector: &'static Detector<'static>,
    options: &'static Options,
}

impl Kit {
    fn get() -> Rc<Self> {
        thread_local! {
            static KIT: Rc<Kit> = Rc::new(Kit::new());
        }
        KIT.with(Rc::clone)
    }

    /// What it refers to lives as long as the program.
    fn new() -> Self {
        let catalogue = Catalogue::embedded().expect("the embedded packs are sound");
        let catalogue: &'static Catalogue = Box::leak(Box::new(catalogue));
        let detector = Detector::new(catalogue, Confidence::Possible).with_echoes();
        let as_of = "2026-01-01".parse().expect("a date");
        let mut options = Options::new(["unused"]).as_of(as_of);
        options.settings.min_confidence = Confidence::Speculative;
        options.archives = true;
        Self {
            catalogue,
            detector: Box::leak(Box::new(detector)),
            options: Box::leak(Box::new(options)),
        }
    }

    fn engine(&self) -> Engine<'static, 'static> {
        Engine {
            detector: self.detector,
            judge: Judge {
                settings: &self.options.settings,
                as_of: self.options.as_of,
                suppressions: true,
            },
        }
    }

    /// Each violation of a file and its notices.
    fn check(&self, name: &str, bytes: &[u8]) -> (Vec<Violation>, Vec<Notice>) {
        let checked = self
            .engine()
            .check_bytes(bytes, name, &mut Scratch::default());
        let violations = checked
            .violations
            .into_iter()
            .map(|judged| judged.violation);
        (violations.collect(), checked.notices)
    }
}

/// The name of a file, which is the first line of an input, and what the file contains.
fn named(input: &[u8]) -> (String, &[u8]) {
    let input = &input[..input.len().min(MOST_BYTES)];
    let end = input.iter().position(|byte| *byte == b'\n');
    let (name, content) = end.map_or((&b"a.yaml"[..], input), |end| {
        (&input[..end], &input[end + 1..])
    });
    let name = String::from_utf8_lossy(name).replace(char::is_control, "_");
    // What comes before the last slash only says whose the file is.
    let name = if name.is_empty() {
        "a".to_owned()
    } else {
        name
    };
    (name, content)
}

/// An input as a text, without what is not UTF-8.
fn text(input: &[u8]) -> Option<&str> {
    std::str::from_utf8(&input[..input.len().min(MOST_BYTES)]).ok()
}

/// A whole file: it is checked, and what is found is at the place that the report says.
pub fn whole_file(input: &[u8]) {
    let (name, bytes) = named(input);
    let kit = Kit::get();
    let report = check_content(kit.catalogue, kit.options, &name, bytes);
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    let is_plain_text = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0);
    for violation in report.violations.iter().chain(&report.suppressed) {
        // A place in a member of an archive counts from the start of the member.
        if violation.path == name {
            assert_place(violation, bytes, is_plain_text);
        }
    }
}

/// The place of a violation is in the file, and has the text that was matched.
fn assert_place(violation: &Violation, bytes: &[u8], is_plain_text: bool) {
    let (start, end) = (violation.start, violation.end);
    let offset = |byte: u64| usize::try_from(byte).expect("a file in memory");
    let span = offset(start.byte)..offset(end.byte);
    let matched = bytes.get(span).expect("a place in the file");
    assert!(start.line > 0 && start.column > 0, "{start:?}");
    assert!(
        (start.line, start.byte) <= (end.line, end.byte),
        "{start:?} to {end:?}"
    );
    if violation.view == View::Plain && violation.certificate.is_none() && is_plain_text {
        let matched = String::from_utf8_lossy(matched);
        assert_eq!(matched, violation.matched, "at {start:?}");
    }
}

/// One reader, which the first byte chooses: the tree is of the text, whatever the text is.
pub fn readers(input: &[u8]) {
    let Some((first, rest)) = input.split_first() else {
        return;
    };
    let Some(text) = text(rest) else {
        return;
    };
    let format = &FORMATS[usize::from(*first) % FORMATS.len()];
    let document = syntax::Document::read(text, format);
    let faults = trees::faults(&document);
    assert!(faults.is_empty(), "{}: {faults:#?}", format.name);
    for node in 0..document.tree.nodes().len().min(100) {
        if document.tree.node(node).kind == syntax::NodeKind::Scalar
            && let Some(inner) = document.inner(node)
        {
            let faults = trees::faults(&inner);
            assert!(faults.is_empty(), "in {}: {faults:#?}", format.name);
        }
    }
}

/// How many ways of writing [`views`] has.
pub const WRITINGS: u8 = 9;

/// A text written in another way, which the first byte chooses: what is found in it is in the file.
pub fn views(input: &[u8]) {
    let Some((first, rest)) = input.split_first() else {
        return;
    };
    let rest = &rest[..rest.len().min(MOST_BYTES / 4)];
    let lossy = String::from_utf8_lossy(rest);
    let encoded = || STANDARD.encode(rest);
    let each = |write: &dyn Fn(char) -> String| lossy.chars().map(write).collect::<String>();
    let (name, content) = match first % WRITINGS {
        0 => ("a.yaml", format!("a: {}\n", encoded())),
        1 => (
            "a.json",
            format!("{{\"a\": \"{}\"}}", STANDARD.encode(encoded())),
        ),
        2 => ("a.json", format!("{{\"a\": \"{}\"}}", each(&escaped))),
        3 => (
            "a.url",
            each(&|c| c.to_string().bytes().map(|b| format!("%{b:02x}")).collect()),
        ),
        4 => (
            "a.xml",
            format!("<a>{}</a>", each(&|c| format!("&#{};", u32::from(c)))),
        ),
        5 => (
            "a.eml",
            each(&|c| c.to_string().bytes().map(|b| format!("={b:02X}")).collect()),
        ),
        6 => ("a.js", format!("x = '{}'", lossy.replace('.', "' +\n  '"))),
        7 => ("a.conf", lossy.replace('.', "\\.")),
        _ => {
            let units = lossy.encode_utf16().flat_map(u16::to_le_bytes);
            let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(units).collect();
            return whole_file(&[b"a.reg\n", &bytes[..]].concat());
        }
    };
    whole_file(format!("{name}\n{content}").as_bytes());
}

fn escaped(c: char) -> String {
    let mut units = [0; 2];
    let units = c.encode_utf16(&mut units);
    units.iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// A pack: it is refused, or it compiles, and its examples and a check go through.
pub fn packs(input: &[u8]) {
    let Some(text) = text(input) else {
        return;
    };
    let Ok(pack) = Pack::from_texts("fuzzed", vec![("pack.yaml".to_owned(), text.to_owned())])
    else {
        return;
    };
    let Ok(catalogue) = Catalogue::compile(&[pack]) else {
        return;
    };
    for merged in catalogue.packs() {
        let _ = examples::run(&catalogue, merged);
    }
    let report = check_content(&catalogue, Kit::get().options, "a.yaml", SAMPLE.as_bytes());
    assert!(report.failures.is_empty(), "{:?}", report.failures);
}

/// A configuration: it is refused, or a check with it goes through.
pub fn configuration(input: &[u8]) {
    let Some(text) = text(input) else {
        return;
    };
    let Ok(document) = YamlDocument::parse("ptlint.yaml", text) else {
        return;
    };
    for is_trusted in [true, false] {
        let folder = Path::new("/nowhere");
        let read = Settings::from_document(&document, folder, &GlobFolder::default(), is_trusted);
        let Ok(settings) = read else {
            continue;
        };
        let kit = Kit::get();
        let options = Options {
            settings,
            ..kit.options.clone()
        };
        let report = check_content(kit.catalogue, &options, "a/b.yaml", SAMPLE.as_bytes());
        assert!(report.failures.is_empty(), "{:?}", report.failures);
    }
}

/// Directives, found and written: the violations stay the same ones, those that `suppress` says it
/// suppressed are suppressed, and no directive is malformed or without effect that was not before.
pub fn suppressions(input: &[u8]) {
    let (name, bytes) = named(input);
    let kit = Kit::get();
    let (before, notices) = kit.check(&name, bytes);
    let wording = Wording {
        reason: "kept".to_owned(),
        terms: Terms::default(),
    };
    let wanted = SuppressionRequest {
        least: Severity::Info,
        rule: None,
    };
    let added = Adder::new(kit.engine(), &wording).add(bytes, &name, &wanted);
    if added.edits.is_empty() {
        assert_eq!(added.inline, 0);
        return;
    }
    let (after, new_notices) = kit.check(&name, &apply(bytes, &added.edits));
    let names = |list: &[Violation]| -> Vec<String> {
        let mut names: Vec<String> = list
            .iter()
            .map(|v| format!("{} {}", v.rule, v.name))
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&before), names(&after), "other violations");
    let open = |list: &[Violation]| list.iter().filter(|v| v.suppressed.is_none()).count();
    assert_eq!(open(&before), open(&after) + added.inline, "suppressed");
    assert!(
        new_notices.len() <= notices.len(),
        "{notices:#?} {new_notices:#?}"
    );
}

/// A baseline: it is refused, or writing it gives what reading it gave.
pub fn baseline(input: &[u8]) {
    let Some(text) = text(input) else {
        return;
    };
    let Ok(baseline) = Baseline::parse("baseline", text) else {
        return;
    };
    let written = baseline.to_text();
    let again = Baseline::parse("baseline", &written).expect("it can be read again");
    assert_eq!(baseline, again);
    assert_eq!(written, again.to_text());
}

/// An undo patch: nothing outside of its folder changes.
pub fn undo_patches(input: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("root");
    fs::create_dir(&root).expect("a folder");
    let outside = folder.path().join("outside");
    let fixed = SAMPLE.replace(".dev.", ".int.");
    // One is as before the fix, and one as after it.
    for (file, content) in [
        (root.join("a.yaml"), SAMPLE),
        (root.join("b.yaml"), &fixed),
        (outside.clone(), SAMPLE),
    ] {
        fs::write(file, content).expect("a file");
    }
    let patch = folder.path().join("patch");
    fs::write(&patch, input).expect("a file");
    let undone = undo(Some(&patch), &root);
    let around = fs::read_dir(folder.path()).expect("the folder").count();
    let is_removed = undone.is_ok_and(|undone| undone.removed);
    assert_eq!(
        around,
        if is_removed { 2 } else { 3 },
        "files next to the root"
    );
    let unchanged = fs::read_to_string(&outside).expect("the file outside");
    assert_eq!(unchanged, SAMPLE);
}

/// Certificates: what is read lies in the bytes, at each of a few offsets, as DER and as PEM.
pub fn certificates(input: &[u8]) {
    let input = &input[..input.len().min(MOST_BYTES)];
    let _ = certificate::decode(input);
    for part in 0..8 {
        let offset = input.len() * part / 8;
        if let Some((range, _)) = certificate::certificate_at(input, offset) {
            assert!(
                range.contains(&offset) && range.end <= input.len(),
                "{range:?}"
            );
        }
        if let Some(block) = certificate::pem::block_at(input, offset) {
            let range = block.span;
            assert!(
                range.start <= offset && range.end <= input.len(),
                "{range:?}"
            );
        }
    }
    let name = if input.starts_with(b"-----") {
        "a.pem"
    } else {
        "a.der"
    };
    whole_file(&[name.as_bytes(), b"\n", input].concat());
}

/// An archive: its members are checked, or it is said why they are not.
pub fn archives(input: &[u8]) {
    let report = check_archive(input);
    let is_limit = |failure: &Failure| failure.message.starts_with("not read to its end (");
    assert!(
        report.failures.iter().all(is_limit),
        "{:?}",
        report.failures
    );
}

/// The report on a file with an archive, whose first byte tells its name.
pub fn check_archive(input: &[u8]) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    let name = match input.first() {
        Some(b'P') => "a.zip",
        Some(0x1f) => "a.gz",
        Some(b'#') => "a.jar",
        _ => "a.tar",
    };
    let path = folder.path().join(name);
    fs::write(&path, input).expect("a file");
    let kit = Kit::get();
    let options = Options {
        paths: vec![path],
        threads: Some(1),
        ..kit.options.clone()
    };
    check_with(kit.catalogue, &options).expect("a file")
}

/// Fixes, safe and unsafe: a change changes something, takes references out and never adds any, can be taken
/// back, and leaves nothing to a second run.
pub fn fix_round_trip(input: &[u8]) {
    let (name, bytes) = named(input);
    let kit = Kit::get();
    for is_unsafe in [false, true] {
        let mut planner = FilePlanner::new(kit.engine(), is_unsafe);
        let plan = planner.plan(Path::new(&name), &name, bytes);
        let Some(change) = plan.change else {
            continue;
        };
        let fixed = apply(bytes, &change.edits);
        assert_ne!(fixed, bytes, "a change that changes nothing");
        assert_eq!(apply(&fixed, &change.reversed().edits), bytes, "taken back");
        let references = |bytes: &[u8]| kit.check(&name, bytes).0.len();
        let (before, after) = (references(bytes), references(&fixed));
        assert!(after < before, "{before} references became {after}");
        let again = planner.plan(Path::new(&name), &name, &fixed);
        if let Some(change) = again.change {
            let twice = apply(&fixed, &change.edits);
            panic!(
                "a second run changes {:?} to {:?}",
                String::from_utf8_lossy(&fixed),
                String::from_utf8_lossy(&twice)
            );
        }
    }
}
