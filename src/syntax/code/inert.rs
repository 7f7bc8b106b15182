//! Statements without strings. Nothing of them comes into the tree, and most of a source text
//! consists of them, so they are left out before the tree is built.

use super::brackets::gives_a_name;
use super::language::Language;
use super::statements::goes_on;
use super::structure::lines_matter;
use super::tokens::{CodeToken, CodeTokenKind, Tokens};

/// Puts a single token in the place of each run of statements that leave no trace in the tree.
pub(super) fn leave_out(source: &str, language: &Language, tokens: &mut Tokens) {
    let mut filter = Filter {
        source,
        language,
        list: &mut tokens.list,
        kept: 0,
        group: OpenGroup::new(0, 0),
        outer: Vec::new(),
    };
    filter.run();
    let kept = filter.kept;
    tokens.list.truncate(kept);
}

struct Filter<'s> {
    source: &'s str,
    language: &'s Language,
    /// What is kept of it is moved to its beginning.
    list: &'s mut [CodeToken],
    kept: usize,
    /// The innermost bracket that is open, or the text itself.
    group: OpenGroup,
    /// Those around it.
    outer: Vec<OpenGroup>,
}

#[derive(Clone, Copy)]
struct OpenGroup {
    /// The opening bracket.
    sign: u8,
    /// The first token of the statement, among those kept; `TRACED` where it has to stay.
    start: usize,
    /// A sign that gives a name to what follows is among its tokens.
    names: bool,
    /// There is a string in the group.
    full: bool,
}

/// In the place of the beginning of a statement: something of it comes into the tree, or it does
/// not begin where the state of reading is known.
const TRACED: usize = usize::MAX;

impl OpenGroup {
    fn new(sign: u8, start: usize) -> Self {
        Self {
            sign,
            start,
            names: false,
            full: false,
        }
    }
}

impl Filter<'_> {
    fn run(&mut self) {
        for at in 0..self.list.len() {
            if !self.filter_token(at) {
                // Which bracket a statement is in is not known any more.
                self.list.copy_within(at.., self.kept);
                self.kept += self.list.len() - at;
                return;
            }
        }
    }

    /// Keeps the token at `at`, or ends a statement with it. Says if the brackets still fit.
    fn filter_token(&mut self, at: usize) -> bool {
        let token = self.list[at];
        match token.kind {
            CodeTokenKind::Text(_) => {
                self.group.full = true;
                self.group.start = TRACED;
            }
            // Commas count the members of a group.
            CodeTokenKind::Comma => self.group.start = TRACED,
            CodeTokenKind::Operator => {
                self.group.names |=
                    self.group.start != TRACED && gives_a_name(&self.source[token.range()]);
            }
            CodeTokenKind::Open(sign) => {
                let start = if sign == b'{' { self.kept + 1 } else { TRACED };
                self.outer.push(self.group);
                self.group = OpenGroup::new(sign, start);
            }
            CodeTokenKind::Close(sign) => {
                if self.group.sign != sign {
                    return false;
                }
                let Some(outer) = self.outer.pop() else {
                    return false;
                };
                let full = self.group.full;
                self.group = outer;
                if full {
                    self.group.full = true;
                    self.group.start = TRACED;
                }
            }
            CodeTokenKind::Semicolon => {
                self.end_statement(token, true);
                return true;
            }
            // Several ends are one.
            CodeTokenKind::Line if self.group.start == self.kept => {}
            CodeTokenKind::Line if lines_matter(self.language, self.group.sign) => {
                let before = self.list[..self.kept].last().copied();
                let next = self.list.get(at + 1).copied();
                if !goes_on(self.source, self.language, before, next) {
                    self.end_statement(token, false);
                    return true;
                }
            }
            _ => {}
        }
        self.keep(token);
        true
    }

    fn keep(&mut self, token: CodeToken) {
        self.list[self.kept] = token;
        self.kept += 1;
    }

    /// Ends a statement with a token; leaves it out, if it may be.
    fn end_statement(&mut self, end: CodeToken, semicolon: bool) {
        if self.group.start != TRACED {
            self.leave_out_from(self.group.start, semicolon);
        }
        self.keep(end);
        self.group.start = self.kept;
        self.group.names = false;
    }

    fn leave_out_from(&mut self, start: usize, semicolon: bool) {
        let kept = &self.list[..self.kept];
        // Signs, `to` and brackets at the beginning say something of what is before.
        let first = kept[start..].iter().find(|t| t.kind != CodeTokenKind::Line);
        let Some(first) = first.filter(|t| match t.kind {
            CodeTokenKind::Word => &self.source[t.range()] != "to",
            CodeTokenKind::Literal | CodeTokenKind::Option => true,
            _ => false,
        }) else {
            return;
        };
        let place = first.start as usize;
        let (mut names, mut statements) = (self.group.names, semicolon);
        self.kept = start;
        // One token stands for several statements.
        if let [.., before, end] = &kept[..start]
            && let CodeTokenKind::Inert {
                names: named,
                statements: ended,
            } = before.kind
            && matches!(end.kind, CodeTokenKind::Semicolon | CodeTokenKind::Line)
        {
            names |= named;
            statements |= ended;
            self.kept -= 2;
        }
        self.keep(CodeToken::new(
            CodeTokenKind::Inert { names, statements },
            place..place,
        ));
    }
}
