//! What is known of the member of a group, or of the statement, that is being read.

use super::tokens::{CodeToken, Text};

/// The name of a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValueName {
    /// The name, or the string that is the name.
    pub token: CodeToken,
    /// How it came to be the name.
    pub by: NamedBy,
}

/// How a name came to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedBy {
    /// `name: …`, which may be a type.
    Colon,
    /// `name: …` with the value on a later line.
    ColonAbove,
    /// `name = …`
    Equals,
    /// `name => …`
    Arrow,
}

/// What was read last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum LastRead {
    /// Nothing.
    #[default]
    Nothing,
    /// A name or a keyword.
    Word,
    /// A value.
    Value,
    /// A bracket was closed.
    Close,
    /// Something that wants a value.
    Operator,
    /// A dot.
    Dot,
}

/// The member that is being read.
#[derive(Debug, Clone, Copy, Default)]
// Facts that do not exclude each other.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct MemberState {
    /// The name of its value.
    pub name: Option<ValueName>,
    /// The name has got its value.
    pub used: bool,
    /// The last word.
    pub word: Option<CodeToken>,
    /// Number of words, a chain of them counting as one.
    pub words: usize,
    /// The name belongs to the member around the bracket.
    pub inherited: bool,
    /// The last part of the first name.
    pub first: Option<CodeToken>,
    /// The first name is over.
    pub first_over: bool,
    /// What is declared: the name after `class` and the like.
    pub declared: Option<CodeToken>,
    /// What was called last.
    pub called: Option<CodeToken>,
    /// Number of calls.
    pub calls: usize,
    /// Question marks without their colon.
    pub questions: usize,
    /// It began with a word such as `if`.
    pub control: bool,
    /// It began with `case`.
    pub case: bool,
    /// Its calls are in a group of its own.
    pub wrapped: bool,
    /// A value without a name was recorded.
    pub counted: bool,
    /// What was read last.
    pub before: LastRead,
    /// Bytes of the value after a name.
    pub value: Option<(u32, u32)>,
}

impl MemberState {
    /// Says whether nothing of it was read.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.before == LastRead::Nothing
    }
}

/// Words before a bracket or a string that are not names.
const KEYWORDS: &[&str] = &[
    "if",
    "else",
    "elif",
    "elsif",
    "elseif",
    "unless",
    "while",
    "until",
    "for",
    "foreach",
    "switch",
    "match",
    "when",
    "case",
    "default",
    "return",
    "throw",
    "raise",
    "yield",
    "await",
    "async",
    "new",
    "in",
    "not",
    "and",
    "or",
    "do",
    "try",
    "catch",
    "except",
    "finally",
    "using",
    "typeof",
    "export",
    "assert",
    "delete",
    "static",
    "final",
    "const",
    "let",
    "var",
    "val",
    "my",
    "our",
    "local",
    "global",
    "auto",
    "public",
    "private",
    "protected",
    "internal",
    "readonly",
    "then",
    "begin",
    "end",
    "select",
    "where",
    "values",
    "struct",
    "class",
    "interface",
    "enum",
    "lambda",
    "import",
    "function",
    "func",
    "fn",
    "fun",
    "mut",
    "unsafe",
    "loop",
    "is",
    "echo",
    "like",
    "as",
    "set",
    "union",
];
/// Keywords that are also the names of calls.
const CALLED: &[&str] = &[
    "set", "is", "like", "values", "select", "where", "union", "import",
];
/// Words that cannot be the name before `=`.
const MODIFIERS: &[&str] = &[
    "const", "let", "var", "val", "my", "our", "local", "final", "static", "auto", "mut", "def",
    "dim", "err", "ok", "_",
];
/// Words before a condition or a value after which a block follows.
const CONDITIONAL: &[&str] = &["if", "while", "for", "foreach", "switch", "match", "guard"];
/// Words before the name of what they declare.
const DECLARING: &[&str] = &[
    "class",
    "struct",
    "interface",
    "enum",
    "trait",
    "object",
    "module",
    "namespace",
    "record",
    "package",
    "def",
    "sub",
    "function",
    "func",
    "fn",
    "fun",
    "impl",
    "defmodule",
    "type",
];

/// Says whether a word is one of a list.
#[must_use]
pub(super) fn is_among(word: &str, list: &[&str], any_case: bool) -> bool {
    list.iter()
        .any(|w| *w == word || (any_case && w.eq_ignore_ascii_case(word)))
}

/// Says whether a word before a string or a brace is something other than a name.
#[must_use]
pub(super) fn is_keyword(word: &str, any_case: bool) -> bool {
    is_among(word, KEYWORDS, any_case)
}

/// Says whether a word before a parenthesis is something other than a name.
#[must_use]
pub(super) fn is_control(word: &str, any_case: bool) -> bool {
    let called = !any_case && is_among(word, CALLED, false);
    is_keyword(word, any_case) && !called
}

/// Says whether a condition follows the word.
#[must_use]
pub(super) fn is_conditional(word: &str) -> bool {
    is_among(word, CONDITIONAL, false)
}

/// Says whether a word is not what gets a value.
#[must_use]
pub(super) fn is_modifier(word: &str) -> bool {
    is_among(word, MODIFIERS, false)
}

/// Says whether a name follows the word.
#[must_use]
pub(super) fn is_declaring(word: &str, any_case: bool) -> bool {
    is_among(word, DECLARING, any_case)
}

/// Beginnings of the names of calls whose first argument names the second.
const SETTING: &[&str] = &[
    "set",
    "put",
    "add",
    "get",
    "define",
    "entry",
    "header",
    "env",
    "option",
    "fetch",
    "property",
    "pair",
    "append",
    "string",
    "parameter",
];

/// Says whether a call gives a value, or a default, to what its first argument names.
#[must_use]
pub(super) fn is_setting(call: &str) -> bool {
    let begins = |name: &str| {
        call.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
            // `settle` is not `set`, `setUrl` and `set_url` are.
            && !call[name.len()..].starts_with(|c: char| c.is_ascii_lowercase())
    };
    SETTING.iter().any(|name| begins(name))
        || [
            "getenv",
            "putenv",
            "setenv",
            "setdefault",
            "pair",
            "withenv",
        ]
        .iter()
        .any(|name| call.eq_ignore_ascii_case(name))
}

/// Says whether a string may be a name: it has no white space, and is not an address.
#[must_use]
pub(super) fn is_name(source: &str, text: &Text, strict: bool) -> bool {
    const LONGEST: usize = 100;
    let name = source.get(text.content.clone()).unwrap_or_default();
    let fits = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '-') || (!strict && matches!(c, '.' | ':'))
    };
    !name.is_empty() && name.len() <= LONGEST && name.chars().all(fits)
}
