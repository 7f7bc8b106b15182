//! `ptlint schema`.

use std::io::Write as _;

use schemars::schema_for;

use super::OutputError;
use super::args::{Schema, SchemaOf};
use super::streams::output;

/// Prints a JSON Schema.
pub(super) fn run(arguments: &Schema) -> miette::Result<u8> {
    let schema = match arguments.of {
        SchemaOf::Report => schema_for!(crate::report::contract::JsonReport<'static>),
        SchemaOf::Plan => schema_for!(crate::plan::contract::JsonWorkList<'static>),
        SchemaOf::Config => schema_for!(crate::config::ConfigFile),
        SchemaOf::Pack => schema_for!(crate::catalogue::PackFile),
    };
    let mut text = serde_json::to_string_pretty(&schema).map_err(|e| OutputError(e.into()))?;
    text.push('\n');
    output().write_all(text.as_bytes()).map_err(OutputError)?;
    Ok(0)
}
