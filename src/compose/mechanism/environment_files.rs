//! Environment files that refer to their own variables, and Compose files that refer to those of `.env`.
//!
//! Sources: the documentation of Docker Compose on interpolation (`$$`, `${A:-b}`, `.env` next to the first Compose
//! file, `--env-file`), and of dotenv, dotenv-expand and python-dotenv (single quotes keep a dollar as it is, a
//! later assignment wins, `.env.local` and `.env.NAME` override `.env`).

use std::rc::Rc;

use super::{Definition, Definitions, Mechanism};
use crate::compose::holes::{DollarDefault, DollarEscape, DollarStyle, dollar_parts, shell_parts};
use crate::compose::node_text::NodeText;
use crate::compose::project::{Project, ProjectFile};
use crate::compose::value::{Place, TextPart};
use crate::syntax::{FormatId, NodeKind, Step};

/// Variables in environment files.
pub(in crate::compose) struct EnvironmentFiles;

/// Variables in Compose files.
pub(in crate::compose) struct Compose;

const IN_COMPOSE: DollarStyle = DollarStyle {
    bare: true,
    escape: DollarEscape::Twice,
    default: DollarDefault::Operators,
};

impl Mechanism for EnvironmentFiles {
    fn name(&self) -> &'static str {
        "environment files"
    }

    fn template(&self, file: &Rc<ProjectFile>, at: usize) -> Option<Vec<TextPart>> {
        let node = NodeText::around(file, at).filter(|_| is_environment_file(file));
        Some(shell_parts(&node?))
    }

    fn definitions(&self, project: &Project<'_>, hole: &Place, name: &str) -> Definitions {
        let Some(file) = project.file(&hole.path) else {
            return Definitions::default();
        };
        let mut definitions = in_folder(project, file.folder(), name);
        // A hole of one environment is filled by it and by what all share.
        let own = variant(file.name()).and_then(|variant| variant.choice);
        if let Some(own) = own {
            definitions.choices.clear();
            definitions.found.retain_mut(|definition| {
                definition.choice.take().is_none_or(|choice| choice == own)
            });
        }
        definitions
    }
}

impl Mechanism for Compose {
    fn name(&self) -> &'static str {
        "Docker Compose"
    }

    fn template(&self, file: &Rc<ProjectFile>, at: usize) -> Option<Vec<TextPart>> {
        if !is_compose_file(file) {
            return None;
        }
        let node = NodeText::around(file, at)?;
        Some(dollar_parts(&node, IN_COMPOSE))
    }

    fn definitions(&self, project: &Project<'_>, hole: &Place, name: &str) -> Definitions {
        let folder = hole.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        in_folder(project, folder, name)
    }
}

/// The definitions of a name in the environment files of a folder.
fn in_folder(project: &Project<'_>, folder: &str, name: &str) -> Definitions {
    let mut definitions = Definitions::default();
    for path in project.in_folder(folder) {
        let file_name = path.rsplit('/').next().unwrap_or_default();
        let Some(variant) = variant(file_name) else {
            continue;
        };
        let Some(file) = project.file(path) else {
            continue;
        };
        if let Some(choice) = &variant.choice
            && !definitions.choices.contains(choice)
        {
            definitions.choices.push(choice.clone());
        }
        // The last assignment in a file wins.
        definitions
            .found
            .extend(
                assignments(&file, name)
                    .into_iter()
                    .next_back()
                    .map(|(value, place)| Definition {
                        value,
                        place,
                        rank: variant.rank,
                        choice: variant.choice.clone(),
                    }),
            );
    }
    definitions
}

/// The assignments to a name in an environment file.
pub(super) fn assignments(file: &Rc<ProjectFile>, name: &str) -> Vec<(Vec<TextPart>, Place)> {
    let Some(document) = &file.document else {
        return Vec::new();
    };
    let tree = &document.tree;
    let members = tree.members(0).filter(|&member| {
        let node = tree.node(member);
        node.kind == NodeKind::Scalar && matches!(&node.step, Step::Key(key) if key == name)
    });
    let values = members.map(|member| {
        let node = NodeText::of_node(file, document, member);
        let place = node.place(0..node.text().len());
        (shell_parts(&node), place)
    });
    values.collect()
}

/// Which of the environment files in a folder a file is.
struct Variant {
    rank: u32,
    /// The environment that it is for.
    choice: Option<String>,
}

/// The words in the names of files that are only examples.
const EXAMPLES: [&str; 7] = [
    "default", "defaults", "dist", "example", "sample", "template", "tmpl",
];

/// `.env`, `.env.local`, `.env.train`, `train.env`; not `.env.example`.
fn variant(file_name: &str) -> Option<Variant> {
    let words: Vec<&str> = if let Some(rest) = file_name.strip_prefix(".env") {
        if !rest.is_empty() && !rest.starts_with(['.', '-', '_']) {
            return None;
        }
        rest.split(['.', '-', '_'])
            .filter(|word| !word.is_empty())
            .collect()
    } else {
        let (stem, extension) = file_name.rsplit_once('.')?;
        if extension != "env" {
            return None;
        }
        vec![stem]
    };
    if words.iter().any(|word| EXAMPLES.contains(word)) {
        return None;
    }
    let is_local = words.contains(&"local");
    let choice: Vec<&str> = words.into_iter().filter(|word| *word != "local").collect();
    let choice = (!choice.is_empty()).then(|| choice.join("."));
    let rank = 1 + u32::from(is_local) + 2 * u32::from(choice.is_some());
    Some(Variant { rank, choice })
}

fn is_environment_file(file: &ProjectFile) -> bool {
    let document = file.document.as_ref();
    document.is_some_and(|document| document.format.id == FormatId::Dotenv)
}

fn is_compose_file(file: &ProjectFile) -> bool {
    let Some(document) = &file.document else {
        return false;
    };
    let tree = &document.tree;
    let has = |name: &str| {
        let mut members = tree.members(0);
        members.any(|member| matches!(&tree.node(member).step, Step::Key(key) if key == name))
    };
    let is_called = file.name().contains("compose");
    document.format.id == FormatId::Yaml && has("services") && (is_called || has("version"))
}

#[cfg(test)]
mod tests {
    use super::variant;

    #[test]
    fn environment_files_are_told_by_their_names() {
        for (name, expected) in [
            (".env", Some((1, None))),
            (".env.local", Some((2, None))),
            (".env.train", Some((3, Some("train")))),
            (".env.train.local", Some((4, Some("train")))),
            ("train.env", Some((3, Some("train")))),
            (".env.example", None),
            (".envrc", None),
            ("environment", None),
        ] {
            let found = variant(name).map(|variant| (variant.rank, variant.choice));
            let expected = expected.map(|(rank, choice)| (rank, choice.map(str::to_owned)));
            assert_eq!(found, expected, "{name}");
        }
    }
}
