//! Standard output and standard error, whose reader may leave early, as `head` does. What is left is then
//! dropped, and the command goes on to its own exit code: a closed pipe never hides violations.

use std::io::{self, StderrLock, StdoutLock, Write};

use crate::report::human::{self, Style};
use crate::text::printable;

/// A stream that accepts everything once its reader is gone.
#[derive(Debug)]
pub(super) struct Stream<W> {
    inner: W,
    is_closed: bool,
}

/// Standard output.
pub(super) fn output() -> Stream<StdoutLock<'static>> {
    Stream::new(io::stdout().lock())
}

/// Standard error.
pub(super) fn errors() -> Stream<StderrLock<'static>> {
    Stream::new(io::stderr().lock())
}

impl<W: Write> Stream<W> {
    fn new(inner: W) -> Self {
        Self {
            inner,
            is_closed: false,
        }
    }

    fn unless_closed<T>(&mut self, dropped: T, done: io::Result<T>) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(dropped)
            }
            done => done,
        }
    }
}

impl<W: Write> Write for Stream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        let done = self.inner.write(bytes);
        self.unless_closed(bytes.len(), done)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let done = self.inner.flush();
        self.unless_closed((), done)
    }
}

/// Prints a diagnostic on standard error. It may quote files and arguments, so it loses its colour where a
/// terminal or a build server would act on what it quotes, which is shown instead.
pub(super) fn diagnose(report: &miette::Report, style: Style) {
    let render = |style: Style| {
        let mut text = String::new();
        let rendered = human::handler(style).render_report(&mut text, report.as_ref());
        if rendered.is_err() {
            text = report.to_string();
        }
        text
    };
    let plain = render(Style {
        colour: false,
        links: false,
        ..style
    });
    let safe = printable_lines(&plain);
    let text = if safe == plain { render(style) } else { safe };
    let _ = writeln!(errors(), "{}", text.trim_end());
}

/// Prints what is wrong with the arguments, or the help and the version, which go to standard output.
pub(super) fn explain_arguments(error: &clap::Error) {
    let plain = error.render().to_string();
    let safe = printable_lines(&plain);
    if safe == plain {
        let _ = error.print();
    } else {
        let _ = write!(errors(), "{safe}");
    }
}

/// Lines made safe to print. Only at the beginning of a line are two colons a command to a build server.
fn printable_lines(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (line, ""),
        };
        let line = printable(line);
        match line.trim_start().strip_prefix("::") {
            Some(command) => {
                safe.push_str(&line[..line.len() - command.len() - 1]);
                safe.push('\u{fffd}');
                safe.push_str(command);
            }
            None => safe.push_str(&line),
        }
        safe.push_str(end);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that leaves after the first write.
    struct Leaving(Vec<u8>);

    impl Write for Leaving {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                self.0.extend(bytes);
                Ok(bytes.len())
            } else {
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
    }

    #[test]
    fn what_has_no_reader_is_dropped_without_an_error() {
        let mut stream = Stream::new(Leaving(Vec::new()));
        for text in ["one", "two", "three"] {
            stream.write_all(text.as_bytes()).expect("written");
        }
        stream.flush().expect("flushed");
        assert_eq!(stream.inner.0, b"one");
    }

    #[test]
    fn commands_at_the_beginning_of_a_line_are_shown() {
        assert_eq!(
            printable_lines("a::b\n  ::error::x\u{1b}[0m\n##vso[y]\n"),
            "a::b\n  :\u{fffd}error::x␛[0m\n#\u{fffd}vso[y]\n"
        );
    }
}
