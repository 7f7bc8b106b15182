//! String literals, with the variables that a language reads in them.

use std::ops::Range;

use crate::syntax::FormatId;
/// How variables are written in a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interpolation {
    /// Not at all.
    None,
    /// `{name}`, and `{{` for a brace.
    Braces,
    /// `${name}`, and where `bare` is set `$name`.
    Dollar { bare: bool },
    /// `#{name}`.
    Hash,
    /// `\(name)`.
    Backslash,
}

/// How variables are written in the literal whose content begins at a byte.
pub(super) fn interpolation(text: &str, content: usize, format: FormatId) -> Interpolation {
    let before = &text[..content];
    let Some(quote) = before.chars().next_back() else {
        return Interpolation::None;
    };
    let prefix = before.trim_end_matches(quote);
    let word_at =
        prefix.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '$' | '@'));
    let prefix = &prefix[word_at.len()..];
    match format {
        FormatId::Python if prefix.len() <= 2 && prefix.contains(['f', 'F', 't']) => {
            Interpolation::Braces
        }
        FormatId::CSharp if prefix.contains('$') => Interpolation::Braces,
        FormatId::JavaScript if quote == '`' => Interpolation::Dollar { bare: false },
        FormatId::Kotlin | FormatId::Groovy | FormatId::Php | FormatId::Perl if quote == '"' => {
            Interpolation::Dollar { bare: true }
        }
        FormatId::Ruby if quote == '"' => Interpolation::Hash,
        FormatId::Swift => Interpolation::Backslash,
        _ => Interpolation::None,
    }
}

/// The content of the literal at a quote.
pub(super) fn literal_content(text: &str, quote_at: usize) -> Option<Range<usize>> {
    let quote = text[quote_at..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let triple = [quote; 3].iter().collect::<String>();
    let close = if text[quote_at..].starts_with(&triple) {
        triple
    } else {
        quote.to_string()
    };
    let start = quote_at + close.len();
    let mut at = start;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(&close) {
            return Some(start..at);
        }
        let is_escape = rest.starts_with('\\');
        at += rest.chars().next().map_or(1, char::len_utf8);
        if is_escape {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
        if rest.starts_with('\n') && close.len() == 1 && quote != '`' {
            return None;
        }
    }
    None
}
