//! Everything that a format may print. JSON is the public contract; the other formats see the
//! same [`Report`](crate::facts::Report).

pub(crate) mod azure;
mod cell;
pub(crate) mod checkstyle;
pub(crate) mod concise;
pub(crate) mod contract;
pub(crate) mod csv;
mod finding;
mod format;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod html;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod jsonl;
pub(crate) mod junit;
pub(crate) mod markdown;
mod own;
mod own_lines;
pub(crate) mod rdjson;
pub(crate) mod sarif;
pub(crate) mod teamcity;
mod tree;
mod wording;

pub(crate) use tree::lines as lines_of_tree;

pub(crate) use own::is_own_report;
pub(crate) use own_lines::PATCH_HEAD;
pub(crate) use wording::{gaps, plural, replaced_packs};
mod xml;

use cell::cell;

pub use format::FORMATS;
pub use format::Presentation;
pub(crate) use format::Print;
pub use format::ReportFormat;
