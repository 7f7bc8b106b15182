//! The files of a tree as mechanisms read them: each at most once, and only when one asks.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::rc::Rc;

use super::blocks::Blocks;
use super::value::Place;
use crate::syntax::{Content, Document};
use crate::text::{Cursor, Decoded, Encoding, Position};

/// A larger file defines no names.
const MOST_BYTES: u64 = 1 << 20;

/// Gives the content of a file by its path, at most so many bytes of it.
pub(crate) type Opener<'o> = dyn Fn(&str, u64) -> io::Result<Vec<u8>> + 'o;

type BlocksByPlace = HashMap<(Rc<str>, usize), Rc<Blocks>>;

/// The files of a tree.
pub(crate) struct Project<'o> {
    /// Paths relative to the scan root, sorted.
    paths: Vec<String>,
    open: &'o Opener<'o>,
    read: RefCell<HashMap<String, Option<Rc<ProjectFile>>>>,
    /// The blocks of documents, by path and the first byte of each.
    blocks: RefCell<BlocksByPlace>,
}

/// A file that is understood as text.
pub(crate) struct ProjectFile {
    /// Its path relative to the scan root.
    pub path: Rc<str>,
    /// Its structure, where its format is known.
    pub document: Option<Rc<Document>>,
    /// Its text.
    pub text: String,
    bytes: Vec<u8>,
    encoding: Encoding,
}

impl<'o> Project<'o> {
    /// A project of these files.
    pub(crate) fn new(mut paths: Vec<String>, open: &'o Opener<'o>) -> Self {
        paths.sort_unstable();
        Self {
            paths,
            open,
            read: RefCell::default(),
            blocks: RefCell::default(),
        }
    }

    /// The paths of the files in a folder itself, which is empty for the scan root.
    pub(crate) fn in_folder<'p>(&'p self, folder: &'p str) -> impl Iterator<Item = &'p str> + 'p {
        let begins = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let from = self
            .paths
            .partition_point(|path| path.as_str() < begins.as_str());
        self.paths[from..]
            .iter()
            .map(String::as_str)
            .take_while({
                let begins = begins.clone();
                move |path| path.starts_with(&begins)
            })
            .filter(move |path| !path[begins.len()..].contains('/'))
    }

    /// The blocks of the document that begins at a place, which are found once.
    pub(crate) fn blocks(&self, document: &Place, find: impl FnOnce() -> Blocks) -> Rc<Blocks> {
        let key = (Rc::clone(&document.path), document.span.start);
        let mut known = self.blocks.borrow_mut();
        Rc::clone(known.entry(key).or_insert_with(|| Rc::new(find())))
    }

    /// A file, if it is there and is text of a usual size.
    pub(crate) fn file(&self, path: &str) -> Option<Rc<ProjectFile>> {
        if let Some(known) = self.read.borrow().get(path) {
            return known.clone();
        }
        let is_there = self
            .paths
            .binary_search_by(|other| other.as_str().cmp(path));
        let file = is_there.ok().and_then(|_| {
            let bytes = (self.open)(path, MOST_BYTES).ok()?;
            ProjectFile::read(path, bytes).map(Rc::new)
        });
        let mut read = self.read.borrow_mut();
        read.insert(path.to_owned(), file.clone());
        file
    }
}

impl ProjectFile {
    fn read(path: &str, bytes: Vec<u8>) -> Option<Self> {
        let Content {
            encoding,
            decoded,
            document,
            ..
        } = Content::new(&bytes, path);
        let text = decoded?.text().to_owned();
        Some(Self {
            path: path.into(),
            document,
            text,
            bytes,
            encoding,
        })
    }

    /// A place in it.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place {
            path: Rc::clone(&self.path),
            span,
        }
    }

    /// The folder that it is in; empty for the scan root.
    pub(crate) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its name without folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// The bytes of a span of its text.
    pub(crate) fn byte_range(&self, span: &Range<usize>) -> Range<usize> {
        match Decoded::new(&self.bytes, self.encoding) {
            Some(decoded) => decoded.bytes(span.clone()),
            None => span.clone(),
        }
    }

    /// Where a span of its text begins and ends in its bytes.
    pub(crate) fn positions(&self, span: &Range<usize>) -> (Position, Position) {
        let bytes = self.byte_range(span);
        let mut cursor = Cursor::new(self.encoding, self.encoding.mark_length(&self.bytes));
        cursor.go_to(bytes.start, &self.bytes, 0);
        let start = cursor.position();
        cursor.go_to(bytes.end, &self.bytes, 0);
        (start, cursor.position())
    }

    /// Where a byte of the file is in its text.
    pub(crate) fn text_offset(&self, byte: usize) -> usize {
        match Decoded::new(&self.bytes, self.encoding) {
            Some(decoded) => decoded.range(byte..byte + 1).start,
            None => byte,
        }
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> (&[u8], Encoding) {
        (&self.bytes, self.encoding)
    }
}
