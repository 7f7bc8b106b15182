//! `ptlint suppress` wrote entries with U+0085 in their keys, which did not match and stayed in the
//! configuration.

use super::assert_suppressed;

#[test]
fn what_is_written_suppresses() {
    assert_suppressed("08", 3);
}
