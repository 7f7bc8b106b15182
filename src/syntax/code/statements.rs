//! How words and signs give names to the values after them.

use super::language::{Habit, Language};
use super::member::{LastRead, NamedBy, is_among, is_conditional, is_modifier};
use super::structure::StructureBuilder;
use super::tokens::{CodeToken, CodeTokenKind};

/// Signs at the end of a line whose statement goes on.
const GOING_ON: &[&str] = &[
    "=", ":=", "+=", "<-", "||=", "??=", ":", "+", ".", "?", "=>", "->", "&&", "||", "??", "<>",
    "..", "&", "|", "?:", "?.", "::", "(", "@",
];
/// Signs at the beginning of a line that continue the statement above.
const CONTINUING: &[&str] = &[
    ".", "?.", "+", "?", ":", "||", "&&", "??", "=", "=>", "->", "|>", "<>", "..", "&.", "?:",
];
/// Words before a colon that are not names, unless a value follows at once.
const LABELS: &[&str] = &[
    "default",
    "else",
    "try",
    "finally",
    "except",
    "public",
    "private",
    "protected",
    "do",
    "begin",
];
/// Words that begin a part of a statement.
const CLAUSES: &[&str] = &[
    "where", "and", "or", "from", "set", "values", "on", "select", "into", "having", "union",
];
/// Words that compare the name before them.
const WITHIN: &[&str] = &["in", "like", "ilike"];
/// Options that compare.
const COMPARING: &[&str] = &[
    "eq",
    "ne",
    "gt",
    "ge",
    "lt",
    "le",
    "like",
    "notlike",
    "match",
    "notmatch",
    "replace",
    "split",
    "join",
    "in",
    "notin",
    "contains",
    "notcontains",
    "and",
    "or",
    "not",
    "is",
    "isnot",
    "as",
    "f",
];

/// Says whether a statement goes on after the line end between two tokens.
pub(super) fn goes_on(
    source: &str,
    language: &Language,
    before: Option<CodeToken>,
    after: Option<CodeToken>,
) -> bool {
    let says = |token: CodeToken| source.get(token.range()).unwrap_or_default();
    // Such a colon begins a block.
    let block = |sign: &str| sign == ":" && language.has(Habit::Docstrings);
    before.is_none_or(|t| match t.kind {
        CodeTokenKind::Operator => GOING_ON.contains(&says(t)) && !block(says(t)),
        CodeTokenKind::Comma | CodeTokenKind::Open(_) => true,
        _ => false,
    }) || after.is_some_and(|t| match t.kind {
        CodeTokenKind::Operator => CONTINUING.contains(&says(t)),
        CodeTokenKind::Open(sign) => sign == b'{',
        _ => false,
    })
}

impl StructureBuilder<'_> {
    pub(super) fn word(&mut self, token: CodeToken) {
        if self.language.has(Habit::Forms) {
            if self.says(token).contains(char::is_alphanumeric) {
                self.set_name(token, NamedBy::Arrow);
            }
            self.member().before = LastRead::Word;
            return;
        }
        let word = self.says(token);
        let case = word == "case";
        let as_type = self.language.has(Habit::AsType) && word.eq_ignore_ascii_case("as");
        let clause = self.language.has(Habit::Clauses) && is_among(word, CLAUSES, true);
        let comparing = self.language.has(Habit::Clauses) && is_among(word, WITHIN, true);
        let conditional = is_conditional(word);
        let modifier = is_modifier(word);
        let member = *self.member();
        if as_type && let Some(name) = member.word {
            self.set_name(name, NamedBy::Colon);
            self.member().before = LastRead::Operator;
            return;
        }
        if clause {
            self.end_member();
        } else if comparing
            && let Some(name) = member.word.filter(|_| member.before == LastRead::Word)
        {
            self.set_name(name, NamedBy::Arrow);
            self.member().before = LastRead::Operator;
            return;
        }
        let declared = member.before == LastRead::Word && self.declares(member.word);
        let member = self.member();
        member.case |= case && member.is_empty();
        member.control |= conditional && member.is_empty();
        if declared {
            member.declared = Some(token);
        }
        if member.before == LastRead::Dot {
            if !member.first_over {
                member.first = Some(token);
            }
        } else {
            member.words += 1;
            if member.first.is_some() {
                member.first_over = true;
            } else if !modifier {
                member.first = Some(token);
            }
        }
        member.word = Some(token);
        self.read(LastRead::Word, token.range());
    }

    pub(super) fn option(&mut self, token: CodeToken) {
        let word = self.says(token).to_ascii_lowercase();
        let word = word.as_str();
        let plain = word.trim_start_matches(['c', 'i']);
        if COMPARING.contains(&word) || COMPARING.contains(&plain) {
            self.read(LastRead::Operator, token.range());
        } else {
            self.set_name(token, NamedBy::Arrow);
            self.member().before = LastRead::Operator;
        }
    }

    /// Reads a sign and gives the token after it.
    pub(super) fn operator(&mut self, at: usize, token: CodeToken) -> usize {
        let types = self.member().before == LastRead::Word && self.says(token) == "<";
        if types && let Some(end) = self.type_list(at) {
            return end;
        }
        self.sign(at, token);
        at + 1
    }

    fn sign(&mut self, at: usize, token: CodeToken) {
        let before = self.member().before;
        match self.says(token) {
            "=" | ":=" | "<-" | "<<-" | "+=" | "||=" | "??=" | "&&=" | ".=" | "&=" | "?="
            | "//=" => self.assign(),
            ":" => self.colon(at),
            "?:" if self.language.has(Habit::OptionalMembers) => self.colon(at),
            "->" if self.language.has(Habit::ArrowMember) => {
                self.read(LastRead::Dot, token.range());
            }
            "=>" | "->" => self.arrow(),
            "." | "::" | "?." | "&." => self.read(LastRead::Dot, token.range()),
            "?" => {
                self.member().questions += 1;
                self.read(LastRead::Operator, token.range());
            }
            // `vec![…]` and `list!!` are still called by their word.
            "!" if before == LastRead::Word => {}
            _ => self.read(LastRead::Operator, token.range()),
        }
    }

    fn assign(&mut self) {
        let member = *self.member();
        let name_first = self.language.has(Habit::NameFirst);
        let candidate = match member.name {
            Some(name) if name.by == NamedBy::Colon => Some(name.token),
            _ if name_first => member.first.or(member.word),
            _ => member.word,
        };
        match candidate.filter(|token| !is_modifier(self.says(*token))) {
            Some(token) => self.set_name(token, NamedBy::Equals),
            None => self.drop_name(),
        }
        let member = self.member();
        member.questions = 0;
        member.before = LastRead::Operator;
    }

    fn colon(&mut self, at: usize) {
        let member = *self.member();
        if member.questions > 0 {
            self.member().questions -= 1;
        } else if member.case {
            self.end_statement();
            return;
        } else if let Some(word) = member.word.filter(|_| member.before == LastRead::Word) {
            let next = self.token(at + 1).map(|t| t.kind);
            let value = matches!(next, Some(CodeTokenKind::Text(_) | CodeTokenKind::Open(_)));
            let label = LABELS.contains(&self.says(word)) && !value;
            let block = self.language.has(Habit::Docstrings)
                && self.lines_matter()
                && (member.words > 1 || LABELS.contains(&self.says(word)));
            if label || block {
                self.end_statement();
                return;
            }
            let free = member.name.is_none_or(|name| name.by != NamedBy::Equals);
            if free || self.language.has(Habit::Commands) {
                self.set_name(word, NamedBy::Colon);
            }
        }
        self.member().before = LastRead::Operator;
    }

    fn arrow(&mut self) {
        let member = *self.member();
        let free = member.name.is_none_or(|name| name.by != NamedBy::Equals);
        if let Some(word) = member
            .word
            .filter(|_| free && member.before == LastRead::Word)
        {
            self.set_name(word, NamedBy::Arrow);
        }
        self.member().before = LastRead::Operator;
    }

    pub(super) fn line(&mut self, at: usize) {
        let before = at.checked_sub(1).and_then(|at| self.token(at));
        let after = self.token(at + 1);
        if self.lines_matter() && !goes_on(self.source, self.language, before, after) {
            self.end_statement();
        } else if let Some(name) = &mut self.member().name
            && name.by == NamedBy::Colon
        {
            name.by = NamedBy::ColonAbove;
        }
    }

    /// The token after a list of types that begins with the sign `<`.
    fn type_list(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 48;
        let mut depth = 0_usize;
        let mut brackets = 0_usize;
        for number in at..at + LONGEST {
            let token = self.token(number)?;
            match token.kind {
                CodeTokenKind::Word | CodeTokenKind::Comma => {}
                CodeTokenKind::Open(b'[') => brackets += 1,
                CodeTokenKind::Close(b'[') if brackets > 0 => brackets -= 1,
                CodeTokenKind::Operator => match self.says(token) {
                    "<" => depth += 1,
                    ">" => {
                        depth -= 1;
                        if depth == 0 {
                            return (brackets == 0).then_some(number + 1);
                        }
                    }
                    "." | "?" | "&" | "::" | "*" | "|" => {}
                    _ => return None,
                },
                _ => return None,
            }
        }
        None
    }
}
