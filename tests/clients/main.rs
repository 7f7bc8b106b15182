//! Tests with the programs that people use ptlint with: pre-commit, pip, shells, browsers, linters of
//! pipelines, a terminal. `sh .ci/test` installs them and turns the feature `clients` on; the tests
//! of a missing program fail and are never skipped.
#![cfg(unix)]

#[path = "../common/mod.rs"]
mod common;

mod formats;
mod hooks;
mod integrations;
mod interactive;
mod packaging;
mod parsers;
mod pre_commit;
mod wheel;
mod workflows;
