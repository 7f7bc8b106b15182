//! Cells of a table for spreadsheets.

use crate::text::printable;

/// A cell without control characters that spreadsheets never read as a formula, also in the wide forms
/// that some accept, or for a command, as `|` and `%` begin in some.
pub(super) fn cell(text: &str) -> String {
    let starts = |c: char| "=+-@\t\r\n|%".contains(c) || "＝＋－＠".contains(c);
    let guard = text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(starts);
    let text = printable(text).replace('\t', " ");
    if guard { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (given, expected) in [
            ("=cmd()", "'=cmd()"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            ("\tx", "' x"),
            ("\r=1", "'\u{240d}=1"),
            ("  =1", "'  =1"),
            ("\u{a0}=1", "'\u{a0}=1"),
            ("＝1", "'＝1"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(cell(given), expected, "{given:?}");
        }
    }
}
