//! The content of a file as far as it is understood: its bytes, its text, its structure.

use std::rc::Rc;

use super::{Document, format_of_file};
use crate::text::{Decoded, Encoding};

/// The content of a file.
pub(crate) struct Content<'b> {
    pub bytes: &'b [u8],
    pub encoding: Encoding,
    /// Its text; binary files have none.
    pub decoded: Option<Decoded<'b>>,
    /// Its structure, where its format is known.
    pub document: Option<Rc<Document>>,
}

impl<'b> Content<'b> {
    /// Reads bytes; the path tells the format.
    pub(crate) fn new(bytes: &'b [u8], path: &str) -> Self {
        let encoding = Encoding::detect(bytes, true);
        let decoded = Decoded::new(bytes, encoding);
        let document = decoded.as_ref().and_then(|decoded| {
            let format = format_of_file(path, decoded.text())?;
            Some(Document::read(decoded.text(), format))
        });
        Self {
            bytes,
            encoding,
            decoded,
            document,
        }
    }
}
