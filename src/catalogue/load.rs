//! Packs: from the binary or from a folder, checked and parsed.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::pack_file::PackFile;
use super::validate;
use crate::document::{Fault, Faults, PathStep, YamlDocument};
use crate::files;
use crate::text::printable;

/// A file of an embedded pack.
struct EmbeddedFile {
    name: &'static str,
    yaml: &'static str,
    json: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A pack whose files are parsed and whose rows refer to nothing that is missing.
#[derive(Debug, Clone)]
pub struct Pack {
    files: Vec<LoadedFile>,
    digest: String,
}

/// A file of a pack.
#[derive(Debug, Clone)]
pub struct LoadedFile {
    /// What messages call it.
    pub name: String,
    /// The parsed rows.
    pub content: PackFile,
    text: String,
}

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum PackError {
    /// The pack holds faults.
    #[error("the pack `{pack}` is refused: {faults}")]
    #[diagnostic(code(pack::refused), help("fix the pack; nothing was scanned"))]
    Refused {
        /// Name or folder.
        pack: String,
        /// All of them.
        faults: Faults,
        /// The same, for the renderer.
        #[related]
        related: Vec<Fault>,
    },
    /// No embedded pack has this name.
    #[error("there is no pack called `{name}`")]
    #[diagnostic(code(pack::unknown), help("the packs in this binary are {known}"))]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The folder cannot be read.
    #[error("the pack folder {} cannot be read", .path.display())]
    #[diagnostic(
        code(pack::unreadable),
        help("a pack is a folder with YAML files, one of which holds `pack:`")
    )]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl PackError {
    /// Faults that packs have only together.
    pub(super) fn together(packs: &str, faults: Faults) -> Self {
        Self::refused(packs, faults)
    }

    fn refused(pack: &str, faults: Faults) -> Self {
        Self::Refused {
            pack: pack.to_owned(),
            related: faults.clone().into_vec(),
            faults,
        }
    }
}

/// The most bytes of a file of a pack.
const MOST_BYTES: u64 = 1 << 26;

impl Pack {
    /// The names of the packs in the binary.
    pub fn embedded_names() -> impl Iterator<Item = &'static str> {
        PACKS.iter().map(|(name, _)| *name)
    }

    /// The packs in the binary that are used unless the configuration says otherwise.
    ///
    /// # Errors
    /// None in a released binary: its packs are checked by its tests.
    pub fn defaults() -> Result<Vec<Self>, PackError> {
        let mut packs = Self::embedded_names()
            .map(Self::embedded)
            .collect::<Result<Vec<_>, _>>()?;
        packs.retain(|p| !p.header().is_some_and(|h| h.opt_in));
        Ok(packs)
    }

    /// A pack in the binary. Its rows are parsed but not checked again: the tests did that.
    ///
    /// # Errors
    /// When no pack has this name.
    pub fn embedded(name: &str) -> Result<Self, PackError> {
        let mut loaded = Vec::new();
        for file in embedded_files(name)? {
            match serde_json::from_str::<PackFile>(file.json) {
                Ok(content) => loaded.push(LoadedFile {
                    name: file.name.to_owned(),
                    content,
                    text: file.yaml.to_owned(),
                }),
                // The checked way says where the fault is.
                Err(_) => return Self::embedded_checked(name),
            }
        }
        Ok(Self::new(loaded))
    }

    /// A pack in the binary, checked as if a user had written it.
    ///
    /// # Errors
    /// When no pack has this name, or when it holds faults.
    pub fn embedded_checked(name: &str) -> Result<Self, PackError> {
        let texts = embedded_files(name)?
            .iter()
            .map(|f| (f.name.to_owned(), f.yaml.to_owned()))
            .collect();
        Self::from_texts(name, texts)
    }

    /// A pack in a folder, checked.
    ///
    /// # Errors
    /// When the folder cannot be read or the pack holds faults; all of them at once.
    pub fn from_folder(folder: &Path) -> Result<Self, PackError> {
        let unreadable = |path: &Path, source: io::Error| PackError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let mut texts = Vec::new();
        // Asked by itself, so that the message is the system's own.
        std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.map_err(|e| {
                let path = e.path().unwrap_or(folder).to_owned();
                unreadable(&path, e.into())
            })?;
            let path = entry.path();
            if entry.file_type().is_file()
                && path.extension().is_some_and(|e| e == "yaml" || e == "yml")
            {
                let text = files::read_text(path, MOST_BYTES).map_err(|e| unreadable(path, e))?;
                texts.push((path.display().to_string(), text));
            }
        }
        if texts.is_empty() {
            let empty = io::Error::new(io::ErrorKind::NotFound, "it holds no YAML file");
            return Err(unreadable(folder, empty));
        }
        Self::from_texts(&folder.display().to_string(), texts)
    }

    /// A pack from named texts, checked.
    ///
    /// # Errors
    /// When the pack holds faults; all of them at once.
    pub fn from_texts(pack: &str, texts: Vec<(String, String)>) -> Result<Self, PackError> {
        let mut faults = Vec::new();
        let mut loaded = Vec::new();
        let mut documents = Vec::new();
        for (name, text) in texts {
            let read = YamlDocument::parse(&name, &text)
                .and_then(|document| document.read::<PackFile>().map(|c| (document, c)));
            match read {
                Ok((document, content)) => {
                    faults.extend(document.faults_of_texts(acting, "in this text"));
                    documents.push(document);
                    loaded.push(LoadedFile {
                        name,
                        content,
                        text,
                    });
                }
                Err(found) => faults.extend(found.into_vec()),
            }
        }
        if !faults.is_empty() {
            return Err(PackError::refused(pack, Faults::new(faults)));
        }
        let made = Self::new(loaded);
        let faults: Vec<Fault> = validate::faults(&made)
            .into_iter()
            .map(|f| {
                let (document, path) = (&documents[f.file], f.path);
                document.fault_at(&path, f.fault, f.label)
            })
            .collect();
        if faults.is_empty() {
            Ok(made)
        } else {
            Err(PackError::refused(pack, Faults::new(faults)))
        }
    }

    fn new(files: Vec<LoadedFile>) -> Self {
        let mut hash = Sha256::new();
        for file in &files {
            let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
            hash.update((file.text.len() as u64).to_le_bytes());
            hash.update(file.text.as_bytes());
        }
        let digest = crate::text::hex(&hash.finalize());
        Self { files, digest }
    }

    /// The files in the order of their names.
    #[must_use]
    pub fn files(&self) -> &[LoadedFile] {
        &self.files
    }

    /// Name, version and title.
    #[must_use]
    pub fn header(&self) -> Option<&super::model::PackHeader> {
        self.files.iter().find_map(|f| f.content.pack.as_ref())
    }

    /// The name, or an empty text for a pack without a header (which is refused on loading).
    #[must_use]
    pub fn name(&self) -> &str {
        self.header().map_or("", |h| h.name.as_str())
    }

    /// SHA-256 over names and contents of the files, in hex.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// All entries of one of the maps, over all files.
    pub fn entries<'p, T: 'p>(
        &'p self,
        map: impl Fn(&'p PackFile) -> &'p BTreeMap<String, T> + 'p,
    ) -> impl Iterator<Item = (&'p String, &'p T)> {
        self.files.iter().flat_map(move |f| map(&f.content))
    }

    /// All rows of one of the lists, over all files.
    pub fn rows<'p, T: 'p>(
        &'p self,
        list: impl Fn(&'p PackFile) -> &'p Vec<T> + 'p,
    ) -> impl Iterator<Item = &'p T> {
        self.files.iter().flat_map(move |f| list(&f.content))
    }

    /// The path to an item of a list: for faults.
    pub(super) fn item(list: &str, index: usize) -> Vec<PathStep> {
        vec![PathStep::Key(list.to_owned()), PathStep::Index(index)]
    }
}

/// The fault of a text on which a terminal or a build server would act: reports quote the texts of packs,
/// and a repository may bring a pack of its own.
fn acting(text: &str) -> Option<Fault> {
    let acts = |line: &str| printable(line) != line || line.trim_start().starts_with("::");
    text.split('\n').any(acts).then(|| {
        let message = "this text has a character or a command that reports must not print";
        Fault::new("pack::text", message)
            .help("remove control characters, invisible characters and commands to build servers")
    })
}

fn embedded_files(name: &str) -> Result<&'static [EmbeddedFile], PackError> {
    PACKS
        .iter()
        .find(|(pack, _)| *pack == name)
        .map(|(_, files)| *files)
        .ok_or_else(|| PackError::Unknown {
            name: name.to_owned(),
            known: Pack::embedded_names().collect::<Vec<_>>().join(", "),
        })
}
