//! Terraform: variables with their defaults and their values in `.tfvars`, and locals, of one module.
//!
//! Source: the documentation of the Terraform language on input variables (`terraform.tfvars` and `*.auto.tfvars`
//! are always read, other `.tfvars` where an option names them) and on local values.

use std::rc::Rc;

use super::{Definition, Definitions, Mechanism};
use crate::compose::holes::{DollarDefault, DollarEscape, DollarStyle, dollar_parts};
use crate::compose::node_text::NodeText;
use crate::compose::project::{Project, ProjectFile};
use crate::compose::value::{Place, TextPart};
use crate::syntax::{FormatId, NodeKind, Step, Tree};

/// Names of Terraform.
pub(in crate::compose) struct Terraform;

const STYLE: DollarStyle = DollarStyle {
    bare: false,
    escape: DollarEscape::Twice,
    default: DollarDefault::Colon,
};

impl Mechanism for Terraform {
    fn name(&self) -> &'static str {
        "Terraform"
    }

    fn template(&self, file: &Rc<ProjectFile>, at: usize) -> Option<Vec<TextPart>> {
        let document = file.document.as_ref()?;
        if document.format.id != FormatId::Hcl {
            return None;
        }
        Some(dollar_parts(&NodeText::around(file, at)?, STYLE))
    }

    fn definitions(&self, project: &Project<'_>, hole: &Place, name: &str) -> Definitions {
        let mut definitions = Definitions::default();
        let folder = hole.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for path in project.in_folder(folder) {
            let (Some(file), name_of_file) = (project.file(path), path.rsplit('/').next()) else {
                continue;
            };
            let kind = FileKind::of(name_of_file.unwrap_or_default());
            let (keys, rank, choice): (Vec<&str>, u32, Option<String>) = match (kind, name) {
                (FileKind::Module, name) => match name.split_once('.') {
                    Some(("var", name)) => (vec!["variable", name, "default"], 1, None),
                    Some(("local", name)) => (vec!["locals", name], 1, None),
                    _ => continue,
                },
                (FileKind::Values(choice), name) => match name.strip_prefix("var.") {
                    Some(name) => (vec![name], 2 + u32::from(choice.is_some()), choice),
                    None => continue,
                },
                (FileKind::Other, _) => continue,
            };
            if let Some(choice) = &choice
                && !definitions.choices.contains(choice)
            {
                definitions.choices.push(choice.clone());
            }
            let Some(document) = &file.document else {
                continue;
            };
            for node in nodes_at(&document.tree, &keys) {
                let node = NodeText::of_node(&file, document, node);
                definitions.found.push(Definition {
                    value: dollar_parts(&node, STYLE),
                    place: node.place(0..node.text().len()),
                    rank,
                    choice: choice.clone(),
                });
            }
        }
        definitions
    }
}

enum FileKind {
    Module,
    /// Values of variables; with a name where somebody has to choose the file.
    Values(Option<String>),
    Other,
}

impl FileKind {
    fn of(name: &str) -> Self {
        let stem = |end: &str| name.strip_suffix(end);
        if stem(".tf").is_some() {
            return Self::Module;
        }
        let Some(stem) = stem(".tfvars") else {
            return Self::Other;
        };
        let is_always = stem == "terraform" || name.ends_with(".auto.tfvars");
        Self::Values((!is_always).then(|| stem.to_owned()))
    }
}

/// The values under some keys, each in any group of that name.
fn nodes_at(tree: &Tree, keys: &[&str]) -> Vec<usize> {
    let mut groups = vec![0];
    for key in keys {
        let members = groups.iter().flat_map(|&group| tree.members(group));
        groups = members
            .filter(|&member| {
                matches!(&tree.node(member).step, Step::Key(name) if name.trim_matches('"') == *key)
            })
            .collect();
    }
    groups.retain(|&node| tree.node(node).kind == NodeKind::Scalar);
    groups
}
