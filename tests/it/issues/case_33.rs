//! `suppress` wrote comments of HTML into MDX, which does not build with them, and a directive in the
//! comment that MDX has was not understood.

use super::HOST;
use crate::common::{folder, run_in};

#[test]
fn a_directive_in_a_comment_of_mdx_covers_the_next_line() {
    let text =
        format!("{{/* ptlint: ignore-next-line[dev-host] kept */}}\nPara https://{HOST}/1\n");
    let dir = folder(&[("y.mdx", &text)]);
    let (code, out, err) = run_in(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(!out.contains("dev-host"), "{out}");
}

#[test]
fn suppress_writes_no_comment_of_html_into_mdx() {
    let text = format!(
        "import X from 'y'\n\nPara https://{HOST}/1\n\nexport const u = \"https://{HOST}/3\"\n"
    );
    let dir = folder(&[("z.mdx", &text)]);
    let (code, out, err) = run_in(dir.path(), &["suppress", "--reason", "kept", "."]);
    assert_eq!(code, 0, "{out}{err}");
    let written = std::fs::read_to_string(dir.path().join("z.mdx")).expect("the file");
    assert!(!written.contains("<!--"), "{written}");
    let (code, out, _) = run_in(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(code, 0, "{out}");
}
