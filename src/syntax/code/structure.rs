//! The tree of source code: brackets are groups, and what is before a value is its name. It is
//! read from the tokens alone and knows no grammar.

use std::ops::Range;

use super::brackets::{BracketPair, pairs};
use super::language::{Habit, Language, LineEnds};
use super::member::{LastRead, MemberState, NamedBy, ValueName, is_declaring};
use super::strings::decode;
use super::tokens::{CodeToken, CodeTokenKind, Text, Tokens};
use crate::syntax::tree::{NodeKind, Step, Tree, TreeBuilder};
use crate::text::Mapped;

/// Builds the tree of a text.
#[must_use]
pub(super) fn tree(source: &str, language: &Language, mut tokens: Tokens) -> Tree {
    let (pairs, alone) = pairs(&tokens);
    let mut builder = TreeBuilder::new(NodeKind::Mapping);
    for comment in std::mem::take(&mut tokens.comments) {
        builder.comment(comment);
    }
    for unit in std::mem::take(&mut tokens.units) {
        builder.unit(unit);
    }
    let alone = alone.map(|at| (at, "bracket without its counterpart"));
    let problems = tokens.problems.iter().copied().chain(alone);
    if let Some((at, message)) = problems.min() {
        builder.problem(at, message);
    }
    let mut reader = StructureBuilder {
        source,
        language,
        tokens,
        pairs,
        builder,
        frames: vec![OpenBracket::new(usize::MAX, 0, true)],
        last_end: 0,
    };
    reader.run();
    reader.builder.finish(source.len())
}

/// An open bracket.
#[derive(Debug)]
pub(super) struct OpenBracket {
    /// The token that ends it.
    pub(super) close: usize,
    /// Its sign; 0 for the whole text.
    pub(super) sign: u8,
    /// It is a group of the tree; otherwise its members belong to the group around it.
    pub(super) recorded: bool,
    /// Which members are names.
    pub(super) keyed: Keyed,
    /// The name of the next member.
    pub(super) key: Option<CodeToken>,
    /// The number of the member, as it is shown.
    pub(super) item: usize,
    /// Commas so far.
    pub(super) position: usize,
    pub(super) member: MemberState,
}

/// Which strings of a list are the names of those after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyed {
    None,
    First,
    Alternate,
}

impl OpenBracket {
    pub(super) fn new(close: usize, sign: u8, recorded: bool) -> Self {
        Self {
            close,
            sign,
            recorded,
            keyed: Keyed::None,
            key: None,
            item: 0,
            position: 0,
            member: MemberState::default(),
        }
    }
}

/// Says whether a line end separates statements in a bracket; the sign 0 is the whole text.
pub(super) fn lines_matter(language: &Language, sign: u8) -> bool {
    match language.lines {
        LineEnds::Never => false,
        LineEnds::Root => sign == 0,
        LineEnds::Blocks => sign == 0 || sign == b'{',
        LineEnds::Always => true,
    }
}

/// The state of reading.
pub(super) struct StructureBuilder<'s> {
    pub(super) source: &'s str,
    pub(super) language: &'s Language,
    pub(super) tokens: Tokens,
    pub(super) pairs: Vec<Option<BracketPair>>,
    pub(super) builder: TreeBuilder,
    /// Never empty.
    pub(super) frames: Vec<OpenBracket>,
    /// The end of what was recorded last.
    pub(super) last_end: usize,
}

impl StructureBuilder<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(token) = self.token(at) {
            at = match token.kind {
                CodeTokenKind::Text(_) => self.text(at),
                CodeTokenKind::Open(sign) => self.open(at, sign),
                CodeTokenKind::Close(sign) => self.close(at, sign),
                CodeTokenKind::Operator => self.operator(at, token),
                _ => {
                    self.other(at, token);
                    at + 1
                }
            };
        }
        while self.frames.len() > 1 {
            self.pop(self.source.len());
        }
        self.end_member();
    }

    fn other(&mut self, at: usize, token: CodeToken) {
        match token.kind {
            CodeTokenKind::Word => self.word(token),
            CodeTokenKind::Option => self.option(token),
            CodeTokenKind::Comma => self.comma(),
            CodeTokenKind::Semicolon => self.end_statement(),
            CodeTokenKind::Line => self.line(at),
            CodeTokenKind::Inert { .. } => {}
            _ => self.read(LastRead::Value, token.range()),
        }
    }

    pub(super) fn token(&self, at: usize) -> Option<CodeToken> {
        self.tokens.list.get(at).copied()
    }

    pub(super) fn says(&self, token: CodeToken) -> &str {
        self.source.get(token.range()).unwrap_or_default()
    }

    pub(super) fn text_of(&self, token: CodeToken) -> Option<&Text> {
        match token.kind {
            CodeTokenKind::Text(number) => self.tokens.texts.get(number as usize),
            _ => None,
        }
    }

    pub(super) fn frame(&mut self) -> &mut OpenBracket {
        if self.frames.is_empty() {
            self.frames.push(OpenBracket::new(usize::MAX, 0, true));
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    pub(super) fn member(&mut self) -> &mut MemberState {
        &mut self.frame().member
    }

    pub(super) fn any_case(&self) -> bool {
        self.language.has(Habit::AnyCase)
    }

    /// Says whether a line end separates statements here.
    pub(super) fn lines_matter(&self) -> bool {
        lines_matter(self.language, self.frames.last().map_or(0, |f| f.sign))
    }

    /// Notes what was read, and that it belongs to the value of the name before.
    pub(super) fn read(&mut self, before: LastRead, range: Range<usize>) {
        let member = self.member();
        member.before = before;
        if member.name.is_some() {
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let start = member.value.map_or(place(range.start), |v| v.0);
            member.value = Some((start, place(range.end)));
        }
    }

    /// Gives the member a name. A string that was the name before and has got no value becomes one
    /// itself.
    pub(super) fn set_name(&mut self, token: CodeToken, by: NamedBy) {
        self.drop_name();
        let member = self.member();
        member.name = Some(ValueName { token, by });
        member.used = false;
        member.inherited = false;
        member.value = None;
        member.calls = 0;
    }

    pub(super) fn drop_name(&mut self) {
        let member = *self.member();
        if let Some(name) = member.name.filter(|_| !member.used && !member.inherited)
            && let Some(content) = self.text_of(name.token).map(|t| t.content.clone())
        {
            let step = self.item();
            self.scalar(step, None, content);
        }
        self.member().name = None;
    }

    pub(super) fn end_member(&mut self) {
        let member = *self.member();
        if member.wrapped {
            self.builder.close(self.last_end);
            self.member().wrapped = false;
        }
        let unused = member.name.filter(|_| !member.used && !member.inherited);
        if let (Some(name), Some((start, end))) = (unused, member.value)
            && self.text_of(name.token).is_some()
        {
            let (step, key) = self.named(name.token);
            self.scalar(step, key, start as usize..end as usize);
        } else {
            self.drop_name();
        }
        *self.member() = MemberState::default();
    }

    pub(super) fn end_statement(&mut self) {
        let counted = self.member().counted;
        self.end_member();
        let frame = self.frame();
        frame.item += usize::from(counted && frame.recorded);
    }

    fn comma(&mut self) {
        self.end_member();
        let frame = self.frame();
        frame.position += 1;
        frame.item += usize::from(frame.recorded);
        let name = frame.key.take().map(|token| ValueName {
            token,
            by: NamedBy::Equals,
        });
        frame.member.name = name;
    }

    pub(super) fn item(&mut self) -> Step {
        let frame = self.frame();
        frame.member.counted = true;
        Step::Item(frame.item)
    }

    /// The step of a name, and its bytes.
    pub(super) fn named(&self, token: CodeToken) -> (Step, Option<Range<usize>>) {
        if let Some(text) = self.text_of(token) {
            let mut mapped = Mapped::new();
            let range = text.content.clone();
            decode(
                self.source,
                range.clone(),
                text.escapes,
                text.quote,
                &mut mapped,
            );
            return (Step::Key(mapped.text().to_owned()), Some(range));
        }
        let mut range = token.range();
        let word = self.says(token);
        let sign = word.len() > 1 && word.starts_with(':');
        range.start += usize::from(sign);
        (Step::Key(word[usize::from(sign)..].to_owned()), Some(range))
    }

    pub(super) fn scalar(&mut self, step: Step, key: Option<Range<usize>>, span: Range<usize>) {
        self.last_end = self.last_end.max(span.end);
        self.builder.scalar(step, key, span);
    }

    /// Says whether a word is one before a name.
    pub(super) fn declares(&self, word: Option<CodeToken>) -> bool {
        word.is_some_and(|w| is_declaring(self.says(w), self.any_case()))
    }
}
