//! ptlint
pub mod document;
