//! Finds references to retired test environments in repositories and says what to write instead.
//!
//! The pipeline: [`input`] gives files, [`engine`] makes violations of their bytes by what the
//! [`catalogue`] knows and the [`config`] says, and [`report`] prints them as [`facts`]; [`fix`]
//! says what to write instead, and [`plan`] lists what edits cannot do. Everything about a particular
//! retirement is data in packs.
//!
//! ```
//! let options = ptlint::Options::new(["fixtures/spring-boot/tree"]).as_of("2026-01-01".parse()?);
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
pub mod engine;
pub mod examples;
pub mod facts;
pub mod fix;
pub mod input;
pub mod plan;
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
