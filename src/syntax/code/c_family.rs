//! Languages with comments and blocks like those of C.

use super::language::{Digits, Escapes, Habit, Language, Lines, block, habits, line, long, with};

pub(super) const C_ESCAPES: Escapes = Escapes::Backslash(Digits::Octal, "");
pub(super) const MODERN: Escapes = Escapes::Backslash(Digits::None, "");
/// Of strings whose lines are indented with the code around them.
const FOLDING: Escapes = Escapes::Folding(Digits::Octal, "");
const MODERN_FOLDING: Escapes = Escapes::Folding(Digits::None, "");
pub(super) const DOLLAR: Escapes = Escapes::Backslash(Digits::None, "$");
pub(super) const SCRIPT: Escapes = Escapes::Backslash(Digits::Octal, "/$");
pub(super) const DOLLAR_BRACE: &[(&str, u8)] = &[("${", b'}')];
pub(super) const HASH_BRACE: &[(&str, u8)] = &[("#{", b'}')];

pub(super) const C: Language = Language {
    name: "C",
    line: &["//"],
    blocks: &[block("/*", "*/", false)],
    strings: &[line("\"", C_ESCAPES)],
    prefixes: &[("u8", None), ("u", None), ("U", None), ("L", None)],
    lines: Lines::Never,
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
pub(super) const JAVA: Language = Language {
    name: "Java",
    strings: &[long("\"\"\"", FOLDING), line("\"", C_ESCAPES)],
    prefixes: &[],
    joins: &["+"],
    habits: habits(&[Habit::Characters]),
    ..C
};
pub(super) const KOTLIN: Language = Language {
    name: "Kotlin",
    blocks: &[block("/*", "*/", true)],
    strings: &[
        with(long("\"\"\"", Escapes::Plain), DOLLAR_BRACE),
        with(line("\"", DOLLAR), DOLLAR_BRACE),
    ],
    lines: Lines::Blocks,
    ..JAVA
};
pub(super) const SCALA: Language = Language {
    name: "Scala",
    strings: &[
        with(long("\"\"\"", Escapes::Plain), DOLLAR_BRACE),
        with(line("\"", C_ESCAPES), DOLLAR_BRACE),
    ],
    prefixes: &[("s", None), ("f", None), ("raw", Some(Escapes::Kept))],
    ..KOTLIN
};
pub(super) const C_SHARP: Language = Language {
    name: "C#",
    strings: &[long("\"\"\"", Escapes::Plain), line("\"", MODERN)],
    prefixes: &[
        ("$@", Some(Escapes::Doubled)),
        ("@$", Some(Escapes::Doubled)),
        ("@", Some(Escapes::Doubled)),
        ("$$", None),
        ("$", None),
    ],
    ..JAVA
};
pub(super) const F_SHARP: Language = Language {
    name: "F#",
    blocks: &[block("(*", "*)", true)],
    strings: &[long("\"\"\"", Escapes::Plain), long("\"", FOLDING)],
    lines: Lines::Blocks,
    ..C_SHARP
};
pub(super) const JAVA_SCRIPT: Language = Language {
    name: "JavaScript",
    strings: &[
        line("\"", SCRIPT),
        line("'", SCRIPT),
        with(long("`", SCRIPT), DOLLAR_BRACE),
    ],
    prefixes: &[],
    lines: Lines::Blocks,
    joins: &["+"],
    habits: habits(&[Habit::Patterns]),
    ..C
};
pub(super) const TYPE_SCRIPT: Language = Language {
    name: "TypeScript",
    ..JAVA_SCRIPT
};
pub(super) const COFFEE_SCRIPT: Language = Language {
    name: "CoffeeScript",
    line: &["#"],
    blocks: &[block("###", "###", false)],
    strings: &[
        with(long("\"\"\"", SCRIPT), HASH_BRACE),
        long("'''", SCRIPT),
        with(long("\"", SCRIPT), HASH_BRACE),
        long("'", SCRIPT),
    ],
    habits: habits(&[Habit::Patterns, Habit::Commands]),
    ..JAVA_SCRIPT
};
pub(super) const GO: Language = Language {
    name: "Go",
    strings: &[line("\"", C_ESCAPES), long("`", Escapes::Plain)],
    lines: Lines::Always,
    habits: habits(&[Habit::Characters, Habit::NameFirst]),
    ..JAVA
};
pub(super) const SWIFT: Language = Language {
    name: "Swift",
    blocks: &[block("/*", "*/", true)],
    strings: &[
        with(long("\"\"\"", MODERN_FOLDING), &[("\\(", b')')]),
        with(line("\"", MODERN), &[("\\(", b')')]),
    ],
    lines: Lines::Blocks,
    habits: habits(&[Habit::HashRaw]),
    ..JAVA
};
pub(super) const RUST: Language = Language {
    name: "Rust",
    blocks: &[block("/*", "*/", true)],
    strings: &[long("\"", MODERN_FOLDING)],
    prefixes: &[("b", None), ("c", None)],
    joins: &[],
    habits: habits(&[Habit::Characters, Habit::HashRaw]),
    ..C
};
pub(super) const GROOVY: Language = Language {
    name: "Groovy",
    strings: &[
        with(long("\"\"\"", SCRIPT), DOLLAR_BRACE),
        long("'''", SCRIPT),
        with(line("\"", SCRIPT), DOLLAR_BRACE),
        line("'", SCRIPT),
    ],
    lines: Lines::Blocks,
    habits: habits(&[Habit::Commands, Habit::Patterns]),
    ..JAVA
};
pub(super) const DART: Language = Language {
    name: "Dart",
    blocks: &[block("/*", "*/", true)],
    strings: &[
        with(long("\"\"\"", DOLLAR), DOLLAR_BRACE),
        with(long("'''", DOLLAR), DOLLAR_BRACE),
        with(line("\"", DOLLAR), DOLLAR_BRACE),
        with(line("'", DOLLAR), DOLLAR_BRACE),
    ],
    prefixes: &[("r", Some(Escapes::Plain))],
    joins: &["+"],
    habits: habits(&[Habit::Adjacent]),
    ..C
};
pub(super) const PHP: Language = Language {
    name: "PHP",
    line: &["//", "#"],
    strings: &[
        with(
            long("\"", Escapes::Backslash(Digits::Octal, "$")),
            &[("{$", b'}'), ("${", b'}')],
        ),
        long("'", Escapes::Quote),
    ],
    prefixes: &[],
    joins: &["."],
    habits: habits(&[Habit::ArrowMember, Habit::Tags, Habit::Heredoc]),
    ..C
};
pub(super) const BICEP: Language = Language {
    name: "Bicep",
    strings: &[
        long("'''", Escapes::Plain),
        with(line("'", DOLLAR), DOLLAR_BRACE),
    ],
    prefixes: &[],
    lines: Lines::Always,
    habits: habits(&[]),
    ..C
};
pub(super) const PROTO: Language = Language {
    name: "Protocol Buffers",
    strings: &[line("\"", C_ESCAPES), line("'", C_ESCAPES)],
    prefixes: &[],
    habits: habits(&[Habit::Adjacent]),
    ..C
};
