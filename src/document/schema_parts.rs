//! The parts of a JSON Schema that the check looks at.

use jiff::civil::Date;
use regex::Regex;
use serde_json::Value as Schema;

/// The schemas of which one has to fit.
pub(super) fn choices(schema: &Schema) -> Option<Vec<&Schema>> {
    ["anyOf", "oneOf"]
        .iter()
        .find_map(|name| schema.get(name).and_then(Schema::as_array))
        .map(|list| list.iter().collect())
}

/// The names of which a value has to be one.
pub(super) fn enumeration(schema: &Schema) -> Option<Vec<&str>> {
    schema
        .get("enum")
        .and_then(Schema::as_array)
        .map(|names| names.iter().filter_map(Schema::as_str).collect())
}

/// The names that a value may have, or its only name.
pub(super) fn constants(schema: &Schema) -> Option<Vec<&str>> {
    match schema.get("const").and_then(Schema::as_str) {
        Some(one) => Some(vec![one]),
        None => enumeration(schema),
    }
}

/// Says whether the schema limits how a text is written.
pub(super) fn is_limited(schema: &Schema) -> bool {
    schema.get("pattern").is_some()
}

/// Checks a text against the pattern of the schema and, for a date, the calendar.
pub(super) fn is_written_as(text: &str, schema: &Schema) -> bool {
    let pattern = schema.get("pattern").and_then(Schema::as_str);
    let matches = pattern
        .and_then(|pattern| Regex::new(pattern).ok())
        .is_none_or(|pattern| pattern.is_match(text));
    let is_day = schema.get("format") != Some(&"date".into()) || text.parse::<Date>().is_ok();
    matches && is_day
}

/// The types that a value may have.
pub(super) fn types(schema: &Schema) -> Vec<&str> {
    match schema.get("type") {
        Some(Schema::String(one)) => vec![one],
        Some(Schema::Array(many)) => many.iter().filter_map(Schema::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Says whether a scalar has a type.
pub(super) fn scalar_fits(text: &str, plain: bool, kind: &str) -> bool {
    match kind {
        "string" => !plain || !is_null_word(text),
        "integer" => plain && text.parse::<i64>().is_ok(),
        "boolean" => plain && matches!(text, "true" | "false"),
        "null" => plain && is_null_word(text),
        _ => false,
    }
}

/// Says whether a text without quotes means that there is no value.
pub(super) fn is_null_word(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
