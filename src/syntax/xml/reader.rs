//! Makes a tree of the markup of a document.

mod plist_keys;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::super::tree::{NodeKind, Step, Tree, TreeBuilder};
use super::attributes::{Attribute, attributes, tag};
use super::doctype;
use super::entities::Entities;
use super::events::{Markup, MarkupEvents, MarkupKind, name_length};
use super::html_rules;
use super::text_run::{RunText, TextRun};

/// Reads a document.
pub(super) fn tree(source: &str) -> Tree {
    let mut reader = XmlReader {
        source,
        events: MarkupEvents::new(source),
        builder: TreeBuilder::new(NodeKind::Mapping),
        entities: Entities::default(),
        run: TextRun::default(),
        stack: Vec::new(),
        open: HashMap::new(),
        elements: 0,
    };
    while let Some(markup) = reader.events.next() {
        reader.add(&markup);
    }
    reader.finish()
}

/// Elements whose text is a program, in lower case.
const PROGRAMS: [&str; 2] = ["script", "style"];

/// An element that is open.
#[derive(Debug)]
struct OpenElement {
    name: Range<usize>,
    /// It is a key of a property list, which has no place of its own in the tree.
    is_key: bool,
    /// Where it begins, unless it has elements inside it or is a program.
    leaf: Option<usize>,
    /// In a property list, the key for the next element.
    key: Option<Box<RunText>>,
}

struct XmlReader<'s> {
    source: &'s str,
    events: MarkupEvents<'s>,
    builder: TreeBuilder,
    entities: Entities,
    run: TextRun,
    stack: Vec<OpenElement>,
    /// How many elements of a name are open, to know an end tag that ends none.
    open: HashMap<Cow<'s, str>, usize>,
    elements: usize,
}

impl<'s> XmlReader<'s> {
    fn slice(&self, span: &Range<usize>) -> &'s str {
        self.source.get(span.clone()).unwrap_or_default()
    }

    fn add(&mut self, markup: &Markup) {
        let span = markup.span.clone();
        if let Some(message) = markup.broken
            && !(self.entities.html && markup.kind == MarkupKind::Text)
        {
            self.builder.problem(span.start, message);
        }
        match markup.kind {
            MarkupKind::Open => self.start_tag(&span),
            MarkupKind::Close => self.end_tag(&span),
            MarkupKind::Text => self.run.push(span),
            MarkupKind::Data => {
                let end = span.end - "]]>".len();
                self.run.push_plain(span.start + "<![CDATA[".len()..end);
            }
            MarkupKind::Comment => self.builder.comment(span),
            MarkupKind::Instruction => self.instruction(&span),
            MarkupKind::Doctype => {
                self.end_pending();
                let text = self.slice(&span).get("<!DOCTYPE".len()..);
                let root = text.unwrap_or_default().trim_start();
                let root = root.get(..name_length(root)).unwrap_or_default();
                self.entities.html |= root.eq_ignore_ascii_case("html");
                doctype::read(self.source, span, &mut self.builder, &mut self.entities);
            }
            MarkupKind::Nothing => {}
        }
    }

    fn finish(mut self) -> Tree {
        let end = self.source.len();
        self.end_run();
        if let Some(frame) = self.stack.last()
            && !self.entities.html
        {
            let message = format!("`{}` is not closed", self.slice(&frame.name));
            self.builder.problem(frame.name.start, message);
        }
        while !self.stack.is_empty() {
            self.close_innermost(end);
        }
        if self.elements == 0 {
            self.builder.problem(0, "no element");
        }
        if let Some(at) = self.entities.unexpanded {
            let message = "entities of the document were left as written";
            self.builder.problem(at, message);
        }
        self.builder.finish(end)
    }

    /// The name by which start and end tags are compared.
    fn compared(&self, name: &Range<usize>) -> Cow<'s, str> {
        let name = self.slice(name);
        if self.entities.html && name.contains(|c: char| c.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        }
    }

    fn is_html_name(&self, name: &Range<usize>, names: &[&str]) -> bool {
        self.entities.html && names.contains(&&*self.compared(name))
    }

    fn start_tag(&mut self, span: &Range<usize>) {
        self.end_run();
        let tag = tag(self.source, span.clone());
        let (name, found) = (tag.name, tag.attributes);
        self.elements += 1;
        self.entities.html |= self.elements == 1 && html_rules::is_root(self.slice(&name));
        if let Some(at) = found.broken
            && !self.entities.html
        {
            self.builder.problem(at, "a tag is broken");
        }
        let stop = found.stop.filter(|stop| self.events.resume(*stop));
        let end = stop.unwrap_or(span.end);
        self.end_before(&name);
        self.builder.unit(span.start..end);
        if let Some(parent) = self.stack.last_mut() {
            parent.leaf = None;
        }
        if !tag.is_empty && found.all.is_empty() && self.is_plist_key(&name) {
            self.push(name, true, None);
            return;
        }
        self.open_element(&name);
        for attribute in found.all {
            self.attribute(attribute);
        }
        if tag.is_empty || self.is_html_name(&name, html_rules::VOID) {
            self.builder.close(end);
            return;
        }
        let is_raw = self.is_html_name(&name, html_rules::RAW);
        let is_program = PROGRAMS.contains(&&*self.slice(&name).to_ascii_lowercase());
        let leaf = (!is_program).then_some(span.start);
        self.push(name.clone(), false, leaf);
        if is_raw {
            self.raw_text(&name, end);
        }
    }

    fn push(&mut self, name: Range<usize>, is_key: bool, leaf: Option<usize>) {
        *self.open.entry(self.compared(&name)).or_default() += 1;
        self.stack.push(OpenElement {
            name,
            is_key,
            leaf,
            key: None,
        });
    }

    /// Ends the element of HTML that cannot hold the one that begins.
    fn end_before(&mut self, name: &Range<usize>) {
        let outer = self.stack.last().map(|frame| frame.name.clone());
        if let Some(outer) = outer
            && self.is_html_name(name, html_rules::ENDING)
            && self.compared(&outer) == self.compared(name)
        {
            self.close_innermost(name.start - 1);
        }
    }

    fn open_element(&mut self, name: &Range<usize>) {
        self.open_key();
        let key = self.stack.last_mut().and_then(|frame| frame.key.take());
        let (step, key) = match key {
            Some(value) => (value.text(self.source).to_owned(), value.span),
            None => (self.slice(name).to_owned(), name.clone()),
        };
        let step = Step::Key(step);
        self.builder
            .open(NodeKind::Mapping, step, Some(key), name.end);
    }

    fn attribute(&mut self, attribute: Attribute) {
        let Attribute { name, value } = attribute;
        let step = Step::Attribute(self.slice(&name).to_owned());
        let value = RunText {
            text: self.entities.decoded(self.source, value.clone()),
            span: value,
        };
        self.value(step, Some(name), value);
    }

    fn value(&mut self, step: Step, key: Option<Range<usize>>, value: RunText) {
        match value.text {
            Some(text) => self.builder.decoded(step, key, value.span, text),
            None => self.builder.scalar(step, key, value.span),
        }
    }

    /// The text of a script ends only at its own end tag.
    fn raw_text(&mut self, name: &Range<usize>, start: usize) {
        let end = html_rules::raw_end(self.source, start, self.slice(name));
        self.run.push_plain(start..end);
        self.events.resume(end);
    }

    fn end_tag(&mut self, span: &Range<usize>) {
        let start = span.start + "</".len();
        let length = name_length(self.slice(&(start..span.end)));
        let name = self.compared(&(start..start + length));
        // Quotes mean nothing here, and a tag that was not closed has swallowed the next one.
        let tail = self.slice(&(start + length..span.end));
        let mut end = span.end;
        if let Some(stop) = tail.find(['<', '>']) {
            let stop = start + length + stop;
            let mark = usize::from(self.slice(&(stop..span.end)).starts_with('>'));
            if stop + mark < end && self.events.resume(stop + mark) {
                self.builder.problem(span.start, "an end tag is not closed");
                end = stop + mark;
            }
        }
        let is_innermost = |frame: &OpenElement| self.compared(&frame.name) == name;
        if self.stack.last().is_some_and(is_innermost) {
            self.end_key_or_run();
            self.close_innermost(end);
            return;
        }
        self.end_run();
        if !self.entities.html {
            let message = format!("`{name}` ends where it is not the innermost element");
            self.builder.problem(span.start, message);
        }
        if self.open.get(&name).is_none_or(|count| *count == 0) {
            return;
        }
        while let Some(frame) = self.stack.last() {
            let is_it = self.compared(&frame.name) == name;
            self.close_innermost(if is_it { end } else { span.start });
            if is_it {
                return;
            }
        }
    }

    fn close_innermost(&mut self, end: usize) {
        self.record_lost_key();
        let Some(frame) = self.stack.pop() else {
            return;
        };
        if let Some(start) = frame.leaf {
            self.builder.unit(start..end.max(start));
        }
        let name = self.compared(&frame.name);
        if let Some(count) = self.open.get_mut(&name) {
            *count = count.saturating_sub(1);
        }
        if !frame.is_key {
            self.builder.close(end);
        }
    }

    /// Records everything that is still pending, before something other than an element.
    fn end_pending(&mut self) {
        self.end_run();
        self.open_key();
        self.record_lost_key();
    }

    fn end_run(&mut self) {
        if let Some(value) = self.run.finish(self.source, &mut self.entities) {
            self.open_key();
            self.record_lost_key();
            self.value(Step::Text, None, value);
        }
    }

    fn instruction(&mut self, span: &Range<usize>) {
        self.end_pending();
        let start = span.start + "<?".len();
        let end = (span.end - "?>".len()).max(start);
        let length = name_length(self.slice(&(start..end)));
        let name = start..start + length;
        let step = Step::Key(self.slice(&name).to_owned());
        let found = attributes(self.source, name.end..end);
        if found.loose || found.all.is_empty() {
            let written = self.slice(&(name.end..end));
            let begin = end - written.trim_start().len();
            let span = begin..begin + written.trim().len();
            self.builder.scalar(step, Some(name), span);
            return;
        }
        self.builder
            .open(NodeKind::Mapping, step, Some(name.clone()), name.end);
        for attribute in found.all {
            self.attribute(attribute);
        }
        self.builder.close(span.end);
    }
}
