//! Adds directives to a file: where the format has comments and nothing else that it says changes.

use std::collections::{BTreeMap, HashSet};

use super::certain::CertainLines;
use super::proof::{identity, is_same_but_for};
use super::spots::{PossibleDirective, candidates};
use crate::detect::Scratch;
use crate::directive::WORD;
use crate::edit::{Edit, apply};
use crate::engine::Engine;
use crate::facts::{Severity, Terms, Violation};
use crate::syntax::Content;
use crate::text::Encoding;

/// What a suppression says.
#[derive(Debug, Clone)]
pub struct Wording {
    /// Why the violations stay.
    pub reason: String,
    /// Until when, and whose.
    pub terms: Terms,
}

/// Which violations to suppress.
#[derive(Debug, Clone)]
pub struct SuppressionRequest {
    /// The least severity.
    pub least: Severity,
    /// Only those of this rule.
    pub rule: Option<String>,
}

impl SuppressionRequest {
    /// Says whether a violation is one of them.
    #[must_use]
    pub fn has(&self, violation: &Violation) -> bool {
        violation.suppressed.is_none()
            && violation.severity >= self.least
            && self
                .rule
                .as_deref()
                .is_none_or(|rule| rule == violation.rule)
    }
}

/// What suppresses the violations of a file.
#[derive(Debug, Default)]
pub struct Added {
    /// Directives, in the order of their places.
    pub edits: Vec<Edit>,
    /// Violations that the directives suppress.
    pub inline: usize,
    /// Violations at which a directive cannot be added: for the configuration.
    pub left: Vec<Violation>,
}

/// Adds directives to files, one after the other.
pub struct Adder<'a, 'c> {
    engine: Engine<'a, 'c>,
    wording: &'a Wording,
    scratch: Scratch,
}

/// A line with violations to suppress.
struct LineToSuppress {
    /// Where it begins in the text.
    start: usize,
    /// Where it ends, without its line break.
    end: usize,
    violations: Vec<Violation>,
}

impl LineToSuppress {
    fn rules(&self) -> String {
        let mut rules: Vec<&str> = self.violations.iter().map(|v| v.rule.as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        rules.join(", ")
    }
}

/// The lines of a report and the rules that directives cover there. Others of the same rule go with those that
/// are wanted, and lines of reports are not always those of the text: where bytes of another encoding are in it,
/// two of its lines may be one.
struct CoveredLines<'l>(HashSet<(u64, &'l str)>);

impl<'l> CoveredLines<'l> {
    fn new(lines: impl IntoIterator<Item = &'l LineToSuppress>) -> Self {
        let violations = lines.into_iter().flat_map(|line| &line.violations);
        Self(
            violations
                .map(|v| (v.start.line, v.rule.as_str()))
                .collect(),
        )
    }

    fn has(&self, violation: &Violation) -> bool {
        let place = (violation.start.line, violation.rule.as_str());
        self.0.contains(&place)
    }
}

impl<'a, 'c> Adder<'a, 'c> {
    /// Adds directives with this wording.
    #[must_use]
    pub fn new(engine: Engine<'a, 'c>, wording: &'a Wording) -> Self {
        Self {
            engine,
            wording,
            scratch: Scratch::default(),
        }
    }

    /// Suppresses one violation of a file that holds `bytes`: the edit that does it, or none when
    /// a directive cannot be added. Others of its rule on the same line go with it.
    pub fn edit_for(&mut self, violation: &Violation, bytes: &[u8]) -> Option<Edit> {
        let relative = violation.path.clone();
        let content = Content::new(bytes, &relative);
        let certain = certain_lines(&content, &relative);
        let (violations, _) = self.judged(bytes, &relative);
        let mut lines = lines(&content, &violations, &|v| {
            v.start.line == violation.start.line && v.rule == violation.rule
        });
        let line = lines.pop()?;
        let one = self.one((&content, certain.as_ref()), &relative, &line)?;
        edit(&content, &one)
    }

    /// Suppresses the wanted violations of a file that holds `bytes`; `relative` is its path in
    /// reports.
    pub fn add(&mut self, bytes: &[u8], relative: &str, wanted: &SuppressionRequest) -> Added {
        let content = Content::new(bytes, relative);
        let (violations, _) = self.judged(bytes, relative);
        let lines = lines(&content, &violations, &|v| wanted.has(v));
        let certain = certain_lines(&content, relative);
        let known = (&content, certain.as_ref());
        let mut added = Added::default();
        let mut proved = self.prove(known, relative, lines.iter().collect(), &mut added.left);
        let candidates: Vec<PossibleDirective> = proved.iter().map(|(_, c)| c.clone()).collect();
        let all: Vec<&LineToSuppress> = proved.iter().map(|(line, _)| *line).collect();
        if proved.len() > 1 && !self.is_proved(&content, relative, &all, &candidates) {
            let lines = proved.drain(..).map(|(line, _)| line);
            added
                .left
                .extend(lines.flat_map(|line| line.violations.clone()));
        }
        let covered = CoveredLines::new(proved.iter().map(|(line, _)| *line));
        let open = violations.iter().filter(|v| v.suppressed.is_none());
        added.inline = open.filter(|v| covered.has(v)).count();
        added.left.retain(|v| !covered.has(v));
        let proved = proved.iter();
        added.edits = proved
            .filter_map(|(_, candidate)| edit(&content, candidate))
            .collect();
        added.edits.sort_by_key(|edit| edit.span.start);
        added
    }

    /// The violations of a content, suppressed ones too, and how many notices there are.
    fn judged(&mut self, bytes: &[u8], relative: &str) -> (Vec<Violation>, usize) {
        let checked = self.engine.check_bytes(bytes, relative, &mut self.scratch);
        let violations = checked.violations.into_iter();
        let violations = violations.map(|judged| judged.violation).collect();
        (violations, checked.notices.len())
    }

    /// The lines with directives that are proved together; where they are not, by halves.
    fn prove<'l>(
        &mut self,
        known: KnownContent<'_>,
        relative: &str,
        lines: Vec<&'l LineToSuppress>,
        left: &mut Vec<Violation>,
    ) -> Vec<(&'l LineToSuppress, PossibleDirective)> {
        if let [line] = lines[..] {
            let candidate = self.one(known, relative, line);
            if candidate.is_none() {
                left.extend(line.violations.iter().cloned());
            }
            return candidate.map(|c| (line, c)).into_iter().collect();
        }
        if lines.is_empty() {
            return Vec::new();
        }
        let first = |line: &LineToSuppress| {
            let candidates = self.candidates(known, line);
            candidates.into_iter().next()
        };
        let candidates: Option<Vec<PossibleDirective>> =
            lines.iter().map(|line| first(line)).collect();
        if let Some(candidates) = candidates
            && self.is_proved(known.0, relative, &lines, &candidates)
        {
            return lines.into_iter().zip(candidates).collect();
        }
        let mut lines = lines;
        let right = lines.split_off(lines.len() / 2);
        let mut both = self.prove(known, relative, lines, left);
        both.extend(self.prove(known, relative, right, left));
        both
    }

    fn one(
        &mut self,
        known: KnownContent<'_>,
        relative: &str,
        line: &LineToSuppress,
    ) -> Option<PossibleDirective> {
        let candidates = self.candidates(known, line);
        candidates.into_iter().find(|candidate| {
            self.is_proved(known.0, relative, &[line], std::slice::from_ref(candidate))
        })
    }

    /// Directives for a line, the best first.
    fn candidates(
        &self,
        (content, certain): KnownContent<'_>,
        line: &LineToSuppress,
    ) -> Vec<PossibleDirective> {
        let (Some(decoded), Some(document)) = (&content.decoded, &content.document) else {
            return Vec::new();
        };
        if !certain.is_some_and(|certain| certain.has((line.start, line.end))) {
            return Vec::new();
        }
        let words = self.words(&line.rules());
        let mut candidates = candidates(document, decoded.text(), (line.start, line.end), &words);
        candidates.retain(|candidate| edit(content, candidate).is_some());
        candidates
    }

    fn words(&self, rules: &str) -> String {
        let terms = &self.wording.terms;
        let mut words = format!("{WORD} ignore[{rules}] ");
        for (key, value) in [
            ("until", terms.until.map(|date| date.to_string())),
            ("owner", terms.owner.clone()),
            ("ticket", terms.ticket.clone()),
        ] {
            if let Some(value) = value {
                words.extend([key, "=", &value, " "]);
            }
        }
        words + &self.wording.reason
    }

    /// Says whether directives suppress the violations of their lines, and nothing else changes.
    fn is_proved(
        &mut self,
        content: &Content<'_>,
        relative: &str,
        lines: &[&LineToSuppress],
        candidates: &[PossibleDirective],
    ) -> bool {
        let mut candidates = candidates.to_vec();
        candidates.sort_by_key(|candidate| candidate.at);
        let edits: Option<Vec<Edit>> = candidates.iter().map(|c| edit(content, c)).collect();
        let Some(edits) = edits else {
            return false;
        };
        let after = apply(content.bytes, &edits);
        let new = Content::new(&after, relative);
        if !is_same_but_for(content, &new, &candidates) {
            return false;
        }
        let (old_violations, old_notices) = self.judged(content.bytes, relative);
        let (new_violations, new_notices) = self.judged(&after, relative);
        let gone = lines.iter().flat_map(|line| &line.violations);
        let gone: HashSet<u64> = gone.map(|violation| violation.start.byte).collect();
        let covered = CoveredLines::new(lines.iter().copied());
        let expected = old_violations.iter().map(|v| {
            let suppressed = v.suppressed.is_some();
            // Other violations of the rule on the line go with it.
            let also = covered.has(v);
            (
                identity(v),
                suppressed || also || gone.contains(&v.start.byte),
            )
        });
        let got = new_violations
            .iter()
            .map(|v| (identity(v), v.suppressed.is_some()));
        new_notices <= old_notices
            && old_violations.len() == new_violations.len()
            && expected.eq(got)
            && !gone.is_empty()
    }
}

/// A content, and of which of its lines it is certain how a comment is written there.
type KnownContent<'k> = (&'k Content<'k>, Option<&'k CertainLines<'k>>);

fn certain_lines<'d>(content: &'d Content<'_>, path: &str) -> Option<CertainLines<'d>> {
    let document = content.document.as_ref()?;
    Some(CertainLines::new(path, document))
}

/// The lines of a content that have wanted violations.
fn lines(
    content: &Content<'_>,
    violations: &[Violation],
    wanted: &dyn Fn(&Violation) -> bool,
) -> Vec<LineToSuppress> {
    let mut lines: BTreeMap<(usize, usize), Vec<Violation>> = BTreeMap::new();
    // Many may be on one line.
    let mut last = None;
    for violation in violations {
        if violation.suppressed.is_some() || !wanted(violation) {
            continue;
        }
        let place = content.decoded.as_ref().map_or((0, 0), |decoded| {
            let byte = usize::try_from(violation.start.byte).unwrap_or(usize::MAX);
            let at = decoded.range(byte..byte).start.min(decoded.text().len());
            if let Some((start, end)) = last.filter(|(start, end)| (*start..*end).contains(&at)) {
                return (start, end);
            }
            let start = decoded.text()[..at].rfind('\n').map_or(0, |n| n + 1);
            let line = decoded.text()[start..]
                .split('\n')
                .next()
                .unwrap_or_default();
            (start, start + line.trim_end_matches('\r').len())
        });
        last = Some(place);
        lines.entry(place).or_default().push(violation.clone());
    }
    let lines = lines.into_iter();
    lines
        .map(|((start, end), violations)| LineToSuppress {
            start,
            end,
            violations,
        })
        .collect()
}

/// The edit that adds a directive, if the encoding of the file has its characters.
fn edit(content: &Content<'_>, candidate: &PossibleDirective) -> Option<Edit> {
    let at = content.decoded.as_ref()?;
    let at = at.bytes(candidate.at..candidate.at).start;
    Some(Edit {
        span: at..at,
        old: Vec::new(),
        new: encode(content.encoding, &candidate.inserted)?,
    })
}

/// A text in an encoding, if that has all of its characters.
fn encode(encoding: Encoding, text: &str) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        _ => text.is_ascii().then(|| encoding.encode_ascii(text)),
    }
}
