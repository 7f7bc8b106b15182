//! Parses a YAML document into its tree, within limits.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle};
use miette::NamedSource;

use super::Fault;
use super::yaml_tree::{YamlNode, YamlTree, YamlValue};

/// Nesting past this depth is refused: no pack or configuration needs it.
const MAX_DEPTH: usize = 64;
/// More nodes than this are refused.
const MAX_NODES: usize = 200_000;
/// More nodes copied by anchors and aliases than this are refused (alias bombs).
const MAX_COPIES: usize = 100_000;
/// Bytes of text that count as a node when they are copied.
const BYTES_OF_A_NODE: usize = 64;

/// Why a text is not a tree.
#[derive(Debug)]
pub(super) struct TreeError {
    message: String,
    span: Range<usize>,
    label: &'static str,
    help: &'static str,
}

impl TreeError {
    pub(super) fn into_fault(self, source: &Arc<NamedSource<String>>) -> Fault {
        let end = source.inner().len();
        let span = self.span.start.min(end)..self.span.end.min(end);
        Fault::new("document::syntax", self.message)
            .help(self.help)
            .labelled(source, span, self.label)
    }
}

/// Parses the first document of `text`.
pub(super) fn parse(text: &str) -> Result<YamlTree, Vec<TreeError>> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                if let Err(error) = builder.event(event, range) {
                    return Err(vec![error]);
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0);
                return Err(vec![TreeError {
                    message: format!("this is not YAML: {}", error.info()),
                    span: at..at,
                    label: "the parser stopped here",
                    help: "check indentation, quotes and brackets around this place",
                }]);
            }
        }
    }
    if builder.duplicates.is_empty() {
        Ok(YamlTree { root: builder.root })
    } else {
        Err(builder.duplicates)
    }
}

#[derive(Default)]
struct Builder {
    root: Option<YamlNode>,
    open: Vec<Open>,
    anchors: HashMap<usize, (YamlNode, Size)>,
    nodes: usize,
    copies: usize,
    documents: usize,
    duplicates: Vec<TreeError>,
}

struct Open {
    start: usize,
    anchor: usize,
    content: OpenContent,
    size: Size,
    /// The keys so far.
    keys: HashSet<String>,
}

/// How much a node is, with everything in it.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    nodes: usize,
    text: usize,
}

impl Size {
    fn add(&mut self, other: Self) {
        self.nodes += other.nodes;
        self.text += other.text;
    }

    /// What a copy costs, in nodes.
    fn cost(self) -> usize {
        self.nodes + self.text / BYTES_OF_A_NODE
    }
}

enum OpenContent {
    Sequence(Vec<YamlNode>),
    Mapping(Vec<(YamlNode, YamlNode)>, Option<YamlNode>),
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), TreeError> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(TreeError {
                        message: "only one document is expected".to_owned(),
                        span,
                        label: "a second document starts here",
                        help: "remove it, or put it into a file of its own",
                    });
                }
            }
            Event::Scalar(text, style, anchor, _) => {
                let size = Size {
                    nodes: 1,
                    text: text.len(),
                };
                let node = YamlNode {
                    span,
                    value: YamlValue::Scalar {
                        text: text.into_owned(),
                        plain: style == ScalarStyle::Plain,
                    },
                };
                self.finish(node, anchor, size)?;
            }
            Event::SequenceStart(_, anchor, _) => {
                self.push(span.start, anchor, OpenContent::Sequence(Vec::new()))?;
            }
            Event::MappingStart(_, anchor, _) => {
                self.push(span.start, anchor, OpenContent::Mapping(Vec::new(), None))?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    let value = match open.content {
                        OpenContent::Sequence(items) => YamlValue::Sequence(items),
                        OpenContent::Mapping(entries, _) => YamlValue::Mapping(entries),
                    };
                    let end = span.end.max(open.start);
                    let node = YamlNode {
                        span: open.start..end,
                        value,
                    };
                    let mut size = open.size;
                    size.nodes += 1;
                    self.finish(node, open.anchor, size)?;
                }
            }
            Event::Alias(id) => {
                let (_, size) = self.anchors.get(&id).ok_or_else(|| TreeError {
                    message: "an alias inside its own anchor".to_owned(),
                    span: span.clone(),
                    label: "refers to itself",
                    help: "write the value out",
                })?;
                self.count_copy(*size, &span)?;
                if let Some((node, size)) = self.anchors.get(&id).cloned() {
                    self.finish(node, 0, size)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, start: usize, anchor: usize, content: OpenContent) -> Result<(), TreeError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(TreeError {
                message: format!("nested deeper than {MAX_DEPTH} levels"),
                span: start..start,
                label: "too deep",
                help: "flatten the document",
            });
        }
        self.open.push(Open {
            start,
            anchor,
            content,
            size: Size::default(),
            keys: HashSet::new(),
        });
        Ok(())
    }

    /// Counts a copy of a node before it is made.
    fn count_copy(&mut self, size: Size, span: &Range<usize>) -> Result<(), TreeError> {
        self.copies += size.cost();
        if self.copies > MAX_COPIES {
            return Err(TreeError {
                message: format!("more than {MAX_COPIES} values are copied by aliases"),
                span: span.clone(),
                label: "too many values",
                help: "write fewer aliases, or the values themselves",
            });
        }
        Ok(())
    }

    fn finish(&mut self, node: YamlNode, anchor: usize, size: Size) -> Result<(), TreeError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(TreeError {
                message: format!("more than {MAX_NODES} values"),
                span: node.span,
                label: "too many values",
                help: "split the document",
            });
        }
        if anchor != 0 {
            self.count_copy(size, &node.span)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        open.size.add(size);
        match &mut open.content {
            OpenContent::Sequence(items) => items.push(node),
            OpenContent::Mapping(entries, pending) => match pending.take() {
                None => *pending = Some(node),
                Some(key) => {
                    let repeated = key
                        .scalar()
                        .is_some_and(|k| !open.keys.insert(k.to_owned()));
                    if repeated {
                        self.duplicates.push(TreeError {
                            message: format!(
                                "the key `{}` is here twice",
                                key.scalar().unwrap_or_default()
                            ),
                            span: key.span.clone(),
                            label: "the second one",
                            help: "keep one of them",
                        });
                    }
                    entries.push((key, node));
                }
            },
        }
        Ok(())
    }
}
