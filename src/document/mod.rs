//! YAML documents that people write for ptlint (packs and configuration): parsed with the place
//! of every node, checked against the schema of the type they become, and only then
//! deserialised. All faults of a document are collected, each with a span.

mod fault;
mod schema_check;
mod schema_parts;
mod suggestion;
mod yaml_parser;
mod yaml_tree;

use std::sync::Arc;

use miette::NamedSource;
use serde::de::DeserializeOwned;

pub use fault::Fault;
pub(crate) use fault::Faults;
pub(crate) use suggestion::suggestion;
pub(crate) use yaml_tree::{PathStep, YamlNode, YamlTree};

/// A parsed document: the text, where it came from, and the tree of its nodes.
#[derive(Debug, Clone)]
pub struct YamlDocument {
    source: Arc<NamedSource<String>>,
    tree: YamlTree,
}

impl YamlDocument {
    /// Parses `text`. `name` is what messages call the document, usually its path.
    ///
    /// # Errors
    /// The first syntax error, or the duplicate keys, with their spans.
    pub fn parse(name: &str, text: &str) -> Result<Self, Faults> {
        let source = Arc::new(NamedSource::new(name, text.to_owned()).with_language("yaml"));
        match yaml_parser::parse(text) {
            Ok(tree) => Ok(Self { source, tree }),
            Err(errors) => Err(Faults::new(
                errors.into_iter().map(|e| e.into_fault(&source)).collect(),
            )),
        }
    }

    /// Checks the document against the schema of `T` and deserialises it.
    ///
    /// # Errors
    /// Every structural fault: unknown fields (with the nearest known name), wrong types,
    /// missing fields, values outside an enumeration.
    pub fn read<T: DeserializeOwned + schemars::JsonSchema>(&self) -> Result<T, Faults> {
        let schema = schemars::schema_for!(T);
        let faults = schema_check::check(&self.tree, schema.as_value());
        if !faults.is_empty() {
            return Err(Faults::new(
                faults
                    .into_iter()
                    .map(|f| f.into_fault(&self.source))
                    .collect(),
            ));
        }
        serde_yaml::from_str(self.source.inner()).map_err(|error| {
            let at = error.location().map_or(0, |l| l.index());
            let at = at.min(self.source.inner().len());
            Faults::from(
                Fault::new("document::value", clean(&error.to_string())).labelled(
                    &self.source,
                    at..at,
                    "here",
                ),
            )
        })
    }

    /// A fault at the node reached by `path`, or at its nearest existing ancestor.
    #[must_use]
    pub fn fault_at(&self, path: &[PathStep], fault: Fault, label: &str) -> Fault {
        fault.labelled(&self.source, self.tree.span_of(path), label)
    }

    /// A fault for each text, keys included, of which `fault` has something to say.
    #[must_use]
    pub fn faults_of_texts(
        &self,
        fault: impl Fn(&str) -> Option<Fault>,
        label: &str,
    ) -> Vec<Fault> {
        let texts = self.tree.root.iter().flat_map(YamlNode::scalars);
        texts
            .filter_map(|(text, span)| Some(fault(text)?.labelled(&self.source, span, label)))
            .collect()
    }

    /// The source text with its name.
    #[must_use]
    pub fn source(&self) -> &Arc<NamedSource<String>> {
        &self.source
    }
}

/// `serde_yaml` ends its messages with the place, which the label shows already.
fn clean(message: &str) -> String {
    message
        .rsplit_once(" at line ")
        .map_or(message, |(text, _)| text)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, schemars::JsonSchema)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct SampleConfig {
        name: String,
        #[serde(default)]
        fail_on: Option<SampleLevel>,
        #[serde(default)]
        items: Vec<SampleItem>,
    }

    #[derive(Debug, Deserialize, schemars::JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    enum SampleLevel {
        /// documented variants have another schema shape
        Error,
        Warning,
    }

    #[derive(Debug, Deserialize, schemars::JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct SampleItem {
        count: u32,
    }

    fn faults(text: &str) -> Vec<(String, String, String)> {
        let document = match YamlDocument::parse("t.yaml", text) {
            Ok(document) => document,
            Err(faults) => return show(text, &faults),
        };
        match document.read::<SampleConfig>() {
            Ok(_) => Vec::new(),
            Err(faults) => show(text, &faults),
        }
    }

    fn show(text: &str, faults: &Faults) -> Vec<(String, String, String)> {
        faults
            .iter()
            .map(|f| {
                (
                    f.message().to_owned(),
                    text[f.span().expect("a span")].to_owned(),
                    f.help_text().unwrap_or_default().to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn all_structural_faults_are_reported_at_once_with_their_spans() {
        let text = "nmae: x\nfail-on: eror\nitems:\n  - {count: many}\n  - 3\n  - {}\n";
        let got = faults(text);
        let places: Vec<&str> = got.iter().map(|(_, at, _)| at.as_str()).collect();
        assert_eq!(places, ["nmae", "eror", "many", "3", "{}", "nmae"]);
        assert!(got[0].2.contains("did you mean `name`"), "{got:?}");
        assert!(got[1].2.contains("did you mean `error`"), "{got:?}");
        assert!(got[4].0.contains("missing field `count`"), "{got:?}");
        assert!(got[5].0.contains("missing field `name`"), "{got:?}");
    }

    #[test]
    fn duplicate_keys_and_syntax_errors_have_spans() {
        let got = faults("name: a\nname: b\n");
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].1, "name");
        assert!(!faults("name: [a\n").is_empty());
    }

    #[test]
    fn a_sound_document_is_read() {
        let document =
            YamlDocument::parse("t.yaml", "name: a\nitems: [{count: 1}]\n").expect("parses");
        let shape: SampleConfig = document.read().expect("reads");
        assert_eq!((shape.name.as_str(), shape.items[0].count), ("a", 1));
        assert!(shape.fail_on.is_none());
    }
}
