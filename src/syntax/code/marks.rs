//! The comments and strings of formats that have a reader of their own, or no reader. They are written in
//! the same terms as those of programming languages, so that one lexer finds the comments of all files.

use super::language::{
    BeforeMark, Block, Language, LineEnds, StringEscapes, block, habits, line, long,
};

const NONE: Language = Language {
    line: &[],
    before: BeforeMark::Anything,
    blocks: &[],
    strings: &[],
    prefixes: &[],
    lines: LineEnds::Never,
    joins: &[],
    words: "",
    habits: habits(&[]),
};
const MARKUP_BLOCK: Block = block("<!--", "-->", false);
const C_BLOCK: Block = block("/*", "*/", false);

/// There are no comments.
pub(in crate::syntax) const TEXT: Language = NONE;
/// Without knowledge of the language only lines that begin with a common mark are comments.
pub(in crate::syntax) const UNKNOWN: Language = Language {
    line: &["#", "//", ";", "--"],
    before: BeforeMark::LineStart,
    ..NONE
};
pub(in crate::syntax) const JSON: Language = Language {
    line: &["//"],
    blocks: &[C_BLOCK],
    strings: &[
        line("\"", StringEscapes::Kept),
        line("'", StringEscapes::Kept),
    ],
    ..NONE
};
pub(in crate::syntax) const CSS: Language = Language { line: &[], ..JSON };
pub(in crate::syntax) const HCL: Language = Language {
    line: &["#", "//"],
    blocks: &[C_BLOCK],
    strings: &[line("\"", StringEscapes::Kept)],
    ..NONE
};
pub(in crate::syntax) const TOML: Language = Language {
    line: &["#"],
    strings: &[
        long("\"\"\"", StringEscapes::Kept),
        long("'''", StringEscapes::Plain),
        line("\"", StringEscapes::Kept),
        line("'", StringEscapes::Plain),
    ],
    ..NONE
};
/// Files of shells, YAML and the like, with the comments of the templates that they are written in.
pub(in crate::syntax) const SHELL: Language = Language {
    line: &["#"],
    before: BeforeMark::Space,
    blocks: &[
        block("{{/*", "*/", false),
        block("{{- /*", "*/", false),
        block("{#", "#}", false),
    ],
    strings: &[
        line("\"", StringEscapes::Kept),
        line("'", StringEscapes::Plain),
    ],
    ..NONE
};
pub(in crate::syntax) const HASH_LINES: Language = Language {
    line: &["#"],
    before: BeforeMark::LineStart,
    ..NONE
};
pub(in crate::syntax) const PROPERTIES: Language = Language {
    line: &["#", "!"],
    ..HASH_LINES
};
pub(in crate::syntax) const INI: Language = Language {
    line: &["#", ";"],
    before: BeforeMark::Space,
    strings: &[line("\"", StringEscapes::Kept)],
    ..NONE
};
pub(in crate::syntax) const REGISTRY: Language = Language {
    line: &[";"],
    before: BeforeMark::LineStart,
    ..NONE
};
pub(in crate::syntax) const MARKUP: Language = Language {
    blocks: &[MARKUP_BLOCK],
    ..NONE
};
/// Version 1 still had the comments of HTML.
pub(in crate::syntax) const MDX: Language = Language {
    blocks: &[block("{/*", "*/}", false), MARKUP_BLOCK],
    ..NONE
};
pub(in crate::syntax) const BATCH: Language = Language {
    line: &["rem ", "::", "@rem "],
    before: BeforeMark::LineStart,
    ..NONE
};
pub(in crate::syntax) const ASSEMBLY: Language = Language {
    line: &[";"],
    strings: &[line("\"", StringEscapes::Kept)],
    ..NONE
};
pub(in crate::syntax) const TEX: Language = Language {
    line: &["%"],
    ..NONE
};
