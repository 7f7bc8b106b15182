//! How the project writes: plain British English, without phrases that read like a translation, in the
//! documentation and in the comments and strings of the source.

use std::fmt::Write as _;
use std::fs;

use crate::common::home;
use regex::Regex;

/// A phrase to avoid.
struct Phrase {
    /// A regular expression. A space in it is any white space, line breaks included.
    pattern: &'static str,
    /// What in the match makes it right after all; empty for nothing.
    unless: &'static str,
    /// What to write.
    instead: &'static str,
    /// A text with the phrase.
    wrong: &'static str,
    /// The same in our voice.
    right: &'static str,
    /// Doc comments may do it.
    only_docs: bool,
}

const PHRASE: Phrase = Phrase {
    pattern: "",
    unless: "",
    instead: "",
    wrong: "",
    right: "",
    only_docs: false,
};

const PHRASES: &[Phrase] = &[
    Phrase {
        pattern: r"(?i)\b(?:stand|stands|stood|standing)\b(?: \w+|-\w+)?",
        unless: r"(?i)stands? for|stands? out|stand-alone|standing orders?",
        instead: "is",
        wrong: "the reason that stands on the line",
        right: "the reason on the line; an asterisk stands for any name",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\bbehind\b(?: \w+ \w+)?",
        unless: r"(?i)behind (?:a|the|their|its) (?:proxy|firewall|gateway)",
        instead: "after",
        wrong: "the path behind the host",
        right: "the path after the host, behind a proxy",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\b(?:for|by) people\b(?: who)?",
        unless: r"(?i) who",
        instead: "for readers",
        wrong: "text that is written for people",
        right: "text for readers, and for people who audit",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\banew\b",
        instead: "again",
        wrong: "the file is read anew",
        right: "the file is read again",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\b(?:is|are|was|were) to (?:go|be|stay|have|match|work|pass|change)\b",
        instead: "will be, should be or must be (for `is to go`: will be removed)",
        wrong: "the old option is to go",
        right: "the old option will be removed",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\bmend(?:s|ed|ing)?\b",
        instead: "fix",
        wrong: "what no edit can mend",
        right: "what no edit can fix",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\b(?:need|needs|without) a look\b",
        instead: "needs review, without review",
        wrong: "14 more, which need a look",
        right: "14 more, which need review",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\b(?:what|whatever|configuration that|files that) (?:holds?|held)\b",
        unless: r"(?i)(?:holds?|held) (?:a|an|the|one|its|their)$",
        instead: "the effective one, or what applies",
        wrong: "prints what holds",
        right: "prints the effective configuration",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\b(?:somebody|someone) (?:has to|must) look\b",
        instead: "needs review",
        wrong: "what somebody has to look at",
        right: "what needs review",
        ..PHRASE
    },
    Phrase {
        pattern: r"\bWhether\b",
        instead: "a full sentence, such as `Says whether ...`",
        wrong: "Whether it covers what is closed.",
        right: "It says whether the closed ones are covered.",
        only_docs: true,
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\b(?:did|do|does) not look at\b",
        instead: "skipped, ignores",
        wrong: "What it did not look at, it counts.",
        right: "It counts everything it skipped.",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\btak(?:e|es|en|ing) [^.;:]{0,60}?\bfor (?:no|an?) \w+",
        unless: r"(?i)take (?:\w+ ){0,3}for (?:a (?:moment|while|run)|an? (?:hour|day))",
        instead: "read or treat X as Y",
        wrong: "Take the slashes of a URL for no comment",
        right: "Stop reading the slashes of a URL as a comment",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\b(?:put|puts) (?:\w+ ){1,4}on (?:this|another|a|that) (?:one|file)\b",
        instead: "base X on FILE",
        wrong: "Put the configuration on this one",
        right: "Base the configuration on FILE",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\bsays? too much\b",
        instead: "is too large",
        wrong: "entities that say too much",
        right: "entities that are too large to expand",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\b(?:take|takes|taken) [^.;:]{0,60}?\bout of (?:what|whatever)\b",
        instead: "the name of what is done, such as `Applies the baseline`",
        wrong: "Takes what is in the baseline out of what fails a run",
        right: "Applies the baseline",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\bbeside\b",
        instead: "next to; for two entries, `X is already on line 12`",
        wrong: "delete the entry, the other one is beside it",
        right: "delete this entry: the other one is already on line 12; besides, it is short",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\bno \w+ (?:is|are) (?:an?|one|no|that|those)\b",
        instead: "a plain negation: X is never Y, X is not Y",
        wrong: "no cell is a formula",
        right: "cells never contain formulas, and no file is changed",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)(?:\w+ )?\b(?:is|are|was|were) no \w+",
        unless: r"(?i)\b(?:there|here) (?:is|are|was|were) no|no (?:longer|more|fewer|less)\b",
        instead: "is not",
        wrong: "a link that is no file, bytes that are no text",
        right: "there are no keys, and the old ones are no longer used",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\b(?:has|have|had) to be there\b",
        instead: "must be present, must be installed",
        wrong: "git and Python have to be there",
        right: "git and Python must be installed",
        ..PHRASE
    },
    Phrase {
        pattern: r"(?i)\btak(?:e|es|en|ing) (?:\w+ ){0,5}?back\b",
        instead: "revert, undo",
        wrong: "undo takes it back",
        right: "undo reverts it",
        ..PHRASE
    },
];

/// The phrases with their compiled patterns.
struct List(Vec<(&'static Phrase, Regex, Option<Regex>)>);

impl List {
    fn new() -> Self {
        let compile = |pattern: &str| Regex::new(&pattern.replace(' ', r"\s+")).expect("a pattern");
        let phrases = PHRASES.iter().map(|phrase| {
            let unless = (!phrase.unless.is_empty()).then(|| compile(phrase.unless));
            (phrase, compile(phrase.pattern), unless)
        });
        Self(phrases.collect())
    }

    /// What to avoid in a text: byte, phrase and what to write.
    fn find<'t>(&self, text: &'t str, docs: bool) -> Vec<(usize, &'t str, &'static str)> {
        let mut found = Vec::new();
        for (phrase, pattern, unless) in &self.0 {
            if phrase.only_docs && !docs {
                continue;
            }
            for place in pattern.find_iter(text) {
                if !unless.as_ref().is_some_and(|u| u.is_match(place.as_str())) {
                    found.push((place.start(), place.as_str(), phrase.instead));
                }
            }
        }
        found.sort_unstable();
        found
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The same text with blanks for what is not prose, so that lines and bytes stay where they are.
fn blank(text: &mut [u8], from: usize, to: usize) {
    for byte in &mut text[from..to] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// Markdown without code blocks, code in lines, and addresses of links.
fn prose(markdown: &str) -> String {
    let code =
        Regex::new(r"(?ms)^ *```.*?^ *```|`[^`]*`|\]\([^)]*\)|<[^>\n]*>").expect("a pattern");
    let mut text = markdown.as_bytes().to_vec();
    for place in code.find_iter(markdown) {
        blank(&mut text, place.start(), place.end());
    }
    String::from_utf8(text).expect("whole characters are blanked")
}

/// Comments and strings of Rust, without their marks.
fn comments_and_strings(source: &str) -> String {
    // A comment, a raw string, a string, or a character (so that a quote in one begins nothing).
    let pattern = r#"(?sx)
        (?P<comment> //[^\n]* ) | /\*.*?\*/
        | r\#\#\#".*?"\#\#\# | r\#\#".*?"\#\# | r\#".*?"\# | \br"[^"]*"
        | "(?:[^"\\]|\\.)*"
        | (?P<character> '(?:[^'\\\n]|\\[^\n]{1,8}?)' )
    "#;
    let pattern = Regex::new(pattern).expect("a pattern");
    let mut text = source.as_bytes().to_vec();
    let mut last = 0;
    for place in pattern.captures_iter(source) {
        let whole = place.get(0).expect("a match");
        blank(&mut text, last, whole.start());
        last = whole.end();
        let marks = if place.name("comment").is_some() {
            let written = whole.as_str().trim_start_matches(['/', '!']);
            whole.len() - written.len()
        } else if place.name("character").is_some() {
            whole.len()
        } else {
            0
        };
        blank(&mut text, whole.start(), whole.start() + marks);
    }
    blank(&mut text, last, source.len());
    String::from_utf8(text).expect("whole characters are blanked")
}

/// The pages that users and contributors read.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> = [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CODE_OF_CONDUCT.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    ]
    .map(str::to_owned)
    .into_iter()
    .filter(|page| home().join(page).exists())
    .collect();
    for entry in fs::read_dir(home().join("docs")).expect("docs") {
        let name = entry.expect("readable").file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".md") {
            pages.push(format!("docs/{name}"));
        }
    }
    pages.sort_unstable();
    assert!(pages.len() > 15, "{pages:?}");
    pages
}

#[test]
fn the_documentation_is_in_our_voice() {
    let list = List::new();
    let mut report = String::new();
    for page in pages() {
        let markdown = fs::read_to_string(home().join(&page)).expect("a page");
        let text = prose(&markdown);
        for (at, phrase, instead) in list.find(&text, true) {
            let _ = writeln!(
                report,
                "{page}:{}: {phrase:?}: write {instead}",
                line_of(&text, at)
            );
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn the_source_is_in_our_voice() {
    let list = List::new();
    let mut report = String::new();
    let mut files = 0;
    for entry in walkdir::WalkDir::new(home().join("src")).sort_by_file_name() {
        let path = entry.expect("readable").into_path();
        if path.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        files += 1;
        let text = comments_and_strings(&fs::read_to_string(&path).expect("a source"));
        let shown = path.strip_prefix(home()).expect("inside").display();
        for (at, phrase, instead) in list.find(&text, false) {
            let _ = writeln!(
                report,
                "{shown}:{}: {phrase:?}: write {instead}",
                line_of(&text, at)
            );
        }
    }
    assert!(files > 100, "{files}");
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_phrase_is_found_where_it_is_wrong_and_only_there() {
    let list = List::new();
    for phrase in PHRASES {
        let said = |text| -> Vec<&str> {
            let found = list.find(text, true).into_iter();
            found.map(|(_, _, instead)| instead).collect()
        };
        let wrong = said(phrase.wrong);
        assert!(wrong.contains(&phrase.instead), "{}", phrase.wrong);
        assert_eq!(said(phrase.right), Vec::<&str>::new(), "{}", phrase.right);
    }
    // A phrase may go over a line.
    let text = "It reads\nwhat\nholds.";
    let [(at, phrase, _)] = list.find(text, true)[..] else {
        panic!("{:?}", list.find(text, true));
    };
    assert_eq!((line_of(text, at), phrase), (2, "what\nholds"));
}

#[test]
fn code_is_not_prose() {
    let markdown = "a `behind` b\n```sh\nbehind\n```\n[c](behind.md) behind\n";
    let text = prose(markdown);
    assert_eq!(text.matches("behind").count(), 1);
    assert_eq!(line_of(&text, text.find("behind").expect("the word")), 5);

    let source = "/// behind 1\nlet behind = 'b'; // behind 2\nlet s = \"behind \\\" 3\"; f('\"', behind);\nlet r = r#\"behind \"4\"#; fn f<'a>(x: &'a str) {}\n";
    let text = comments_and_strings(source);
    assert_eq!(text.matches("behind").count(), 4, "{text}");
    assert_eq!(text.len(), source.len());
}
