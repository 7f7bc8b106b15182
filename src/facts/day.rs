//! Days in packs: how they are read, and what their schema says.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error as _};

/// The schema of a date that is written as YYYY-MM-DD.
pub(crate) struct DaySchema;

impl JsonSchema for DaySchema {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        })
    }
}

/// A day, or a month where no source says which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrMonth {
    /// One day.
    Day(Date),
    /// A month, as its first day.
    Month(Date),
}

impl FromStr for DayOrMonth {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() == "YYYY-MM".len() {
            format!("{text}-01").parse().map(Self::Month)
        } else {
            text.parse().map(Self::Day)
        }
    }
}

impl fmt::Display for DayOrMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(first) => write!(f, "{:04}-{:02}", first.year(), first.month()),
        }
    }
}

impl<'de> Deserialize<'de> for DayOrMonth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for DayOrMonth {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DayOrMonth".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                DaySchema::json_schema(generator),
                { "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" },
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_stays_a_month() {
        for text in ["2024-08", "2024-08-31"] {
            let read: DayOrMonth = text.parse().expect("a date");
            assert_eq!(read.to_string(), text);
        }
        for text in ["2024-13", "2024-08-32", "24-08-1", "", "soon"] {
            assert!(text.parse::<DayOrMonth>().is_err(), "{text}");
        }
    }
}
