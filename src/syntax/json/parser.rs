//! Puts the tokens of a JSON text together to a tree. What does not fit is skipped, so that what
//! is after it keeps its path.

use std::ops::Range;

use super::super::tree::{NodeKind, Step, Tree, TreeBuilder};
use super::lex::{JsonLexer, JsonToken, JsonTokenKind};
use super::{escapes, is_literal, root_kind};

/// Reads a text.
pub(super) fn tree(source: &str) -> Tree {
    let mut parser = Parser {
        source,
        lexer: JsonLexer::new(source),
        peeked: None,
        builder: TreeBuilder::new(root_kind(source)),
        stack: Vec::new(),
        key: None,
        separated: true,
        documents: 0,
    };
    while let Some(token) = parser.next() {
        parser.add(&token);
    }
    parser.finish()
}

/// A bracket that is open. The stack may be as high as the text is long, so it holds no names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenJson {
    Object,
    Array(u32),
    /// Members that are at the top without brackets.
    Members,
    /// A bracket where none belongs: its members are taken for those of the object around.
    StrayObject,
    /// A list where none belongs: it has no place in the tree.
    StrayArray,
}

impl OpenJson {
    fn is_closed_by(self, kind: JsonTokenKind) -> bool {
        match self {
            Self::Object | Self::StrayObject => kind == JsonTokenKind::CloseObject,
            Self::Array(_) | Self::StrayArray => kind == JsonTokenKind::CloseArray,
            Self::Members => false,
        }
    }
}

/// A key whose value has not come yet.
#[derive(Debug)]
struct JsonKey {
    name: String,
    span: Range<usize>,
    colon: bool,
}

struct Parser<'s> {
    source: &'s str,
    lexer: JsonLexer<'s>,
    peeked: Option<JsonToken>,
    builder: TreeBuilder,
    stack: Vec<OpenJson>,
    key: Option<JsonKey>,
    /// Says whether a comma or an opening bracket was the last thing.
    separated: bool,
    /// Values at the top.
    documents: usize,
}

impl Parser<'_> {
    /// The next token that is neither a comment nor a statement.
    fn next(&mut self) -> Option<JsonToken> {
        if let Some(token) = self.peeked.take() {
            return Some(token);
        }
        loop {
            let token = self.lexer.next()?;
            if let Some(message) = token.broken {
                self.builder.problem(token.span.start, message);
            }
            match token.kind {
                JsonTokenKind::Comment => self.builder.comment(token.span),
                JsonTokenKind::Statement => {}
                _ => return Some(token),
            }
        }
    }

    fn is_before_colon(&mut self) -> bool {
        if self.peeked.is_none() {
            self.peeked = self.next();
        }
        self.peeked
            .as_ref()
            .is_some_and(|t| t.kind == JsonTokenKind::Colon)
    }

    fn add(&mut self, token: &JsonToken) {
        match token.kind {
            JsonTokenKind::OpenObject | JsonTokenKind::OpenArray => self.open(token),
            JsonTokenKind::CloseObject | JsonTokenKind::CloseArray => self.close(token),
            JsonTokenKind::Comma => self.comma(token),
            JsonTokenKind::Colon => match &mut self.key {
                Some(key) if !key.colon => key.colon = true,
                _ => self.unexpected(token, "a colon without a key"),
            },
            JsonTokenKind::Text { .. } | JsonTokenKind::Word => self.text(token),
            JsonTokenKind::Comment | JsonTokenKind::Statement => {}
        }
    }

    fn finish(mut self) -> Tree {
        let end = self.source.len();
        if let Some(innermost) = self.stack.last()
            && *innermost != OpenJson::Members
        {
            self.builder.problem(end, "a bracket is not closed");
        }
        self.builder.finish(end)
    }

    fn unexpected(&mut self, token: &JsonToken, message: &str) {
        self.builder.problem(token.span.start, message);
    }

    fn expect_separated(&mut self, token: &JsonToken) {
        if !self.separated {
            self.unexpected(token, "a comma is missing");
        }
    }

    /// The key for a value that begins with the token, when the innermost bracket is an object.
    fn take_key(&mut self, token: &JsonToken) -> Option<JsonKey> {
        let key = self.key.take()?;
        if !key.colon {
            self.unexpected(token, "a colon is missing");
        }
        Some(key)
    }

    fn open(&mut self, token: &JsonToken) {
        let is_object = token.kind == JsonTokenKind::OpenObject;
        let (frame, kind, stray) = if is_object {
            (OpenJson::Object, NodeKind::Mapping, OpenJson::StrayObject)
        } else {
            (OpenJson::Array(0), NodeKind::Sequence, OpenJson::StrayArray)
        };
        let start = token.span.start;
        let mut pushed = frame;
        match self.stack.last_mut() {
            None => {
                self.documents += 1;
                // The first document is the root itself.
                if self.documents > 1 {
                    let step = Step::Document(self.documents);
                    self.builder.open(kind, step, None, start);
                }
            }
            Some(OpenJson::Array(next)) => {
                let step = Step::Item(usize::try_from(*next).unwrap_or(usize::MAX));
                *next = next.saturating_add(1);
                self.expect_separated(token);
                self.builder.open(kind, step, None, start);
            }
            Some(OpenJson::StrayArray) => pushed = stray,
            Some(OpenJson::Object | OpenJson::Members | OpenJson::StrayObject) => {
                if let Some(key) = self.take_key(token) {
                    let step = Step::Key(key.name);
                    self.builder.open(kind, step, Some(key.span), start);
                } else {
                    self.unexpected(token, "a bracket without a key");
                    pushed = stray;
                }
            }
        }
        self.stack.push(pushed);
        self.separated = true;
    }

    fn close(&mut self, token: &JsonToken) {
        // Looking further than one bracket would let a stray one end everything.
        let mut near = self.stack.iter().rev().take(2);
        match near.position(|frame| frame.is_closed_by(token.kind)) {
            Some(0) => self.close_innermost(token.span.start, token.span.end),
            Some(_) => {
                self.unexpected(token, "a bracket is not closed");
                self.close_innermost(token.span.start, token.span.start);
                self.close_innermost(token.span.start, token.span.end);
            }
            None => self.unexpected(token, "a bracket that closes nothing"),
        }
    }

    fn close_innermost(&mut self, at: usize, end: usize) {
        if self.key.take().is_some() {
            self.builder.problem(at, "a key without a value");
        }
        if let Some(OpenJson::Object | OpenJson::Array(_)) = self.stack.pop() {
            self.builder.close(end);
        }
        self.separated = false;
    }

    fn comma(&mut self, token: &JsonToken) {
        if self.key.take().is_some() {
            self.unexpected(token, "a key without a value");
        } else if self.separated || self.stack.is_empty() {
            self.unexpected(token, "a comma without a value");
        }
        self.separated = true;
    }

    fn text(&mut self, token: &JsonToken) {
        let is_word = token.kind == JsonTokenKind::Word;
        if is_word && !self.is_telling(token) {
            self.unexpected(token, "not JSON");
            return;
        }
        if self.stack.is_empty() {
            if self.is_before_colon() {
                self.unexpected(token, "members without a bracket around");
                self.documents += 1;
                self.stack.push(OpenJson::Members);
                self.separated = true;
            } else if is_word && !self.is_literal(token) {
                self.unexpected(token, "not JSON");
                return;
            }
        }
        match self.stack.last_mut() {
            None => {
                self.documents += 1;
                let step = match self.documents {
                    1 => Step::Text,
                    number => Step::Document(number),
                };
                self.value(step, None, token);
            }
            Some(OpenJson::StrayArray) => {}
            Some(OpenJson::Array(next)) => {
                let step = Step::Item(usize::try_from(*next).unwrap_or(usize::MAX));
                *next = next.saturating_add(1);
                self.expect_separated(token);
                self.value(step, None, token);
            }
            Some(frame) => {
                let frame = *frame;
                self.member(frame, token);
            }
        }
    }

    /// A text in an object: a key, or the value of the last key.
    fn member(&mut self, frame: OpenJson, token: &JsonToken) {
        if let Some(key) = self.key.take_if(|key| key.colon) {
            self.value(Step::Key(key.name), Some(key.span), token);
            return;
        }
        if self.key.is_some() {
            self.unexpected(token, "a colon is missing");
        } else if frame != OpenJson::Members {
            self.expect_separated(token);
        }
        self.key = Some(JsonKey {
            name: self.name(token),
            span: token.inner.clone(),
            colon: false,
        });
        self.separated = false;
    }

    fn name(&self, token: &JsonToken) -> String {
        let written = self.source.get(token.inner.clone()).unwrap_or_default();
        if written.contains('\\') {
            let decoded = escapes::decoded(self.source, token.inner.clone());
            decoded.text().to_owned()
        } else {
            written.to_owned()
        }
    }

    fn value(&mut self, step: Step, key: Option<Range<usize>>, token: &JsonToken) {
        if token.kind == JsonTokenKind::Word && !self.is_literal(token) {
            self.unexpected(token, "a value without quotes");
        }
        let span = token.inner.clone();
        if token.kind == (JsonTokenKind::Text { escaped: true }) {
            let text = escapes::decoded(self.source, span.clone());
            self.builder.decoded(step, key, span, text);
        } else {
            self.builder.scalar(step, key, span);
        }
        self.separated = false;
    }

    /// Says whether a word says something; `...` and `%` do not.
    fn is_telling(&self, token: &JsonToken) -> bool {
        let word = self.source.get(token.inner.clone()).unwrap_or_default();
        word.contains(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '*'))
    }

    fn is_literal(&self, token: &JsonToken) -> bool {
        is_literal(self.source.get(token.inner.clone()).unwrap_or_default())
    }
}
