//! Lines of Markdown, and the code blocks that they make.

use std::ops::Range;

use crate::text::Mapped;

/// A line without the marks of block quotes.
#[derive(Debug, Clone)]
pub struct Line {
    /// The first byte behind white space and quote marks.
    pub start: usize,
    /// The byte behind its text, before the line end.
    pub end: usize,
    /// Where the next line begins.
    pub next: usize,
    /// Columns of white space before the text.
    pub indent: usize,
    /// The first byte.
    begin: usize,
    /// The byte behind the quote marks.
    quoted: usize,
    /// The number of quote marks.
    quotes: usize,
}

const TAB: usize = 4;

impl Line {
    /// The line that begins at `begin`.
    pub fn new(source: &str, begin: usize) -> Self {
        let rest = &source[begin..];
        let length = rest.find('\n').unwrap_or(rest.len());
        let next = begin + (length + 1).min(rest.len());
        let end = begin + rest[..length].trim_end_matches('\r').len();
        let bytes = source.as_bytes();
        let mut line = Self {
            start: begin,
            end,
            next,
            indent: 0,
            begin,
            quoted: begin,
            quotes: 0,
        };
        while line.start < end {
            match bytes[line.start] {
                b' ' => line.indent += 1,
                b'\t' => line.indent += TAB - line.indent % TAB,
                b'>' if line.indent < TAB => {
                    line.quotes += 1;
                    line.indent = 0;
                    // One space belongs to the mark.
                    if bytes.get(line.start + 1) == Some(&b' ') {
                        line.start += 1;
                    }
                    line.quoted = (line.start + 1).min(end);
                }
                _ => break,
            }
            line.start += 1;
        }
        line.start = line.start.min(end);
        line
    }

    /// Its bytes with all marks.
    pub fn range(&self) -> Range<usize> {
        self.begin..self.end
    }

    /// Its bytes without marks and white space before it.
    pub fn body(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Its text without marks and white space before it.
    pub fn text<'s>(&self, source: &'s str) -> &'s str {
        &source[self.body()]
    }

    /// The byte behind the mark of a list item and white space, and the mark.
    pub fn item(&self, source: &str) -> Option<(usize, usize)> {
        const LONGEST: usize = 9;
        let bytes = self.text(source).as_bytes();
        let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
        let mark = match (digits, bytes.get(digits)) {
            (0, Some(b'-' | b'*' | b'+')) => 1,
            (1..=LONGEST, Some(b'.' | b')')) => digits + 1,
            _ => return None,
        };
        let behind = &bytes[mark..];
        let spaces = behind
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count();
        // A line of such marks is a rule.
        let rule = digits == 0
            && bytes
                .iter()
                .all(|b| *b == bytes[0] || b.is_ascii_whitespace())
            && bytes.iter().filter(|b| !b.is_ascii_whitespace()).count() > 2;
        if (spaces == 0 && !behind.is_empty()) || rule {
            return None;
        }
        Some((self.start + mark + spaces, self.start))
    }

    /// The bytes behind at most `indent` columns of white space and the quote marks.
    fn without_indent(&self, source: &str, indent: usize) -> Range<usize> {
        let bytes = source.as_bytes();
        let mut at = self.quoted;
        let mut column = 0;
        while at < self.end && column < indent {
            match bytes[at] {
                b' ' => column += 1,
                b'\t' => column += TAB - column % TAB,
                _ => break,
            }
            at += 1;
        }
        at..self.end
    }
}

/// How a line goes with a code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// It is a part.
    Within,
    /// It is the mark that ends it.
    End,
    /// It stands behind it.
    Behind,
}

/// A code block that is open.
#[derive(Debug)]
pub struct Code {
    /// What it is called.
    pub name: String,
    /// Bytes of the name.
    pub key: Option<Range<usize>>,
    /// Where it begins.
    pub start: usize,
    /// Its last lines are blank.
    pub blank_end: bool,
    /// The sign and the length of the fence.
    fence: Option<(u8, usize)>,
    indent: usize,
    quotes: usize,
    /// For each line its bytes, and where the next one begins.
    lines: Vec<(Range<usize>, usize)>,
    /// The line does not begin with the text.
    shifted: bool,
}

impl Code {
    /// A block that begins with the fence in a line; it may stand behind the mark of an item.
    pub fn fenced(source: &str, line: &Line) -> Option<Self> {
        let item = line.item(source).map_or(line.start, |(content, _)| content);
        let text = source.get(item..line.end)?;
        let sign = *text.as_bytes().first()?;
        let length = text.bytes().take_while(|b| *b == sign).count();
        if !matches!(sign, b'`' | b'~') || length < 3 {
            return None;
        }
        let info = &text[length..];
        if sign == b'`' && info.contains('`') {
            return None;
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}');
        let bare = info.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '.'));
        let name = &bare[..bare.find(ends).unwrap_or(bare.len())];
        let at = line.end - bare.len();
        let named = !name.is_empty();
        Some(Self {
            name: if named { name } else { "code" }.to_owned(),
            key: named.then_some(at..at + name.len()),
            start: line.start,
            blank_end: false,
            fence: Some((sign, length)),
            indent: line.indent + (item - line.start),
            quotes: line.quotes,
            lines: Vec::new(),
            shifted: false,
        })
    }

    /// A block whose first line is indented.
    pub fn indented(line: &Line, indent: usize) -> Self {
        Self {
            name: "code".to_owned(),
            key: None,
            start: line.start,
            blank_end: false,
            fence: None,
            indent,
            quotes: line.quotes,
            lines: Vec::new(),
            shifted: false,
        }
        .with(line)
    }

    fn with(mut self, line: &Line) -> Self {
        // The columns that belong to the block are known to be white space here.
        let start = line.start - (line.indent - self.indent).min(line.start - line.quoted);
        self.lines.push((start..line.end, line.next));
        self.shifted = true;
        self
    }

    /// Whether marks stand around it.
    pub fn is_fenced(&self) -> bool {
        self.fence.is_some()
    }

    /// Adds a line, if it belongs to the block.
    pub fn add(&mut self, source: &str, line: &Line) -> Item {
        let text = line.text(source);
        let blank = text.trim().is_empty();
        if line.quotes < self.quotes {
            return Item::Behind;
        }
        match self.fence {
            Some((sign, length)) => {
                let marks = text.bytes().take_while(|b| *b == sign).count();
                if marks >= length && text[marks..].trim().is_empty() {
                    return Item::End;
                }
            }
            None if !blank && line.indent < self.indent => return Item::Behind,
            None => {}
        }
        // Quote marks within a fence are text where the fence is not in a quote.
        let content = if line.quotes > self.quotes && self.quotes == 0 {
            line.range()
        } else {
            line.without_indent(source, self.indent)
        };
        self.blank_end = blank;
        self.shifted |= content.start != line.begin;
        self.lines.push((content, line.next));
        Item::Within
    }

    /// The bytes of the block, and what they say where that is not what is written.
    pub fn content(&self, source: &str) -> Option<(Range<usize>, Option<Mapped>)> {
        let blank = |range: &Range<usize>| source[range.clone()].trim().is_empty();
        let mut lines = self.lines.as_slice();
        if self.fence.is_none() {
            while let [rest @ .., (last, _)] = lines
                && blank(last)
            {
                lines = rest;
            }
        }
        let (first, last) = (&lines.first()?.0, &lines.last()?.0);
        let span = first.start..last.end.max(first.start);
        if !self.shifted {
            return Some((span, None));
        }
        let mut mapped = Mapped::new();
        for (number, (line, next)) in lines.iter().enumerate() {
            mapped.push_plain(source, line.clone());
            if number + 1 < lines.len() && *next > line.end {
                mapped.push('\n', line.end..*next);
            }
        }
        let plain = mapped.text() == &source[span.clone()];
        Some((span, (!plain).then_some(mapped)))
    }
}

/// The start of a comment that does not stand in inline code.
pub fn comment_start(source: &str, from: usize, end: usize) -> Option<usize> {
    let bytes = &source.as_bytes()[..end];
    let mut at = from;
    while at < end {
        if bytes[at..].starts_with(b"<!--") {
            return Some(at);
        }
        if bytes[at] == b'`' {
            let marks = bytes[at..].iter().take_while(|b| **b == b'`').count();
            // Code ends at as many marks; without them the marks are text.
            at = code_end(bytes, at + marks, marks).unwrap_or(at + marks);
        } else {
            at += 1;
        }
    }
    None
}

fn code_end(bytes: &[u8], from: usize, marks: usize) -> Option<usize> {
    /// Inline code is not longer than that; it keeps the time linear.
    const LONGEST: usize = 1000;
    let mut at = from;
    let limit = bytes.len().min(from + LONGEST);
    while at < limit {
        let count = bytes[at..limit].iter().take_while(|b| **b == b'`').count();
        if count == marks {
            return Some(at + count);
        }
        at += count.max(1);
    }
    None
}
