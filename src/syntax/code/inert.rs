//! Statements without strings. Nothing of them comes into the tree, and most of a source text
//! consists of them, so they are left out before the tree is built.

use super::brackets::gives_a_name;
use super::language::Language;
use super::statements::goes_on;
use super::structure::lines_matter;
use super::tokens::{Kind, Token, Tokens};

/// Puts a single token in the place of each run of statements that leave no trace in the tree.
pub fn leave_out(source: &str, language: &Language, tokens: &mut Tokens) {
    let list = std::mem::take(&mut tokens.list);
    let mut filter = Filter {
        source,
        language,
        kept: Vec::with_capacity(list.len() / 4),
        groups: vec![Group::new(0, Some(0))],
    };
    for (number, token) in list.iter().enumerate() {
        if !filter.take(*token, list.get(number + 1).copied()) {
            // Which bracket a statement stands in is not known any more.
            filter.kept.extend_from_slice(&list[number..]);
            break;
        }
    }
    tokens.list = filter.kept;
}

struct Filter<'s> {
    source: &'s str,
    language: &'s Language,
    kept: Vec<Token>,
    /// The brackets that are open, and the text itself. Never empty.
    groups: Vec<Group>,
}

struct Group {
    /// The opening bracket.
    sign: u8,
    /// The first token of the statement, if it may be left out so far.
    start: Option<usize>,
    /// A sign that gives a name to what follows is among its tokens.
    names: bool,
    /// A string stands in the group.
    full: bool,
}

impl Group {
    fn new(sign: u8, start: Option<usize>) -> Self {
        Self {
            sign,
            start,
            names: false,
            full: false,
        }
    }
}

impl Filter<'_> {
    /// Takes over the next token, and whether the brackets still fit.
    fn take(&mut self, token: Token, next: Option<Token>) -> bool {
        let Some(group) = self.groups.last_mut() else {
            return false;
        };
        match token.kind {
            Kind::Text(_) => {
                group.full = true;
                group.start = None;
            }
            // Commas count the members of a group.
            Kind::Comma => group.start = None,
            Kind::Operator => {
                group.names |= group.start.is_some() && gives_a_name(&self.source[token.range()]);
            }
            Kind::Open(sign) => {
                let start = (sign == b'{').then_some(self.kept.len() + 1);
                self.groups.push(Group::new(sign, start));
            }
            Kind::Close(sign) => {
                if group.sign != sign {
                    return false;
                }
                let full = group.full;
                self.groups.pop();
                if let Some(outer) = self.groups.last_mut().filter(|_| full) {
                    outer.full = true;
                    outer.start = None;
                }
            }
            Kind::Semicolon => {
                self.end_statement(true);
                self.kept.push(token);
                self.begin_statement();
                return true;
            }
            // Several ends are one.
            Kind::Line if group.start == Some(self.kept.len()) => {}
            Kind::Line if lines_matter(self.language, group.sign) => {
                let before = self.kept.last().copied();
                if !goes_on(self.source, self.language, before, next) {
                    self.end_statement(false);
                    self.kept.push(token);
                    self.begin_statement();
                    return true;
                }
            }
            _ => {}
        }
        self.kept.push(token);
        true
    }

    fn begin_statement(&mut self) {
        let start = self.kept.len();
        if let Some(group) = self.groups.last_mut() {
            group.start = Some(start);
            group.names = false;
        }
    }

    /// Leaves the statement out, if it may be.
    fn end_statement(&mut self, semicolon: bool) {
        let Some((start, names)) = self.groups.last().and_then(|g| Some((g.start?, g.names)))
        else {
            return;
        };
        let mut tokens = self.kept[start..].iter();
        // Signs, `to` and brackets at the beginning say something of what stands before.
        let first = tokens.find(|t| t.kind != Kind::Line);
        let Some(first) = first.filter(|t| match t.kind {
            Kind::Word => &self.source[t.range()] != "to",
            Kind::Literal | Kind::Option => true,
            _ => false,
        }) else {
            return;
        };
        let place = first.start as usize;
        let mut left_out = Kind::Inert {
            names,
            statements: semicolon,
        };
        self.kept.truncate(start);
        // One token stands for several statements.
        if let [.., before, end] = self.kept.as_slice()
            && let Kind::Inert {
                names: earlier,
                statements,
            } = before.kind
            && matches!(end.kind, Kind::Semicolon | Kind::Line)
        {
            left_out = Kind::Inert {
                names: names | earlier,
                statements: statements | semicolon,
            };
            self.kept.truncate(start - 2);
        }
        self.kept.push(Token::new(left_out, place..place));
    }
}
