//! Languages with comments and blocks like those of C.

use super::language::{
    BeforeMark, Digits, Habit, Language, LineEnds, StringEscapes, block, habits, line, long,
    with_code,
};

pub(super) const C_ESCAPES: StringEscapes = StringEscapes::Backslash(Digits::Octal, "");
pub(super) const MODERN: StringEscapes = StringEscapes::Backslash(Digits::None, "");
/// Of strings whose lines are indented with the code around them.
const FOLDING: StringEscapes = StringEscapes::Folding(Digits::Octal, "");
const MODERN_FOLDING: StringEscapes = StringEscapes::Folding(Digits::None, "");
pub(super) const DOLLAR: StringEscapes = StringEscapes::Backslash(Digits::None, "$");
pub(super) const SCRIPT: StringEscapes = StringEscapes::Backslash(Digits::Octal, "/$");
pub(super) const DOLLAR_BRACE: &[(&str, u8)] = &[("${", b'}')];
pub(super) const HASH_BRACE: &[(&str, u8)] = &[("#{", b'}')];

pub(in crate::syntax) const C: Language = Language {
    line: &["//"],
    before: BeforeMark::Anything,
    blocks: &[block("/*", "*/", false)],
    strings: &[line("\"", C_ESCAPES)],
    prefixes: &[("u8", None), ("u", None), ("U", None), ("L", None)],
    lines: LineEnds::Never,
    joins: &[],
    words: "",
    habits: habits(&[
        Habit::Adjacent,
        Habit::Characters,
        Habit::Commands,
        Habit::DelimitedRaw,
        Habit::ArrowMember,
    ]),
};
pub(in crate::syntax) const JAVA: Language = Language {
    strings: &[long("\"\"\"", FOLDING), line("\"", C_ESCAPES)],
    prefixes: &[],
    joins: &["+"],
    habits: habits(&[Habit::Characters]),
    ..C
};
pub(in crate::syntax) const KOTLIN: Language = Language {
    blocks: &[block("/*", "*/", true)],
    strings: &[
        with_code(long("\"\"\"", StringEscapes::Plain), DOLLAR_BRACE),
        with_code(line("\"", DOLLAR), DOLLAR_BRACE),
    ],
    lines: LineEnds::Blocks,
    habits: habits(&[Habit::Characters, Habit::ToPairs]),
    ..JAVA
};
pub(in crate::syntax) const SCALA: Language = Language {
    strings: &[
        with_code(long("\"\"\"", StringEscapes::Plain), DOLLAR_BRACE),
        with_code(line("\"", C_ESCAPES), DOLLAR_BRACE),
    ],
    prefixes: &[("s", None), ("f", None), ("raw", Some(StringEscapes::Kept))],
    habits: habits(&[Habit::Characters]),
    ..KOTLIN
};
pub(in crate::syntax) const C_SHARP: Language = Language {
    strings: &[long("\"\"\"", StringEscapes::Plain), line("\"", MODERN)],
    prefixes: &[
        ("$@", Some(StringEscapes::Doubled)),
        ("@$", Some(StringEscapes::Doubled)),
        ("@", Some(StringEscapes::Doubled)),
        ("$$", None),
        ("$", None),
    ],
    ..JAVA
};
pub(in crate::syntax) const F_SHARP: Language = Language {
    blocks: &[block("(*", "*)", true)],
    strings: &[long("\"\"\"", StringEscapes::Plain), long("\"", FOLDING)],
    lines: LineEnds::Blocks,
    ..C_SHARP
};
pub(in crate::syntax) const JAVA_SCRIPT: Language = Language {
    strings: &[
        line("\"", SCRIPT),
        line("'", SCRIPT),
        with_code(long("`", SCRIPT), DOLLAR_BRACE),
    ],
    prefixes: &[],
    lines: LineEnds::Blocks,
    joins: &["+"],
    habits: habits(&[Habit::Patterns, Habit::Elements]),
    ..C
};
pub(in crate::syntax) const TYPE_SCRIPT: Language = Language {
    habits: habits(&[Habit::Patterns, Habit::OptionalMembers, Habit::Elements]),
    ..JAVA_SCRIPT
};
pub(in crate::syntax) const COFFEE_SCRIPT: Language = Language {
    line: &["#"],
    blocks: &[block("###", "###", false)],
    strings: &[
        with_code(long("\"\"\"", SCRIPT), HASH_BRACE),
        long("'''", SCRIPT),
        with_code(long("\"", SCRIPT), HASH_BRACE),
        long("'", SCRIPT),
    ],
    habits: habits(&[Habit::Patterns, Habit::Commands]),
    ..JAVA_SCRIPT
};
pub(in crate::syntax) const GO: Language = Language {
    strings: &[line("\"", C_ESCAPES), long("`", StringEscapes::Plain)],
    lines: LineEnds::Always,
    habits: habits(&[Habit::Characters, Habit::NameFirst]),
    ..JAVA
};
pub(in crate::syntax) const SWIFT: Language = Language {
    blocks: &[block("/*", "*/", true)],
    strings: &[
        with_code(long("\"\"\"", MODERN_FOLDING), &[("\\(", b')')]),
        with_code(line("\"", MODERN), &[("\\(", b')')]),
    ],
    lines: LineEnds::Blocks,
    habits: habits(&[Habit::HashRaw]),
    ..JAVA
};
pub(in crate::syntax) const RUST: Language = Language {
    blocks: &[block("/*", "*/", true)],
    strings: &[long("\"", MODERN_FOLDING)],
    prefixes: &[("b", None), ("c", None)],
    joins: &[],
    habits: habits(&[Habit::Characters, Habit::HashRaw]),
    ..C
};
pub(in crate::syntax) const GROOVY: Language = Language {
    strings: &[
        with_code(long("\"\"\"", SCRIPT), DOLLAR_BRACE),
        long("'''", SCRIPT),
        with_code(line("\"", SCRIPT), DOLLAR_BRACE),
        line("'", SCRIPT),
    ],
    lines: LineEnds::Blocks,
    habits: habits(&[Habit::Commands, Habit::Patterns]),
    ..JAVA
};
pub(in crate::syntax) const DART: Language = Language {
    blocks: &[block("/*", "*/", true)],
    strings: &[
        with_code(long("\"\"\"", DOLLAR), DOLLAR_BRACE),
        with_code(long("'''", DOLLAR), DOLLAR_BRACE),
        with_code(line("\"", DOLLAR), DOLLAR_BRACE),
        with_code(line("'", DOLLAR), DOLLAR_BRACE),
    ],
    prefixes: &[("r", Some(StringEscapes::Plain))],
    joins: &["+"],
    habits: habits(&[Habit::Adjacent]),
    ..C
};
pub(in crate::syntax) const PHP: Language = Language {
    line: &["//", "#"],
    blocks: &[block("/*", "*/", false), block("<!--", "-->", false)],
    strings: &[
        with_code(
            long("\"", StringEscapes::Backslash(Digits::Octal, "$")),
            &[("{$", b'}'), ("${", b'}')],
        ),
        long("'", StringEscapes::Quote),
    ],
    prefixes: &[],
    joins: &["."],
    habits: habits(&[Habit::ArrowMember, Habit::Tags, Habit::Heredoc]),
    ..C
};
pub(in crate::syntax) const BICEP: Language = Language {
    strings: &[
        long("'''", StringEscapes::Plain),
        with_code(line("'", DOLLAR), DOLLAR_BRACE),
    ],
    prefixes: &[],
    lines: LineEnds::Always,
    habits: habits(&[]),
    ..C
};
pub(in crate::syntax) const PROTO: Language = Language {
    strings: &[line("\"", C_ESCAPES), line("'", C_ESCAPES)],
    prefixes: &[],
    habits: habits(&[Habit::Adjacent]),
    ..C
};
