//! Tests that need only cargo and git, with a module for each capability.

#[path = "../common/mod.rs"]
mod common;

mod advice;
mod architecture;
mod archives;
mod baseline;
mod catalogue;
mod certificates;
mod cli;
mod configuration;
mod detection;
mod directives;
mod fix_counts;
mod fixing;
mod fixing_kept;
mod fixtures;
mod format_notices;
mod formats;
mod fuzz;
mod git_changes;
mod holes;
mod hostile;
mod house;
mod issues;
mod licences;
mod matrix;
mod newcomer;
mod one_story;
mod options;
mod own_output;
mod packs;
mod plan;
mod policy_lock;
mod proof;
mod provenance;
mod readers;
mod reports;
mod streams;
mod suppressions;
mod tracked;
mod voice;
mod walk;
mod why;
mod wild;
mod writing;
