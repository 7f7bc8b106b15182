//! Brackets in the tree of source code: which of them are groups, and what these are called.

use super::brackets::{BracketPair, BracketShape, shape};
use super::language::Habit;
use super::member::{LastRead, NamedBy, is_control, is_keyword, is_name, is_setting};
use super::structure::{Keyed, OpenBracket, StructureBuilder};
use super::tokens::{CodeToken, CodeTokenKind};
use crate::syntax::tree::NodeKind;

impl StructureBuilder<'_> {
    pub(super) fn close(&mut self, at: usize, sign: u8) -> usize {
        let Some(token) = self.token(at) else {
            return at + 1;
        };
        let mut closed = false;
        while self.frames.len() > 1 && self.frame().close == at {
            let own = self.frame().sign == sign;
            self.pop(if own { token.end } else { token.start } as usize);
            self.read(LastRead::Close, token.range());
            closed = true;
        }
        // A statement that ends with a block has no sign after it.
        let next = self.token(at + 1).map(|t| t.kind);
        let block = matches!(self.frame().sign, 0 | b'{');
        let begins = matches!(
            next,
            Some(
                CodeTokenKind::Word
                    | CodeTokenKind::Text(_)
                    | CodeTokenKind::Literal
                    | CodeTokenKind::Option
            )
        );
        if closed && sign == b'{' && block && begins {
            self.end_statement();
        }
        at + 1
    }

    pub(super) fn pop(&mut self, end: usize) {
        let member = *self.member();
        self.end_member();
        let counted = self.member().counted || member.counted;
        let Some(frame) = self.frames.pop() else {
            return;
        };
        if frame.recorded {
            self.last_end = self.last_end.max(end);
            self.builder.close(self.last_end);
        } else {
            let outer = self.member();
            outer.counted |= counted;
            outer.used |= member.used;
        }
    }

    pub(super) fn shape(&self, at: usize) -> BracketShape {
        shape(self.source, &self.tokens.list, &self.pairs, at)
    }

    /// An opening bracket: a group, or nothing.
    pub(super) fn open(&mut self, at: usize, sign: u8) -> usize {
        let (Some(token), Some(Some(pair))) = (self.token(at), self.pairs.get(at).copied()) else {
            return at + 1;
        };
        let range = token.range();
        let before = self.member().before;
        let called = self.member().word.filter(|_| before == LastRead::Word);
        let called = called.filter(|w| !is_control(self.says(*w), self.any_case()));
        if sign == b'(' && called.is_some() {
            let member = self.member();
            member.called = called;
        }
        if let Some(next) = self.index_name(at, sign, pair) {
            return next;
        }
        if !pair.full {
            self.member().calls += usize::from(sign == b'(' && called.is_some());
            let end = self.token(pair.close()).map_or(range.end, |t| {
                let own = if pair.own { t.end } else { t.start };
                own as usize
            });
            self.read(LastRead::Close, range.start..end.max(range.end));
            return pair.close().max(at + 1) + usize::from(pair.own);
        }
        if self.language.has(Habit::Forms) {
            return self.form(at, sign, pair);
        }
        let shape = self.shape(at);
        let mut frame = OpenBracket::new(pair.close(), sign, true);
        frame.keyed = self.keyed(at, sign, called, &shape);
        let list = range.start > 0 && self.source.as_bytes()[range.start - 1] == b'@';
        let alone = sign == b'('
            && !list
            && called.is_none()
            && before != LastRead::Close
            && shape.commas == 0;
        let named = self.member().name.is_some();
        let setting = frame.keyed == Keyed::First && shape.commas == 1;
        if (alone && !(shape.named && named)) || (setting && !(called.is_some() && named)) {
            frame.recorded = false;
            frame.item = self.frame().item;
            let outer = *self.member();
            if alone {
                frame.member.name = outer.name.filter(|_| !outer.wrapped);
                frame.member.inherited = true;
            }
        } else {
            let keyed = frame.keyed != Keyed::None || self.holds_pairs(at);
            let kind =
                if shape.named || keyed || (sign == b'{' && (shape.statements || !shape.texts)) {
                    NodeKind::Mapping
                } else {
                    NodeKind::Sequence
                };
            self.open_group(kind, sign, called, range.start);
        }
        if sign == b'(' {
            self.member().calls += usize::from(called.is_some());
        }
        self.member().used = true;
        self.frames.push(frame);
        at + 1
    }

    pub(super) fn open_group(
        &mut self,
        kind: NodeKind,
        sign: u8,
        called: Option<CodeToken>,
        start: usize,
    ) {
        let member = *self.member();
        let control = |t: &CodeToken| member.control || is_keyword(self.says(*t), self.any_case());
        let part =
            |t: &CodeToken| t.start > 0 && self.source.as_bytes()[t.start as usize - 1] == b'.';
        let own = if sign == b'{' {
            // A type or the like may be between the parameters and the block.
            let block = member.called.filter(|_| !called.is_some_and(|t| part(&t)));
            let called = called.filter(|t| !control(t));
            member.declared.or(block).or(called)
        } else {
            called.filter(|t| sign == b'(' || !control(t))
        };
        let (step, key) = match (member.name, own) {
            // In a chain of calls each has its own name, in a group with the name of the value.
            (Some(name), Some(call)) if member.calls > 0 && sign == b'(' => {
                if !member.wrapped {
                    let (step, key) = self.named(name.token);
                    self.builder.open(NodeKind::Mapping, step, key, start);
                    self.member().wrapped = true;
                }
                self.named(call)
            }
            (Some(name), _) if !member.wrapped => self.named(name.token),
            (_, Some(call)) => self.named(call),
            _ => (self.item(), None),
        };
        self.builder.open(kind, step, key, start);
    }

    /// A bracket around a string that is the name of what follows: `["x"] = …`
    pub(super) fn index_name(&mut self, at: usize, sign: u8, pair: BracketPair) -> Option<usize> {
        let index = sign == b'[' || (sign == b'{' && self.language.has(Habit::BraceIndex));
        if !index || !pair.own || pair.close() != at + 2 {
            return None;
        }
        let token = self.token(at + 1)?;
        let member = *self.member();
        let word = match token.kind {
            CodeTokenKind::Text(_) => true,
            CodeTokenKind::Word if sign == b'{' => !member.is_empty(),
            CodeTokenKind::Word => {
                self.language.has(Habit::Symbols) && self.says(token).starts_with(':')
            }
            _ => false,
        };
        if !word {
            return None;
        }
        let sign = self.token(pair.close() + 1)?;
        let by = match self.says(sign) {
            "=" | ":=" | "+=" | "||=" | "??=" | ".=" | "//=" => NamedBy::Equals,
            ":" if member.is_empty() => NamedBy::ColonAbove,
            _ => return None,
        };
        self.set_name(token, by);
        self.member().before = LastRead::Operator;
        Some(pair.close() + 2)
    }

    /// A bracket of a language in which the first word in it is its name.
    pub(super) fn form(&mut self, at: usize, sign: u8, pair: BracketPair) -> usize {
        let start = self.token(at).map_or(0, |t| t.start as usize);
        let first = self
            .token(at + 1)
            .filter(|t| sign == b'(' && t.kind == CodeTokenKind::Word);
        let member = *self.member();
        let (step, key) = match (member.name, first) {
            (Some(name), _) => self.named(name.token),
            (None, Some(word)) => {
                let (step, _) = self.named(word);
                (step, None)
            }
            (None, None) => (self.item(), None),
        };
        self.builder.open(NodeKind::Mapping, step, key, start);
        self.member().used = true;
        let frame = self.frame();
        frame.item += usize::from(frame.member.counted);
        self.end_member();
        self.frames.push(OpenBracket::new(pair.close(), sign, true));
        self.member().before = LastRead::Operator;
        at + 1 + usize::from(first.is_some())
    }

    /// Says whether strings in the bracket are the names of others.
    pub(super) fn keyed(
        &mut self,
        at: usize,
        sign: u8,
        called: Option<CodeToken>,
        shape: &BracketShape,
    ) -> Keyed {
        let Some(key) = shape.key.and_then(|key| self.token(key)) else {
            return Keyed::None;
        };
        let lenient = self
            .text_of(key)
            .is_some_and(|t| is_name(self.source, t, false));
        if !lenient || !shape.valued {
            return Keyed::None;
        }
        let Some(called) = called.filter(|_| sign == b'(') else {
            let within = self.frame().sign != 0 && self.member().is_empty();
            let named = self.member().name.is_some();
            let pair = within && !named && self.is_pair(sign, shape);
            return if pair { Keyed::First } else { Keyed::None };
        };
        let word = self.says(called);
        if is_setting(word) {
            return Keyed::First;
        }
        let before = |count| at.checked_sub(count).and_then(|at| self.token(at));
        let member = before(2).is_some_and(|t| self.says(t) == ".");
        let owner = before(3).filter(|_| member);
        if word == "of" && owner.is_some_and(|t| self.says(t).ends_with("Map")) {
            return Keyed::Alternate;
        }
        Keyed::None
    }

    /// Says whether a bracket holds a name and a value: `{ "name", "value" }`
    pub(super) fn is_pair(&self, sign: u8, shape: &BracketShape) -> bool {
        let key = shape.key.and_then(|key| self.token(key));
        let text = key.and_then(|key| self.text_of(key));
        shape.commas == 1
            && shape.valued
            && !shape.named
            && text.is_some_and(|t| is_name(self.source, t, sign != b'{'))
    }

    pub(super) fn holds_pairs(&self, at: usize) -> bool {
        let mut first = at + 1;
        while self
            .token(first)
            .is_some_and(|t| t.kind == CodeTokenKind::Line)
        {
            first += 1;
        }
        match self.token(first).map(|t| t.kind) {
            Some(CodeTokenKind::Open(sign)) => self.is_pair(sign, &self.shape(first)),
            _ => false,
        }
    }
}
