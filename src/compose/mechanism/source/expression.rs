//! Expressions that give a text: literals, names, calls that format, and operators that join or choose.

use std::ops::Range;

use super::literal::{Interpolation, interpolation};
use crate::compose::value::{Hole, Otherwise, Part, Place, WrittenText};
use crate::syntax::{Document, FormatId};

/// Parts of an expression that are read, so that none costs much.
const MOST_STEPS: usize = 200;
/// Bytes of an expression.
const MOST_BYTES: usize = 4_096;

/// Reads expressions of a program.
pub(super) struct Expressions<'d> {
    document: &'d Document,
    place: &'d dyn Fn(Range<usize>) -> Place,
}

/// A reader of one expression.
struct Reader<'e, 'd> {
    expressions: &'e Expressions<'d>,
    text: &'d str,
    at: usize,
    end: usize,
    steps: usize,
}

impl<'d> Expressions<'d> {
    pub(super) fn new(document: &'d Document, place: &'d dyn Fn(Range<usize>) -> Place) -> Self {
        Self { document, place }
    }

    /// What the expression at a byte may be: one list of pieces for each way that it chooses between.
    pub(super) fn read(&self, at: usize) -> Option<Vec<Vec<Part>>> {
        self.read_range(at..self.document.text.len().min(at + MOST_BYTES))
    }

    fn read_range(&self, range: Range<usize>) -> Option<Vec<Vec<Part>>> {
        let text = self.document.text.as_str();
        let mut end = range.end;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut reader = Reader {
            expressions: self,
            text,
            at: range.start,
            end,
            steps: 0,
        };
        reader.choice()
    }

    /// Where the expression begins of which the literal whose content begins at a byte is a part.
    pub(super) fn start_of_join(&self, content: usize) -> usize {
        let text = self.document.text.as_str();
        let mut start = start_of_literal(text, content);
        for _ in 0..MOST_STEPS {
            let before = text[..start].trim_end();
            if let Some(name) = before.strip_suffix('(') {
                let call = start_of_name(name);
                return if is_formatting(&name[call..]) {
                    call
                } else {
                    start
                };
            }
            let Some(operator) = self.joins().iter().find(|o| before.ends_with(**o)) else {
                return start;
            };
            let operand = before[..before.len() - operator.len()].trim_end();
            let Some(operand) = start_of_operand(operand) else {
                return start;
            };
            start = operand;
        }
        start
    }

    /// The operators that join texts.
    fn joins(&self) -> &'static [&'static str] {
        match self.document.format.id {
            FormatId::Php | FormatId::Perl => &["."],
            FormatId::Lua | FormatId::Haskell => &["..", "++"],
            FormatId::Basic => &["&", "+"],
            FormatId::Sql => &["||", "+"],
            FormatId::Elixir => &["<>"],
            _ => &["+"],
        }
    }
}

impl Reader<'_, '_> {
    fn rest(&self) -> &str {
        &self.text[self.at.min(self.end)..self.end]
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, sign: &str) -> bool {
        let begins = self.rest().starts_with(sign);
        self.at += if begins { sign.len() } else { 0 };
        begins
    }

    /// `a || b`, `a ?? b`, `a or b`, `c ? a : b`, `a if c else b`.
    fn choice(&mut self) -> Option<Vec<Vec<Part>>> {
        let first = self.join()?;
        self.skip_blanks();
        for operator in ["||", "??", "?:", "or ", "//"] {
            if self.take(operator) {
                let other = self.choice()?;
                return Some(
                    other
                        .into_iter()
                        .map(|other| with_default(&first, other))
                        .collect(),
                );
            }
        }
        if self.rest().starts_with('?') && !self.rest().starts_with("?.") {
            self.at += 1;
            let mut ways = self.choice()?;
            self.skip_blanks();
            if !self.take(":") {
                return None;
            }
            ways.extend(self.choice()?);
            return Some(ways);
        }
        if self.take("if ") {
            let other = self
                .rest()
                .split('\n')
                .next()
                .unwrap_or_default()
                .find(" else ")?;
            self.at += other + " else ".len();
            let mut ways = vec![first];
            ways.extend(self.choice()?);
            return Some(ways);
        }
        Some(vec![first])
    }

    /// Texts that are joined.
    fn join(&mut self) -> Option<Vec<Part>> {
        let mut parts = self.operand()?;
        loop {
            let after = self.at;
            self.skip_blanks();
            let joins = self.expressions.joins();
            let is_other = self.rest().starts_with("||") && !joins.contains(&"||");
            let joined = !is_other && joins.iter().any(|operator| self.take(operator));
            if !joined || self.rest().starts_with('=') {
                self.at = after;
                return Some(parts);
            }
            parts.extend(self.operand()?);
        }
    }

    fn operand(&mut self) -> Option<Vec<Part>> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        self.skip_blanks();
        if self.take("(") {
            let parts = self.choice()?;
            self.skip_blanks();
            let closes = self.take(")");
            return (closes && parts.len() == 1).then(|| parts.into_iter().next())?;
        }
        let rest = self.rest();
        let prefix = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '$' | '@'))
                .len();
        if prefix <= 2 && rest[prefix..].starts_with(['"', '\'', '`']) {
            self.at += prefix;
            return self.literal();
        }
        self.name()
    }

    /// A literal, and a call that formats it.
    fn literal(&mut self) -> Option<Vec<Part>> {
        let content = literal_content(&self.text[..self.end], self.at)?;
        let quote = content.start - self.at;
        self.at = content.end + quote;
        let document = self.expressions.document;
        let style = interpolation(self.text, content.start, document.format.id);
        let after = self.at;
        for call in [".format", ".formatted"] {
            if self.take(call) && self.take("(") {
                let arguments = self.arguments()?;
                return Some(self.formatted(content, &arguments));
            }
        }
        self.skip_blanks();
        if self.rest().starts_with('%') && document.format.id == FormatId::Python {
            self.at += 1;
            self.skip_blanks();
            let arguments = if self.take("(") {
                self.arguments()?
            } else {
                vec![self.operand()?]
            };
            return Some(self.formatted(content, &arguments));
        }
        self.at = after;
        self.interpolated(content, style)
    }

    /// The pieces of a literal with variables in it.
    fn interpolated(&self, content: Range<usize>, style: Interpolation) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let (mut at, mut plain) = (content.start, content.start);
        while at < content.end {
            let rest = &self.text[at..content.end];
            let opening: Option<(usize, char)> = match style {
                Interpolation::None => None,
                Interpolation::Braces if rest.starts_with("{{") || rest.starts_with("}}") => {
                    at += 2;
                    continue;
                }
                Interpolation::Braces if rest.starts_with('{') => Some((1, '}')),
                Interpolation::Dollar { .. } if rest.starts_with("\\$") => {
                    at += 2;
                    continue;
                }
                Interpolation::Dollar { .. } if rest.starts_with("${") => Some((2, '}')),
                Interpolation::Dollar { bare: true } if rest.starts_with("{$") => Some((1, '}')),
                Interpolation::Dollar { bare: true } if rest.starts_with('$') => Some((1, ' ')),
                Interpolation::Hash if rest.starts_with("#{") => Some((2, '}')),
                Interpolation::Backslash if rest.starts_with("\\(") => Some((2, ')')),
                _ => None,
            };
            let Some((length, close)) = opening else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            self.push(&mut parts, plain..at);
            let from = at + length;
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let to = if close == ' ' {
                let rest = &self.text[from..content.end];
                from + rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
            } else {
                from + self.text[from..content.end].find(close)?
            };
            let end = if close == ' ' { to } else { to + 1 };
            let inner = self.expressions.read_range(from..to);
            match inner
                .filter(|ways| ways.len() == 1)
                .and_then(|ways| ways.into_iter().next())
            {
                Some(inner) => parts.extend(inner),
                None => parts.push(self.hole(at..end, self.text[from..to].trim())),
            }
            (at, plain) = (end, end);
        }
        self.push(&mut parts, plain..content.end);
        Some(parts)
    }

    fn push(&self, parts: &mut Vec<Part>, range: Range<usize>) {
        if !range.is_empty() {
            parts.push(Part::Text(WrittenText {
                text: self.text[range.clone()].to_owned(),
                place: (self.expressions.place)(range),
            }));
        }
    }

    fn hole(&self, range: Range<usize>, name: &str) -> Part {
        Part::Hole(Hole {
            name: name.to_owned(),
            otherwise: Otherwise::Nothing,
            place: (self.expressions.place)(range),
        })
    }

    /// A literal with `%s`, `{}` and `{0}` for its arguments.
    fn formatted(&self, content: Range<usize>, arguments: &[Vec<Part>]) -> Vec<Part> {
        let mut parts = Vec::new();
        let (mut at, mut plain, mut next) = (content.start, content.start, 0);
        while at < content.end {
            let rest = &self.text[at..content.end];
            let (length, number) = if rest.starts_with("%s") || rest.starts_with("%v") {
                (2, None)
            } else if let Some(inside) =
                rest.strip_prefix('{').and_then(|rest| rest.split_once('}'))
            {
                let digits = inside.0.split(':').next().unwrap_or_default();
                (inside.0.len() + 2, digits.parse::<usize>().ok())
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            self.push(&mut parts, plain..at);
            let argument = arguments.get(number.unwrap_or(next));
            match argument {
                Some(argument) => parts.extend(argument.iter().cloned()),
                None => parts.push(self.hole(at..at + length, &rest[..length])),
            }
            next += 1;
            at += length;
            plain = at;
        }
        self.push(&mut parts, plain..content.end);
        parts
    }

    /// The arguments of a call, up to its bracket; those that are no texts are holes.
    fn arguments(&mut self) -> Option<Vec<Vec<Part>>> {
        let mut all = Vec::new();
        loop {
            self.skip_blanks();
            if self.take(")") {
                return Some(all);
            }
            let ways = self.choice()?;
            all.push(if ways.len() == 1 {
                ways.into_iter().next()?
            } else {
                Vec::new()
            });
            self.skip_blanks();
            if !self.take(",") {
                self.skip_blanks();
                return self.take(")").then_some(all);
            }
        }
    }

    /// A name, or a call.
    fn name(&mut self) -> Option<Vec<Part>> {
        let start = self.at;
        let is_part =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '.' | ':' | '?' | '!');
        let rest = self.rest();
        let mut length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        while rest[length..].starts_with("->") {
            let more = &rest[length + 2..];
            length += 2 + more.find(|c: char| !is_part(c)).unwrap_or(more.len());
        }
        let name = rest[..length]
            .trim_end_matches([':', '?', '.', '!'])
            .to_owned();
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.at += name.len();
        if name == "format!" || self.rest().starts_with("!(") {
            self.take("!");
        }
        if self.take("(") {
            let first = self.at;
            let arguments = self.arguments()?;
            if is_formatting(&name) {
                let content =
                    literal_content(&self.text[..self.end], start_of_text(self.text, first))?;
                return Some(self.formatted(content, arguments.get(1..).unwrap_or_default()));
            }
            return self.looked_up(&name, start, &arguments);
        }
        if self.take("[") {
            self.skip_blanks();
            let key = self.operand()?;
            self.skip_blanks();
            if !self.take("]") {
                return None;
            }
            let key = plain_text(&key)?;
            return Some(vec![self.hole(start..self.at, &format!("{name}.{key}"))]);
        }
        Some(vec![self.hole(start..self.at, &name)])
    }

    /// A call that looks up a setting by its name, perhaps with a default.
    fn looked_up(&self, name: &str, start: usize, arguments: &[Vec<Part>]) -> Option<Vec<Part>> {
        let last = name
            .rsplit(['.', ':', '>'])
            .next()
            .unwrap_or(name)
            .to_ascii_lowercase();
        let looks_up = ["env", "get", "property", "fetch", "setting", "config"];
        let key = arguments.first().and_then(|key| plain_text(key));
        let key = key.filter(|_| looks_up.iter().any(|word| last.contains(word)))?;
        let otherwise = match arguments.get(1) {
            Some(default) => Otherwise::Default(default.clone()),
            None => Otherwise::Nothing,
        };
        Some(vec![Part::Hole(Hole {
            name: key,
            otherwise,
            place: (self.expressions.place)(start..self.at),
        })])
    }
}

/// The text of pieces without holes.
fn plain_text(parts: &[Part]) -> Option<String> {
    let texts = parts.iter().map(|part| match part {
        Part::Text(text) => Some(text.text.as_str()),
        Part::Hole(_) => None,
    });
    texts.collect()
}

/// A value, or another one where it has none.
fn with_default(first: &[Part], other: Vec<Part>) -> Vec<Part> {
    match first {
        [Part::Hole(hole)] if hole.otherwise == Otherwise::Nothing => vec![Part::Hole(Hole {
            otherwise: Otherwise::Default(other),
            ..hole.clone()
        })],
        _ => first.to_vec(),
    }
}

/// Says whether a call fills the holes of its first argument.
fn is_formatting(name: &str) -> bool {
    let last = name.rsplit(['.', ':', '>']).next().unwrap_or(name);
    let last = last.trim_end_matches('!').to_ascii_lowercase();
    ["format", "sprintf", "formatted", "fmt"].contains(&last.as_str())
}

/// The content of the literal at a quote.
fn literal_content(text: &str, quote_at: usize) -> Option<Range<usize>> {
    let quote = text[quote_at..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let triple = [quote; 3].iter().collect::<String>();
    let close = if text[quote_at..].starts_with(&triple) {
        triple
    } else {
        quote.to_string()
    };
    let start = quote_at + close.len();
    let mut at = start;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(&close) {
            return Some(start..at);
        }
        let is_escape = rest.starts_with('\\');
        at += rest.chars().next().map_or(1, char::len_utf8);
        if is_escape {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
        if rest.starts_with('\n') && close.len() == 1 && quote != '`' {
            return None;
        }
    }
    None
}

/// The quote of the first argument, after blanks and what tells the sort of the literal.
fn start_of_text(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let is_before =
        |c: char| c.is_whitespace() || c.is_ascii_alphabetic() || matches!(c, '$' | '@');
    at + rest.len() - rest.trim_start_matches(is_before).len()
}

/// Where the literal begins whose content begins at a byte, with what tells its sort.
fn start_of_literal(text: &str, content: usize) -> usize {
    let before = &text[..content];
    let Some(quote) = before
        .chars()
        .next_back()
        .filter(|c| matches!(c, '"' | '\'' | '`'))
    else {
        return content;
    };
    let triple = [quote; 3].iter().collect::<String>();
    let before = before
        .strip_suffix(&triple)
        .unwrap_or(&before[..before.len() - 1]);
    let word = before.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '$' | '@'));
    if before.len() - word.len() <= 2 && !word.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    {
        word.len()
    } else {
        before.len()
    }
}

/// Where the name begins with which a text ends.
fn start_of_name(text: &str) -> usize {
    let is_part = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '.' | ':' | '>' | '-' | '?' | '!')
    };
    text.trim_end_matches(is_part).len()
}

/// Where the literal, the name or the call begins with which a text ends.
fn start_of_operand(text: &str) -> Option<usize> {
    let last = text.chars().next_back()?;
    if matches!(last, '"' | '\'' | '`') {
        let inside = &text[..text.len() - 1];
        let open = inside.rfind(last)?;
        return Some(start_of_literal(text, open + 1));
    }
    let mut end = text.len();
    if let Some((open, close)) = [('(', ')'), ('[', ']')]
        .into_iter()
        .find(|(_, close)| *close == last)
    {
        let mut depth = 0;
        end = text.rmatch_indices([open, close]).find_map(|(at, sign)| {
            depth += if sign.starts_with(close) { 1 } else { -1 };
            (depth == 0).then_some(at)
        })?;
    }
    let start = start_of_name(&text[..end]);
    (start < text.len()).then_some(start)
}
