//! Languages whose comments begin with `#`, `'`, `--`, `;` or `%`.

use super::c_family::{C_ESCAPES, DOLLAR, HASH_BRACE, MODERN};
use super::language::{
    BeforeMark, Digits, Habit, Language, LineEnds, StringEscapes, block, habits, line, long,
    with_code,
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
        ("rb", Some(StringEscapes::Kept)),
        ("br", Some(StringEscapes::Kept)),
        ("fr", Some(StringEscapes::Kept)),
        ("rf", Some(StringEscapes::Kept)),
        ("r", Some(StringEscapes::Kept)),
        ("b", None),
        ("f", None),
        ("u", None),
    ],
    lines: LineEnds::Root,
    joins: &["+"],
    words: "",
    habits: habits(&[Habit::Adjacent, Habit::Docstrings]),
};
pub(in crate::syntax) const JULIA: Language = Language {
    blocks: &[block("#=", "=#", true)],
    strings: &[long("\"\"\"", DOLLAR), long("\"", DOLLAR)],
    prefixes: &[
        ("raw", Some(StringEscapes::Kept)),
        ("r", Some(StringEscapes::Kept)),
    ],
    joins: &["*"],
    habits: habits(&[Habit::Docstrings, Habit::Characters]),
    ..PYTHON
};
pub(in crate::syntax) const RUBY: Language = Language {
    line: &["#"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[
        with_code(
            long("\"", StringEscapes::Backslash(Digits::Octal, "#/")),
            HASH_BRACE,
        ),
        long("'", StringEscapes::Quote),
        with_code(
            long("`", StringEscapes::Backslash(Digits::Octal, "#/")),
            HASH_BRACE,
        ),
    ],
    prefixes: &[],
    lines: LineEnds::Blocks,
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
        long("\"", StringEscapes::Backslash(Digits::Octal, "$@/")),
        long("'", StringEscapes::Quote),
        long("`", StringEscapes::Backslash(Digits::Octal, "$@/")),
    ],
    lines: LineEnds::Never,
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
    lines: LineEnds::Blocks,
    joins: &[],
    words: ".",
    habits: habits(&[Habit::DelimitedRaw]),
};
pub(in crate::syntax) const POWER_SHELL: Language = Language {
    line: &["#"],
    before: BeforeMark::Anything,
    blocks: &[block("<#", "#>", false)],
    strings: &[
        with_code(long("\"", StringEscapes::Backquote), &[("$(", b')')]),
        long("'", StringEscapes::Doubled),
    ],
    prefixes: &[],
    lines: LineEnds::Always,
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
        with_code(
            long("\"\"\"", StringEscapes::Backslash(Digits::None, "#")),
            HASH_BRACE,
        ),
        with_code(
            long("\"", StringEscapes::Backslash(Digits::None, "#")),
            HASH_BRACE,
        ),
        with_code(
            line("'", StringEscapes::Backslash(Digits::None, "#")),
            HASH_BRACE,
        ),
    ],
    prefixes: &[],
    lines: LineEnds::Blocks,
    joins: &["<>"],
    words: "?!",
    habits: habits(&[Habit::Commands, Habit::Symbols]),
};
pub(in crate::syntax) const BASIC: Language = Language {
    line: &["'"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[line("\"", StringEscapes::Doubled)],
    prefixes: &[("$", None)],
    lines: LineEnds::Blocks,
    joins: &["&", "+"],
    words: "",
    habits: habits(&[Habit::AnyCase, Habit::AsType, Habit::UnderscoreLine]),
};
pub(in crate::syntax) const SQL: Language = Language {
    line: &["--"],
    before: BeforeMark::Anything,
    blocks: &[block("/*", "*/", false)],
    strings: &[
        long("'", StringEscapes::Doubled),
        line("\"", StringEscapes::Doubled),
        line("`", StringEscapes::Doubled),
    ],
    prefixes: &[("E", Some(C_ESCAPES)), ("N", None)],
    lines: LineEnds::Never,
    joins: &["||", "+"],
    words: "",
    habits: habits(&[Habit::AnyCase, Habit::Clauses]),
};
pub(in crate::syntax) const LUA: Language = Language {
    line: &["--"],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[
        line("\"", StringEscapes::Backslash(Digits::Decimal, "")),
        line("'", StringEscapes::Backslash(Digits::Decimal, "")),
    ],
    prefixes: &[],
    lines: LineEnds::Blocks,
    joins: &[".."],
    words: "",
    habits: habits(&[Habit::LongBrackets, Habit::Commands]),
};
pub(in crate::syntax) const HASKELL: Language = Language {
    blocks: &[block("{-", "-}", true)],
    strings: &[long("\"", MODERN)],
    lines: LineEnds::Root,
    joins: &["++"],
    habits: habits(&[Habit::Characters]),
    ..LUA
};
pub(in crate::syntax) const ADA: Language = Language {
    strings: &[line("\"", StringEscapes::Doubled)],
    lines: LineEnds::Never,
    joins: &["&"],
    habits: habits(&[Habit::Characters, Habit::AnyCase]),
    ..LUA
};
pub(in crate::syntax) const LISP: Language = Language {
    line: &[";"],
    before: BeforeMark::Anything,
    blocks: &[block("#|", "|#", true)],
    strings: &[long("\"", C_ESCAPES)],
    prefixes: &[("#", Some(StringEscapes::Kept))],
    lines: LineEnds::Never,
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
    lines: LineEnds::Never,
    joins: &["++"],
    words: "",
    habits: habits(&[Habit::Adjacent]),
};
pub(in crate::syntax) const X_QUERY: Language = Language {
    line: &[],
    before: BeforeMark::Anything,
    blocks: &[block("(:", ":)", true)],
    strings: &[
        long("\"", StringEscapes::Doubled),
        long("'", StringEscapes::Doubled),
    ],
    prefixes: &[],
    lines: LineEnds::Never,
    joins: &["||"],
    words: "-",
    habits: habits(&[]),
};
