//! The table of the formats of a work list: the command line, its help and the tests follow it.

use std::io::{self, Write};

use super::{WorkList, csv, json, markdown, table};
use crate::facts::Paths;
use crate::report::human::Style;

/// All formats, in the order in which the help lists them.
pub const FORMATS: [PlanFormat; 4] = [
    PlanFormat {
        name: "table",
        about: "For the terminal, with the first places of each item",
        print: table::write,
    },
    PlanFormat {
        name: "markdown",
        about: "Check boxes for an issue tracker",
        print: |list, _, _, out| markdown::write(list, out),
    },
    PlanFormat {
        name: "json",
        about: "The public contract `ptlint.plan/v1`",
        print: |list, _, _, out| json::write(list, out),
    },
    PlanFormat {
        name: "csv",
        about: "A row for each task and each place",
        print: |list, _, _, out| csv::write(list, out),
    },
];

/// How to print a work list.
#[derive(Debug, Clone, Copy)]
pub struct PlanFormat {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// Prints a work list, with paths as the user would open them where a reader opens them.
    pub print: fn(&WorkList, Style, &Paths, &mut dyn Write) -> io::Result<()>,
}

impl PlanFormat {
    /// The format of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        FORMATS.into_iter().find(|format| format.name == name)
    }
}
