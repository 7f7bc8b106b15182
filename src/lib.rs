//! Finds references to retired test environments in repositories and says what to write instead.
//!
//! [`check`] and [`check_content`] make a [`Report`] of files or of a text, as the [`Options`] say. The
//! hidden module `internals` is for the program, and for the tests and benchmarks of this repository; it may
//! change at any time. `ARCHITECTURE.md` describes them. Everything about a particular retirement is
//! data in packs.
//!
//! ```
//! let options = ptlint::Options::new(["fixtures/spring-boot/tree"]).as_of("2026-01-01".parse()?);
//! let report = ptlint::check(&options)?;
//! assert!(report.violations.iter().any(|v| v.rule == "dev-host"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![warn(unreachable_pub)]

mod archive;
mod baseline;
mod catalogue;
mod certificate;
mod cli;
mod compose;
mod config;
mod detect;
mod directive;
mod document;
mod edit;
mod engine;
mod examples;
pub mod facts;
mod files;
mod fix;
mod input;
#[doc(hidden)]
pub mod internals;
mod kinds;
mod plan;
mod report;
mod run;
mod suppress;
mod syntax;
mod text;
mod why;

pub use catalogue::Catalogue;
pub use config::Settings;
pub use facts::Report;
pub use jiff::civil::Date;
pub use run::{
    Changes, ChangesError, CheckError, Options, Progress, check, check_content, check_contents,
    check_with, compile_packs, today,
};
