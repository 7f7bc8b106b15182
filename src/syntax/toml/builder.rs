//! Builds the tree from the events of the parser.

use std::collections::HashMap;
use std::ops::Range;

use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, Raw, Span};

use super::super::tree::{NodeKind, Step, Tree, TreeBuilder};
use super::string;

/// Takes the events of one text.
pub(super) struct TomlBuilder<'s> {
    source: &'s str,
    builder: TreeBuilder,
    /// The open groups, from the outermost.
    frames: Vec<OpenTable>,
    /// How many of them belong to the current table.
    table: usize,
    /// The names in headers, by the number of the name before and their own text.
    names: HashMap<(usize, String), TableName>,
    /// Items of arrays of tables so far.
    renewed: usize,
    /// Keys of which the value, or the end of the header, is still to come.
    keys: Vec<TomlKey>,
    header: Option<TableHeader>,
    /// Arrays and inline tables that are open.
    inline: Vec<Inline>,
    last_start: usize,
    last_end: usize,
}

struct OpenTable {
    step: Step,
    kind: NodeKind,
}

struct TomlKey {
    name: String,
    span: Range<usize>,
}

struct PathPart {
    step: Step,
    kind: NodeKind,
    key: Option<Range<usize>>,
}

#[derive(Clone, Copy)]
struct TableName {
    number: usize,
    /// The last item, of an array of tables.
    item: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TableHeader {
    Table,
    ArrayTable,
}

struct Inline {
    kind: NodeKind,
    /// Open groups with it.
    frames: usize,
    members: usize,
}

impl<'s> TomlBuilder<'s> {
    /// Begins a text.
    #[must_use]
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            builder: TreeBuilder::new(NodeKind::Mapping).merging(),
            frames: Vec::new(),
            table: 0,
            names: HashMap::new(),
            renewed: 0,
            keys: Vec::new(),
            header: None,
            inline: Vec::new(),
            last_start: 0,
            last_end: 0,
        }
    }

    /// Ends the text, and says what is wrong in it.
    #[must_use]
    pub(super) fn finish(mut self, problem: Option<(usize, String)>) -> Tree {
        self.header_ends(self.source.len());
        if let Some((at, message)) = problem {
            self.builder.problem(at, message);
        }
        self.builder.finish(self.source.len())
    }

    /// The path of a header: names of arrays of tables mean their last item.
    fn header_path(&mut self, header: TableHeader) -> Vec<PathPart> {
        let keys = std::mem::take(&mut self.keys);
        let last = keys.len().saturating_sub(1);
        let mut path = Vec::new();
        let mut parent = 0;
        for (place, key) in keys.into_iter().enumerate() {
            let fresh = self.names.len() + 1;
            let name = self.names.entry((parent, key.name.clone()));
            let name = name.or_insert(TableName {
                number: fresh,
                item: None,
            });
            if header == TableHeader::ArrayTable && place == last {
                // Tables below the item before are not those of this one.
                name.item = Some(name.item.map_or(0, |item| item + 1));
                self.renewed += 1;
                name.number = usize::MAX - self.renewed;
            }
            parent = name.number;
            path.push(PathPart {
                step: Step::Key(key.name),
                kind: name.item.map_or(NodeKind::Mapping, |_| NodeKind::Sequence),
                key: Some(key.span),
            });
            if let Some(item) = name.item {
                path.push(PathPart {
                    step: Step::Item(item),
                    kind: NodeKind::Mapping,
                    key: None,
                });
            }
        }
        path
    }

    fn header_ends(&mut self, at: usize) {
        if let Some(header) = self.header.take() {
            let path = self.header_path(header);
            self.table = path.len();
            self.enter(path, 0, at);
        }
    }

    /// Opens the groups of a path after the first `base` open groups; what is open already and
    /// fits stays open.
    fn enter(&mut self, path: Vec<PathPart>, base: usize, at: usize) {
        let open = self.frames.get(base..).unwrap_or_default();
        let common = open
            .iter()
            .zip(&path)
            .take_while(|(frame, part)| frame.step == part.step && frame.kind == part.kind)
            .count();
        self.leave(base + common);
        for part in path.into_iter().skip(common) {
            let start = part.key.as_ref().map_or(at, |key| key.end);
            self.open(part, start);
        }
    }

    fn open(&mut self, part: PathPart, start: usize) {
        let start = self.forward(start);
        self.builder
            .open(part.kind, part.step.clone(), part.key, start);
        self.frames.push(OpenTable {
            step: part.step,
            kind: part.kind,
        });
    }

    /// Closes the open groups but the first `remaining`.
    fn leave(&mut self, remaining: usize) {
        while self.frames.len() > remaining {
            self.frames.pop();
            self.builder.close(self.last_end);
        }
    }

    /// What leads to the next value, whose groups are opened.
    fn step(&mut self) -> (Step, Option<Range<usize>>) {
        let keys = std::mem::take(&mut self.keys);
        let base = match self.inline.last_mut() {
            Some(inline) if inline.kind == NodeKind::Sequence => {
                let member = inline.members;
                inline.members += 1;
                return (Step::Item(member), None);
            }
            Some(inline) => inline.frames,
            None => self.table,
        };
        let mut keys = keys.into_iter();
        let Some(last) = keys.next_back() else {
            return (Step::Text, None);
        };
        let path = keys.map(|key| PathPart {
            step: Step::Key(key.name),
            kind: NodeKind::Mapping,
            key: Some(key.span),
        });
        self.enter(path.collect(), base, self.last_end);
        (Step::Key(last.name), Some(last.span))
    }

    fn begin(&mut self, kind: NodeKind, span: Span) {
        let (step, key) = self.step();
        self.open(PathPart { step, kind, key }, span.start());
        self.inline.push(Inline {
            kind,
            frames: self.frames.len(),
            members: 0,
        });
    }

    fn end(&mut self, kind: NodeKind, span: Span) {
        self.keys.clear();
        self.last_end = self.last_end.max(span.end());
        if self.inline.last().is_some_and(|inline| inline.kind == kind)
            && let Some(inline) = self.inline.pop()
        {
            self.leave(inline.frames.saturating_sub(1));
        }
    }

    fn line_ends(&mut self, at: usize) {
        self.header_ends(at);
        if self.inline.is_empty() {
            // A key without a value.
            self.keys.clear();
        }
    }

    fn forward(&mut self, start: usize) -> usize {
        self.last_start = self.last_start.max(start);
        self.last_start
    }

    fn raw(&self, span: Span, encoding: Option<Encoding>) -> Option<Raw<'_>> {
        let text = self.source.get(span.start()..span.end())?;
        Some(Raw::new_unchecked(text, encoding, span))
    }
}

impl EventReceiver for TomlBuilder<'_> {
    fn std_table_open(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.keys.clear();
        self.header = Some(TableHeader::Table);
    }

    fn std_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.header_ends(span.end());
    }

    fn array_table_open(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.keys.clear();
        self.header = Some(TableHeader::ArrayTable);
    }

    fn array_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.header_ends(span.end());
    }

    fn inline_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.begin(NodeKind::Mapping, span);
        true
    }

    fn inline_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.end(NodeKind::Mapping, span);
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.begin(NodeKind::Sequence, span);
        true
    }

    fn array_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.end(NodeKind::Sequence, span);
    }

    fn simple_key(&mut self, span: Span, kind: Option<Encoding>, error: &mut dyn ErrorSink) {
        let mut name = String::new();
        if let Some(raw) = self.raw(span, kind) {
            raw.decode_key(&mut name, error);
        }
        let span = string::inner(self.source, span.start()..span.end(), kind);
        self.keys.push(TomlKey { name, span });
    }

    fn scalar(&mut self, span: Span, kind: Option<Encoding>, error: &mut dyn ErrorSink) {
        let mut value = String::new();
        if let Some(raw) = self.raw(span, kind) {
            // Numbers are not checked, but anything that cannot be a value is reported.
            let _ = raw.decode_scalar(&mut value, error);
        }
        let span = string::inner(self.source, span.start()..span.end(), kind);
        let (step, key) = self.step();
        self.last_end = self.last_end.max(span.end);
        if key.is_none() && span.is_empty() {
            return;
        }
        let start = self.forward(span.start);
        let span = start..span.end.max(start);
        match string::decode(self.source, &span, kind).filter(|text| text.text() == value) {
            Some(text) => self.builder.decoded(step, key, span, text),
            None => self.builder.scalar(step, key, span),
        }
    }

    fn value_sep(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.keys.clear();
    }

    fn comment(&mut self, span: Span, error: &mut dyn ErrorSink) {
        if let Some(raw) = self.raw(span, None) {
            raw.decode_comment(error);
        }
        self.line_ends(span.start());
        self.builder.comment(span.start()..span.end());
    }

    fn newline(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.line_ends(span.start());
    }

    fn error(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.header_ends(span.start());
    }
}
