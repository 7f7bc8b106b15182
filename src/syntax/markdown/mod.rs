//! Markdown, read by `pulldown-cmark`: the values in code blocks, tables, lists and the front matter.
//! Prose is not recorded. At the root only code blocks and the front matter are values, so that a
//! reader of the tree can tell them from prose.

mod code_block;
mod tables;

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag, TagEnd};

use self::code_block::CodeBlock;
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};

/// A reader of Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markdown {
    /// As GitHub has it.
    Plain,
    /// With JSX, in which comments are between braces.
    Mdx,
}

impl Syntax for Markdown {
    fn read(&self, source: &str) -> Tree {
        let mut reader = Adapter::new(source);
        if let Some(start) = reader.run(source) {
            // The rest of the file would be a comment. Read it without, in bytes of the same places.
            let (before, rest) = source.split_at(start);
            let without = format!("{before}{}", rest.replace(COMMENT, "x!--"));
            reader = Adapter::new(source);
            reader.run(&without);
            reader.builder.problem(start, "comment without end");
        }
        if *self == Self::Mdx {
            reader.braced_comments();
        }
        reader.builder.finish(source.len())
    }
}

const COMMENT: &str = "<!--";

type MarkdownEvents<'s> = Peekable<OffsetIter<'s>>;

/// Makes a tree of the events of the parser.
struct Adapter<'s> {
    source: &'s str,
    builder: TreeBuilder,
    /// Lists around the place.
    depth: usize,
    /// The number of the next item, while a list is open in the tree. Nested lists and lists
    /// without prose between them are one list there.
    list: Option<usize>,
    /// The end of what was recorded last.
    last_end: usize,
    /// The end of the last comment.
    comment_end: usize,
    /// Code, in which nothing is a comment.
    code: Vec<Range<usize>>,
}

impl<'s> Adapter<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            builder: TreeBuilder::new(NodeKind::Mapping),
            depth: 0,
            list: None,
            last_end: 0,
            comment_end: 0,
            code: Vec::new(),
        }
    }

    /// Reads `text`, which is the source but for signs that hide the rest of it. Stops at a comment
    /// that has no end, and returns its start.
    fn run(&mut self, text: &str) -> Option<usize> {
        let start = self.front_matter();
        // Blanks keep the places: lines of them are nothing in Markdown.
        let text = match start {
            0 => std::borrow::Cow::Borrowed(text),
            _ => format!("{}{}", " ".repeat(start - 1) + "\n", &text[start..]).into(),
        };
        let parser = Parser::new_ext(&text, Options::ENABLE_TABLES);
        let mut events = parser.into_offset_iter().peekable();
        while let Some((event, span)) = events.next() {
            if matches!(event, Event::End(TagEnd::List(_))) {
                self.depth -= 1;
            }
            let hidden = span.start < self.comment_end;
            match event {
                Event::Start(Tag::List(_)) => self.depth += 1,
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.builder.unit(span.clone());
                    self.code.push(span.clone());
                    let code = CodeBlock::read(self.source, &kind, &span, &mut events);
                    if !hidden {
                        self.code(code);
                    }
                }
                Event::Code(_) => self.code.push(span),
                _ if hidden => {}
                Event::Start(Tag::Item) => self.item(&span, events.peek()),
                Event::Start(Tag::Table(_)) => {
                    self.end_list();
                    self.last_end = tables::read(self.source, &mut self.builder, &mut events);
                }
                Event::Start(Tag::Paragraph | Tag::Heading { .. }) if self.depth == 0 => {
                    self.end_list();
                }
                Event::Html(_) | Event::InlineHtml(_) => {
                    if let Some(start) = self.comments(&text, &span) {
                        return Some(start);
                    }
                }
                _ => {}
            }
        }
        self.end_list();
        None
    }

    /// Values between two lines of dashes at the top. Returns where the text after them begins.
    fn front_matter(&mut self) -> usize {
        const MARK: char = '\u{feff}';
        let start = self.source.len() - self.source.trim_start_matches(MARK).len();
        let mut lines = self.source[start..].split_inclusive('\n');
        let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
            return start;
        };
        let begin = start + first.len();
        let mut end = begin;
        for line in lines {
            if matches!(line.trim_end(), "---" | "...") {
                let content = &self.source[begin..end];
                let content = content.strip_suffix('\n').unwrap_or(content);
                let content = content.strip_suffix('\r').unwrap_or(content);
                let step = Step::Key("front-matter".to_owned());
                let span = begin..begin + content.len();
                self.builder.scalar(step, None, span);
                return end + line.len();
            }
            end += line.len();
        }
        start
    }

    fn code(&mut self, code: CodeBlock) {
        self.end_list();
        if code.is_unclosed {
            self.builder.problem(code.start, "code block without end");
        }
        let Some(span) = code.span else {
            return;
        };
        self.last_end = span.end;
        let step = Step::Key(code.name);
        match code.text {
            Some(text) => self.builder.decoded(step, code.key, span, text),
            None => self.builder.scalar(step, code.key, span),
        }
    }

    /// The first line of an item, unless the item begins with something that has values of its own.
    fn item(&mut self, item: &Range<usize>, first: Option<&(Event, Range<usize>)>) {
        let start = match first {
            Some((Event::Start(Tag::List(_) | Tag::CodeBlock(_) | Tag::Table(_)), _)) => return,
            Some((Event::End(_), _)) | None => item.end,
            Some((_, span)) => span.start,
        };
        if self.list.is_none() {
            let step = Step::Key("list".to_owned());
            self.builder
                .open(NodeKind::Sequence, step, None, item.start);
        }
        let number = self.list.unwrap_or(0);
        self.list = Some(number + 1);
        let text = &self.source[start..item.end.max(start)];
        let line = text.lines().next().unwrap_or_default();
        let text = line.trim();
        if !text.is_empty() {
            let start = start + line.len() - line.trim_start().len();
            self.last_end = start + text.len();
            let span = start..self.last_end;
            self.builder.scalar(Step::Item(number), None, span);
        }
    }

    /// Comments of a piece of HTML. They end where HTML says, which may be after the piece.
    fn comments(&mut self, text: &str, html: &Range<usize>) -> Option<usize> {
        let mut from = html.start;
        while let Some(found) = text.get(from..html.end).and_then(|t| t.find(COMMENT)) {
            let start = from + found;
            // `<!-->` is a comment.
            let inner = start + "<!".len();
            let Some(length) = text[inner..].find("-->") else {
                return Some(start);
            };
            from = inner + length + "-->".len();
            self.builder.comment(start..from);
            self.comment_end = from;
        }
        None
    }

    /// Comments between braces, outside of code.
    fn braced_comments(&mut self) {
        let mut from = 0;
        while let Some(found) = self.source[from..].find("{/*") {
            let start = from + found;
            let after = self.code.partition_point(|code| code.start <= start);
            let code = after.checked_sub(1).map(|code| &self.code[code]);
            if let Some(code) = code.filter(|code| start < code.end) {
                from = code.end;
                continue;
            }
            let Some(length) = self.source[start..].find("*/}") else {
                return;
            };
            from = start + length + "*/}".len();
            self.builder.comment(start..from);
        }
    }

    fn end_list(&mut self) {
        if self.list.take().is_some() {
            self.builder.close(self.last_end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::any_text::only_code_at_the_root;
    use crate::syntax::testing;

    fn values(source: &str) -> Vec<String> {
        testing::written(&Markdown::Plain.read(source), source)
    }

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        assert_eq!(values(source), expected, "{source}");
        assert_eq!(Markdown::Plain.read(source).problem(), None, "{source}");
    }

    #[test]
    fn fenced_code() {
        check(
            "# A\n\nprose `code`\n```yaml title=b\nc: d\n\n  e: f\n```\n~~~~\n```\n~~~\n~~~~\n```{.sh}\r\ng\r\nh\r\n```\r\n``` i ` j\n",
            &["yaml=c: d\n\n  e: f", "code=```\n~~~", "sh=g\r\nh"],
        );
        check("```\n```\n", &[]);
        check("```\n> a\n```\n", &["code=> a"]);
    }

    #[test]
    fn fenced_code_in_lists_and_quotes_is_read_without_their_marks() {
        check(
            "1. a\n\n   ```json\n   {\n     \"b\": 1\n   }\n   ```\n2. c\n",
            &[
                "list[0][0]=a",
                "json={\n  \"b\": 1\n}<{\n     \"b\": 1\n   }>",
                "list[1][0]=c",
            ],
        );
        check(
            "> ```sh\n> d\n>  e\n>\n> f\n> ```\n> g\n",
            &["sh=d\n e\n\nf<d\n>  e\n>\n> f>"],
        );
        check("> ```sh\n> h\ni\n", &["sh=h"]);
        check("- ```sh\n  j\n  ```\n", &["sh=j"]);
    }

    #[test]
    fn decoded_code_knows_its_bytes() {
        let source = "  ```\n  ab\n  c\n  ```\n";
        let tree = Markdown::Plain.read(source);
        let mapped = tree.node(1).text.clone().expect("a decoded value");
        assert_eq!(mapped.text(), "ab\nc");
        assert_eq!(mapped.source(0..2), 8..10);
        assert_eq!(mapped.source(3..4), 13..14);
    }

    #[test]
    fn indented_code() {
        check(
            "a\n    b\n\n    c\n      d\n\n\te\n\nf\n# g\n    h\n",
            &["code[0]=c\n  d\n\ne<c\n      d\n\n\te>", "code[1]=h"],
        );
        check(
            "- a\n\n  b\n\n      c\n- d\n\n    e\n",
            &["list[0][0]=a", "code=c", "list[1][0]=d"],
        );
    }

    #[test]
    fn tables() {
        check(
            "a | b\n\n| Name | **Base** `URL` | |\n|:--|---|:-:|\n| dev | `https://a` | b\\|c |\n| _int_ || x | y\nprose\n\nc | d\n--|--\ne | f\n",
            &[
                "table[0][dev].Name=dev",
                "table[0][dev].\"Base URL\"=https://a",
                "table[0][dev].\"\"=b\\|c",
                "table[0][_int_].Name=_int_",
                "table[0][_int_].\"Base URL\"=",
                "table[0][_int_].\"\"=x",
                "table[0][prose].Name=prose",
                "table[1][0].c=e",
                "table[1][0].d=f",
            ],
        );
        let source = "| A |\n|---|\n| b |\n";
        let tree = Markdown::Plain.read(source);
        assert_eq!(tree.node(1).kind, NodeKind::Sequence);
        assert_eq!(tree.node(2).kind, NodeKind::Mapping);
        assert_eq!(tree.node(3).key, Some(2..3));
    }

    #[test]
    fn lists() {
        check(
            "- a\n* [ ] b `c`\n   more\n   + d\n\n10) e\n\nf\n\n- g\n***\n-h\n- \n",
            &[
                "list[0][0]=a",
                "list[0][1]=[ ] b `c`",
                "list[0][2]=d",
                "list[0][3]=e",
                "list[1][0]=g",
            ],
        );
    }

    #[test]
    fn comments_and_front_matter() {
        let source = "---\na: b\n---\nc <!-- d --> e <!-- f\n--> g\n`<!-- h -->`\n\n<!-- i\n-->\n```\n<!-- j -->\n```\n";
        check(source, &["front-matter=a: b", "code=<!-- j -->"]);
        let tree = Markdown::Plain.read(source);
        let comments: Vec<&str> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
        assert_eq!(comments, ["<!-- d -->", "<!-- f\n-->", "<!-- i\n-->"]);
        let source = "<!--> a <b><!-- c\n\n- d\n--> </b>\n\n- e\n";
        check(source, &["list[0]=e"]);
        let tree = Markdown::Plain.read(source);
        let comments: Vec<&str> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
        assert_eq!(comments, ["<!-->", "<!-- c\n\n- d\n-->"]);
        // A code block ends the paragraph in which a comment has begun.
        check("a <!-- b\n```\n-->\n```\n", &["code=-->"]);
        check("---\na: b\n", &[]);
        check("a\n\n---\nb\n---\n", &[]);
    }

    #[test]
    fn broken_text_gives_what_is_understood() {
        for (source, expected) in [
            ("```sh\na\n", vec!["sh=a"]),
            ("<!-- a\n\n```\nb\n```\n", vec!["code=b"]),
        ] {
            assert_eq!(values(source), expected);
            assert!(Markdown::Plain.read(source).problem().is_some(), "{source}");
        }
    }

    #[test]
    fn only_code_and_front_matter_are_values_at_the_root() {
        let source = "---\na: b\n---\n- c\n\n  ```sh\n  d\n  ```\n\n| e |\n|--|\n| f |\n\n    g\n\n> ```\n> h\n> ```\n\n1. i\n   - j\n";
        let tree = Markdown::Plain.read(source);
        only_code_at_the_root(&tree, source);
        let values: Vec<&Step> = tree
            .members(0)
            .map(|n| tree.node(n))
            .filter(|n| n.kind == NodeKind::Scalar)
            .map(|n| &n.step)
            .collect();
        let key = |name: &str| Step::Key(name.to_owned());
        assert_eq!(
            values,
            [&key("front-matter"), &key("sh"), &key("code"), &key("code")]
        );
        let groups = tree
            .members(0)
            .filter(|n| tree.node(*n).kind != NodeKind::Scalar);
        assert_eq!(groups.count(), 3);
    }

    #[test]
    fn long_texts_take_linear_time() {
        testing::linear_time(
            &Markdown::Plain,
            &[
                "<!--",
                "<!--\n",
                "`",
                "``\n",
                "> ",
                ">",
                "- ",
                "|",
                "a|b\n--|--\n",
                "```\n",
                "~~~a\n> ",
                "    a\n",
                "\n",
                " ",
                "---\n",
                "` `` ",
            ],
        );
    }
}
