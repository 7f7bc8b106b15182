//! Adds directives to a file: where the format has comments and nothing else that it says changes.

use std::collections::BTreeMap;

use crate::detect::Scratch;
use crate::directive::WORD;
use crate::edit::{Edit, apply};
use crate::engine::Engine;
use crate::facts::{Severity, Terms, Violation};
use crate::syntax::{Content, DirectivePlace, FormatId, Language, NodeKind, Step};
use crate::text::Encoding;

/// What a suppression says.
#[derive(Debug, Clone)]
pub struct Wording {
    /// Why they stay.
    pub reason: String,
    /// Until when, and whose.
    pub terms: Terms,
}

/// Which violations to suppress.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The least severity.
    pub least: Severity,
    /// Only those of this rule.
    pub rule: Option<String>,
}

impl Wanted {
    /// Whether a violation is one of them.
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
struct Line {
    /// Where it begins in the text.
    start: usize,
    /// Where it ends, without its line break.
    end: usize,
    violations: Vec<Violation>,
}

impl Line {
    fn rules(&self) -> String {
        let mut rules: Vec<&str> = self.violations.iter().map(|v| v.rule.as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        rules.join(", ")
    }
}

/// Where a directive can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    End,
    Before,
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
        let mut lines = self.lines(bytes, &relative, &|v| {
            v.start.line == violation.start.line && v.rule == violation.rule
        });
        let line = lines.pop()?;
        let content = Content::new(bytes, &relative);
        self.one(&content, &relative, &line)
    }

    /// Suppresses the wanted violations of a file that holds `bytes`; `relative` is its path in
    /// reports.
    pub fn add(&mut self, bytes: &[u8], relative: &str, wanted: &Wanted) -> Added {
        let content = Content::new(bytes, relative);
        let lines = self.lines(bytes, relative, &|v| wanted.has(v));
        let mut added = Added::default();
        let mut proved = self.prove(&content, relative, lines.iter().collect(), &mut added.left);
        let edits: Vec<Edit> = proved.iter().map(|(_, edit)| edit.clone()).collect();
        let all: Vec<&Line> = proved.iter().map(|(line, _)| *line).collect();
        if proved.len() > 1 && !self.holds(&content, relative, &all, &edits) {
            let lines = proved.drain(..).map(|(line, _)| line);
            added
                .left
                .extend(lines.flat_map(|line| line.violations.clone()));
        }
        added.inline = proved.iter().map(|(line, _)| line.violations.len()).sum();
        added.edits = proved.into_iter().map(|(_, edit)| edit).collect();
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

    fn lines(
        &mut self,
        bytes: &[u8],
        relative: &str,
        wanted: &dyn Fn(&Violation) -> bool,
    ) -> Vec<Line> {
        let content = Content::new(bytes, relative);
        let mut lines: BTreeMap<(usize, usize), Vec<Violation>> = BTreeMap::new();
        for violation in self.judged(bytes, relative).0 {
            if violation.suppressed.is_some() || !wanted(&violation) {
                continue;
            }
            let place = content.decoded.as_ref().map_or((0, 0), |decoded| {
                let byte = usize::try_from(violation.start.byte).unwrap_or(usize::MAX);
                let at = decoded.range(byte..byte).start.min(decoded.text().len());
                let start = decoded.text()[..at].rfind('\n').map_or(0, |n| n + 1);
                let line = decoded.text()[start..]
                    .split('\n')
                    .next()
                    .unwrap_or_default();
                (start, start + line.trim_end_matches('\r').len())
            });
            lines.entry(place).or_default().push(violation);
        }
        let lines = lines.into_iter();
        lines
            .map(|((start, end), violations)| Line {
                start,
                end,
                violations,
            })
            .collect()
    }

    /// The lines with directives that are proved together; where they are not, by halves.
    fn prove<'l>(
        &mut self,
        content: &Content<'_>,
        relative: &str,
        lines: Vec<&'l Line>,
        left: &mut Vec<Violation>,
    ) -> Vec<(&'l Line, Edit)> {
        if let [line] = lines[..] {
            let edit = self.one(content, relative, line);
            if edit.is_none() {
                left.extend(line.violations.iter().cloned());
            }
            return edit.map(|edit| (line, edit)).into_iter().collect();
        }
        if lines.is_empty() {
            return Vec::new();
        }
        let first = |line: &Line| self.candidates(content, line).into_iter().next();
        let edits: Option<Vec<Edit>> = lines.iter().map(|line| first(line)).collect();
        if let Some(edits) = edits
            && self.holds(content, relative, &lines, &edits)
        {
            return lines.into_iter().zip(edits).collect();
        }
        let mut lines = lines;
        let right = lines.split_off(lines.len() / 2);
        let mut both = self.prove(content, relative, lines, left);
        both.extend(self.prove(content, relative, right, left));
        both
    }

    fn one(&mut self, content: &Content<'_>, relative: &str, line: &Line) -> Option<Edit> {
        let candidates = self.candidates(content, line).into_iter();
        let mut candidates = candidates;
        candidates.find(|edit| self.holds(content, relative, &[line], std::slice::from_ref(edit)))
    }

    /// Directives for a line, the best first.
    fn candidates(&self, content: &Content<'_>, line: &Line) -> Vec<Edit> {
        let (Some(decoded), Some(document)) = (&content.decoded, &content.document) else {
            return Vec::new();
        };
        let text = decoded.text();
        let format = document.format;
        let own = &text[line.start..line.end];
        let before = text[..line.start].trim_end_matches(['\r', '\n']);
        let joined = |text: &str| text.ends_with(['\\', '^', '`']);
        if format.directives == DirectivePlace::Nowhere || joined(own) || own.contains("-----BEGIN")
        {
            return Vec::new();
        }
        let Some((open, close)) = marks(format.language, text) else {
            return Vec::new();
        };
        let words = self.words(&line.rules());
        if open == "<!--" && words.contains("--")
            || !close.is_empty() && words.contains(close.trim())
        {
            return Vec::new();
        }
        let directive = format!("{open} {words}{close}");
        let at_the_end = format.directives == DirectivePlace::LineEnd;
        let is_free = !own.to_ascii_lowercase().contains(WORD);
        let mut spots = Vec::new();
        if at_the_end && is_free {
            spots.push(Spot::End);
        }
        let is_first = ["<?", "<!", "#!"].iter().any(|head| own.starts_with(head));
        // A comment between the lines of a table or of a paragraph would part them.
        let parts = format.id == FormatId::Markdown
            && (own.trim_start().starts_with('|')
                || !text[..line.start]
                    .trim_end_matches([' ', '\r'])
                    .ends_with("\n\n")
                    && !text[..line.start].ends_with("\n\r\n")
                    && line.start > 0);
        if !joined(before) && !is_first && !parts {
            spots.push(Spot::Before);
        }
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let edit = |spot: &Spot| {
            let (at, new) = match spot {
                Spot::End => (line.end, format!(" {directive}")),
                Spot::Before => {
                    let indent = &own[..own.len() - own.trim_start().len()];
                    (line.start, format!("{indent}{directive}{newline}"))
                }
            };
            let at = decoded.bytes(at..at).start;
            Some(Edit {
                span: at..at,
                old: Vec::new(),
                new: encode(content.encoding, &new)?,
            })
        };
        spots.iter().filter_map(edit).collect()
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

    /// Whether directives suppress the violations of their lines, and nothing else changes.
    fn holds(
        &mut self,
        content: &Content<'_>,
        relative: &str,
        lines: &[&Line],
        edits: &[Edit],
    ) -> bool {
        let mut edits = edits.to_vec();
        edits.sort_by_key(|edit| edit.span.start);
        let after = apply(content.bytes, &edits);
        let new = Content::new(&after, relative);
        if content.encoding != new.encoding || outline(content) != outline(&new) {
            return false;
        }
        let (old_violations, old_notices) = self.judged(content.bytes, relative);
        let (new_violations, new_notices) = self.judged(&after, relative);
        let gone = lines.iter().flat_map(|line| &line.violations);
        let gone: Vec<u64> = gone.map(|violation| violation.start.byte).collect();
        let expected = old_violations.iter().map(|v| {
            let suppressed = v.suppressed.is_some();
            // Other violations of the rule on the line go with it.
            let also = lines.iter().any(|line| {
                line.violations
                    .iter()
                    .any(|w| w.rule == v.rule && w.start.line == v.start.line)
            });
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

/// What makes a violation the same one in the changed file.
fn identity(violation: &Violation) -> (&str, &str, Option<&str>) {
    (&violation.rule, &violation.name, violation.key.as_deref())
}

/// All that a file says, without its comments.
fn outline(content: &Content<'_>) -> Option<Vec<(NodeKind, Step, String)>> {
    let document = content.document.as_ref()?;
    let tree = &document.tree;
    let nodes = tree.nodes().iter().enumerate();
    let mut outline: Vec<(NodeKind, Step, String)> = nodes
        .map(|(number, node)| {
            let text = match node.kind {
                NodeKind::Scalar => tree.text(number, &document.text).to_owned(),
                _ => String::new(),
            };
            (node.kind, node.step.clone(), text)
        })
        .collect();
    // A file that does not parse to its end before is not understood better afterwards.
    let problem = tree.problem().map(|problem| problem.message.clone());
    outline.extend(problem.map(|message| (NodeKind::Scalar, Step::Text, message)));
    Some(outline)
}

/// How a comment begins and ends: as the file has them already, otherwise as is usual.
fn marks(language: &Language, text: &str) -> Option<(&'static str, String)> {
    let begins = |mark: &&&str| {
        text.lines()
            .any(|line| line.trim_start().starts_with(**mark))
    };
    let line = language.line.iter().find(begins).or(language.line.first());
    if let Some(mark) = line {
        return Some((mark.trim_end(), String::new()));
    }
    let block = language.blocks.first()?;
    Some((block.open, format!(" {}", block.close)))
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
