//! Finds references to retired test environments in repositories and says what to write instead.
//!
//! [`check`] and [`check_content`] make a [`Report`] of files or of a text, as the [`Options`] say. The
//! hidden modules are for the program, and for the tests and benchmarks of this repository; they may
//! change at any time. `ARCHITECTURE.md` describes them. Everything about a particular retirement is
//! data in packs.
//!
//! ```
//! let options = ptlint::Options::new(["fixtures/spring-boot/tree"]).as_of("2026-01-01".parse()?);
//! let report = ptlint::check(&options)?;
//! assert!(report.violations.iter().any(|v| v.rule == "dev-host"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod archive;
#[doc(hidden)]
pub mod baseline;
#[doc(hidden)]
pub mod catalogue;
#[doc(hidden)]
pub mod certificate;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod detect;
mod directive;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod edit;
#[doc(hidden)]
pub mod engine;
#[doc(hidden)]
pub mod examples;
pub mod facts;
mod files;
#[doc(hidden)]
pub mod fix;
mod input;
mod kinds;
#[doc(hidden)]
pub mod plan;
#[doc(hidden)]
pub mod report;
mod run;
#[doc(hidden)]
pub mod suppress;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod text;
mod why;

pub use catalogue::Catalogue;
pub use config::Settings;
pub use facts::Report;
pub use jiff::civil::Date;
pub use run::{
    Changes, ChangesError, CheckError, Options, Progress, check, check_content, check_contents,
    check_with, compile_packs, today,
};
