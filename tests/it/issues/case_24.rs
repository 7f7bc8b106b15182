//! A directive after `>-`, or above an instruction of several lines, covered only the first line.

use super::case;
use crate::common::{AS_OF, run_in};

#[test]
fn a_directive_covers_the_whole_of_its_value() {
    let folder = case("24");
    let (code, out, _) = run_in(
        folder.path(),
        &["check", "--as-of", AS_OF, "--format", "concise"],
    );
    assert_eq!((code, out.as_str()), (0, ""));
}
