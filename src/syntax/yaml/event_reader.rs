//! One pass over a YAML text that builds its tree.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::super::template::{self, TemplateAction};
use super::super::tree::{NodeKind, Step, Tree, TreeBuilder};
use super::{comments, scalar};
use crate::text::Mapped;

/// What was read of a text.
pub(super) struct Reading {
    pub tree: Tree,
    /// Flow mappings are where no one writes them: `{{ x }}` is YAML, but it is not meant so.
    pub looks_templated: bool,
}

/// Reads `parsed`, which is the source, or the source with its `actions` masked. Values are taken
/// from the source.
pub(super) fn read(source: &str, parsed: &str, actions: &[TemplateAction]) -> Reading {
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        block_scalar_eof_without_line_feed: true,
        // Comments are in memory anyway; a long head of them is not an error.
        max_buffered_comment_events: usize::MAX,
    };
    let mut parser = Parser::new_from_str_with_options(parsed, options);
    let mut reader = EventReader {
        source,
        parsed,
        actions,
        builder: TreeBuilder::new(NodeKind::Mapping),
        frames: Vec::new(),
        complex: None,
        documents: 0,
        comments: Vec::new(),
        last_start: 0,
        last_end: 0,
        looks_templated: false,
    };
    let mut failed_at = None;
    while let Some(next) = parser.next() {
        match next {
            Ok((event, span)) => {
                if let Some(span) = span
                    .byte_range()
                    .filter(|s| parsed.get(s.clone()).is_some())
                {
                    reader.event(&event, span);
                }
            }
            Err(error) => {
                let at = reader.failed(&error);
                // A parser that does not come forward would never end.
                if failed_at.is_some_and(|before| before >= at)
                    || parser.proceed_next_document().is_err()
                {
                    break;
                }
                failed_at = Some(at);
            }
        }
    }
    reader.finish()
}

struct EventReader<'s> {
    source: &'s str,
    parsed: &'s str,
    actions: &'s [TemplateAction],
    builder: TreeBuilder,
    frames: Vec<OpenCollection>,
    /// A key that is a group, of which only the text is of interest.
    complex: Option<Complex>,
    documents: usize,
    comments: Vec<Range<usize>>,
    last_start: usize,
    last_end: usize,
    looks_templated: bool,
}

struct OpenCollection {
    kind: NodeKind,
    /// Members so far.
    members: usize,
    key: Option<PendingKey>,
    /// Says whether it is a group of the tree: the first document is not, as the root stands for it.
    opened: bool,
}

struct PendingKey {
    name: String,
    span: Range<usize>,
}

struct Complex {
    depth: usize,
    span: Range<usize>,
}

impl EventReader<'_> {
    fn event(&mut self, event: &Event<'_>, span: Range<usize>) {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                self.leave_document();
            }
            Event::DocumentEnd => self.leave_document(),
            Event::Comment(..) => self.comments.push(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(span),
            Event::Scalar(value, style, ..) => self.scalar(value, *style, &span),
            Event::SequenceStart(..) => self.begin(NodeKind::Sequence, &span),
            Event::MappingStart(style, ..) => {
                let text = &self.parsed[span.start..];
                let flow = *style == StructureStyle::Flow;
                self.looks_templated |= flow && (text.starts_with("{{") || text.starts_with("{%"));
                self.begin(NodeKind::Mapping, &span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&span),
            _ => {}
        }
    }

    fn expects_key(&self) -> bool {
        let frame = self.frames.last();
        frame.is_some_and(|f| f.kind == NodeKind::Mapping && f.key.is_none())
    }

    fn set_key(&mut self, name: String, span: Range<usize>) {
        self.last_end = self.last_end.max(span.end);
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some(PendingKey { name, span });
        }
    }

    /// What leads to the next member of the innermost group.
    fn step(&mut self) -> (Step, Option<Range<usize>>) {
        let Some(frame) = self.frames.last_mut() else {
            return (Step::Text, None);
        };
        let member = frame.members;
        frame.members += 1;
        match frame.key.take() {
            Some(key) => (Step::Key(key.name), Some(key.span)),
            None => (Step::Item(member), None),
        }
    }

    fn alias(&mut self, span: Range<usize>) {
        if let Some(complex) = &mut self.complex {
            complex.span.end = span.end;
        } else if self.expects_key() {
            self.set_key(self.written(&span), span);
        } else {
            self.step();
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, span: &Range<usize>) {
        if let Some(complex) = &mut self.complex {
            complex.span.end = complex.span.end.max(span.end);
            return;
        }
        // The parser says `~` where nothing is written.
        let value = if span.is_empty() && style == ScalarStyle::Plain {
            ""
        } else {
            value
        };
        let (span, text) = scalar::place(self.parsed, span, style, value);
        let (span, actions) = self.with_actions(span);
        if self.expects_key() {
            let name = if actions.is_empty() {
                value.to_owned()
            } else {
                self.written(&span)
            };
            self.set_key(name, span);
            return;
        }
        let text = text.map(|text| {
            if actions.is_empty() {
                text
            } else {
                template::restore(&text, self.source, actions)
            }
        });
        let own_group = self.frames.is_empty() && self.documents > 1;
        let (step, key) = self.step();
        if key.is_none() && span.is_empty() {
            return;
        }
        let span = self.forward(span, key.as_ref());
        if own_group {
            let document = Step::Document(self.documents);
            self.builder
                .open(NodeKind::Mapping, document, None, span.start);
        }
        self.value(step, key, span.clone(), text);
        if own_group {
            self.builder.close(span.end);
        }
    }

    fn value(
        &mut self,
        step: Step,
        key: Option<Range<usize>>,
        span: Range<usize>,
        text: Option<Mapped>,
    ) {
        self.last_end = self.last_end.max(span.end);
        match text {
            Some(text) => self.builder.decoded(step, key, span, text),
            None => self.builder.scalar(step, key, span),
        }
    }

    fn begin(&mut self, kind: NodeKind, span: &Range<usize>) {
        if let Some(complex) = &mut self.complex {
            complex.depth += 1;
            complex.span.end = complex.span.end.max(span.end);
            return;
        }
        if self.expects_key() {
            let span = span.clone();
            self.complex = Some(Complex { depth: 1, span });
            return;
        }
        let is_first_document = self.frames.is_empty() && self.documents <= 1;
        if !is_first_document {
            let (step, key) = if self.frames.is_empty() {
                (Step::Document(self.documents), None)
            } else {
                self.step()
            };
            let span = self.forward(span.clone(), key.as_ref());
            self.builder.open(kind, step, key, span.start);
        }
        self.frames.push(OpenCollection {
            kind,
            members: 0,
            key: None,
            opened: !is_first_document,
        });
    }

    fn end(&mut self, span: &Range<usize>) {
        // The end of a block group is found after it only, past blank lines and comments.
        if !span.is_empty() {
            self.last_end = self.last_end.max(span.end);
        }
        if let Some(complex) = &mut self.complex {
            complex.depth -= 1;
            if !span.is_empty() {
                complex.span.end = complex.span.end.max(span.end);
            }
            if complex.depth == 0 {
                let span = complex.span.clone();
                self.complex = None;
                self.set_key(self.written(&span), span);
            }
            return;
        }
        if self.frames.pop().is_some_and(|frame| frame.opened) {
            self.builder.close(self.last_end);
        }
    }

    fn leave_document(&mut self) {
        self.complex = None;
        while let Some(frame) = self.frames.pop() {
            if frame.opened {
                self.builder.close(self.last_end);
            }
        }
    }

    fn failed(&mut self, error: &ScanError) -> usize {
        let at = error.marker().byte_offset().unwrap_or(self.last_end);
        let at = self.boundary(at);
        self.builder.problem(at, error.info());
        self.leave_document();
        at
    }

    /// The span with the whole of the actions that it begins or ends in, and its actions.
    fn with_actions(&self, span: Range<usize>) -> (Range<usize>, &[TemplateAction]) {
        let from = self.actions.partition_point(|a| a.span.end <= span.start);
        let to = self.actions.partition_point(|a| a.span.start < span.end);
        let within = self.actions.get(from..to).unwrap_or_default();
        let (Some(first), Some(last), false) = (within.first(), within.last(), span.is_empty())
        else {
            return (span, &[]);
        };
        let start = span.start.min(first.span.start);
        (start..span.end.max(last.span.end), within)
    }

    /// A tree is in the order of the text: no place goes back after its key or another node.
    fn forward(&mut self, span: Range<usize>, key: Option<&Range<usize>>) -> Range<usize> {
        let least = key.map_or(0, |k| k.end).max(self.last_start);
        self.last_start = self.boundary(span.start.max(least));
        self.last_start..self.boundary(span.end).max(self.last_start)
    }

    fn written(&self, span: &Range<usize>) -> String {
        let text = self.source.get(span.clone());
        text.unwrap_or_default().to_owned()
    }

    /// Masks have other character boundaries than the source.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.source.len());
        while !self.source.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn finish(mut self) -> Reading {
        self.leave_document();
        for comment in comments::all_comments(self.source, self.comments, self.actions) {
            self.builder.comment(comment);
        }
        Reading {
            tree: self.builder.finish(self.source.len()),
            looks_templated: self.looks_templated,
        }
    }
}
