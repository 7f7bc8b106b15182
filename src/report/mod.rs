//! Everything that a format may print. JSON is the public contract; the other formats see the
//! same [`Report`](crate::facts::Report).

pub mod azure;
mod cell;
pub mod checkstyle;
pub mod concise;
pub mod contract;
pub mod csv;
mod finding;
mod format;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod human;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
mod own;
pub mod rdjson;
pub mod sarif;
pub mod teamcity;
mod tree;
mod wording;

pub(crate) use own::is_own_report;
pub(crate) use wording::{gaps, replaced_packs};
mod xml;

use cell::cell;

pub use format::{FORMATS, Presentation, Print, ReportFormat};
