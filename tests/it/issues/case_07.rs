//! `ptlint suppress` stopped at an entry whose key YAML does not take back, and nothing of the run was
//! suppressed.

use super::assert_suppressed;

#[test]
fn one_key_never_stops_the_suppression_of_the_others() {
    assert_suppressed("07", 2);
}
