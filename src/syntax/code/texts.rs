//! Strings in the tree of source code: each is a name, a comment, or a value.

use std::ops::Range;

use super::language::Habit;
use super::member::{LastRead, NamedBy, is_keyword};
use super::strings::{decode, is_plain};
use super::structure::{Keyed, StructureBuilder};
use super::tokens::CodeTokenKind;
use crate::syntax::tree::Step;
use crate::text::Mapped;

impl StructureBuilder<'_> {
    /// A string: a name, a comment, or a value together with those that it is joined with.
    pub(super) fn text(&mut self, at: usize) -> usize {
        if let Some(next) = self.documentation(at).or_else(|| self.text_as_name(at)) {
            return next;
        }
        let (last, numbers) = self.joined(at);
        let end = self.token(last).map_or(0, |t| t.end as usize);
        let (step, key) = self.text_step(at);
        self.record(step, key, &numbers);
        let start = self.token(at).map_or(end, |t| t.start as usize);
        self.read(LastRead::Value, start..end.max(start));
        if self.language.has(Habit::Forms) {
            let frame = self.frame();
            frame.item += usize::from(frame.member.counted);
            self.end_member();
            self.member().before = LastRead::Value;
        }
        last + 1
    }

    pub(super) fn documentation(&mut self, at: usize) -> Option<usize> {
        let token = self.token(at)?;
        let alone = self.language.has(Habit::Docstrings)
            && self.frames.len() == 1
            && self.member().is_empty()
            && self.text_of(token)?.tripled
            && self
                .token(at + 1)
                .is_none_or(|t| t.kind == CodeTokenKind::Line);
        alone.then(|| {
            self.builder.comment(token.range());
            at + 1
        })
    }

    /// Makes a string the name of what follows, and gives the token after the sign between.
    pub(super) fn text_as_name(&mut self, at: usize) -> Option<usize> {
        let token = self.token(at)?;
        let mut next = at + 1;
        while self
            .token(next)
            .is_some_and(|t| t.kind == CodeTokenKind::Line)
        {
            next += 1;
        }
        let sign = self.token(next)?;
        let member = *self.member();
        if self.language.has(Habit::Forms) {
            let value = matches!(
                sign.kind,
                CodeTokenKind::Text(_) | CodeTokenKind::Open(_) | CodeTokenKind::Literal
            );
            let key = self.frame().sign == b'{' && member.name.is_none() && value;
            return key.then(|| {
                self.set_name(token, NamedBy::Arrow);
                at + 1
            });
        }
        let frame = self.frame();
        if sign.kind == CodeTokenKind::Comma && member.is_empty() {
            let key = match frame.keyed {
                Keyed::None => false,
                Keyed::First => frame.position == 0,
                Keyed::Alternate => frame.position.is_multiple_of(2),
            };
            return key.then(|| {
                self.frame().key = Some(token);
                at + 1
            });
        }
        let case = member.case && member.questions == 0;
        let (named, by) = match self.says(sign) {
            "=>" => (true, NamedBy::Arrow),
            "->" => (!self.language.has(Habit::ArrowMember), NamedBy::Arrow),
            "to" => (self.language.has(Habit::ToPairs), NamedBy::Arrow),
            // A type does not follow, as it does after a name.
            ":" => (case || member.is_empty(), NamedBy::ColonAbove),
            "=" => (member.is_empty(), NamedBy::Equals),
            _ => (false, NamedBy::Equals),
        };
        named.then(|| {
            self.set_name(token, by);
            self.member().before = LastRead::Operator;
            next + 1
        })
    }

    /// The last token, and the strings, of those that are joined with the string `at`.
    pub(super) fn joined(&self, at: usize) -> (usize, Vec<u32>) {
        let matter = self.lines_matter();
        let mut numbers = Vec::new();
        let mut last = at;
        let skip = |mut at: usize| {
            let begin = at;
            while self
                .token(at)
                .is_some_and(|t| t.kind == CodeTokenKind::Line)
            {
                at += 1;
            }
            (at, at > begin)
        };
        while let Some(CodeTokenKind::Text(number)) = self.token(last).map(|t| t.kind) {
            numbers.push(number);
            let (next, below) = skip(last + 1);
            let Some(token) = self.token(next) else { break };
            let follower = if token.kind == CodeTokenKind::Operator
                && self.language.joins.contains(&self.says(token))
            {
                skip(next + 1).0
            } else if self.language.has(Habit::Adjacent) && !(below && matter) {
                next
            } else {
                break;
            };
            if !self
                .token(follower)
                .is_some_and(|t| matches!(t.kind, CodeTokenKind::Text(_)))
            {
                break;
            }
            last = follower;
        }
        (last, numbers)
    }

    pub(super) fn text_step(&mut self, at: usize) -> (Step, Option<Range<usize>>) {
        let member = *self.member();
        if let Some(name) = member.name.filter(|_| !member.wrapped) {
            self.member().used = true;
            return self.named(name.token);
        }
        self.member().used = true;
        let command = self.language.has(Habit::Commands) && member.before == LastRead::Word;
        let before = at.checked_sub(1).and_then(|at| self.token(at));
        if let Some(word) = before.filter(|t| command && t.kind == CodeTokenKind::Word)
            && !is_keyword(self.says(word), self.any_case())
        {
            return self.named(word);
        }
        (self.item(), None)
    }

    pub(super) fn record(&mut self, step: Step, key: Option<Range<usize>>, numbers: &[u32]) {
        let texts = &self.tokens.texts;
        let mut parts = numbers.iter().filter_map(|n| texts.get(*n as usize));
        let Some(first) = parts.next() else { return };
        let content = self.source.get(first.content.clone()).unwrap_or_default();
        if numbers.len() == 1 && is_plain(content, first.escapes, first.quote) {
            self.scalar(step, key, first.content.clone());
            return;
        }
        let mut mapped = Mapped::new();
        let mut span = first.content.clone();
        for part in std::iter::once(first).chain(parts) {
            decode(
                self.source,
                part.content.clone(),
                part.escapes,
                part.quote,
                &mut mapped,
            );
            span.end = span.end.max(part.content.end);
        }
        self.last_end = self.last_end.max(span.end);
        self.builder.decoded(step, key, span, mapped);
    }
}
