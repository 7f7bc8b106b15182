//! Markdown: what stands in code blocks, tables, lists and the front matter; the rest is prose and
//! is not recorded. At the root only code blocks and the front matter are values, so that a reader
//! of the tree can tell them from prose.

mod blocks;
mod tables;

use std::ops::Range;

use self::blocks::{Code, Item, Line};
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};

/// A reader of Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Markdown;

impl Syntax for Markdown {
    fn read(&self, source: &str) -> Tree {
        let mut reader = Reader::new(source);
        reader.run();
        reader.builder.finish(source.len())
    }
}

/// The state of reading, line by line.
struct Reader<'s> {
    source: &'s str,
    at: usize,
    builder: TreeBuilder,
    code: Option<Code>,
    /// The number of the next list item, while a list is open, and where its text begins.
    list: Option<(usize, usize)>,
    table: Option<Table>,
    /// Blank lines, or a line behind which indented code may stand, are right above.
    blank: bool,
    /// The line above, which is the header of a table when a ruler follows.
    above: Range<usize>,
    /// Comments do not end behind this place; they are not looked for there again.
    no_comment_from: usize,
    /// The end of what was recorded last.
    last_end: usize,
}

struct Table {
    header: Vec<Range<usize>>,
    rows: usize,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            at: if source.starts_with('\u{feff}') { 3 } else { 0 },
            builder: TreeBuilder::new(NodeKind::Mapping),
            code: None,
            list: None,
            table: None,
            blank: true,
            above: 0..0,
            no_comment_from: usize::MAX,
            last_end: 0,
        }
    }

    fn run(&mut self) {
        self.front_matter();
        while self.at < self.source.len() {
            let line = Line::new(self.source, self.at);
            self.at = line.next;
            if !self.in_code(&line) {
                self.line(&line);
            }
        }
        if let Some(code) = self.code.take() {
            if code.is_fenced() {
                self.builder.problem(code.start, "code block without end");
            }
            self.record(&code);
        }
        self.end_groups();
    }

    /// Values between two lines of dashes at the top.
    fn front_matter(&mut self) {
        let first = Line::new(self.source, self.at);
        if self.source.get(first.range()).map(str::trim_end) != Some("---") {
            return;
        }
        let mut end = first.next;
        while end < self.source.len() {
            let line = Line::new(self.source, end);
            let text = &self.source[line.range()];
            if matches!(text.trim_end(), "---" | "...") {
                let content = &self.source[first.next..end];
                let content = content.strip_suffix('\n').unwrap_or(content);
                let content = content.strip_suffix('\r').unwrap_or(content);
                let span = first.next..first.next + content.len();
                let step = Step::Key("front-matter".to_owned());
                self.builder.scalar(step, None, span);
                self.at = line.next;
                return;
            }
            end = line.next;
        }
    }

    /// Whether the line belongs to the code block that is open.
    fn in_code(&mut self, line: &Line) -> bool {
        let Some(mut code) = self.code.take() else {
            return false;
        };
        match code.add(self.source, line) {
            Item::Within => {
                self.code = Some(code);
                true
            }
            Item::End => {
                self.record(&code);
                self.blank = true;
                true
            }
            Item::Behind => {
                self.record(&code);
                self.blank = !code.is_fenced() && code.blank_end;
                false
            }
        }
    }

    fn record(&mut self, code: &Code) {
        let Some((span, text)) = code.content(self.source) else {
            return;
        };
        let step = Step::Key(code.name.clone());
        self.last_end = self.last_end.max(span.end);
        match text {
            Some(text) => self.builder.decoded(step, code.key.clone(), span, text),
            None => self.builder.scalar(step, code.key.clone(), span),
        }
    }

    fn line(&mut self, line: &Line) {
        let text = line.text(self.source);
        let above = std::mem::replace(&mut self.above, line.body());
        let blank = std::mem::replace(&mut self.blank, text.trim().is_empty());
        if self.blank {
            self.end_table();
            self.above = 0..0;
            return;
        }
        let limit = self.list.map_or(0, |(_, content)| content);
        if blank && line.indent < limit && !text.starts_with(list_mark) {
            self.end_list();
        }
        if let Some(code) = Code::fenced(self.source, line) {
            self.end_groups();
            self.code = Some(code);
            return;
        }
        let limit = self.list.map_or(0, |(_, content)| content);
        if blank && line.indent >= limit + 4 {
            self.end_groups();
            self.code = Some(Code::indented(line, limit + 4));
            return;
        }
        if self.comment(line) {
            return;
        }
        if self.table_line(line, above) {
            return;
        }
        if let Some((content, mark)) = line.item(self.source) {
            self.list_item(line, content, mark);
            return;
        }
        // Indented code may follow a heading.
        self.blank = text.starts_with('#');
        if self.blank && line.indent < limit {
            self.end_list();
        }
    }

    fn list_item(&mut self, line: &Line, content: usize, mark: usize) {
        if self.list.is_none() {
            let step = Step::Key("list".to_owned());
            self.builder.open(NodeKind::Sequence, step, None, mark);
        }
        let number = self.list.map_or(0, |(number, _)| number);
        self.list = Some((number + 1, line.indent + (content - line.start)));
        let text = self.source[content..line.end].trim();
        let start =
            content + (self.source[content..].len() - self.source[content..].trim_start().len());
        if !text.is_empty() && start + text.len() <= line.end {
            let span = start..start + text.len();
            self.last_end = span.end;
            self.builder.scalar(Step::Item(number), None, span);
        }
    }

    /// Comments of the line; those that go on are read to their end.
    fn comment(&mut self, line: &Line) -> bool {
        let mut from = line.start;
        let mut whole = false;
        while from < line.end && from < self.no_comment_from {
            let Some(start) = blocks::comment_start(self.source, from, line.end) else {
                break;
            };
            let Some(length) = self.source[start + 4..].find("-->") else {
                self.no_comment_from = start;
                self.builder.problem(start, "comment without end");
                break;
            };
            let end = start + 4 + length + 3;
            self.builder.comment(start..end);
            whole |= self.source[line.start..start].trim().is_empty();
            if end > line.end {
                // What follows on the last line is a line of its own.
                self.at = end;
                self.blank = false;
                return whole;
            }
            from = end;
        }
        whole && self.source[from..line.end].trim().is_empty()
    }

    /// A line of a table, or the ruler that makes the line above the header of one.
    fn table_line(&mut self, line: &Line, above: Range<usize>) -> bool {
        let text = line.text(self.source);
        if let Some(table) = &mut self.table {
            if !text.contains('|') {
                self.end_table();
                return false;
            }
            let cells = tables::cells(self.source, line.body());
            self.builder
                .open(NodeKind::Mapping, Step::Item(table.rows), None, line.start);
            table.rows += 1;
            for (number, cell) in cells.into_iter().enumerate() {
                let span = tables::bare(self.source, cell);
                let header = table.header.get(number).cloned();
                let step = match &header {
                    Some(header) => Step::Key(tables::name(&self.source[header.clone()])),
                    None => Step::Item(number),
                };
                self.builder.scalar(step, header, span);
            }
            self.builder.close(line.end);
            self.last_end = line.end;
            return true;
        }
        if !tables::is_ruler(text) || !self.source[above.clone()].contains('|') {
            return false;
        }
        let header: Vec<_> = tables::cells(self.source, above)
            .into_iter()
            .map(|cell| tables::bare(self.source, cell))
            .collect();
        if header.len() != tables::cells(self.source, line.body()).len() {
            return false;
        }
        self.end_list();
        let step = Step::Key("table".to_owned());
        self.builder
            .open(NodeKind::Sequence, step, None, line.start);
        self.table = Some(Table { header, rows: 0 });
        true
    }

    fn end_table(&mut self) {
        if self.table.take().is_some() {
            self.builder.close(self.last_end);
        }
    }

    fn end_list(&mut self) {
        self.end_table();
        if self.list.take().is_some() {
            self.builder.close(self.last_end);
        }
    }

    fn end_groups(&mut self) {
        self.end_table();
        self.end_list();
    }
}

fn list_mark(character: char) -> bool {
    matches!(character, '-' | '*' | '+') || character.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::testing;

    fn values(source: &str) -> Vec<String> {
        testing::written(&Markdown.read(source), source)
    }

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        assert_eq!(values(source), expected, "{source}");
        assert_eq!(Markdown.read(source).problem(), None, "{source}");
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
        let tree = Markdown.read(source);
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
                "table[0][_int_][3]=y",
                "table[1][0].c=e",
                "table[1][0].d=f",
            ],
        );
        let source = "| A |\n|---|\n| b |\n";
        let tree = Markdown.read(source);
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
        let source = "---\na: b\n---\nc <!-- d --> e <!-- f\n```\n--> g\n`<!-- h -->`\n\n<!-- i\n-->\n```\n<!-- j -->\n```\n";
        check(source, &["front-matter=a: b", "code=<!-- j -->"]);
        let tree = Markdown.read(source);
        let comments: Vec<&str> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
        assert_eq!(comments, ["<!-- d -->", "<!-- f\n```\n-->", "<!-- i\n-->"]);
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
            assert!(Markdown.read(source).problem().is_some(), "{source}");
        }
    }

    #[track_caller]
    fn check_tree(source: &str) {
        let tree = Markdown.read(source);
        testing::check(&tree, source);
        for (number, node) in tree.nodes().iter().enumerate() {
            // Values at the root are code, and all code is there.
            let root = node.parent == 0 && number > 0;
            let Step::Key(name) = &node.step else {
                assert!(!root, "{number} {source:?}");
                continue;
            };
            if root && node.kind != NodeKind::Scalar {
                assert_eq!(node.kind, NodeKind::Sequence, "{number} {source:?}");
                assert!(matches!(name.as_str(), "list" | "table"), "{source:?}");
            } else if !root && number > 0 {
                // The others are the cells of a row.
                assert_eq!(node.kind, NodeKind::Scalar, "{number} {source:?}");
                assert_eq!(tree.node(node.parent).kind, NodeKind::Mapping, "{source:?}");
            }
        }
    }

    #[test]
    fn only_code_and_front_matter_are_values_at_the_root() {
        let source = "---\na: b\n---\n- c\n\n  ```sh\n  d\n  ```\n\n| e |\n|--|\n| f |\n\n    g\n\n> ```\n> h\n> ```\n\n1. i\n   - j\n";
        check_tree(source);
        let tree = Markdown.read(source);
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
    fn any_text_can_be_read() {
        let sample = "---\na: ü\n---\n# b\n- c\n\n  ```sh x\n  ä\n\t d\n  ```\n> ~~~\n> e\n> ~~~\n\n| f | `g` |\n|--|:-:|\n| h | ö\\| |\n\n    i\n\n<!-- j\n--> `k`\n1) l\r\n\r\n\tm\r\n";
        for (at, _) in sample.char_indices() {
            check_tree(&sample[..at]);
            check_tree(&sample[at..]);
        }
        let signs = [
            "a", "ä", " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "- ", "1. ", "> ", "```",
            "~~~", "`", "|", "|--|", "--", "---", "\n---\n", "<!--", "-->", "#", "\\", "{",
            "\u{2028}",
        ];
        let mut state = 7_u64;
        for round in 0..60_000 {
            let mut source = String::new();
            for _ in 0..round % 30 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                source
                    .push_str(signs[usize::try_from(state >> 33).expect("31 bits") % signs.len()]);
            }
            check_tree(&source);
        }
    }

    #[test]
    fn long_hostile_texts_take_linear_time() {
        for part in [
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
        ] {
            let begin = std::time::Instant::now();
            check_tree(&part.repeat(200_000 / part.len()));
            assert!(
                begin.elapsed().as_secs() < 8,
                "{part}: {:?}",
                begin.elapsed()
            );
        }
    }
}
