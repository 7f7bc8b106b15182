//! What the source reader knows of each language: its comments, its strings, and the few habits
//! that matter for finding the name of a value.

use super::{c_family, scripts};

/// How a language writes comments and strings.
#[derive(Debug)]
pub struct Language {
    /// The name for people, e.g. `Java`.
    pub name: &'static str,
    /// Marks that begin a comment up to the end of the line.
    pub line: &'static [&'static str],
    /// Comments between marks.
    pub blocks: &'static [Block],
    /// Strings; longer marks stand before the shorter ones that they begin with.
    pub strings: &'static [Quotes],
    /// What may stand right before a quote, and what escapes mean then.
    pub prefixes: &'static [(&'static str, Option<Escapes>)],
    /// Where the end of a line ends a statement.
    pub lines: Lines,
    /// Operators that join two strings.
    pub joins: &'static [&'static str],
    /// Characters of names besides letters, digits and `_`.
    pub words: &'static str,
    /// Everything else.
    pub habits: Habits,
}

/// A comment between marks.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// What begins it.
    pub open: &'static str,
    /// What ends it.
    pub close: &'static str,
    /// It may hold others of its kind.
    pub nested: bool,
}

/// One way to write a string.
#[derive(Debug, Clone, Copy)]
pub struct Quotes {
    /// What begins and ends it.
    pub mark: &'static str,
    /// What escapes mean in it.
    pub escapes: Escapes,
    /// It may hold line ends.
    pub multiline: bool,
    /// Marks of code within it, with the bracket that ends the code.
    pub code: &'static [(&'static str, u8)],
}

/// What stands for another character in a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escapes {
    /// Nothing.
    Plain,
    /// The quote written twice.
    Doubled,
    /// A backslash keeps the quote from ending the string, and stays.
    Kept,
    /// A backslash before a backslash or the quote.
    Quote,
    /// A backslash before many characters, digits of this kind, and these signs.
    Backslash(Digits, &'static str),
    /// The same; an escaped line break takes the indentation behind it along.
    Folding(Digits, &'static str),
    /// A backquote before many characters; and the quote written twice.
    Backquote,
}

/// What digits behind a backslash are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// Only `\0`.
    None,
    /// Up to three octal digits.
    Octal,
    /// Up to three decimal digits.
    Decimal,
}

/// Where the end of a line ends a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Nowhere.
    Never,
    /// Outside of brackets.
    Root,
    /// Outside of brackets and in braces.
    Blocks,
    /// Everywhere.
    Always,
}

/// What a language does that others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Strings side by side are one.
    Adjacent,
    /// A name before a string is a call.
    Commands,
    /// `/…/` is a pattern.
    Patterns,
    /// `'a'` is a character.
    Characters,
    /// `r#"…"#`
    HashRaw,
    /// `R"x(…)x"`
    DelimitedRaw,
    /// `<<EOT` and its kin.
    Heredoc,
    /// `%w[…]`
    PercentWords,
    /// `qw(…)`
    QuoteWords,
    /// `->` leads to a member.
    ArrowMember,
    /// The name stands before the type: `var x string = …`.
    NameFirst,
    /// Words are the same in upper and lower case.
    AnyCase,
    /// `:name` is a name.
    Symbols,
    /// `[[…]]` and `--[[…]]`
    LongBrackets,
    /// Documentation between lines that begin with `=`.
    Pod,
    /// Code stands between `<?` and `?>`.
    Tags,
    /// `-Name value`
    Options,
    /// `(name value)`
    Forms,
    /// A string of its own between three quotes is documentation.
    Docstrings,
    /// `Dim x As String`
    AsType,
    /// `_` ends a line that goes on.
    UnderscoreLine,
}

/// Some habits. They are asked for at every sign, hence a set of bits.
#[derive(Debug, Clone, Copy)]
pub struct Habits(u32);

impl Language {
    /// Whether the language does that.
    #[must_use]
    pub const fn has(&self, habit: Habit) -> bool {
        self.habits.0 & (1 << habit as u32) != 0
    }
}

pub(super) const fn habits(list: &[Habit]) -> Habits {
    let mut bits = 0;
    let mut at = 0;
    while at < list.len() {
        bits |= 1 << list[at] as u32;
        at += 1;
    }
    Habits(bits)
}

pub(super) const fn block(open: &'static str, close: &'static str, nested: bool) -> Block {
    Block {
        open,
        close,
        nested,
    }
}

pub(super) const fn line(mark: &'static str, escapes: Escapes) -> Quotes {
    Quotes {
        mark,
        escapes,
        multiline: false,
        code: &[],
    }
}

pub(super) const fn long(mark: &'static str, escapes: Escapes) -> Quotes {
    Quotes {
        multiline: true,
        ..line(mark, escapes)
    }
}

pub(super) const fn with(quotes: Quotes, code: &'static [(&'static str, u8)]) -> Quotes {
    Quotes { code, ..quotes }
}

/// The language of files with an extension in lower case, without its dot.
#[must_use]
pub fn language(extension: &str) -> Option<&'static Language> {
    Some(match extension {
        "c" | "h" | "cc" | "cpp" | "cxx" | "hpp" | "hh" | "hxx" | "m" | "mm" => &c_family::C,
        "java" => &c_family::JAVA,
        "kt" | "kts" => &c_family::KOTLIN,
        "scala" | "sbt" | "sc" => &c_family::SCALA,
        "cs" | "csx" => &c_family::C_SHARP,
        "fs" | "fsx" => &c_family::F_SHARP,
        "js" | "jsx" | "mjs" | "cjs" => &c_family::JAVA_SCRIPT,
        "ts" | "tsx" | "mts" | "cts" => &c_family::TYPE_SCRIPT,
        "coffee" => &c_family::COFFEE_SCRIPT,
        "go" => &c_family::GO,
        "swift" => &c_family::SWIFT,
        "rs" => &c_family::RUST,
        "groovy" | "gradle" | "gvy" => &c_family::GROOVY,
        "dart" => &c_family::DART,
        "php" | "phtml" => &c_family::PHP,
        "bicep" => &c_family::BICEP,
        "proto" => &c_family::PROTO,
        "py" | "pyi" | "pyw" => &scripts::PYTHON,
        "jl" => &scripts::JULIA,
        "rb" | "rake" | "gemspec" => &scripts::RUBY,
        "pl" | "pm" => &scripts::PERL,
        "r" => &scripts::R,
        "ps1" | "psm1" | "psd1" => &scripts::POWER_SHELL,
        "ex" | "exs" => &scripts::ELIXIR,
        "vb" | "vbs" | "bas" | "cls" => &scripts::BASIC,
        "sql" => &scripts::SQL,
        "lua" => &scripts::LUA,
        "hs" | "elm" => &scripts::HASKELL,
        "adb" | "ads" => &scripts::ADA,
        "lisp" | "cl" | "clj" | "cljs" | "edn" | "el" | "scm" => &scripts::LISP,
        "erl" | "hrl" => &scripts::ERLANG,
        "xq" | "xql" | "xqm" | "xqy" | "xquery" => &scripts::X_QUERY,
        _ => return None,
    })
}
