//! Safe fixes never write a name twice where one is meant, even in places that are not next to each other.

use std::fs;

use crate::common::{AS_OF, run_in};

const D: &str = "msg.dev.spine2.ncrs.nhs.uk";
const T: &str = "msg.train.spine2.ncrs.nhs.uk";
const I: &str = "msg.int.spine2.ncrs.nhs.uk";

/// A file after `fix`, and what `check` says of it before. `<D>`, `<T>` and `<I>` are hosts.
fn fixed(name: &str, text: &str) -> (String, String) {
    fixed_with(name, text, &[])
}

fn fixed_with(name: &str, text: &str, options: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let before = text.replace("<D>", D).replace("<T>", T).replace("<I>", I);
    let path = folder.path().join(name);
    fs::write(&path, &before).expect("a file");
    let common = ["--as-of", AS_OF, "--no-config", "."];
    let check = [&["check", "--format", "json"][..], &common].concat();
    let (_, says, _) = run_in(folder.path(), &check);
    run_in(folder.path(), &[&["fix"][..], options, &common].concat());
    let after = fs::read_to_string(&path).expect("a file");
    (
        after.replace(D, "<D>").replace(T, "<T>").replace(I, "<I>"),
        says,
    )
}

/// Files in which two names are or become one.
const TWICE: &[(&str, &str)] = &[
    (
        "a.yaml",
        "kind: Ingress\nspec: {rules: [{host: <D>}]}\n---\nkind: Ingress\nspec: {rules: [{host: <T>}]}\n",
    ),
    (
        "b.yaml",
        "kind: Ingress\nspec:\n  rules:\n  - host: <D>\n    http: a\n  - host: <I>\n    http: b\n",
    ),
    (
        "c.yaml",
        "kind: HTTPRoute\nspec:\n  hostnames:\n  - <D>\n---\nkind: HTTPRoute\nspec:\n  hostnames:\n  - <I>\n",
    ),
    (
        "a.tf",
        "resource \"a\" \"d\" {\n  host = \"<D>\"\n}\nresource \"a\" \"t\" {\n  host = \"<T>\"\n}\n",
    ),
    (
        "b.tf",
        "module \"a\" {\n  hosts = [\"<D>\"]\n}\nmodule \"b\" {\n  hosts = [\"<I>\"]\n}\n",
    ),
    (
        "haproxy.cfg",
        "backend d\n  server a <D>:443 check\n  server b <T>:443 check\n",
    ),
    (
        "nginx.conf",
        "upstream d {\n  server <D>:443;\n}\nupstream t {\n  server <T>:443;\n}\n",
    ),
    (
        "nginx.conf",
        "server {\n  server_name a.example.org <D>;\n}\nserver {\n  server_name <I>;\n}\n",
    ),
    (
        "a.xml",
        "<v>\n<h><name><D></name></h>\n<h><name><T></name></h>\n</v>\n",
    ),
    (
        "compose.yaml",
        "services:\n  a:\n    networks: {n: {aliases: [<D>]}}\n  b:\n    networks: {n: {aliases: [<T>]}}\n",
    ),
    (
        "compose.yaml",
        "services:\n  a:\n    labels:\n      - \"r.a.rule=Host(`<D>`)\"\n  b:\n    labels:\n      - \"r.b.rule=Host(`<T>`)\"\n",
    ),
    (
        "d.yaml",
        "hostAliases:\n- ip: a\n  hostnames: [<D>]\n- ip: b\n  hostnames: [<T>]\n",
    ),
    (
        "prom.yml",
        "scrape_configs:\n- job_name: d\n  static_configs: [{targets: [\"<D>:443\"]}]\n- job_name: t\n  static_configs: [{targets: [\"<T>:443\"]}]\n",
    ),
    (
        "e.yaml",
        "x:\n  a: &a {host: <D>}\ny:\n  b: &b {host: <T>}\nlist:\n- *a\n- *b\n",
    ),
    (
        "f.yaml",
        "dev: &dev https://<D>/\ntrain: &train https://<T>/\nhosts: [*dev, *train]\n",
    ),
    ("a.jsonl", "{\"host\":\"<D>\"}\n{\"host\":\"<T>\"}\n"),
    (
        "a.json",
        "{\"a\":{\"x\":{\"host\":\"<D>\"}},\"b\":{\"y\":{\"host\":\"<T>\"}}}\n",
    ),
    ("b.json", "{\"AllowedHosts\":\"<D>;<T>;x.example.org\"}\n"),
    ("a.toml", "[[s]]\nhost = \"<D>\"\n[[s]]\nhost = \"<I>\"\n"),
    (
        "a.ts",
        "@Controller({host: \"<D>\"}) class A {}\n@Controller({host: \"<T>\"}) class B {}\n",
    ),
    ("b.ts", "type H =\n  | \"<D>\"\n  | \"<I>\";\n"),
    (
        "c.ts",
        "enum H {\n  A = \"https://<D>\",\n  B = \"https://<T>\",\n}\n",
    ),
    ("a.cs", "enum H { [Host(\"<D>\")] A, [Host(\"<T>\")] B }\n"),
    ("A.java", "@Hosts({\"<D>\", \"<T>\"})\nclass A {}\n"),
    ("B.java", "@Host(\"<D>\")\n@Host(\"<T>\")\nclass B {}\n"),
    ("a.kt", "val a = setOf(\"<D>\", \"<T>\")\n"),
    ("a.rb", "hosts << \"<D>\"\nhosts << \"<T>\"\n"),
    (
        "a.go",
        "package a\nvar m = map[string]string{\n\t\"a\": \"<D>\",\n\t\"b\": \"<T>\",\n}\n",
    ),
    (
        "a.py",
        "def url(env):\n    if env == \"d\":\n        return \"https://<D>/\"\n    return \"https://<T>/\"\n",
    ),
    (
        "b.py",
        "M = {\"a\": {\"host\": \"<D>\"}, \"b\": {\"host\": \"<T>\"}}\n",
    ),
    ("a.sh", "curl https://<D>/x\ncurl https://<T>/x\n"),
    ("a.csv", "id,host,port\n1,<D>,443\n2,<I>,443\n"),
    (
        "a.sql",
        "INSERT INTO h (id, host) VALUES\n  (1, '<D>'),\n  (2, '<T>');\n",
    ),
    (".npmrc", "//<D>/:_authToken=a\n//<T>/:_authToken=a\n"),
];

#[test]
fn what_would_be_there_twice_needs_review() {
    let mut wrong = Vec::new();
    for (name, text) in TWICE {
        let (after, says) = fixed(name, text);
        if after != *text {
            wrong.push(format!("{name}: {after}"));
        }
        assert!(!says.contains("\"safety\":\"safe\""), "{name}: {says}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reason_names_the_line_of_the_other_name() {
    let (_, says) = fixed("a.tf", TWICE[3].1);
    for line in [2, 5] {
        let reason = format!("line {line} has or becomes the same value");
        assert!(says.contains(&reason), "{says}");
    }
}

#[test]
fn what_is_not_the_same_in_the_end_is_fixed() {
    for (name, text) in [
        (
            "a.yaml",
            "a:\n  url: https://<D>/a\nb:\n  url: https://<D>/a\n",
        ),
        (
            "a.yaml",
            "a:\n  url: https://<D>/a\nb:\n  url: https://<T>/b\n",
        ),
        (
            "a.yaml",
            "a:\n  spine_url: https://<D>/a\nb:\n  c:\n    other_url: https://<I>/a\n",
        ),
        (
            "a.yaml",
            "a:\n  url: https://<D>/a\nb:\n  c:\n    url: https://<I>/a\n",
        ),
        (
            "b.yaml",
            "a:\n  script:\n    - nc -z <D> 443\nb:\n  script:\n    - nc -z <I> 443\n",
        ),
        (
            "a.yaml",
            "a:\n  url: https://<D>/a\n# b:\n#   url: https://<I>/a\n",
        ),
    ] {
        let (after, says) = fixed(name, text);
        let expected = text.replace("<D>", "<I>").replace("<T>", "<I>");
        assert_eq!(after, expected, "{name}: {says}");
    }
}

/// With `--unsafe-fixes`: of two items that become one, the second is deleted or stays for a person to delete.
#[test]
fn no_item_of_a_list_is_written_twice() {
    for (name, text, expected) in [
        ("a.yaml", "hosts: [<D>, <T>]\n", "hosts: [<I>]\n"),
        ("a.yaml", "hosts:\n  - <D>\n  - <T>\n", "hosts:\n  - <I>\n"),
        (
            "a.py",
            "HOSTS = [\"<D>\", \"<T>\"]\n",
            "HOSTS = [\"<I>\"]\n",
        ),
        (
            "a.json",
            "{\"Hosts\": \"<D>;<T>;x\"}\n",
            "{\"Hosts\": \"<I>;<T>;x\"}\n",
        ),
        ("a.sh", "ping <D> <T>\n", "ping <I> <T>\n"),
        (
            "a.py",
            "from mesh_client import DEV_CA_CERT, INT_CA_CERT\nCAS = [DEV_CA_CERT, INT_CA_CERT]\n",
            "",
        ),
        (
            "b.py",
            "CAS = (\n    mesh_client.DEV_CA_CERT,\n    mesh_client.INT_CA_CERT,\n)\n",
            "",
        ),
        (
            "a.yaml",
            "ca: [c/nhs-dev-ca-bundle.pem, c/nhs-int-ca-bundle.pem]\n",
            "",
        ),
        (
            "a.yaml",
            "ca: [nhs-dev-ca-bundle.pem, nhs-train-ca-bundle.pem]\n",
            "ca: [nhs-int-ca-bundle.pem, nhs-train-ca-bundle.pem]\n",
        ),
        (
            "a.properties",
            "ca=nhs-dev-ca-bundle.pem,nhs-int-ca-bundle.pem\n",
            "",
        ),
        (
            "a.sh",
            "cat nhs-dev-ca-bundle.pem nhs-int-ca-bundle.pem > all.pem\n",
            "",
        ),
        // What was there twice before is one name still.
        ("a.yaml", "hosts: [<D>, <D>]\n", "hosts: [<I>, <I>]\n"),
        (
            "a.yaml",
            "hosts: [\"https://<D>/a\", \"https://<D>/b\"]\n",
            "hosts: [\"https://<I>/a\", \"https://<I>/b\"]\n",
        ),
    ] {
        let (after, says) = fixed_with(name, text, &["--unsafe-fixes"]);
        let expected = if expected.is_empty() { text } else { expected };
        assert_eq!(after, expected, "{name}: {says}");
    }
}
