//! Structural check of a document against a JSON Schema: the subset that schemars writes for our
//! own types. It exists because deserialisation stops at the first fault and has no spans.

use std::ops::Range;
use std::sync::Arc;

use miette::NamedSource;
use serde_json::Value as Schema;

use super::Fault;
use super::schema_parts::{
    choices, constants, enumeration, is_limited, is_null_word, is_written_as, scalar_fits, types,
};
use super::suggestion::{quoted_list, suggestion};
use super::yaml_tree::{YamlNode, YamlTree, YamlValue};

/// A structural fault before it knows its source.
#[derive(Debug)]
pub(super) struct Mismatch {
    message: String,
    span: Range<usize>,
    label: String,
    help: Option<String>,
}

impl Mismatch {
    pub(super) fn into_fault(self, source: &Arc<NamedSource<String>>) -> Fault {
        let fault = Fault::new("document::structure", self.message);
        match self.help {
            Some(help) => fault.help(help),
            None => fault,
        }
        .labelled(source, self.span, &self.label)
    }
}

/// All mismatches between a tree and a schema.
pub(super) fn check(tree: &YamlTree, schema: &Schema) -> Vec<Mismatch> {
    let mut checker = Checker {
        root: schema,
        mismatches: Vec::new(),
    };
    match &tree.root {
        Some(node) if !is_null(node) => checker.node(node, schema, &head(node)),
        // An empty document is an empty mapping: every field at its default.
        _ => {
            let empty = YamlNode {
                span: 0..0,
                value: YamlValue::Mapping(Vec::new()),
            };
            checker.node(&empty, schema, &(0..0));
        }
    }
    checker.mismatches
}

struct Checker<'s> {
    root: &'s Schema,
    mismatches: Vec<Mismatch>,
}

impl<'s> Checker<'s> {
    fn node(&mut self, node: &YamlNode, schema: &'s Schema, at: &Range<usize>) {
        let schema = self.resolve(schema);
        if let Some(choices) = choices(schema) {
            return self.choice(node, &choices, at);
        }
        if let Some(names) = enumeration(schema) {
            return self.enumerated(node, &names, at);
        }
        let types = types(schema);
        if types.is_empty() || is_null(node) && types.contains(&"null") {
            return;
        }
        match &node.value {
            YamlValue::Mapping(entries) if types.contains(&"object") => {
                self.mapping(entries, schema, at);
            }
            YamlValue::Sequence(items) if types.contains(&"array") => {
                if let Some(item_schema) = schema.get("items") {
                    for item in items {
                        self.node(item, item_schema, &head(item));
                    }
                }
                let least = schema.get("minItems").and_then(Schema::as_u64).unwrap_or(0);
                if (items.len() as u64) < least {
                    self.add(
                        format!("at least {least} item is needed here"),
                        at.clone(),
                        "empty".into(),
                        None,
                    );
                }
            }
            YamlValue::Scalar { text, plain } => {
                if !types.iter().any(|t| scalar_fits(text, *plain, t)) {
                    self.wrong_type(node, &types, at);
                } else if !is_written_as(text, schema) {
                    self.wrong_text(node, text, &[schema], at);
                }
            }
            _ => self.wrong_type(node, &types, at),
        }
    }

    fn mapping(&mut self, entries: &[(YamlNode, YamlNode)], schema: &'s Schema, at: &Range<usize>) {
        let properties = schema.get("properties").and_then(Schema::as_object);
        let additional = schema.get("additionalProperties");
        for (key, value) in entries {
            let name = key.scalar().unwrap_or_default();
            if let Some(property) = properties.and_then(|p| p.get(name)) {
                self.node(value, property, &value_place(key, value));
            } else if let Some(additional) = additional.filter(|a| a.is_object()) {
                self.node(value, additional, &value_place(key, value));
            } else if additional == Some(&Schema::Bool(false)) {
                let known: Vec<&str> = properties
                    .map(|p| p.keys().map(String::as_str).collect())
                    .unwrap_or_default();
                self.add(
                    format!("unknown field `{name}`"),
                    key.span.clone(),
                    "unknown field here".into(),
                    Some(suggestion(name, &known, "fields")),
                );
            }
        }
        let required = schema.get("required").and_then(Schema::as_array);
        for field in required.into_iter().flatten().filter_map(Schema::as_str) {
            if !entries.iter().any(|(key, _)| key.scalar() == Some(field)) {
                let description = properties
                    .and_then(|p| p.get(field))
                    .and_then(|p| p.get("description"))
                    .and_then(Schema::as_str)
                    .map(|d| format!("`{field}`: {}", d.replace('\n', " ")));
                self.add(
                    format!("missing field `{field}`"),
                    at.clone(),
                    format!("has no `{field}`"),
                    description,
                );
            }
        }
    }

    /// One of several shapes: the one whose type fits is checked; without one, the types are named.
    fn choice(&mut self, node: &YamlNode, choices: &[&'s Schema], at: &Range<usize>) {
        // schemars writes documented variants as constants and the others as one enumeration.
        if let Some(names) = choices
            .iter()
            .map(|c| constants(self.resolve(c)))
            .collect::<Option<Vec<_>>>()
        {
            return self.enumerated(node, &names.concat(), at);
        }
        // Texts that differ only in how they are written.
        if let Some(text) = node.scalar()
            && !is_null(node)
            && choices
                .iter()
                .all(|choice| is_limited(self.resolve(choice)))
        {
            let fits = |choice: &&&Schema| is_written_as(text, self.resolve(choice));
            if choices.iter().find(fits).is_none() {
                self.wrong_text(node, text, choices, at);
            }
            return;
        }
        let fitting = choices.iter().find(|choice| {
            let schema = self.resolve(choice);
            if enumeration(schema).is_some() || super::schema_parts::choices(schema).is_some() {
                return !is_null(node) && matches!(node.value, YamlValue::Scalar { .. });
            }
            let types = types(schema);
            match &node.value {
                YamlValue::Mapping(_) => types.contains(&"object"),
                YamlValue::Sequence(_) => types.contains(&"array"),
                YamlValue::Scalar { text, plain } => {
                    types.iter().any(|t| scalar_fits(text, *plain, t))
                }
            }
        });
        if let Some(choice) = fitting {
            self.node(node, choice, at);
        } else {
            let all: Vec<&str> = choices
                .iter()
                .flat_map(|c| types(self.resolve(c)))
                .collect();
            self.wrong_type(node, &all, at);
        }
    }

    fn enumerated(&mut self, node: &YamlNode, names: &[&str], at: &Range<usize>) {
        match node.scalar() {
            Some(text) if names.contains(&text) => {}
            Some(text) => self.add(
                format!("`{text}` is not one of the values that are allowed here"),
                node.span.clone(),
                "unknown value".into(),
                Some(suggestion(text, names, "values")),
            ),
            None => self.add(
                "a single value is expected here".to_owned(),
                at.clone(),
                "not a single value".into(),
                Some(format!("the values are {}", quoted_list(names))),
            ),
        }
    }

    fn wrong_type(&mut self, node: &YamlNode, types: &[&str], at: &Range<usize>) {
        let words: Vec<&str> = types
            .iter()
            .filter(|t| **t != "null")
            .map(|t| match *t {
                "object" => "a mapping",
                "array" => "a list",
                "string" => "a text",
                "integer" => "a whole number",
                "boolean" => "true or false",
                other => other,
            })
            .collect();
        let label = match &node.value {
            YamlValue::Scalar { .. } => "this is a single value",
            YamlValue::Sequence(_) => "this is a list",
            YamlValue::Mapping(_) => "this is a mapping",
        };
        self.add(
            format!("{} is expected here", words.join(" or ")),
            at.clone(),
            label.into(),
            None,
        );
    }

    /// A text that is not written as the schema says.
    fn wrong_text(&mut self, node: &YamlNode, text: &str, choices: &[&Schema], at: &Range<usize>) {
        let is_date = |choice: &&Schema| choice.get("format") == Some(&"date".into());
        let (message, label, help) = if choices.iter().any(is_date) {
            let help = match choices.len() {
                1 => "write the day as \"YYYY-MM-DD\", in quotes",
                _ => "write the day as \"YYYY-MM-DD\", or the month as \"YYYY-MM\", in quotes",
            };
            (
                format!("`{text}` is not a date"),
                "not in the calendar",
                help.to_owned(),
            )
        } else {
            let patterns: Vec<&str> = choices
                .iter()
                .filter_map(|c| c.get("pattern").and_then(Schema::as_str))
                .collect();
            (
                format!("`{text}` is not written as it must be here"),
                "does not match",
                format!("the pattern is {}", quoted_list(&patterns)),
            )
        };
        let span = if node.span.is_empty() { at } else { &node.span };
        self.add(message, span.clone(), label.into(), Some(help));
    }

    fn add(&mut self, message: String, span: Range<usize>, label: String, help: Option<String>) {
        self.mismatches.push(Mismatch {
            message,
            span,
            label,
            help,
        });
    }

    fn resolve(&self, schema: &'s Schema) -> &'s Schema {
        let mut schema = schema;
        while let Some(reference) = schema.get("$ref").and_then(Schema::as_str) {
            match self.root.pointer(reference.trim_start_matches('#')) {
                Some(found) => schema = found,
                None => break,
            }
        }
        schema
    }
}

fn is_null(node: &YamlNode) -> bool {
    matches!(&node.value, YamlValue::Scalar { text, plain: true } if is_null_word(text))
}

/// Where to point for a node: a collection at its first line.
fn head(node: &YamlNode) -> Range<usize> {
    match &node.value {
        YamlValue::Mapping(entries) => entries
            .first()
            .map_or(node.span.clone(), |(key, _)| key.span.clone()),
        _ => node.span.clone(),
    }
}

fn value_place(key: &YamlNode, value: &YamlNode) -> Range<usize> {
    match &value.value {
        YamlValue::Scalar { .. } if !value.span.is_empty() => value.span.clone(),
        _ => key.span.clone(),
    }
}
