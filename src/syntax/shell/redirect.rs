//! Redirections of a shell: files, heredocs, and commands in the place of files.

use super::super::glyphs::{Glyph, glyphs, record, span_of, starts_at, text_of};
use super::super::heredoc_bodies::Heredoc;
use super::super::tree::Step;
use super::ShellReader;

impl ShellReader<'_> {
    /// `> word`, `<<EOF`, `<<< word`, `<(…)`.
    pub(super) fn redirect(&mut self, c: char) {
        self.flush_option();
        let start = self.words.at;
        if starts_at(self.source, start, "<<") {
            self.words.at = start + 2;
            if !starts_at(self.source, start, "<<<") {
                self.heredoc();
                return;
            }
        } else if starts_at(self.source, start + 1, "(") {
            if let Some(end) = self.words.balanced(start + 1) {
                let value: Vec<Glyph> = glyphs(self.source, start..end).collect();
                self.item(&value, start);
                self.words.at = end;
            } else {
                self.words.at = start + 1;
            }
            return;
        }
        let rest = self.source.get(self.words.at..).unwrap_or_default();
        let signs = rest.len() - rest.trim_start_matches(['<', '>', '&', '|']).len();
        let sign = start..self.words.at + signs;
        self.words.at = skip_space(self.source, sign.end);
        let Some(word) = self.words.next_word() else {
            return;
        };
        let text = text_of(&word.glyphs);
        if let Some(command) = &mut self.command {
            command.end = word.end;
        }
        if text == "-" || text == "/dev/null" || text.bytes().all(|b| b.is_ascii_digit()) {
            return;
        }
        if c == '>'
            && !text.contains(['\n', '\r'])
            && let Some(command) = &mut self.command
        {
            command.target = Some((text, span_of(&word.glyphs, word.empty_at)));
        }
        let step = Step::Key(self.source.get(sign.clone()).unwrap_or_default().to_owned());
        self.record(step, Some(sign), &word.glyphs, word.empty_at);
    }

    fn heredoc(&mut self) {
        let strips_tabs = starts_at(self.source, self.words.at, "-");
        let at = self.words.at + usize::from(strips_tabs);
        self.words.at = skip_space(self.source, at);
        let Some(word) = self.words.next_word() else {
            return;
        };
        if let Some(command) = &mut self.command {
            command.end = word.end;
            command.heredocs.push(Heredoc {
                delimiter: text_of(&word.glyphs),
                strips_tabs,
                has_escapes: !word.is_quoted,
            });
        }
    }

    pub(super) fn read_bodies(&mut self) {
        for (heredoc, (name, range)) in std::mem::take(&mut self.pending) {
            let from = self.words.at;
            let Some((body, next)) = self.bodies.find(self.source, from, &heredoc) else {
                self.builder.problem(from, "a heredoc without its end");
                continue;
            };
            let text = heredoc.text(self.source, body);
            record(
                &mut self.builder,
                self.source,
                Step::Key(name),
                Some(range),
                &text,
                from,
            );
            self.words.at = next;
        }
    }
}

fn skip_space(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
}
