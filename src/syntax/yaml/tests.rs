//! Tests of the YAML reader.

use super::*;
use crate::syntax::testing;

fn values(source: &str) -> Vec<(String, String, String)> {
    testing::values(&Yaml, source)
}

fn check(source: &str, expected: &[(&str, &str, &str)]) {
    let found = values(source);
    let found: Vec<_> = found
        .iter()
        .map(|(path, text, span)| (path.as_str(), text.as_str(), span.as_str()))
        .collect();
    assert_eq!(found, expected, "{source:?}");
}

fn comments(source: &str) -> Vec<&str> {
    testing::comments(&Yaml, source)
}

fn check_order(source: &str) {
    testing::check(&Yaml.read(source), source);
}

#[test]
fn groups_give_key_paths() {
    check(
        "a: 1\nb:\n  - c\n  - d: e\n    f: g\n-x: [h, {i: j}, k: l]\n",
        &[
            ("a", "1", "1"),
            ("b[0]", "c", "c"),
            ("b[1].d", "e", "e"),
            ("b[1].f", "g", "g"),
            ("-x[0]", "h", "h"),
            ("-x[1].i", "j", "j"),
            ("-x[2].k", "l", "l"),
        ],
    );
    check(
        "- a\n-\n- - b\n",
        &[("[0]", "a", "a"), ("[2][0]", "b", "b")],
    );
    check(
        "env:\n- name: URL\n  value: https://a.example.org\n",
        &[
            ("env[URL].name", "URL", "URL"),
            (
                "env[URL].value",
                "https://a.example.org",
                "https://a.example.org",
            ),
        ],
    );
}

#[test]
fn values_are_read_whatever_stands_before_them() {
    check(
        "a: &x !Ref b\n<<: *x\n<<: {c: d}\n&k e: !!binary |\n  QQ==\nf: *nope\n*x : g\n!t \"h\\x41\": !u\n",
        &[
            ("a", "b", "b"),
            ("\"<<\".c", "d", "d"),
            ("e", "QQ==\n", "QQ==\n"),
            ("*x", "g", "g"),
            ("hA", "", ""),
        ],
    );
    check(
        "? [a, b]\n: c\n? d\n? e: f\n: g: h\n? |\n  i\n: j\nn:\nn: ~\n",
        &[
            ("\"[a, b]\"", "c", "c"),
            ("d", "", ""),
            ("\"e: f\".g", "h", "h"),
            ("\"i\n\"", "j", "j"),
            ("n[0]", "", ""),
            ("n[1]", "~", "~"),
        ],
    );
    check("just a\n  text\n", &[("", "just a text", "just a\n  text")]);
}

#[test]
fn line_ends_marks_and_tabs_do_not_move_spans() {
    check(
        "\u{feff}a: é\r\nb:\t'x\r\n   y' \t# c\r\nc: |\r\n  z\r\n",
        &[
            ("a", "é", "é"),
            ("b", "x y", "x\r\n   y"),
            ("c", "z\n", "z\r\n"),
        ],
    );
}

#[test]
fn decoded_values_know_their_bytes() {
    let source = "url: \"https://a\\u002eexample.\\\n  org/\"\n";
    let tree = Yaml.read(source);
    let mapped = tree.node(1).text.as_ref().expect("decoded");
    let at = mapped.text().find("a.example.org").expect("whole");
    let place = mapped.source(at..at + "a.example.org".len());
    assert_eq!(&source[place], "a\\u002eexample.\\\n  org");
}

#[test]
fn documents_after_the_first_are_groups() {
    check(
        "# h\n---\na: 1\n---\nb: 2\n--- c\n...\n---\n- d\n",
        &[
            ("a", "1", "1"),
            ("#2.b", "2", "2"),
            ("#3", "c", "c"),
            ("#4[0]", "d", "d"),
        ],
    );
}

#[test]
fn comments_are_found() {
    assert_eq!(
        comments("# a\nb: c # d\ne: 'f # g'\nh: |\n  # i\nj: [ # k\n]\n"),
        ["# a", "# d", "# k"]
    );
    assert_eq!(comments(&"# a\n".repeat(500)).len(), 500);
}

#[test]
fn broken_documents_keep_what_was_understood() {
    check(
        "a: [1, 2\nb: c\n---\nd: e\n---\nf: \"g\n---\nh: i\n",
        &[("a[0]", "1", "1"), ("#2.d", "e", "e"), ("#4.h", "i", "i")],
    );
    let tree = Yaml.read("a: b\nc: d: e\n");
    assert_eq!(tree.problem().map(|p| p.at), Some(9));
    assert_eq!(tree.members(0).count(), 2);
    for source in [
        "a: \"b",
        "[a",
        "{a",
        "a:\n\tb: c\n",
        "\u{0}",
        "%YAML x\n---\na: b\n",
        "@",
    ] {
        assert!(Yaml.read(source).problem().is_some(), "{source:?}");
        check_order(source);
    }
    assert!(Yaml.read("").problem().is_none());
}

#[test]
fn templates_are_read_as_what_they_produce() {
    check(
        "{{- if .Values.on }}\na:\n  url: {{ .Values.url | default \"https://a.example.org\" }}\n  {{- end }}\n  b: 'x{{ .y }}z'\n",
        &[
            (
                "a.url",
                "{{ .Values.url | default \"https://a.example.org\" }}",
                "{{ .Values.url | default \"https://a.example.org\" }}",
            ),
            ("a.b", "x{{ .y }}z", "x{{ .y }}z"),
        ],
    );
    check("u: {{ .v }}\n", &[("u", "{{ .v }}", "{{ .v }}")]);
    check(
        "{{ .k }}: 1\nurl: \"\\x41{{ .v | default \"é\" }}\\x42\"\nw: {{ a\n  | é }}\n",
        &[
            ("\"{{ .k }}\"", "1", "1"),
            (
                "url",
                "A{{ .v | default \"é\" }}B",
                "\\x41{{ .v | default \"é\" }}\\x42",
            ),
            ("w", "{{ a\n  | é }}", "{{ a\n  | é }}"),
        ],
    );
    check(
        "a: |\n{{ .Files.Get \"é\" | indent 2 }}\nb:\n{% for x in y %}\n  - <%= x %>.example.org\n{% endfor %}\n",
        &[
            (
                "a",
                "{{ .Files.Get \"é\" | indent 2 }}\n",
                "{{ .Files.Get \"é\" | indent 2 }}\n",
            ),
            ("b[0]", "<%= x %>.example.org", "<%= x %>.example.org"),
        ],
    );
    // Text that is YAML without a mask stays as it is.
    check(
        "a: \"{{ b }}\\x41\"\n",
        &[("a", "{{ b }}A", "{{ b }}\\x41")],
    );
}

#[test]
fn a_usual_chart_is_read() {
    let source = r#"{{- $full := include "x.name" . -}}
{{- if or .Values.a (not .Values.b) -}}
apiVersion: apps/v1
metadata:
  name: {{ $full }}
  labels: {{- include "x.labels" . | nindent 4 }}
    app: x
  {{- with .Values.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  template:
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          {{- if .Values.env }}
          env:
            - name: URL
              value: {{ printf "https://%s.example.org" .Values.stage | quote }}
            {{- range $key, $value := .Values.more }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
          {{- end }}
          command: ["run", "--url={{ .Values.url }}", {{ .Values.flag | quote }}]
---
data:
  config.json: |-
    {{- if .Values.json }}
    {"url": "https://{{ .Values.host }}"}
    {{- end }}
  raw: |
{{ .Files.Get "raw.txt" | indent 4 }}
{{- end }}
"#;
    let tree = Yaml.read(source);
    assert_eq!(tree.problem(), None);
    let found = values(source);
    for (path, text) in [
        ("metadata.name", "{{ $full }}"),
        ("metadata.labels.app", "x"),
        (
            "spec.template.spec.containers[{{ .Chart.Name }}].env[URL].value",
            "{{ printf \"https://%s.example.org\" .Values.stage | quote }}",
        ),
        (
            "spec.template.spec.containers[{{ .Chart.Name }}].command[2]",
            "{{ .Values.flag | quote }}",
        ),
        ("#2.data.raw", "{{ .Files.Get \"raw.txt\" | indent 4 }}\n"),
    ] {
        let value = found.iter().find(|(p, ..)| p == path);
        assert_eq!(
            value.map(|v| v.1.as_str()),
            Some(text),
            "{path} in {found:?}"
        );
    }
    let json = found.iter().find(|(p, ..)| p == "#2.data.\"config.json\"");
    assert!(
        json.is_some_and(|v| v.1.contains("https://{{ .Values.host }}")),
        "{found:?}"
    );
}

#[test]
fn comments_of_templates_are_comments() {
    let source = "{{/* a: b\n c */}}\nd: {{ e }} # {{/* f */}} g\n{# h #}\n";
    assert_eq!(
        comments(source),
        ["{{/* a: b\n c */}}", "# {{/* f */}} g", "{# h #}"]
    );
    assert!(Yaml.read(source).problem().is_none());
    let source =
        "{{ a }}\nb: |\n  c\n{{ d }} {{ e }} # f\n{{/* g\n */}} # l\n{{ h }}\ni: j # {{ k }}\n";
    assert_eq!(
        comments(source),
        ["# f", "{{/* g\n */}}", "# l", "# {{ k }}"]
    );
    assert_eq!(values(source)[0].1, "c\n");
}

#[test]
fn the_reading_that_gets_further_is_kept() {
    // Masked, nothing of it is wrong before the last line.
    let source = "{{ if a }}\nb: c\n{{ end }}\nd: [\n";
    let tree = Yaml.read(source);
    assert_eq!(values(source)[0].0, "b");
    assert!(tree.problem().is_some_and(|p| p.at > source.len() - 4));
    // Masked, the quotes of the first value are not closed.
    let source = "a: \"x <% y\"\nb: c %>\nd: [\n";
    assert_eq!(values(source)[0].1, "x <% y");
}

#[test]
fn deep_and_hostile_texts_end() {
    for source in [
        "[".repeat(100_000),
        "- ".repeat(50_000),
        "{{".repeat(50_000),
        "? ".repeat(50_000),
        "a: b: c\n---\n".repeat(5_000),
        "*a : b\n".repeat(20_000),
        format!("a: \"{}\"", "\\x41".repeat(100_000)),
        format!("a: >\n{}  b\n", "\n".repeat(100_000)),
        format!("a: >\n  b\n{}", "\n  c".repeat(100_000)),
    ] {
        check_order(&source);
    }
}
