//! Which brackets belong together, and what is directly between two of them.

use super::tokens::{CodeToken, CodeTokenKind, Tokens};

/// A pair of brackets.
#[derive(Debug, Clone, Copy)]
pub(super) struct BracketPair {
    /// The token that ends it: its own bracket, that of a group around it, or the end.
    close: u32,
    /// Its own bracket ends it.
    pub own: bool,
    /// A string is between them.
    pub full: bool,
}

impl BracketPair {
    fn new(close: usize, own: bool, full: bool) -> Self {
        // A text has fewer tokens.
        let close = u32::try_from(close).unwrap_or(u32::MAX);
        Self { close, own, full }
    }

    /// The token that ends it.
    #[must_use]
    pub(super) fn close(self) -> usize {
        self.close as usize
    }
}

/// Brackets in brackets that are paired.
const DEEPEST: usize = 100_000;

/// For each token the pair that it opens, and the first bracket that is not paired.
#[must_use]
pub(super) fn pairs(tokens: &Tokens) -> (Vec<Option<BracketPair>>, Option<usize>) {
    let list = &tokens.list;
    let mut pairs = vec![None; list.len()];
    // The open brackets, each with the number of strings before it, and how many of each sign
    // are open, so that a bracket too many is known at once.
    let mut open: Vec<(usize, usize, u8)> = Vec::new();
    let mut counts = [0_usize; 3];
    let mut texts = 0;
    let mut alone: Option<usize> = None;
    for (number, token) in list.iter().enumerate() {
        match token.kind {
            CodeTokenKind::Text(_) => texts += 1,
            CodeTokenKind::Open(_) if open.len() >= DEEPEST => note(&mut alone, number),
            CodeTokenKind::Open(sign) => {
                open.push((number, texts, sign));
                counts[place(sign)] += 1;
            }
            CodeTokenKind::Close(sign) if counts[place(sign)] > 0 => {
                while let Some((opened, before, other)) = open.pop() {
                    counts[place(other)] -= 1;
                    pairs[opened] = Some(BracketPair::new(number, other == sign, texts > before));
                    if other == sign {
                        break;
                    }
                    note(&mut alone, opened);
                }
            }
            CodeTokenKind::Close(_) => note(&mut alone, number),
            _ => {}
        }
    }
    if let Some((opened, ..)) = open.first() {
        note(&mut alone, *opened);
    }
    for (opened, before, _) in open {
        pairs[opened] = Some(BracketPair::new(list.len(), false, texts > before));
    }
    (pairs, alone.map(|number| list[number].start as usize))
}

/// Keeps the first bracket that is not paired.
fn note(alone: &mut Option<usize>, number: usize) {
    *alone = Some(alone.map_or(number, |first| first.min(number)));
}

fn place(sign: u8) -> usize {
    match sign {
        b'(' => 0,
        b'[' => 1,
        _ => 2,
    }
}

/// A sign is between a name and its value.
#[must_use]
pub(super) fn gives_a_name(sign: &str) -> bool {
    matches!(sign, ":" | "=" | ":=" | "=>" | "->" | "<-")
}

/// What is directly between two brackets.
#[derive(Debug, Clone, Copy, Default)]
// Facts that do not exclude each other.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct BracketShape {
    /// Commas that something follows.
    pub commas: usize,
    /// A member has a name.
    pub named: bool,
    /// There are statements.
    pub statements: bool,
    /// The first member is a string, and this is the second token.
    pub key: Option<usize>,
    /// A string is after the first comma.
    pub valued: bool,
    /// A string is a member or a part of one.
    pub texts: bool,
}

/// Looks at the tokens directly between the bracket `open` and its end.
#[must_use]
pub(super) fn shape(
    source: &str,
    list: &[CodeToken],
    pairs: &[Option<BracketPair>],
    open: usize,
) -> BracketShape {
    let mut shape = BracketShape::default();
    let Some(Some(pair)) = pairs.get(open) else {
        return shape;
    };
    let mut comma = false;
    let mut first = true;
    let mut at = open + 1;
    while at < pair.close() {
        let Some(token) = list.get(at) else { break };
        let is_first = first;
        first = is_first && token.kind == CodeTokenKind::Line;
        if comma && !matches!(token.kind, CodeTokenKind::Comma | CodeTokenKind::Line) {
            shape.commas += 1;
            comma = false;
        }
        match token.kind {
            CodeTokenKind::Comma => comma = true,
            CodeTokenKind::Semicolon => shape.statements = true,
            CodeTokenKind::Inert { names, statements } => {
                shape.named |= names;
                shape.statements |= statements;
            }
            CodeTokenKind::Operator => {
                shape.named |= gives_a_name(&source[token.range()]);
            }
            CodeTokenKind::Text(_) => {
                shape.texts = true;
                shape.valued |= shape.commas > 0;
                let next = list.get(at + 1).map(|t| t.kind);
                if is_first && next == Some(CodeTokenKind::Comma) {
                    shape.key = Some(at);
                }
            }
            CodeTokenKind::Open(_) => {
                if let Some(Some(inner)) = pairs.get(at) {
                    shape.valued |= shape.commas > 0 && inner.full;
                    at = inner.close().max(at + 1);
                    at += usize::from(inner.own);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    shape
}
