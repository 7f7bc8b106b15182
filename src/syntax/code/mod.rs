//! Source code of many languages, read without their grammars: its strings with their names, and
//! its comments.

mod brackets;
pub(super) mod c_family;
mod classes;
mod comment_finder;
mod elements;
mod groups;
mod inert;
mod language;
mod lex_comments;
mod lex_heredocs;
mod lex_words;
mod lexer;
pub(super) mod marks;
mod member;
mod quoted;
pub(super) mod scripts;
mod statements;
mod strings;
mod structure;
mod texts;
mod tokens;

pub use comment_finder::Comments;
pub(crate) use elements::is_between_tags;
#[cfg(test)]
pub(crate) use language::BeforeMark;
pub(crate) use language::Language;

use super::tree::{NodeKind, Syntax, Tree, TreeBuilder};

impl Language {
    /// The comments of a text, as a tree without values.
    #[must_use]
    pub fn comments(&self, source: &str) -> Tree {
        let mut builder = TreeBuilder::new(NodeKind::Mapping);
        if u32::try_from(source.len()).is_ok() {
            let tokens = lexer::tokens(source, self);
            for comment in tokens.comments {
                builder.comment(comment);
            }
            let problems = tokens.problems.into_iter();
            for (at, message) in problems.filter(|(_, message)| *message == lexer::MORE) {
                builder.problem(at, message);
            }
        }
        builder.finish(source.len())
    }
}

impl Syntax for Language {
    fn read(&self, source: &str) -> Tree {
        if u32::try_from(source.len()).is_err() {
            let mut builder = TreeBuilder::new(NodeKind::Mapping);
            builder.problem(0, "too long");
            return builder.finish(source.len());
        }
        let mut tokens = lexer::tokens(source, self);
        inert::leave_out(source, self, &mut tokens);
        structure::tree(source, self, tokens)
    }
}

#[cfg(test)]
mod tests;
