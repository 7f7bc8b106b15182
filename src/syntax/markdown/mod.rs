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
pub(super) enum Markdown {
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
mod tests;
