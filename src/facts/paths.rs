//! How the paths of a report are written for whoever reads it.

/// Where shown paths begin. In the report itself they are relative to the scan root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Paths {
    /// At the scan root, as in the report.
    #[default]
    FromRoot,
    /// At the working directory: this is put before each path, unless that is absolute.
    FromHere(String),
    /// At the root of the repository, in which this folder is the scan root.
    FromRepository(String),
}

impl Paths {
    /// The scan root as an argument of a command that is run here; nothing for the working directory.
    #[must_use]
    pub fn folder_argument(&self) -> Option<&str> {
        match self {
            Self::FromHere(before) => Some(before.trim_end_matches('/')).filter(|f| !f.is_empty()),
            Self::FromRoot | Self::FromRepository(_) => None,
        }
    }

    /// A path of the report as it is shown.
    #[must_use]
    pub fn show(&self, path: &str) -> String {
        match self {
            Self::FromHere(before) if !path.starts_with('/') => format!("{before}{path}"),
            Self::FromRepository(folder) if !folder.is_empty() => format!("{folder}/{path}"),
            _ => path.to_owned(),
        }
    }
}
