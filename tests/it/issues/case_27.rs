//! Files that `.gitattributes` marks as generated or third-party were fixed as safe.

use std::fs;

use super::HOST;
use crate::common::{AS_OF, run_in};

#[test]
fn files_that_the_repository_marks_are_not_fixed_as_safe() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("a file");
    };
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    write(
        ".gitattributes",
        "gen/ linguist-generated\n*.pb.yml linguist-generated=true\nlib/** linguist-vendored\n",
    );
    let text = format!("url: https://{HOST}/\n");
    for name in ["gen/a.yml", "b.pb.yml", "lib/c.yml", "own/d.yml"] {
        write(name, &text);
    }
    for at in [".", "gen"] {
        let arguments = ["check", at, "--diff", "--network", "hscn", "--as-of", AS_OF];
        let (_, out, err) = run_in(folder.path(), &arguments);
        let changed: Vec<&str> = out.lines().filter(|l| l.starts_with("+++ ")).collect();
        let expected = if at == "." {
            vec!["+++ b/own/d.yml"]
        } else {
            vec![]
        };
        assert_eq!(changed, expected, "{at}: {err}");
    }
}
