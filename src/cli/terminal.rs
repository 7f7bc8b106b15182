//! What the terminal can show.

use std::io::{IsTerminal as _, stderr, stdout};

use crate::report::human::Style;
use anstream::ColorChoice;

use super::args::Color;

/// Colour, width and links for standard output and standard error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    color: Color,
}

/// Violations shown with their source unless `--full` is given.
const FULL: usize = 50;
/// Columns where the output is not a terminal and `COLUMNS` is not set.
const WIDTH: usize = 100;

impl Terminal {
    /// What `--color` asks for; `auto` follows the terminal, `NO_COLOR` and `CLICOLOR_FORCE`.
    pub(super) fn new(color: Color) -> Self {
        Self { color }
    }

    /// The style of standard output.
    pub(super) fn output(self) -> Style {
        let auto = || anstream::AutoStream::choice(&stdout()) != ColorChoice::Never;
        self.style(auto, stdout().is_terminal())
    }

    /// The style of standard error.
    pub(super) fn errors(self) -> Style {
        let auto = || anstream::AutoStream::choice(&stderr()) != ColorChoice::Never;
        self.style(auto, stderr().is_terminal())
    }

    fn style(self, auto: impl Fn() -> bool, terminal: bool) -> Style {
        let colour = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => auto(),
        };
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let measured = || {
            terminal_size::terminal_size()
                .filter(|_| terminal)
                .map(|(width, _)| usize::from(width.0))
        };
        Style {
            colour,
            links: colour && terminal,
            width: columns.or_else(measured).unwrap_or(WIDTH).clamp(40, 200),
            full: Some(FULL),
        }
    }
}
