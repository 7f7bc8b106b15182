//! Any text gives a sound tree, whichever reader gets it. A sound tree has its spans inside the text,
//! at the bounds of characters, and in order.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

use super::code::Language;
use super::formats::FORMATS as TABLE;
use super::testing::check;
use super::tree::{NodeKind, Step, Syntax, Tree};
use super::{dockerfile, dotenv, hcl, ini, json, makefile, markdown, properties, registry, shell};
use super::{toml, xml, yaml};

/// Characters that mean something in some format.
const CHARACTERS: &str = "\u{feff}\u{2028}é€😀\0\r\n\t \x0c\\\"'`#;=:{}[]()<>$@!&|-";

/// A reader and texts of its format.
struct ReaderSample {
    reader: &'static dyn Syntax,
    sample: &'static str,
    /// Pieces of texts: the words and the characters of the sample, and these signs.
    alphabet: Vec<String>,
    /// What is true of trees of this format besides.
    also: fn(&Tree, &str),
}

impl ReaderSample {
    fn new(reader: &'static dyn Syntax, sample: &'static str, signs: &'static str) -> Self {
        let mut alphabet: Vec<String> = signs.split('|').map(str::to_owned).collect();
        alphabet.push("|".to_owned());
        alphabet.extend(sample.split_whitespace().map(str::to_owned));
        let characters = sample.chars().chain(CHARACTERS.chars());
        alphabet.extend(characters.map(|c| c.to_string()));
        alphabet.sort_unstable();
        alphabet.dedup();
        Self {
            reader,
            sample,
            alphabet,
            also: |_, _| {},
        }
    }

    #[track_caller]
    fn check(&self, source: &str) {
        let tree = self.reader.read(source);
        check(&tree, source);
        (self.also)(&tree, source);
    }
}

static FORMATS: LazyLock<Vec<ReaderSample>> = LazyLock::new(|| {
    let mut formats = vec![
        ReaderSample {
            also: one_character_each,
            ..ReaderSample::new(&json::Json, JSON, r#"u002e|{{|"a":|\x2|//|true"#)
        },
        ReaderSample::new(&yaml::Yaml, YAML, ": ||\n  |- |{{|}}|---\n"),
        ReaderSample::new(&toml::Toml, TOML, "\"\"\"|'''|[[|]]\n|a = "),
        ReaderSample::new(
            &xml::Xml,
            XML,
            "<a|</a|<b |/>|<!--|-->|<![CDATA[|]]>|<!DOCTYPE |<!ENTITY |<?|?>|<key>|</key>|<dict>|</dict>|<html>|<script>|</script>|<p>|&#46;|&a;",
        ),
        ReaderSample::new(&hcl::Hcl, HCL, "=>|==|\"a\"|${|%{|$${|//|/*|*/|<<E|E\n"),
        ReaderSample {
            also: only_code_at_the_root,
            ..ReaderSample::new(
                &markdown::Markdown::Plain,
                MARKDOWN,
                "  |    |\n\n|\r\n|- |1. |> |```|~~~|--|---|\n---\n|<!--|-->|a\\|b",
            )
        },
        ReaderSample::new(&ini::Ini, INI, "[a]\n|a = |<T>\n"),
        ReaderSample::new(&properties::Properties, PROPERTIES, "\\u0041|\\\n"),
        ReaderSample::new(&dotenv::Dotenv, DOTENV, "A=|export |\\\n"),
        ReaderSample::new(
            &dockerfile::Dockerfile,
            DOCKERFILE,
            "RUN |ENV |COPY |<<E|\nE\n|\\\n",
        ),
        ReaderSample::new(
            &makefile::Makefile,
            MAKEFILE,
            "a:|\n\t|define |endef|$(|\\\n",
        ),
        ReaderSample::new(&shell::Shell, SHELL, "$(|${|$'|<<E|\nE\n|A=|\\\n|&&"),
        ReaderSample::new(&registry::Registry, REGISTRY, "hex(2):|61,|\"a\"="),
    ];
    formats.extend(languages().map(|language| ReaderSample::new(language, CODE, CODE_SIGNS)));
    formats
});

/// Every language of source code.
pub(super) fn languages() -> impl Iterator<Item = &'static Language> {
    let formats = TABLE.iter().filter(|format| format.code);
    formats.map(|format| format.language)
}

/// Texts of at most so many of the signs, which a `|` divides.
pub(super) fn texts(signs: &'static str, most: usize) -> impl Strategy<Value = String> {
    let signs: Vec<&str> = signs.split('|').collect();
    prop::collection::vec(prop::sample::select(signs), 0..most).prop_map(|signs| signs.concat())
}

/// No byte says two characters of a value.
pub(super) fn one_character_each(tree: &Tree, source: &str) {
    for text in tree.nodes().iter().filter_map(|node| node.text.as_ref()) {
        let mut end = 0;
        for (at, character) in text.text().char_indices() {
            let place = text.source(at..at + character.len_utf8());
            assert!(place.start >= end, "{source:?}");
            end = place.end;
        }
    }
}

/// Values at the root are code, and all code is there.
pub(super) fn only_code_at_the_root(tree: &Tree, source: &str) {
    for (number, node) in tree.nodes().iter().enumerate().skip(1) {
        let is_root = node.parent == 0;
        let Step::Key(name) = &node.step else {
            assert!(!is_root, "{number} {source:?}");
            continue;
        };
        if is_root && node.kind != NodeKind::Scalar {
            assert_eq!(node.kind, NodeKind::Sequence, "{number} {source:?}");
            assert!(matches!(name.as_str(), "list" | "table"), "{source:?}");
        } else if !is_root {
            // The others are the cells of a row.
            assert_eq!(node.kind, NodeKind::Scalar, "{number} {source:?}");
            assert_eq!(tree.node(node.parent).kind, NodeKind::Mapping, "{source:?}");
        }
    }
}

#[test]
fn every_beginning_and_every_end_of_a_sample_is_read() {
    for format in FORMATS.iter() {
        for (at, _) in format.sample.char_indices() {
            format.check(&format.sample[..at]);
            format.check(&format.sample[at..]);
        }
        format.check(format.sample);
    }
    assert_eq!(yaml::Yaml.read(YAML).problem(), None);
    assert_eq!(toml::Toml.read(TOML).problem(), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_is_read(picks in prop::collection::vec(any::<Index>(), 0..60)) {
        for format in FORMATS.iter() {
            let signs = picks.iter().map(|pick| pick.get(&format.alphabet).as_str());
            format.check(&signs.collect::<String>());
        }
    }

    #[test]
    fn any_change_of_a_sample_is_read(
        start in any::<Index>(),
        length in 1..200_usize,
        changes in prop::collection::vec((any::<Index>(), any::<Index>()), 1..4),
    ) {
        for format in FORMATS.iter() {
            let characters = format.sample.chars().map(|c| c.to_string());
            let mut piece: Vec<String> = characters.collect();
            piece.drain(..start.index(piece.len()));
            piece.truncate(length);
            for (place, sign) in &changes {
                let at = place.index(piece.len());
                piece[at].clone_from(sign.get(&format.alphabet));
            }
            format.check(&piece.concat());
        }
    }
}

const JSON: &str = "\u{feff}// c\n{'ä': \"x\\u002ey\\ud83d\\ude00\\\n\", b: [0x1, {{t}}, null,], /* d\n */ \"e\": {\"f\":\n\"open\n\"g\": {}}} [1]\n{\"h\" 2]}";
const YAML: &str = "\u{feff}%YAML 1.2\n--- # é\na: &x !t \"b\\u002ec\\\n  d\"\n? [e, 'f''g']\n: {h: *x, <<: {i: j}}\nk: |2-\r\n\r\n    l\r\n  é\nm: >+\n  n\n\n   o\n  p\n\n{{- if q }}\nr: {{ s | default \"é\" }}\n{{/* t */}}\n{{ end }}\nu: v\n  w\n...\n---\n- x\n-\n- y: z\n";
const TOML: &str = "\u{feff}# é\r\na.'b c'.d = \"x\\u002e\\n\" # e\n[f.\"g\"]\nh = [1, {i = '''\nj''', k.l = true}, # m\n]\n[[n]]\no = \"\"\"p\\\n  q\"\"\"\n[n.r]\ns = 1979-05-27\n";
const XML: &str = "\u{feff}junk <?xml version=\"1.0\"?><!DOCTYPE ä SYSTEM 'y' [<!ENTITY h \"ö.example\"><!-- c -->]><ä:b u=\"&h;.org\" v='é' w>t&#46;<!-- c --><![CDATA[<ü>]]>&amp;é<?p q?><dict><key>k</key><string>😀</string></dict><br/></ä:b>";
const HCL: &str = "a \"b\" ü {\n c = \"${d(\"e\")}\\u002e$${\" # f\n g = [\"h\", { i : 1 }]\n}\nj = <<-EOT\n k\n EOT\nl = m(\"n\", o[\"p\"]) /* q */ (r) = \"s\"";
const MARKDOWN: &str = "---\na: ü\n---\n# b\n- c\n\n  ```sh x\n  ä\n\t d\n  ```\n> ~~~\n> e\n> ~~~\n\n| f | `g` |\n|--|:-:|\n| h | ö\\| |\n\n    i\n\n<!-- j\n--> `k`\n1) l\r\n\r\n\tm\r\n";
const INI: &str = "[é \"b\"] ; c\r\nk é = \"v \\\" # w\" # x\nu =\n  é\n  # y\n  z:443\n\
                      a { b { c 'd; e'; f g } }\n<T x>\nh \\\n i\\\nj\n</T>\n\"q\": \"r\",\nl\n{\n}\n";
const PROPERTIES: &str =
    "# c\r\na\\u0041.b : x\\\n \\\n  y\\uD83D\\uDE00z\\u\n! d\n=e\n\\\nf é=\\é\\";
const DOTENV: &str =
    "# c\r\nexport A = \"x\\\"\\\n y\"z # d\n- B: 'é\nf' \nC=`g`\nD=h\\\ni\n; j\nK=\"l";
const DOCKERFILE: &str = "# escape=\\\r\nFROM a AS é\nENV A=\"é\\\"\" \\\n # c\n B='x' C=\\ y\nENV D e\nARG F\nLABEL \"g\"=h\n\
                      RUN <<-'I'\n\té\nI\nRUN j <<K\nl\nK\nCMD [\"m\\u00e9\", \"n\"]\nCOPY --from=o p <<Q /r\ns\nQ\nADD t \\";
const MAKEFILE: &str = "# a\\\r\n b\nexport é := $(x:y=z) \\\n\tw\\# v # u\ninclude i\na b: c ; d\n\t@é \\\n\t e\\\n\
                      ifeq (a,b)\n\t# f\nendif\nx: Y += z\ndefine q =\n r\nendef\n\ts";
const SHELL: &str = "#!/bin/sh\r\nexport é=\"a\\\"${b:-'c'}\"'d'\\\n$'\\x2e\\u00e9\\n' # e\nA=(x [k]=\"y\" # z\n )\n\
                      curl -H \"A: é\" --url=https://a.example.org/`x`$(y \"z\") 2>&1 >f <<-E <<\"F\"\n\ta\\$\n\tE\nb\nF\n((1<<2))\n<(a) &>g <<<h\n";
const REGISTRY: &str = "\u{feff}Windows Registry Editor Version 5.00\r\n\r\n[K]\r\n;c\r\n\"é\\\"\"=\"x\\\\\r\ny\" ;d\r\n@=hex(7):61,00,\\\r\n 3d,d8,00,de\r\n[-L]\n\"d\"=dword:01";
/// A bit of many languages.
pub(super) const CODE: &str = "class A<B> { x: 'a', \"b\" => `c${d}` } # e\n// f\n/* g */ (: h :) <# i #>\n\
        {- j -} \"\"\"k\"\"\" r#\"l\"# R\"m(n)m\" [[o]] --[[p]]\n%w[q r] qw(s t) $\"u\" @\"v\"\"w\"\n\
        <<~EOT\n x\nEOT\n<<<EOT\ny\nEOT;\n/z/ 'ä\\u{2e}\\x2e\\056' + \"b\" . 'c' & \"d\" .. 'e' || 'f'\n\
        put(\"a\", \"b\") Map.of(\"c\", \"d\") [['e', 'f']] x[\"g\"] = 'h' -Uri \"i\" case \"j\": k(\"l\").m(\"n\")\n\
        =begin\no\n=end\n@\"\np\n\"@\n<?php f('q') ?> r \\ _\n;";
const CODE_SIGNS: &str = "a|b|if|=|:|=>|->|,|;|\n|(|)|[|]|{|}|\"|\"a\"|'|'b'|`|\"\"\"|\\|${|#|//|/*|*/|--|.|+|?|<|>|<<EOT|EOT|ä|@|$|%w[|qw(|_| |put|case|r#\"|/|<?|?>|=begin";
