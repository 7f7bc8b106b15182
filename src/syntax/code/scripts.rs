//! Languages whose comments begin with `#`, `'`, `--`, `;` or `%`.

use super::c_family::{C_ESCAPES, DOLLAR, HASH_BRACE, MODERN};
use super::language::{
    BeforeMark, Digits, Escapes, Habit, Language, Lines, block, habits, line, long, with,
};

pub(in crate::syntax) const PYTHON: Language = Language {
    line: &["#"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[
        long("\"\"\"", C_ESCAPES),
        long("'''", C_ESCAPES),
        line("\"", C_ESCAPES),
        line("'", C_ESCAPES),
    ],
    prefixes: &[
        ("rb", Some(Escapes::Kept)),
        ("br", Some(Escapes::Kept)),
        ("fr", Some(Escapes::Kept)),
        ("rf", Some(Escapes::Kept)),
        ("r", Some(Escapes::Kept)),
        ("b", None),
        ("f", None),
        ("u", None),
    ],
    lines: Lines::Root,
    joins: &["+"],
    words: "",
    habits: habits(&[Habit::Adjacent, Habit::Docstrings]),
};
pub(in crate::syntax) const JULIA: Language = Language {
    blocks: &[block("#=", "=#", true)],
    strings: &[long("\"\"\"", DOLLAR), long("\"", DOLLAR)],
    prefixes: &[("raw", Some(Escapes::Kept)), ("r", Some(Escapes::Kept))],
    joins: &["*"],
    habits: habits(&[Habit::Docstrings, Habit::Characters]),
    ..PYTHON
};
pub(in crate::syntax) const RUBY: Language = Language {
    line: &["#"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[
        with(
            long("\"", Escapes::Backslash(Digits::Octal, "#/")),
            HASH_BRACE,
        ),
        long("'", Escapes::Quote),
        with(
            long("`", Escapes::Backslash(Digits::Octal, "#/")),
            HASH_BRACE,
        ),
    ],
    prefixes: &[],
    lines: Lines::Blocks,
    joins: &["+"],
    words: "?!",
    habits: habits(&[
        Habit::DataSection,
        Habit::Adjacent,
        Habit::Commands,
        Habit::Patterns,
        Habit::Heredoc,
        Habit::PercentWords,
        Habit::Symbols,
        Habit::Pod,
        Habit::BeginEnd,
    ]),
};
pub(in crate::syntax) const PERL: Language = Language {
    strings: &[
        long("\"", Escapes::Backslash(Digits::Octal, "$@/")),
        long("'", Escapes::Quote),
        long("`", Escapes::Backslash(Digits::Octal, "$@/")),
    ],
    lines: Lines::Never,
    joins: &["."],
    words: "",
    habits: habits(&[
        Habit::DataSection,
        Habit::Commands,
        Habit::Patterns,
        Habit::Heredoc,
        Habit::QuoteWords,
        Habit::ArrowMember,
        Habit::Pod,
        Habit::BraceIndex,
    ]),
    ..RUBY
};
pub(in crate::syntax) const R: Language = Language {
    line: &["#"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[long("\"", C_ESCAPES), long("'", C_ESCAPES)],
    prefixes: &[],
    lines: Lines::Blocks,
    joins: &[],
    words: ".",
    habits: habits(&[Habit::DelimitedRaw]),
};
pub(in crate::syntax) const POWER_SHELL: Language = Language {
    line: &["#"],
    before: BeforeMark::Anything,
    blocks: &[block("<#", "#>", false)],
    strings: &[
        with(long("\"", Escapes::Backquote), &[("$(", b')')]),
        long("'", Escapes::Doubled),
    ],
    prefixes: &[],
    lines: Lines::Always,
    joins: &["+"],
    words: "-",
    habits: habits(&[
        Habit::Commands,
        Habit::AnyCase,
        Habit::Options,
        Habit::Heredoc,
    ]),
};
pub(in crate::syntax) const ELIXIR: Language = Language {
    line: &["#"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[
        with(
            long("\"\"\"", Escapes::Backslash(Digits::None, "#")),
            HASH_BRACE,
        ),
        with(
            long("\"", Escapes::Backslash(Digits::None, "#")),
            HASH_BRACE,
        ),
        with(line("'", Escapes::Backslash(Digits::None, "#")), HASH_BRACE),
    ],
    prefixes: &[],
    lines: Lines::Blocks,
    joins: &["<>"],
    words: "?!",
    habits: habits(&[Habit::Commands, Habit::Symbols]),
};
pub(in crate::syntax) const BASIC: Language = Language {
    line: &["'"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[line("\"", Escapes::Doubled)],
    prefixes: &[("$", None)],
    lines: Lines::Blocks,
    joins: &["&", "+"],
    words: "",
    habits: habits(&[Habit::AnyCase, Habit::AsType, Habit::UnderscoreLine]),
};
pub(in crate::syntax) const SQL: Language = Language {
    line: &["--"],
    before: BeforeMark::Anything,
    blocks: &[block("/*", "*/", false)],
    strings: &[
        long("'", Escapes::Doubled),
        line("\"", Escapes::Doubled),
        line("`", Escapes::Doubled),
    ],
    prefixes: &[("E", Some(C_ESCAPES)), ("N", None)],
    lines: Lines::Never,
    joins: &["||", "+"],
    words: "",
    habits: habits(&[Habit::AnyCase, Habit::Clauses]),
};
pub(in crate::syntax) const LUA: Language = Language {
    line: &["--"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[
        line("\"", Escapes::Backslash(Digits::Decimal, "")),
        line("'", Escapes::Backslash(Digits::Decimal, "")),
    ],
    prefixes: &[],
    lines: Lines::Blocks,
    joins: &[".."],
    words: "",
    habits: habits(&[Habit::LongBrackets, Habit::Commands]),
};
pub(in crate::syntax) const HASKELL: Language = Language {
    blocks: &[block("{-", "-}", true)],
    strings: &[long("\"", MODERN)],
    lines: Lines::Root,
    joins: &["++"],
    habits: habits(&[Habit::Characters]),
    ..LUA
};
pub(in crate::syntax) const ADA: Language = Language {
    strings: &[line("\"", Escapes::Doubled)],
    lines: Lines::Never,
    joins: &["&"],
    habits: habits(&[Habit::Characters, Habit::AnyCase]),
    ..LUA
};
pub(in crate::syntax) const LISP: Language = Language {
    line: &[";"],
    before: BeforeMark::Anything,
    blocks: &[block("#|", "|#", true)],
    strings: &[long("\"", C_ESCAPES)],
    prefixes: &[("#", Some(Escapes::Kept))],
    lines: Lines::Never,
    joins: &[],
    words: "-*+!?<>=/.:&%$",
    habits: habits(&[Habit::Forms]),
};
pub(in crate::syntax) const ERLANG: Language = Language {
    line: &["%"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[long("\"", C_ESCAPES), line("'", C_ESCAPES)],
    prefixes: &[],
    lines: Lines::Never,
    joins: &["++"],
    words: "",
    habits: habits(&[Habit::Adjacent]),
};
pub(in crate::syntax) const X_QUERY: Language = Language {
    line: &[],
    before: BeforeMark::Anything,
    blocks: &[block("(:", ":)", true)],
    strings: &[long("\"", Escapes::Doubled), long("'", Escapes::Doubled)],
    prefixes: &[],
    lines: Lines::Never,
    joins: &["||"],
    words: "-",
    habits: habits(&[]),
};
