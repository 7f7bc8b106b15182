//! Reads expressions: literals, names, calls that format, and operators that join or choose.

use super::expression::{Expressions, MOST_STEPS, start_of_text};
use super::literal::literal_content;
use crate::compose::value::{Hole, Otherwise, TextPart};
use crate::syntax::FormatId;

/// A reader of one expression.
pub(super) struct Reader<'e, 'd> {
    pub(super) expressions: &'e Expressions<'d>,
    pub(super) text: &'d str,
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) steps: usize,
}

impl Reader<'_, '_> {
    pub(super) fn rest(&self) -> &str {
        &self.text[self.at.min(self.end)..self.end]
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    pub(super) fn take(&mut self, sign: &str) -> bool {
        let begins = self.rest().starts_with(sign);
        self.at += if begins { sign.len() } else { 0 };
        begins
    }

    /// `a || b`, `a ?? b`, `a or b`, `c ? a : b`, `a if c else b`.
    pub(super) fn choice(&mut self) -> Option<Vec<Vec<TextPart>>> {
        let first = self.join()?;
        let after = self.at;
        self.skip_blanks();
        let is_perl = self.expressions.document.format.id == FormatId::Perl;
        for operator in ["||", "??", "?:", "or ", "//"] {
            // Elsewhere this begins a comment.
            if (operator != "//" || is_perl) && self.take(operator) {
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
        // On another line it begins a statement, and without another value it is a condition of the whole.
        let line = self.rest().split('\n').next().unwrap_or_default();
        if !self.text[after..self.at].contains('\n')
            && line.starts_with("if ")
            && let Some(other) = line.find(" else ")
        {
            self.at += other + " else ".len();
            let mut ways = vec![first];
            ways.extend(self.choice()?);
            return Some(ways);
        }
        Some(vec![first])
    }

    /// Texts that are joined.
    pub(super) fn join(&mut self) -> Option<Vec<TextPart>> {
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

    pub(super) fn operand(&mut self) -> Option<Vec<TextPart>> {
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

    /// The arguments of a call, up to its bracket; anything else is a hole.
    pub(super) fn arguments(&mut self) -> Option<Vec<Vec<TextPart>>> {
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
    pub(super) fn name(&mut self) -> Option<Vec<TextPart>> {
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
                let content = literal_content(
                    &self.text[..self.end],
                    start_of_text(&self.text[..self.end], first),
                )?;
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
    pub(super) fn looked_up(
        &self,
        name: &str,
        start: usize,
        arguments: &[Vec<TextPart>],
    ) -> Option<Vec<TextPart>> {
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
        Some(vec![TextPart::Hole(Hole {
            name: key,
            otherwise,
            place: (self.expressions.place)(start..self.at),
        })])
    }
}

/// The text of pieces without holes.
fn plain_text(parts: &[TextPart]) -> Option<String> {
    let texts = parts.iter().map(|part| match part {
        TextPart::Text(text) => Some(text.text.as_str()),
        TextPart::Hole(_) => None,
    });
    texts.collect()
}

/// A value, or another one where it has none.
fn with_default(first: &[TextPart], other: Vec<TextPart>) -> Vec<TextPart> {
    match first {
        [TextPart::Hole(hole)] if hole.otherwise == Otherwise::Nothing => {
            vec![TextPart::Hole(Hole {
                otherwise: Otherwise::Default(other),
                ..hole.clone()
            })]
        }
        _ => first.to_vec(),
    }
}

/// Says whether a call fills the holes of its first argument.
pub(super) fn is_formatting(name: &str) -> bool {
    let last = name.rsplit(['.', ':', '>']).next().unwrap_or(name);
    let last = last.trim_end_matches('!').to_ascii_lowercase();
    ["format", "sprintf", "formatted", "fmt"].contains(&last.as_str())
}
