//! The lines of a text as rows of a table: what is compared of them, each line read once.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::names::{Names, NewName, host_like};

/// What is known of a line.
pub(super) struct Row {
    commas: usize,
    words: usize,
    first_word: Option<String>,
    is_bare: bool,
    /// Rows of a table are on both sides of it: it is not empty and has no bracket.
    goes_on: bool,
    /// The names in it, and what they become.
    names: OnceCell<Vec<(u64, Option<u64>)>>,
}

/// The rows of a text that were read.
#[derive(Default)]
pub(super) struct RowsAround {
    text: usize,
    known: HashMap<(usize, usize), Rc<Row>>,
}

/// Rows that are looked at on each side.
const ROWS: usize = 100;
/// Bytes of them.
const ROWS_BYTES: usize = 1 << 14;
/// A longer line is not a row.
const MOST_BYTES: usize = 4_000;
/// Rows that are remembered.
const MOST_KNOWN: usize = 1_024;

impl RowsAround {
    /// Says whether the line at `line` of a text, or where `all` is set a row close to it, has a name
    /// that is or becomes the new name of a reference.
    pub(super) fn name_again(
        &mut self,
        text: &str,
        line: Range<usize>,
        all: bool,
        names: &mut Names<'_>,
        new: NewName,
    ) -> bool {
        if self.text != text.as_ptr().addr() {
            self.text = text.as_ptr().addr();
            self.known.clear();
        }
        let mut has_name = |row: &Row, line: Range<usize>| {
            let mut of_row = row.names(text.get(line).unwrap_or_default(), names).iter();
            of_row.any(|(id, becomes)| new.is_also(*id, *becomes))
        };
        let own = self.row(text, line.clone());
        if has_name(&own, line.clone()) {
            return true;
        }
        if !all {
            return false;
        }
        let least = line.start.saturating_sub(ROWS_BYTES);
        let most = (line.end + ROWS_BYTES).min(text.len());
        let bytes = text.as_bytes();
        let mut end = line.start;
        for _ in 0..ROWS {
            let Some(before) = end.checked_sub(1).filter(|before| *before >= least) else {
                break;
            };
            let start = match memchr::memrchr(b'\n', &bytes[least..before]) {
                Some(at) => least + at + 1,
                None if least == 0 => 0,
                None => break,
            };
            let row = self.row(text, start..before);
            if !row.goes_on {
                break;
            }
            if own.is_like(&row) && has_name(&row, start..before) {
                return true;
            }
            end = start;
        }
        let mut start = line.end + 1;
        for _ in 0..ROWS {
            if start >= most {
                break;
            }
            let end = match memchr::memchr(b'\n', &bytes[start..most]) {
                Some(at) => start + at,
                None if most == text.len() => most,
                None => break,
            };
            let row = self.row(text, start..end);
            if !row.goes_on {
                break;
            }
            if own.is_like(&row) && has_name(&row, start..end) {
                return true;
            }
            start = end + 1;
        }
        false
    }

    fn row(&mut self, text: &str, line: Range<usize>) -> Rc<Row> {
        let key = (line.start, line.end);
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        let row = Rc::new(Row::new(text.get(line).unwrap_or_default()));
        self.known.insert(key, Rc::clone(&row));
        row
    }
}

impl Row {
    fn new(line: &str) -> Self {
        let mut words = line.split_whitespace();
        let first_word = words.next().map(str::to_owned);
        let words = usize::from(first_word.is_some()) + words.count();
        Self {
            commas: memchr::memchr_iter(b',', line.as_bytes()).count(),
            words,
            is_bare: words == 1 && !line.contains(['=', ':']),
            goes_on: first_word.is_some() && !line.contains(['{', '}', '[']),
            first_word,
            names: OnceCell::new(),
        }
    }

    fn names(&self, line: &str, names: &mut Names<'_>) -> &[(u64, Option<u64>)] {
        self.names.get_or_init(|| {
            let before_comment = line.split(" #").next().unwrap_or(line);
            let mut found = Vec::new();
            if before_comment.len() < MOST_BYTES {
                found.extend(host_like(before_comment).map(|(_, name)| {
                    let meaning = names.meaning(name);
                    (meaning.id, meaning.becomes)
                }));
                found.sort_unstable();
                found.dedup();
            }
            found
        })
    }

    /// Says whether two lines are rows of one table.
    fn is_like(&self, other: &Self) -> bool {
        let cells = self.commas > 0 && self.commas == other.commas;
        let settings =
            self.words > 1 && self.words == other.words && self.first_word == other.first_word;
        cells || settings || self.is_bare && other.is_bare
    }
}
