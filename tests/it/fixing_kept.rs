//! Fixes that would break a file are refused, and the file stays as it is.

use std::fs;

use crate::common::{AS_OF, run_in};

const D: &str = "msg.dev.spine2.ncrs.nhs.uk";
const T: &str = "msg.train.spine2.ncrs.nhs.uk";
const I: &str = "msg.int.spine2.ncrs.nhs.uk";

/// The text of a file after `fix --unsafe-fixes`, and what the run says. `<D>`, `<T>` and `<I>` are hosts.
fn fixed(name: &str, text: &str) -> (String, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let before = text.replace("<D>", D).replace("<T>", T).replace("<I>", I);
    let path = folder.path().join(name);
    fs::write(&path, &before).expect("a file");
    let arguments = [
        "fix",
        "--unsafe-fixes",
        "--as-of",
        AS_OF,
        "--no-config",
        ".",
    ];
    let (_, out, err) = run_in(folder.path(), &arguments);
    (
        before,
        fs::read_to_string(&path).expect("a file"),
        out + &err,
    )
}

#[test]
fn what_is_used_is_not_deleted() {
    for (name, text, says) in [
        (
            "a.properties",
            "dev.host=<D>\nint.host=<I>\nspine.host=${dev.host}\n",
            "line 3 uses `dev.host`",
        ),
        (
            "Makefile",
            "dev: H := <D>\nint: H := <I>\ndev:\n\tcurl https://$(H)/\n",
            "for the target `dev`",
        ),
        (
            "Makefile",
            "ifdef X\nH=<D>\nelse\nH=<I>\nendif\n",
            "only statement",
        ),
        (
            "a.py",
            "a, b = [\"<D>\", \"<I>\"]\n",
            "a name to each position",
        ),
        (
            "a.ts",
            "const [a, b] = [\"<D>\", \"<I>\"];\n",
            "a name to each position",
        ),
        (
            "b.py",
            "H = [\"<D>\", \"<I>\"]\nx = H[1]\n",
            "line 2 uses `H` by position",
        ),
        (
            "a.rs",
            "fn h(e: E) -> &'static str {\n  match e {\n    E::Dev => \"<D>\",\n    E::Int => \"<I>\",\n  }\n}\n",
            "what belongs to the entry is not clear",
        ),
        (
            "a.xml",
            "<a>\n<b id=\"dev\"><h><D></h></b>\n<b id=\"int\"><h><I></h></b>\n<x ref=\"dev\"/>\n</a>\n",
            "line 4 uses `dev`",
        ),
        (
            "a.kt",
            "val m = mapOf(\n  \"dev\" to \"<D>\",\n  \"int\" to \"<I>\",\n)\nf(m[\"dev\"])\n",
            "line 5 uses `dev`",
        ),
        (
            "azure-pipelines.yml",
            "stages:\n- stage: dev\n  variables:\n    h: <D>\n- stage: int\n  variables:\n    h: <I>\n- stage: z\n  dependsOn: dev\n",
            "line 9 uses `dev`",
        ),
        (
            "compose.yaml",
            "services:\n  dev:\n    environment:\n      H: <D>\n  int:\n    environment:\n      H: <I>\n  z:\n    depends_on:\n      dev:\n        condition: a\n",
            "line 10 uses `dev`",
        ),
        (
            "nginx.conf",
            "upstream dev {\n  server <D>:443;\n}\nupstream int {\n  server <I>:443;\n}\nserver { location / { proxy_pass https://dev; } }\n",
            "line 7 uses `dev`",
        ),
    ] {
        let (before, after, out) = fixed(name, text);
        assert_eq!(after, before, "{name}: {out}");
        assert!(out.contains(says), "{name}: {out}");
    }
}

/// Refused as a whole: the file stays as it is.
fn stays(name: &str, text: &str) {
    let (before, after, out) = fixed(name, text);
    assert_eq!(after, before, "{name}: {out}");
    assert!(
        out.contains("would be there twice"),
        "{name}: {text}\n{out}"
    );
}

#[test]
fn no_key_is_there_twice() {
    for (name, text) in [
        (
            "compose.yml",
            "services:\n  <D>:\n    image: a\n  <I>:\n    image: b\n",
        ),
        (
            "compose.yml",
            "services:\n  <D>:\n    image: a\n  <T>:\n    image: b\n",
        ),
        ("a.json", "{\"<D>\":1,\"<I>\":2}\n"),
        ("a.toml", "[a]\n\"<D>\" = 1\n\"<I>\" = 2\n"),
        ("a.ini", "[<D>]\na = 1\n[<I>]\na = 2\n"),
        ("nginx.conf", "map $host $x {\n  <D> 1;\n  <I> 2;\n}\n"),
        (
            "a.go",
            "package a\nvar m = map[string]int{\n\t\"<D>\": 1,\n\t\"<I>\": 2,\n}\n",
        ),
        (
            "a.go",
            "package a\nfunc f(h string) int {\n\tswitch h {\n\tcase \"<D>\":\n\t\treturn 1\n\tcase \"<I>\":\n\t\treturn 2\n\t}\n\treturn 0\n}\n",
        ),
        (
            "A.java",
            "class A {\n  int f(String h) {\n    switch (h) {\n      case \"<D>\": return 1;\n      case \"<I>\": return 2;\n    }\n    return 0;\n  }\n}\n",
        ),
        (
            "A.java",
            "class A {\n  Map<String, Integer> M = Map.of(\"<D>\", 1, \"<I>\", 2);\n}\n",
        ),
        (
            "A.java",
            "class A {\n  Map<String, Integer> M = Map.ofEntries(\n    entry(\"<D>\", 1),\n    entry(\"<I>\", 2));\n}\n",
        ),
        (
            "A.cs",
            "var m = new Dictionary<string, int> { { \"<D>\", 1 }, { \"<I>\", 2 } };\n",
        ),
        (
            "A.cs",
            "var m = new Dictionary<string, int> { [\"<D>\"] = 1, [\"<I>\"] = 2 };\n",
        ),
        ("a.ts", "const m = { \"<D>\": 1, \"<I>\": 2 };\n"),
        ("a.py", "M = {\n    \"<D>\": 1,\n    \"<I>\": 2,\n}\n"),
        ("a.py", "M = {\n    \"<D>\": 1,\n    \"<T>\": 2,\n}\n"),
        ("a.rb", "M = { '<D>' => 1, '<I>' => 2 }\n"),
        (
            "a.tf",
            "locals {\n  m = {\n    \"<D>\" = 1\n    \"<I>\" = 2\n  }\n}\n",
        ),
        (
            "a.rs",
            "fn f(h: &str) -> u8 {\n    match h {\n        \"<D>\" => 1,\n        \"<I>\" => 2,\n        _ => 0,\n    }\n}\n",
        ),
        ("a.sh", "case $h in\n  <D>) a=1;;\n  <I>) a=2;;\nesac\n"),
    ] {
        stays(name, text);
    }
}

#[test]
fn keys_in_other_places_are_fixed() {
    for (name, text) in [
        ("a.json", "{\"a\":{\"<D>\":1},\"b\":{\"<I>\":2}}\n"),
        ("a.py", "A = {\"<D>\": 1}\nB = {\"<I>\": 2}\n"),
        ("a.ts", "const a = { x: \"<D>\", y: \"<I>\" };\n"),
    ] {
        let (before, after, out) = fixed(name, text);
        assert_eq!(after, before.replace(D, I), "{name}: {out}");
    }
}

#[test]
fn no_constant_is_there_twice() {
    for text in [
        "DEV_CA_CERT = 1\nTRAIN_CA_CERT = 2\nINT_CA_CERT = 3\n",
        "from mesh_client import DEV_CA_CERT, TRAIN_CA_CERT, INT_CA_CERT\n",
        "from mesh_client import (\n    DEV_CA_CERT,\n    TRAIN_CA_CERT,\n)\nuse(DEV_CA_CERT)\n",
    ] {
        let (before, after, out) = fixed("a.py", text);
        assert_eq!(after, before, "{out}");
    }
}

#[test]
fn a_use_of_a_constant_becomes_one_that_the_file_has() {
    for (text, expected) in [
        (
            "from mesh_client import DEV_CA_CERT, INT_CA_CERT\nuse(DEV_CA_CERT)\n",
            "from mesh_client import DEV_CA_CERT, INT_CA_CERT\nuse(INT_CA_CERT)\n",
        ),
        (
            "from mesh_client import INT_CA_CERT\nuse(DEV_CA_CERT)\n",
            "from mesh_client import INT_CA_CERT\nuse(INT_CA_CERT)\n",
        ),
        (
            "from mesh_client import DEV_CA_CERT\nuse(DEV_CA_CERT)\n",
            "from mesh_client import INT_CA_CERT\nuse(INT_CA_CERT)\n",
        ),
        (
            "import mesh_client as m\nM = {m.DEV_CA_CERT: 1, m.INT_CA_CERT: 2}\nuse(m.DEV_CA_CERT)\n",
            "import mesh_client as m\nM = {m.DEV_CA_CERT: 1, m.INT_CA_CERT: 2}\nuse(m.INT_CA_CERT)\n",
        ),
    ] {
        let (_, after, out) = fixed("a.py", text);
        assert_eq!(after, expected, "{out}");
    }
}

#[test]
fn what_is_not_repeated_is_fixed_all_the_same() {
    let (_, after, out) = fixed("a.json", "{\"m\":{\"<D>\":1,\"<T>\":2},\"u\":\"<D>\"}\n");
    let kept = format!("{{\"m\":{{\"{D}\":1,\"{T}\":2}},\"u\":\"{I}\"}}\n");
    assert_eq!(after, kept, "{out}");
}

#[test]
fn undo_with_a_folder_undoes_its_last_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.yml");
    let before = format!("spine:\n  url: https://{D}/\n");
    fs::write(&path, &before).expect("a file");
    run_in(
        folder.path(),
        &["fix", "--as-of", AS_OF, "--no-config", "."],
    );
    assert_ne!(fs::read_to_string(&path).expect("a file"), before);
    let (code, out, err) = run_in(folder.path(), &["fix", "--undo", "."]);
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(fs::read_to_string(&path).expect("a file"), before);
}
