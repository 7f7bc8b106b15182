//! What several formats say of a violation, in plain words. Text from files is printable in it;
//! each format escapes what is left for itself.

use std::collections::BTreeMap;

use super::concise::with_path;
use crate::facts::{
    Action, Advice, Context, Coverage, NO_EFFECT, Report, Severity, View, Violation,
};
use crate::kinds;
use crate::text::printable;

/// The name as found in the file, or spelt plainly where it is written some other way.
pub(super) fn name(violation: &Violation) -> String {
    if violation.view == View::Plain {
        printable(&violation.matched)
    } else {
        printable(&violation.name)
    }
}

/// What is wrong, in a line: name, key, message.
pub(super) fn statement(violation: &Violation) -> String {
    let key = match &violation.key {
        Some(key) => format!(" ({})", printable(key)),
        None => String::new(),
    };
    let count = match violation.occurrences {
        1 => String::new(),
        n => format!(" ({n} times in this file)"),
    };
    let message = printable(&violation.message);
    format!("{}{key}: {message}{count}", name(violation))
}

/// What to do, in a line: the replacement and its alternatives, or why there is none.
pub(super) fn remedy(violation: &Violation) -> Option<String> {
    let network =
        |name: &Option<String>| name.as_ref().map_or(String::new(), |n| format!(" ({n})"));
    let Some(advice) = &violation.replacement else {
        return violation.replacement_reason.clone();
    };
    if advice.action == Action::Delete {
        return Some(deletion(violation, advice));
    }
    let note = |note: &Option<String>| note.as_ref().map_or(String::new(), |n| format!("; {n}"));
    let mut texts = vec![format!(
        "{}{}{}",
        with_path(&advice.text, advice.path.as_deref()),
        network(&advice.network),
        note(&advice.note)
    )];
    let others = advice.alternatives.iter();
    let others = others.map(|a| format!("{}{}{}", a.text, network(&a.network), note(&a.note)));
    texts.extend(others);
    Some(format!("{} {}", verb(violation), texts.join(" or ")))
}

/// Why an entry can be deleted, and which one makes it superfluous.
pub(super) fn deletion(violation: &Violation, advice: &Advice) -> String {
    match violation.related.first() {
        Some(other) => format!(
            "delete this entry: {} is already on line {}",
            other.message, other.start.line
        ),
        None => format!("delete this entry: {} is already there", advice.text),
    }
}

/// What to do with a replacement.
pub(super) fn verb(violation: &Violation) -> &'static str {
    let kind = kinds::by_id(violation.reference);
    match violation.context {
        Context::FileName => kind.verb_for_file_names,
        _ => kind.verb,
    }
}

/// Statement and remedy in a line.
pub(super) fn line(violation: &Violation) -> String {
    match remedy(violation) {
        Some(remedy) => format!("{}; {remedy}", statement(violation)),
        None => statement(violation),
    }
}

/// The violations of each path.
pub(super) fn by_path(report: &Report) -> BTreeMap<&str, Vec<&Violation>> {
    let mut files: BTreeMap<&str, Vec<&Violation>> = BTreeMap::new();
    for violation in &report.violations {
        files.entry(&violation.path).or_default().push(violation);
    }
    files
}

/// A row of the summary: an environment and a service.
pub(super) struct Total<'r> {
    pub environment: &'r str,
    pub service: &'r str,
    pub count: usize,
    pub instead: Vec<String>,
}

/// How often each service of each environment is referred to, and what takes its place.
pub(super) fn totals(report: &Report) -> Vec<Total<'_>> {
    let mut groups: BTreeMap<(&str, &str), Total<'_>> = BTreeMap::new();
    for violation in &report.violations {
        let (environment, service) = (&violation.environment, &violation.service_name);
        let total = groups
            .entry((environment, service))
            .or_insert_with(|| Total {
                environment,
                service,
                count: 0,
                instead: Vec::new(),
            });
        total.count += 1;
        if let Some(advice) = &violation.replacement {
            let text = with_path(&advice.text, advice.path.as_deref());
            if !total.instead.contains(&text) {
                total.instead.push(text);
            }
        }
    }
    let mut totals: Vec<Total<'_>> = groups.into_values().collect();
    for total in &mut totals {
        total.instead.sort();
    }
    totals
}

/// The totals of the run in a sentence.
pub(super) fn headline(report: &Report) -> String {
    let files = plural(report.coverage.files, "file");
    if report.coverage.all_excluded && report.violations.is_empty() {
        return "Nothing to check: every file that was named is excluded.".to_owned();
    }
    let notices: String = notices(report)
        .iter()
        .map(|text| format!(" {text}"))
        .collect();
    let suppressed = report.suppressed.len() as u64;
    if report.violations.is_empty() {
        let found = match suppressed {
            0 => format!("No violations in {files}"),
            1 => format!("The only violation in {files} is suppressed"),
            count => format!("All {count} violations in {files} are suppressed"),
        };
        return format!("{found}, as of {}.{notices}", report.as_of);
    }
    let more = match suppressed {
        0 => String::new(),
        1 => " 1 more is suppressed.".to_owned(),
        count => format!(" {count} more are suppressed."),
    };
    format!(
        "{} in {} of {files} ({}), as of {}.{more}{notices}",
        plural(report.violations.len() as u64, "violation"),
        by_path(report).len(),
        severities(report),
        report.as_of
    )
}

/// What the notices are about, in sentences with numbers.
pub(super) fn notices(report: &Report) -> Vec<String> {
    let patterns = report
        .notices
        .iter()
        .filter(|n| n.rule == NO_EFFECT)
        .count();
    let suppressions = report.notices.len() - patterns;
    let mut texts = Vec::new();
    if suppressions > 0 {
        let count = plural(suppressions as u64, "suppression");
        texts.push(format!("{count} unused or not understood."));
    }
    if patterns > 0 {
        let count = plural(patterns as u64, "pattern");
        texts.push(format!("{count} of the configuration without effect."));
    }
    texts
}

/// How many violations there are of each severity, the most severe first.
pub(super) fn severities(report: &Report) -> String {
    let severities: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|severity| (severity, report.count(severity) as u64))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| match severity {
            Severity::Info => format!("{count} info"),
            Severity::Warning => plural(count, "warning"),
            Severity::Error => plural(count, "error"),
        })
        .collect();
    severities.join(", ")
}

/// Why the run cannot vouch for its answer, if so.
pub(super) fn doubt(report: &Report) -> Option<String> {
    if report.found_nothing() {
        Some("No file was found to check, so this run proves nothing.".to_owned())
    } else if report.failures.is_empty() {
        None
    } else {
        let files = plural(report.failures.len() as u64, "file");
        Some(format!(
            "{files} could not be checked, so this run cannot vouch for them."
        ))
    }
}

/// The packs with their versions.
pub(super) fn packs(report: &Report) -> String {
    let packs: Vec<String> = report
        .packs
        .iter()
        .map(|p| format!("{} {}", p.name, p.version))
        .collect();
    packs.join(", ")
}

/// Which default packs the checked files replaced by others, if so: a repository chooses its own packs, and
/// that must not go unsaid.
pub(crate) fn replaced_packs(report: &Report) -> Option<String> {
    let (last, before) = report.replaced_packs.split_last()?;
    let names = match before {
        [] => format!("The default pack {last} was"),
        before => format!("The default packs {} and {last} were", before.join(", ")),
    };
    let file = report
        .configurations
        .first()
        .map(|used| printable(&used.path));
    let file = file.unwrap_or_else(|| "the configuration".to_owned());
    Some(format!("{names} not used: {file} names other packs."))
}

/// What was checked against what, and what was skipped, in a sentence.
pub(super) fn checked(report: &Report) -> String {
    let coverage = &report.coverage;
    format!(
        "Checked {} ({}) against {}; {}.",
        plural(coverage.files, "file"),
        size(coverage.bytes),
        packs_and_configurations(report),
        skipped(coverage)
    )
}

fn packs_and_configurations(report: &Report) -> String {
    let mut text = packs(report);
    let files = report.configurations.iter().map(|used| used.path.as_str());
    for (number, path) in files.enumerate() {
        text.push_str(if number == 0 { " with " } else { " on " });
        text.push_str(&printable(path));
    }
    text
}

/// What was skipped, in a sentence without an end.
pub(super) fn skipped(coverage: &Coverage) -> String {
    let skipped: Vec<String> = coverage
        .skipped
        .iter()
        .map(|(reason, skipped)| format!("{} {}", skipped.count, reason.words(skipped.count)))
        .collect();
    if skipped.is_empty() {
        "nothing skipped".to_owned()
    } else {
        format!("skipped: {}", skipped.join(", "))
    }
}

/// What was not read although nobody asked to leave it out, if anything.
pub(crate) fn gaps(report: &Report) -> Option<String> {
    let skipped = report.coverage.skipped.iter();
    let gaps: Vec<String> = skipped
        .filter(|(reason, _)| reason.is_gap())
        .map(|(reason, skipped)| format!("{} {}", skipped.count, reason.words(skipped.count)))
        .collect();
    (!gaps.is_empty()).then(|| format!("not read: {}", gaps.join(", ")))
}

/// A number with its word.
pub(crate) fn plural(count: u64, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}

/// A number of bytes for readers.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return plural(bytes, "byte");
    }
    #[allow(clippy::cast_precision_loss)]
    let mut value = bytes as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

/// At most so many bytes of a text, cut between characters.
pub(super) fn clip(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let end = (0..=most.saturating_sub('…'.len_utf8()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    format!("{}…", &text[..end.unwrap_or(0)])
}

/// What a program could write over the span of a violation: only where the name is plain in the
/// text and its replacement changes nothing else.
pub(super) fn substitute(violation: &Violation) -> Option<&str> {
    let advice = violation.replacement.as_ref()?;
    let plain = violation.view == View::Plain && violation.matched.to_lowercase() == violation.name;
    let text = !matches!(
        violation.context,
        Context::FileName | Context::Binary | Context::Certificate | Context::Encoded
    );
    let possible = plain
        && text
        && kinds::by_id(violation.reference).fix.allows_edits()
        && advice.action == Action::Replace
        && advice.path.is_none();
    possible.then_some(advice.text.as_str())
}
