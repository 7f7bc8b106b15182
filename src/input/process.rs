//! What a process prints, read with a limit of time: a process that is silent for too long is
//! ended.

use std::io::{self, Read};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes that are kept of what a process says on its standard error.
const MOST_ERROR_BYTES: u64 = 1 << 16;

/// Bytes that are handed over at once.
const PIECE: usize = 1 << 16;

/// How long a process that has closed its standard output may take to end.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// A running process.
pub(super) struct Process {
    child: Child,
    output: Receiver<io::Result<Vec<u8>>>,
    errors: Receiver<Vec<u8>>,
    /// What was received and not yet read: bytes, and how many of them were read.
    piece: (Vec<u8>, usize),
    limit: Duration,
    doubt: Option<Doubt>,
}

/// Asks, when a process has been silent for a while, for a reason to end it at once.
struct Doubt {
    after: Duration,
    reason: Box<dyn FnMut() -> Option<String> + Send>,
}

impl std::fmt::Debug for Process {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Process")
            .field("child", &self.child)
            .finish_non_exhaustive()
    }
}

impl Process {
    /// Starts a process that is ended when it prints nothing for `limit` while it is read.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(super) fn start(command: &mut Command, limit: Duration) -> io::Result<Self> {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (pieces, output) = sync_channel(16);
        // Nobody waits for these threads: a child of the process may hold its pipes open for ever.
        thread::spawn(move || send_pieces(stdout, &pieces));
        let (words, errors) = sync_channel(1);
        thread::spawn(move || {
            let mut said = Vec::new();
            let mut stderr = stderr;
            let _ = (&mut stderr).take(MOST_ERROR_BYTES).read_to_end(&mut said);
            let _ = words.send(said);
            let _ = io::copy(&mut stderr, &mut io::sink());
        });
        Ok(Self {
            child,
            output,
            errors,
            piece: (Vec::new(), 0),
            limit,
            doubt: None,
        })
    }

    /// Asks `reason` once when the process has been silent for `after`; an answer ends it.
    pub(super) fn doubt_after(
        &mut self,
        after: Duration,
        reason: impl FnMut() -> Option<String> + Send + 'static,
    ) {
        self.doubt = Some(Doubt {
            after,
            reason: Box::new(reason),
        });
    }

    /// The standard input of the process, if it is piped and was not asked for before.
    pub(super) fn input(&mut self) -> Option<ChildStdin> {
        self.child.stdin.take()
    }

    /// Waits until the process has ended. Returns its status and what it said on its standard error.
    ///
    /// # Errors
    /// When it does not end soon.
    pub(super) fn end(mut self) -> io::Result<(ExitStatus, String)> {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            if begun.elapsed() > LAST_WORDS {
                return Err(too_slow(LAST_WORDS));
            }
            thread::sleep(Duration::from_millis(1));
        };
        let said = self.errors.recv_timeout(LAST_WORDS).unwrap_or_default();
        Ok((status, String::from_utf8_lossy(&said).trim().to_owned()))
    }

    fn next_piece(&mut self) -> io::Result<Vec<u8>> {
        let patience = match &self.doubt {
            Some(doubt) => doubt.after.min(self.limit),
            None => self.limit,
        };
        match self.output.recv_timeout(patience) {
            Ok(piece) => piece,
            Err(RecvTimeoutError::Disconnected) => Ok(Vec::new()),
            Err(RecvTimeoutError::Timeout) => {
                let Some(mut doubt) = self.doubt.take() else {
                    return Err(too_slow(self.limit));
                };
                if let Some(reason) = (doubt.reason)() {
                    return Err(io::Error::new(io::ErrorKind::TimedOut, reason));
                }
                let rest = self.limit.saturating_sub(patience);
                match self.output.recv_timeout(rest) {
                    Ok(piece) => piece,
                    Err(RecvTimeoutError::Disconnected) => Ok(Vec::new()),
                    Err(RecvTimeoutError::Timeout) => Err(too_slow(self.limit)),
                }
            }
        }
    }
}

fn too_slow(limit: Duration) -> io::Error {
    let message = format!("it did not answer within {} s", limit.as_secs());
    io::Error::new(io::ErrorKind::TimedOut, message)
}

fn send_pieces(mut from: impl Read, to: &std::sync::mpsc::SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut piece = vec![0; PIECE];
        match from.read(&mut piece) {
            Ok(0) => return,
            Ok(length) => {
                piece.truncate(length);
                if to.send(Ok(piece)).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let _ = to.send(Err(error));
                return;
            }
        }
    }
}

impl Read for Process {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.piece.1 == self.piece.0.len() {
            self.piece = (self.next_piece()?, 0);
        }
        let (piece, at) = &mut self.piece;
        let length = buffer.len().min(piece.len() - *at);
        buffer[..length].copy_from_slice(&piece[*at..*at + length]);
        *at += length;
        Ok(length)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended is not sent a signal.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limit: u64) -> Process {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdin(Stdio::null());
        Process::start(&mut command, Duration::from_millis(limit)).expect("it starts")
    }

    #[test]
    fn all_that_is_printed_is_read_and_the_status_is_known() {
        let mut process = shell("seq 100000; echo no >&2; exit 3", 10_000);
        let mut text = String::new();
        process.read_to_string(&mut text).expect("an answer");
        assert_eq!(text.lines().count(), 100_000);
        let (status, said) = process.end().expect("an end");
        assert_eq!((status.code(), said.as_str()), (Some(3), "no"));
    }

    #[test]
    fn a_silent_process_is_ended_even_when_its_child_holds_the_pipe() {
        for script in ["exec sleep 60", "sleep 60; true"] {
            let begun = Instant::now();
            let mut process = shell(script, 50);
            let error = process.read(&mut [0]).expect_err("no answer");
            assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            drop(process);
            assert!(begun.elapsed() < Duration::from_secs(20), "{script}");
        }
    }

    #[test]
    fn a_doubt_ends_it_early_only_with_a_reason() {
        let mut process = shell("sleep 0.2; echo yes", 20_000);
        process.doubt_after(Duration::from_millis(10), || None);
        let mut text = String::new();
        process.read_to_string(&mut text).expect("an answer");
        assert_eq!(text, "yes\n");

        let mut process = shell("exec sleep 60", 20_000);
        process.doubt_after(Duration::from_millis(10), || Some("because".to_owned()));
        let error = process.read(&mut [0]).expect_err("no answer");
        assert_eq!(error.to_string(), "because");
    }
}
