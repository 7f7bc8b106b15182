//! Placeholders of Spring: `${name}` and `${name:default}` in `application` and `bootstrap` files.
//!
//! Source: the reference documentation of Spring Boot on externalized configuration (files of a profile override
//! those without, `.properties` override `.yml`, names in relaxed forms are one name).

use std::rc::Rc;

use super::{Definition, Definitions, Mechanism};
use crate::compose::holes::{DollarDefault, DollarEscape, DollarStyle, dollar_parts};
use crate::compose::node_text::NodeText;
use crate::compose::project::{Project, ProjectFile};
use crate::compose::value::{Place, TextPart};
use crate::syntax::{Document, FormatId, NodeKind, Step, Tree};

/// Properties of Spring.
pub(in crate::compose) struct Spring;

const STYLE: DollarStyle = DollarStyle {
    bare: false,
    escape: DollarEscape::Backslash,
    default: DollarDefault::Colon,
};

/// The key that says for which profile a document of a file is.
const PROFILE_KEYS: [&str; 2] = ["springconfigactivateonprofile", "springprofiles"];

impl Mechanism for Spring {
    fn name(&self) -> &'static str {
        "Spring"
    }

    fn template(&self, file: &Rc<ProjectFile>, at: usize) -> Option<Vec<TextPart>> {
        PropertyFile::new(file)?;
        let node = NodeText::around(file, at)?;
        Some(dollar_parts(&node, STYLE))
    }

    fn definitions(&self, project: &Project<'_>, hole: &Place, name: &str) -> Definitions {
        let name = relaxed(name);
        let mut definitions = Definitions::default();
        let Some(file) = project.file(&hole.path) else {
            return definitions;
        };
        let own = file.document.as_ref().and_then(|document| {
            let profile = PropertyFile::new(&file)?.profile;
            profile.or_else(|| profile_of(document, document_at(document, hole.span.start)))
        });
        for path in project.in_folder(file.folder()) {
            let Some(other) = project.file(path) else {
                continue;
            };
            let Some(properties) = PropertyFile::new(&other) else {
                continue;
            };
            properties.read(&other, &name, own.as_deref(), &mut definitions);
        }
        if own.is_some() {
            // A hole of a profile is filled by it and by what all share.
            definitions.choices.clear();
            for definition in &mut definitions.found {
                definition.choice = None;
            }
        }
        definitions
    }
}

/// A file with properties.
struct PropertyFile {
    profile: Option<String>,
    is_properties: bool,
}

impl PropertyFile {
    fn new(file: &ProjectFile) -> Option<Self> {
        let document = file.document.as_ref()?;
        let is_properties = document.format.id == FormatId::Properties;
        let (stem, _) = file.name().rsplit_once('.')?;
        let rest = ["application", "bootstrap"]
            .iter()
            .find_map(|begin| stem.strip_prefix(begin))?;
        let profile = match rest.strip_prefix('-') {
            Some(profile) => Some(profile.to_owned()),
            None if rest.is_empty() => None,
            None => return None,
        };
        let is_one = is_properties || document.format.id == FormatId::Yaml;
        is_one.then_some(Self {
            profile,
            is_properties,
        })
    }

    /// Adds the definitions of a name. `own`: only those of this profile, and of none.
    fn read(
        &self,
        file: &Rc<ProjectFile>,
        name: &str,
        own: Option<&str>,
        definitions: &mut Definitions,
    ) {
        let Some(document) = &file.document else {
            return;
        };
        let tree = &document.tree;
        for (number, start) in documents(tree).into_iter().enumerate() {
            let profile = self.profile.clone().or_else(|| profile_of(document, start));
            if own.is_some() && profile.is_some() && profile.as_deref() != own {
                continue;
            }
            if let Some(profile) = &profile
                && !definitions.choices.contains(profile)
            {
                definitions.choices.push(profile.clone());
            }
            let rank = 1
                + u32::from(self.is_properties)
                + 2 * u32::try_from(number.min(1000)).unwrap_or_default()
                + 10_000 * u32::from(profile.is_some());
            for node in nodes_named(tree, start, name) {
                let node = NodeText::of_node(file, document, node);
                definitions.found.push(Definition {
                    value: dollar_parts(&node, STYLE),
                    place: node.place(0..node.text().len()),
                    rank,
                    choice: profile.clone(),
                });
            }
        }
    }
}

/// The roots of the documents of a file.
fn documents(tree: &Tree) -> Vec<usize> {
    let is_document = |&member: &usize| matches!(tree.node(member).step, Step::Document(_));
    let found: Vec<usize> = tree.members(0).filter(is_document).collect();
    if found.is_empty() { vec![0] } else { found }
}

/// The root of the document with a byte of the text.
fn document_at(document: &Document, at: usize) -> usize {
    let tree = &document.tree;
    let mut roots = documents(tree).into_iter().rev();
    roots
        .find(|&root| tree.node(root).span.start <= at)
        .unwrap_or(0)
}

/// The profile for which a document is.
fn profile_of(document: &Document, root: usize) -> Option<String> {
    let tree = &document.tree;
    let mut nodes = PROFILE_KEYS
        .iter()
        .flat_map(|key| nodes_named(tree, root, key));
    let text = nodes
        .next()
        .map(|node| tree.text(node, &document.text).trim());
    text.map(str::to_owned)
}

/// The values of a name below a root.
fn nodes_named(tree: &Tree, root: usize, name: &str) -> Vec<usize> {
    let end = tree.node(root).end;
    let nodes = root + 1..end;
    nodes
        .filter(|&node| tree.node(node).kind == NodeKind::Scalar)
        .filter(|&node| path(tree, root, node).is_some_and(|path| path == name))
        .collect()
}

/// The relaxed name of a value below a root; none in lists.
fn path(tree: &Tree, root: usize, node: usize) -> Option<String> {
    let mut keys = Vec::new();
    let around = std::iter::once(node).chain(tree.groups(node));
    for number in around.take_while(|number| *number != root) {
        match &tree.node(number).step {
            Step::Key(key) => keys.push(relaxed(key)),
            _ => return None,
        }
    }
    keys.reverse();
    Some(keys.concat())
}

/// A name without what its relaxed forms differ in.
fn relaxed(name: &str) -> String {
    let kept = name.chars().filter(|c| !matches!(c, '.' | '-' | '_'));
    kept.flat_map(char::to_lowercase).collect()
}
