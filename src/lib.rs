//! Finds references to retired test environments in repositories and says what to write instead.
//!
//! The pipeline: [`input`] gives files, [`detect`] finds references in their bytes by what the
//! [`catalogue`] knows, [`judge`] makes violations of them by [`policy`] and [`config`], and
//! [`report`] prints; [`plan`] lists what edits cannot do. Everything about a particular retirement is data in packs.
//!
//! ```
//! let options = ptlint::Options::new(["fixtures/spring-boot"]).as_of("2026-01-01".parse()?);
//! let report = ptlint::check(&options)?;
//! assert!(report.violations.iter().any(|v| v.rule == "dev-host"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod archive;
pub mod baseline;
pub mod catalogue;
pub mod certificate;
pub mod config;
pub mod detect;
pub mod directive;
pub mod document;
pub mod edit;
pub mod examples;
pub mod facts;
pub mod fix;
pub mod input;
pub mod judge;
pub mod plan;
pub mod policy;
pub mod report;
mod run;
pub mod suppress;
pub mod syntax;
pub mod text;
pub mod why;

pub use jiff::civil::Date;
pub use run::{
    Changes, ChangesError, CheckError, Options, Progress, check, check_content, check_contents,
    check_with, compile_packs, today,
};
