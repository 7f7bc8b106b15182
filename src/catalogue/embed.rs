//! A file of a pack as the binary holds it. The build script shares this file, so that it can be
//! tested; it must not use anything else of the crate.

use std::fmt;

use serde_yaml as yaml;

/// Why a text cannot be embedded, with its place when the parser knows it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotYaml {
    /// Line and column, both from 1.
    place: Option<(usize, usize)>,
    /// What the parser said, without the place.
    message: String,
}

impl NotYaml {
    /// The fault as compilers print one: `name:line:column: message`.
    pub(crate) fn in_file(&self, name: &str) -> String {
        match self.place {
            Some((line, column)) => format!("{name}:{line}:{column}: {}", self.message),
            None => format!("{name}: {}", self.message),
        }
    }
}

impl fmt::Display for NotYaml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for NotYaml {}

/// Writes a YAML text as JSON, which is read several times faster at every start.
///
/// # Errors
/// When the text is not YAML, or holds what JSON cannot, such as a list as a key.
pub(crate) fn json(text: &str) -> Result<String, NotYaml> {
    let value = yaml::from_str::<yaml::Value>(text).map_err(|error| {
        let place = error.location().map(|at| (at.line(), at.column()));
        let mut message = error.to_string();
        if let Some((line, column)) = place {
            message = message.replacen(&format!(" at line {line} column {column}"), "", 1);
        }
        NotYaml { place, message }
    })?;
    serde_json::to_string(&value).map_err(|error| NotYaml {
        place: None,
        message: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_becomes_json() {
        assert_eq!(json("a: [1, x]\n"), Ok(r#"{"a":[1,"x"]}"#.to_owned()));
    }

    #[test]
    fn malformed_yaml_is_an_error_that_names_its_line() {
        for (text, place) in [
            (
                "pack:\n  name: a\n  title: [b\n",
                "rules/a/pack.yaml:4:1: did not find",
            ),
            ("a: 1\nb: [1, }\n", "rules/a/pack.yaml:2:"),
            ("a: 1\n\tb: 2\n", "rules/a/pack.yaml:2:1: "),
        ] {
            let shown = json(text)
                .expect_err("malformed")
                .in_file("rules/a/pack.yaml");
            assert!(shown.starts_with(place), "{text:?}: {shown}");
            // The place is said once.
            assert!(!shown.ends_with("column 1"), "{shown}");
        }
        let twice = json("a: 1\na: 2\n").expect_err("a key that is there twice");
        assert!(twice.to_string().contains("duplicate"), "{twice}");
    }
}
