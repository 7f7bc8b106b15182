//! Companions: what they cite, the order in which they come, and the words they are found by.

use super::Inspector;
use crate::catalogue::model::Companion;
use crate::catalogue::pack_file::PackFile;
use crate::document::{Fault, PathStep};

/// Shorter words occur in too many names.
const SHORTEST: usize = 4;

impl Inspector<'_> {
    pub(super) fn companions(&mut self, file: usize, rows: &PackFile) {
        for (id, companion) in &rows.companions {
            let at = [
                PathStep::Key("companions".into()),
                PathStep::Key(id.clone()),
            ];
            self.sources(
                file,
                &path!(at, "source"),
                std::slice::from_ref(&companion.source),
            );
            if let Some(who) = &companion.who {
                let source = std::slice::from_ref(&who.source);
                self.sources(file, &path!(at, "who", "source"), source);
            }
            for before in &companion.after {
                if !self.known.companions.contains(before) {
                    let known = self.known.companions.clone();
                    self.unknown(file, path!(at, "after"), "companion", before, &known);
                }
            }
            if let Some(circle) = self.circle(id) {
                let fault = Fault::new(
                    "pack::companion-cycle",
                    format!("`{id}` waits for itself: {}", circle.join(" after ")),
                )
                .help("take one of them out of `after`: something has to come first");
                self.add(file, path!(at, "after"), fault, "leads back to this row");
            }
            let words = companion.settings.iter().chain(&companion.values);
            for (index, word) in words.enumerate() {
                if word.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST
                    || word.starts_with('.')
                {
                    continue;
                }
                let settings = companion.settings.len();
                let (list, index) = if index < settings {
                    ("settings", index)
                } else {
                    ("values", index - settings)
                };
                let fault = Fault::new(
                    "pack::short-setting",
                    format!("`{word}` is too short to tell a setting by"),
                )
                .help(format!(
                    "write at least {SHORTEST} letters, or an extension with its dot"
                ));
                let mut path = path!(at, list);
                path.push(PathStep::Index(index));
                self.add(file, path, fault, "in too many names");
            }
        }
    }

    /// The way from a companion over `after` back to itself, when there is one.
    fn circle(&self, id: &str) -> Option<Vec<String>> {
        let find = |id: &str| -> Option<&Companion> {
            let mut all = self.pack.entries(|f| &f.companions);
            all.find(|(known, _)| *known == id).map(|(_, c)| c)
        };
        let mut seen: Vec<String> = Vec::new();
        let mut ways = vec![vec![id.to_owned()]];
        while let Some(way) = ways.pop() {
            let last = way.last().map_or(id, String::as_str);
            for before in find(last).iter().flat_map(|c| &c.after) {
                let mut longer = way.clone();
                longer.push(before.clone());
                if before == id {
                    return Some(longer);
                }
                if !seen.contains(before) {
                    seen.push(before.clone());
                    ways.push(longer);
                }
            }
        }
        None
    }
}
