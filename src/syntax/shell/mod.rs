//! Shell scripts and command lines: assignments, the words of commands, and heredocs. Nothing is
//! evaluated; a substitution is a part of the word it is in.

mod assign;
mod redirect;
mod word;

use std::ops::Range;

use self::assign::{assignment, split};
use self::word::{Word, WordReader};
use super::glyphs::{
    Glyph, SourceLine, break_length, char_at, record, span_of, starts_at, text_of, text_start,
};
use super::heredoc_bodies::{Heredoc, HeredocBodies};
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};

/// Reads shell scripts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shell;

impl Syntax for Shell {
    fn read(&self, source: &str) -> Tree {
        let mut reader = ShellReader {
            source,
            words: WordReader::new(source, text_start(source)),
            builder: TreeBuilder::new(NodeKind::Mapping),
            command: None,
            pending: Vec::new(),
            bodies: HeredocBodies::default(),
            line: text_start(source),
            closing: 0,
        };
        while let Some(c) = char_at(source, reader.words.at) {
            let at = reader.words.at;
            reader.step(c);
            // Everything but words and operators is skipped.
            reader.words.at = reader.words.at.max(at + c.len_utf8());
        }
        reader.end_command();
        reader.end_line();
        if let Some(at) = reader.words.unclosed {
            reader.builder.problem(at, "what begins here is not closed");
        }
        reader.builder.finish(source.len())
    }
}

/// Words before a command that are none themselves.
const PREFIXES: &[&str] = &[
    "!", "$", "do", "elif", "else", "env", "exec", "if", "nohup", "sudo", "then", "time", "until",
    "while", "{", "}", "fi", "done", "esac", "command", "builtin",
];
/// Commands whose words are assignments.
const DECLARING: &[&str] = &[
    "alias", "declare", "export", "local", "readonly", "setenv", "typeset",
];

struct ShellReader<'s> {
    source: &'s str,
    words: WordReader<'s>,
    builder: TreeBuilder,
    command: Option<OpenCommand>,
    /// Heredocs whose bodies begin on the next line, with the key of each.
    pending: Vec<(Heredoc, SpannedName)>,
    bodies: HeredocBodies,
    /// Where the line begins, with the lines before that it continues.
    line: usize,
    /// The last `))` that was looked for.
    closing: usize,
}

/// A name and where it is written.
type SpannedName = (String, Range<usize>);

struct OpenCommand {
    name: SpannedName,
    declares: bool,
    /// Its group is opened with its first value.
    is_open: bool,
    /// Values without a key.
    items: usize,
    /// An option that may be the key of the next word.
    option: Option<Word>,
    /// After `--` there are no options.
    has_no_options: bool,
    first_word: Option<SpannedName>,
    target: Option<SpannedName>,
    heredocs: Vec<Heredoc>,
    end: usize,
}

impl ShellReader<'_> {
    fn step(&mut self, c: char) {
        let at = self.words.at;
        match c {
            '\\' if break_length(self.source, at + 1) > 0 => {
                self.words.at = at + 1 + break_length(self.source, at + 1);
            }
            '\r' | '\n' => {
                self.end_command();
                self.words.at = at + break_length(self.source, at);
                self.read_bodies();
                self.end_line();
            }
            '#' => {
                let line = SourceLine::starting_at(self.source, at);
                self.builder.comment(at..line.end);
                self.words.at = line.end;
            }
            '&' if starts_at(self.source, at + 1, ">") => self.words.at = at + 1,
            '(' if starts_at(self.source, at, "((") => {
                self.words.at = self.arithmetic_end(at).unwrap_or(at + 1);
            }
            ';' | '|' | '&' | '(' | ')' => self.end_command(),
            '<' | '>' => self.redirect(c),
            _ if c.is_whitespace() => {}
            _ => {
                if let Some(word) = self.words.next_word() {
                    self.word(word);
                }
            }
        }
    }

    /// The byte after `((…))`; a long one is not looked for.
    fn arithmetic_end(&mut self, at: usize) -> Option<usize> {
        const MOST: usize = 200;
        let bytes = self.source.as_bytes();
        if self.closing < at {
            let rest = memchr::memmem::find(&bytes[at..], b"))");
            self.closing = rest.map_or(bytes.len(), |length| at + length);
        }
        let is_near = self.closing < bytes.len() && self.closing < at + MOST;
        (is_near && memchr::memchr(b'\n', &bytes[at..self.closing]).is_none())
            .then_some(self.closing + 2)
    }

    /// Records the line that ends here if it is written over several ones.
    fn end_line(&mut self) {
        let line = self.line..self.words.at.min(self.source.len());
        self.line = line.end;
        let text = self.source.get(line.clone()).unwrap_or_default();
        let text = text.trim_end_matches(['\r', '\n']);
        if text.contains(['\r', '\n']) {
            self.builder.unit(line.start..line.start + text.len());
        }
    }

    fn word(&mut self, word: Word) {
        let after = char_at(self.source, word.end);
        let is_number = word.glyphs.iter().all(|g| g.c.is_ascii_digit());
        if is_number && !word.is_quoted && matches!(after, Some('<' | '>')) {
            // The number of a stream that is redirected.
            return;
        }
        let equals = assignment(&word.glyphs);
        let Some(command) = &mut self.command else {
            match equals {
                Some(equals) => self.assign(&word, equals),
                None => self.begin_command(&word),
            }
            return;
        };
        command.end = word.end;
        if command.declares {
            if let Some(equals) = equals {
                self.assign(&word, equals);
            }
            return;
        }
        let text = text_of(&word.glyphs);
        let is_option = text.len() > 1
            && text.starts_with('-')
            && !text.contains(['\n', '\r'])
            && !command.has_no_options;
        if is_option {
            self.flush_option();
            if let Some(command) = &mut self.command {
                if text == "--" {
                    command.has_no_options = true;
                } else if let Some(equals) = equals {
                    self.record_assigned(&word, equals);
                } else {
                    command.option = Some(word);
                }
            }
            return;
        }
        if command.first_word.is_none() && !text.contains(['\n', '\r']) {
            command.first_word = Some((text, span_of(&word.glyphs, word.empty_at)));
        }
        if let Some(equals) = equals {
            command.option = None;
            self.record_assigned(&word, equals);
        } else if let Some(option) = command.option.take() {
            let key = span_of(&option.glyphs, option.empty_at);
            let step = Step::Key(text_of(&option.glyphs));
            self.record(step, Some(key), &word.glyphs, word.empty_at);
        } else {
            self.item(&word.glyphs, word.empty_at);
        }
    }

    fn begin_command(&mut self, word: &Word) {
        let name = text_of(&word.glyphs);
        // A substitution over several lines is not a name: `|--` and `` `-- `` draw trees in recorded output.
        if name.contains(['\n', '\r']) {
            return;
        }
        // After a prefix such as `sudo` its options may be.
        if PREFIXES.contains(&name.as_str()) || (name.starts_with('-') && !word.is_quoted) {
            return;
        }
        self.command = Some(OpenCommand {
            declares: DECLARING.contains(&name.as_str()),
            name: (name, span_of(&word.glyphs, word.empty_at)),
            is_open: false,
            items: 0,
            option: None,
            has_no_options: false,
            first_word: None,
            target: None,
            heredocs: Vec::new(),
            end: word.end,
        });
    }

    /// A value of the current command, in its group.
    fn record(&mut self, step: Step, key: Option<Range<usize>>, value: &[Glyph], empty_at: usize) {
        if let Some(command) = &mut self.command
            && !command.is_open
        {
            command.is_open = true;
            let (name, range) = command.name.clone();
            let (range, start) = if command.declares {
                // Its assignments are outside its group and may come before it.
                let first = key.as_ref().map(|key| key.start);
                let first = first.or(value.first().map(|glyph| glyph.start));
                (None, first.unwrap_or(empty_at))
            } else {
                let start = range.end;
                (Some(range), start)
            };
            self.builder
                .open(NodeKind::Sequence, Step::Key(name), range, start);
        }
        record(&mut self.builder, self.source, step, key, value, empty_at);
    }

    fn record_assigned(&mut self, word: &Word, equals: usize) {
        let (key, value) = split(&word.glyphs, equals);
        let range = span_of(key, word.start);
        let empty_at = word.empty_at.max(range.end);
        self.record(Step::Key(text_of(key)), Some(range), value, empty_at);
    }

    fn item(&mut self, value: &[Glyph], empty_at: usize) {
        if let Some(command) = &mut self.command {
            let step = Step::Item(command.items);
            command.items += 1;
            self.record(step, None, value, empty_at);
        }
    }

    /// An option without a word of its own is recorded when it is more than a name.
    fn flush_option(&mut self) {
        let option = self.command.as_mut().and_then(|c| c.option.take());
        if let Some(option) = option
            && !option.glyphs.iter().all(|g| is_name(g.c) || g.c == '-')
        {
            self.item(&option.glyphs, option.empty_at);
        }
    }

    fn end_command(&mut self) {
        self.flush_option();
        let Some(command) = self.command.take() else {
            return;
        };
        if command.is_open {
            self.builder.close(command.end);
        }
        let writes = command.name.0 == "tee";
        let file = command.first_word.filter(|_| writes);
        let key = command.target.or(file).unwrap_or(command.name);
        for heredoc in command.heredocs {
            self.pending.push((heredoc, key.clone()));
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_')
}

#[cfg(test)]
mod tests;
