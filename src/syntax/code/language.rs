//! What the source reader knows of each language: its comments, its strings, and the few habits
//! that matter for finding the name of a value.

/// How a language writes comments and strings.
#[derive(Debug)]
pub struct Language {
    /// Marks that begin a comment up to the end of the line.
    pub line: &'static [&'static str],
    /// What may be before such a mark.
    pub before: BeforeMark,
    /// Comments between marks.
    pub blocks: &'static [Block],
    /// Strings; longer marks are before the shorter ones that they begin with.
    pub strings: &'static [QuoteStyle],
    /// What may be right before a quote, and what escapes mean then.
    pub prefixes: &'static [(&'static str, Option<StringEscapes>)],
    /// Where the end of a line ends a statement.
    pub lines: LineEnds,
    /// Operators that join two strings.
    pub joins: &'static [&'static str],
    /// Characters of names besides letters, digits and `_`.
    pub words: &'static str,
    /// Everything else.
    pub habits: Habits,
}

/// What may be before a line comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeforeMark {
    /// Anything.
    Anything,
    /// White space or nothing.
    Space,
    /// Only white space from the beginning of the line.
    LineStart,
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
pub struct QuoteStyle {
    /// What begins and ends it.
    pub mark: &'static str,
    /// What escapes mean in it.
    pub escapes: StringEscapes,
    /// It may hold line ends.
    pub multiline: bool,
    /// Marks of code within it, with the bracket that ends the code.
    pub code: &'static [(&'static str, u8)],
}

/// What stands for another character in a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StringEscapes {
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
    /// The same; an escaped line break removes the indentation after it as well.
    Folding(Digits, &'static str),
    /// A backquote before many characters; and the quote written twice.
    Backquote,
}

/// What digits after a backslash are.
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
pub enum LineEnds {
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
    /// The name is before the type: `var x string = …`.
    NameFirst,
    /// Words are the same in upper and lower case.
    AnyCase,
    /// `:name` is a name.
    Symbols,
    /// `[[…]]` and `--[[…]]`
    LongBrackets,
    /// Documentation between lines that begin with `=`.
    Pod,
    /// Code is between `<?` and `?>`.
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
    /// Documentation between `=begin` and `=end`.
    BeginEnd,
    /// `x{name}` is a member.
    BraceIndex,
    /// Words such as `select` and `where` begin a new part of a statement.
    Clauses,
    /// `name to value`
    ToPairs,
    /// `name?: Type`
    OptionalMembers,
    /// Elements in angle brackets are values: JSX.
    Elements,
    /// After a line `__END__` there is data.
    DataSection,
}

/// Some habits. They are asked for at every sign, hence a set of bits.
#[derive(Debug, Clone, Copy)]
pub struct Habits(u32);

impl Language {
    /// Says whether the language does that.
    #[must_use]
    pub const fn has(&self, habit: Habit) -> bool {
        self.habits.0 & (1 << habit as u32) != 0
    }

    /// Says whether there are comments at all.
    #[must_use]
    pub const fn has_comments(&self) -> bool {
        !self.line.is_empty()
            || !self.blocks.is_empty()
            || self.has(Habit::LongBrackets)
            || self.has(Habit::Pod)
    }

    /// Says whether the tokens before a mark decide what it begins.
    #[must_use]
    pub const fn needs_tokens(&self) -> bool {
        self.habits.0 != 0 || !self.prefixes.is_empty()
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

pub(super) const fn line(mark: &'static str, escapes: StringEscapes) -> QuoteStyle {
    QuoteStyle {
        mark,
        escapes,
        multiline: false,
        code: &[],
    }
}

pub(super) const fn long(mark: &'static str, escapes: StringEscapes) -> QuoteStyle {
    QuoteStyle {
        multiline: true,
        ..line(mark, escapes)
    }
}

pub(super) const fn with_code(
    quotes: QuoteStyle,
    code: &'static [(&'static str, u8)],
) -> QuoteStyle {
    QuoteStyle { code, ..quotes }
}
