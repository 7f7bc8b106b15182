//! Shell scripts: assignments before a use, `case` and `if` between them, and files that are read with `.`.
//!
//! Source: the POSIX specification of the shell command language (parameter expansion, quoting).

use std::rc::Rc;

use super::{Definition, Definitions, Mechanism, environment_files};
use crate::compose::blocks::Blocks;
use crate::compose::holes::shell_parts;
use crate::compose::node_text::NodeText;
use crate::compose::project::{Project, ProjectFile};
use crate::compose::value::{Place, TextPart};
use crate::syntax::{FormatId, NodeKind, Step};

/// Variables of shell scripts.
pub(in crate::compose) struct ShellScripts;

impl Mechanism for ShellScripts {
    fn name(&self) -> &'static str {
        "the shell"
    }

    fn template(&self, file: &Rc<ProjectFile>, at: usize) -> Option<Vec<TextPart>> {
        let document = file.document.as_ref()?;
        if document.format.id != FormatId::Shell {
            return None;
        }
        Some(shell_parts(&NodeText::around(file, at)?))
    }

    fn definitions(&self, project: &Project<'_>, hole: &Place, name: &str) -> Definitions {
        let mut definitions = Definitions::default();
        let Some(file) = project.file(&hole.path) else {
            return definitions;
        };
        let blocks = project.blocks(&file.place(0..0), || blocks(&file.text));
        let assignments = assignments(&file, name, hole.span.start);
        for (rank, (value, place)) in (1..).zip(assignments) {
            let at = place.span.start;
            let branch = blocks.around(at).next().map(|branch| &branch.span);
            let branch = branch.filter(|branch| !branch.contains(&hole.span.start));
            let choice = branch.map(|branch| branch.start.to_string());
            definitions.found.push(Definition {
                value,
                place,
                rank,
                choice,
            });
        }
        // The branches do not have to cover all that may be.
        definitions.choices.clear();
        if definitions.found.is_empty() {
            definitions.found = read_files(project, &file, name);
        }
        definitions
    }
}

/// The assignments to a name before a byte.
fn assignments(file: &Rc<ProjectFile>, name: &str, before: usize) -> Vec<(Vec<TextPart>, Place)> {
    let Some(document) = &file.document else {
        return Vec::new();
    };
    let tree = &document.tree;
    let is_one = |node: &usize| {
        let node = tree.node(*node);
        node.kind == NodeKind::Scalar
            && node.span.start < before
            && matches!(&node.step, Step::Key(key) if key == name)
    };
    let nodes = (1..tree.node(0).end).filter(is_one);
    let values = nodes.map(|node| {
        let node = NodeText::of_node(file, document, node);
        (shell_parts(&node), node.place(0..node.text().len()))
    });
    values.collect()
}

/// The definitions in files that a script reads into itself.
fn read_files(project: &Project<'_>, file: &ProjectFile, name: &str) -> Vec<Definition> {
    let mut found = Vec::new();
    for line in file.text.lines() {
        let mut words = line.split_whitespace();
        let Some(("." | "source", path)) = words.next().zip(words.next()) else {
            continue;
        };
        let path = path.trim_matches(['"', '\'']).trim_start_matches("./");
        let path = match file.folder() {
            "" => path.to_owned(),
            folder => format!("{folder}/{path}"),
        };
        let Some(other) = project.file(&path) else {
            continue;
        };
        let is_shell = |file: &ProjectFile| {
            let document = file.document.as_ref();
            document.is_some_and(|document| document.format.id == FormatId::Shell)
        };
        let values = if is_shell(&other) {
            assignments(&other, name, usize::MAX)
        } else {
            environment_files::assignments(&other, name)
        };
        let last = values.into_iter().next_back();
        let rank = u32::try_from(found.len()).unwrap_or_default() + 1;
        found.extend(last.map(|(value, place)| Definition {
            value,
            place,
            rank,
            choice: None,
        }));
    }
    found
}

/// The blocks of a script that are not run in every case, and each branch of them.
fn blocks(text: &str) -> Blocks {
    let mut blocks = Blocks::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for (offset, word) in words(line) {
            let here = start + offset;
            match word {
                "if" | "case" | "for" | "while" | "until" => blocks.open(here, true),
                // Another branch of the same block.
                "else" | "elif" | ";;" if blocks.close(here) => blocks.open(here, true),
                "fi" | "esac" | "done" => {
                    blocks.close(here);
                }
                _ => {}
            }
        }
        start += line.len();
    }
    blocks
}

/// The words of a line at which a command may begin, and `;;`.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut begins = true;
    std::iter::from_fn(move || {
        loop {
            let rest = &line[at..];
            let skipped = rest.len() - rest.trim_start().len();
            at += skipped;
            let rest = &line[at..];
            if rest.is_empty() || rest.starts_with('#') {
                return None;
            }
            if rest.starts_with(";;") {
                at += 2;
                begins = true;
                return Some((at - 2, ";;"));
            }
            let length = rest
                .find(|c: char| c.is_whitespace() || c == ';')
                .unwrap_or(rest.len())
                .max(1);
            let (here, word) = (at, &rest[..length]);
            at += length;
            let was_begin = begins;
            begins = word == ";"
                || word.ends_with(')')
                || matches!(word, "then" | "do" | "else" | "&&" | "||" | "|" | "in");
            if was_begin && word != ";" {
                return Some((here, word));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn branches_are_blocks() {
        let text = "A=1\nif x; then\n B=1\nelse\n C=1\nfi\nD=1\ncase $1 in\n a) E=1 ;;\n *) F=1 ;;\nesac\nG=1\n";
        let blocks = blocks(text);
        let block = |name: &str| {
            let mut around = blocks.around(text.find(name).expect("there"));
            around.next().map(|block| block.span.clone())
        };
        for sure in ["A=", "D=", "G="] {
            assert_eq!(block(sure), None, "{sure}");
        }
        assert_ne!(block("B="), block("C="));
        assert_ne!(block("E="), block("F="));
        for branch in ["B=", "C=", "E=", "F="] {
            assert_ne!(block(branch), None, "{branch}");
        }
    }
}
