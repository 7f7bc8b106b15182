//! Languages whose comments begin with `#`, `'`, `--`, `;` or `%`.

use super::c_family::{C_ESCAPES, DOLLAR, HASH_BRACE, MODERN};
use super::language::{Digits, Escapes, Habit, Language, Lines, block, habits, line, long, with};

pub(super) const PYTHON: Language = Language {
    name: "Python",
    line: &["#"],
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
pub(super) const JULIA: Language = Language {
    name: "Julia",
    blocks: &[block("#=", "=#", true)],
    strings: &[long("\"\"\"", DOLLAR), long("\"", DOLLAR)],
    prefixes: &[("raw", Some(Escapes::Kept)), ("r", Some(Escapes::Kept))],
    joins: &["*"],
    habits: habits(&[Habit::Docstrings, Habit::Characters]),
    ..PYTHON
};
pub(super) const RUBY: Language = Language {
    name: "Ruby",
    line: &["#"],
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
        Habit::Adjacent,
        Habit::Commands,
        Habit::Patterns,
        Habit::Heredoc,
        Habit::PercentWords,
        Habit::Symbols,
        Habit::Pod,
    ]),
};
pub(super) const PERL: Language = Language {
    name: "Perl",
    strings: &[
        long("\"", Escapes::Backslash(Digits::Octal, "$@/")),
        long("'", Escapes::Quote),
        long("`", Escapes::Backslash(Digits::Octal, "$@/")),
    ],
    lines: Lines::Never,
    joins: &["."],
    words: "",
    habits: habits(&[
        Habit::Commands,
        Habit::Patterns,
        Habit::Heredoc,
        Habit::QuoteWords,
        Habit::ArrowMember,
        Habit::Pod,
    ]),
    ..RUBY
};
pub(super) const R: Language = Language {
    name: "R",
    line: &["#"],
    blocks: &[],
    strings: &[long("\"", C_ESCAPES), long("'", C_ESCAPES)],
    prefixes: &[],
    lines: Lines::Blocks,
    joins: &[],
    words: ".",
    habits: habits(&[Habit::DelimitedRaw]),
};
pub(super) const POWER_SHELL: Language = Language {
    name: "PowerShell",
    line: &["#"],
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
pub(super) const ELIXIR: Language = Language {
    name: "Elixir",
    line: &["#"],
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
pub(super) const BASIC: Language = Language {
    name: "Visual Basic",
    line: &["'"],
    blocks: &[],
    strings: &[line("\"", Escapes::Doubled)],
    prefixes: &[("$", None)],
    lines: Lines::Blocks,
    joins: &["&", "+"],
    words: "",
    habits: habits(&[Habit::AnyCase, Habit::AsType, Habit::UnderscoreLine]),
};
pub(super) const SQL: Language = Language {
    name: "SQL",
    line: &["--"],
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
    habits: habits(&[Habit::AnyCase]),
};
pub(super) const LUA: Language = Language {
    name: "Lua",
    line: &["--"],
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
pub(super) const HASKELL: Language = Language {
    name: "Haskell",
    blocks: &[block("{-", "-}", true)],
    strings: &[long("\"", MODERN)],
    lines: Lines::Root,
    joins: &["++"],
    habits: habits(&[Habit::Characters]),
    ..LUA
};
pub(super) const ADA: Language = Language {
    name: "Ada",
    strings: &[line("\"", Escapes::Doubled)],
    lines: Lines::Never,
    joins: &["&"],
    habits: habits(&[Habit::Characters, Habit::AnyCase]),
    ..LUA
};
pub(super) const LISP: Language = Language {
    name: "Lisp",
    line: &[";"],
    blocks: &[block("#|", "|#", true)],
    strings: &[long("\"", C_ESCAPES)],
    prefixes: &[("#", Some(Escapes::Kept))],
    lines: Lines::Never,
    joins: &[],
    words: "-*+!?<>=/.:&%$",
    habits: habits(&[Habit::Forms]),
};
pub(super) const ERLANG: Language = Language {
    name: "Erlang",
    line: &["%"],
    blocks: &[],
    strings: &[long("\"", C_ESCAPES), line("'", C_ESCAPES)],
    prefixes: &[],
    lines: Lines::Never,
    joins: &["++"],
    words: "",
    habits: habits(&[Habit::Adjacent]),
};
pub(super) const X_QUERY: Language = Language {
    name: "XQuery",
    line: &[],
    blocks: &[block("(:", ":)", true)],
    strings: &[long("\"", Escapes::Doubled), long("'", Escapes::Doubled)],
    prefixes: &[],
    lines: Lines::Never,
    joins: &["||"],
    words: "-",
    habits: habits(&[]),
};
