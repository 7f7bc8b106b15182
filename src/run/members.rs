//! The members of archives, each checked as a file of its own.

use std::fs::File;
use std::io::{self, Read, Seek as _};

use super::worker::Worker;
use crate::archive::{self, Event, Gap, GapReason, Limits};
use crate::detect::MOST_BYTES;
use crate::facts::{Failure, SkipReason};

impl Worker<'_> {
    /// Checks the members of the file if it is an archive; says whether all of it was read.
    pub(super) fn members(&mut self, file: &mut File, relative: &str) -> bool {
        match self.open_archive(file, relative) {
            Ok(is_archive) => is_archive,
            Err(error) => {
                self.tally.failures.push(Failure {
                    path: relative.to_owned(),
                    message: error.to_string(),
                });
                true
            }
        }
    }

    fn open_archive(&mut self, file: &mut File, relative: &str) -> io::Result<bool> {
        let mut head = Vec::with_capacity(archive::HEAD);
        (&mut *file)
            .take(archive::HEAD as u64)
            .read_to_end(&mut head)?;
        file.rewind()?;
        let mut kind = archive::format_from_name_or_head(relative, &head);
        if kind.is_none() && archive::is_zip_at_end(file)? {
            kind = Some(archive::ArchiveFormat::Zip);
        }
        file.rewind()?;
        let Some(kind) = kind else {
            return Ok(false);
        };
        let is_read = self.visit_archive(file, kind, relative);
        file.rewind()?;
        Ok(is_read)
    }

    /// Whether a content is an archive of a kind that is never opened.
    pub(super) fn is_of_another_kind(reader: impl Read, path: &str) -> bool {
        let mut head = Vec::new();
        let read = reader.take(archive::HEAD as u64).read_to_end(&mut head);
        let is_known = archive::is_unread_format(&head) || archive::is_unread_name(path, &head);
        read.is_ok() && is_known
    }

    /// Checks the members of an archive; says whether all of it was read.
    pub(super) fn visit_archive(
        &mut self,
        file: &mut File,
        kind: archive::ArchiveFormat,
        relative: &str,
    ) -> bool {
        let limits = Limits::default();
        let mut whole = true;
        archive::visit(file, kind, relative, &limits, &mut |event| match event {
            Event::Member(member) => {
                self.names(member.path);
                self.stream(member.path, member.content);
            }
            Event::Gap(gap) => {
                // Only the outermost archive is there as bytes.
                if gap.path == relative {
                    whole = false;
                    self.listed = Some(relative.to_owned());
                }
                self.gap(&gap);
            }
        });
        self.tally.files += u64::from(whole);
        whole
    }

    fn gap(&mut self, gap: &Gap) {
        let reason = match gap.reason {
            GapReason::Encrypted | GapReason::UnsupportedMethod(_) | GapReason::Damaged(_) => {
                SkipReason::UnreadableMember
            }
            GapReason::Depth
            | GapReason::MemberSize
            | GapReason::TotalSize
            | GapReason::Ratio
            | GapReason::Members => SkipReason::ArchiveLimit,
        };
        if reason == SkipReason::ArchiveLimit {
            self.tally.failures.push(Failure {
                path: gap.path.clone(),
                message: format!("not read to its end ({})", gap.reason),
            });
        }
        let place = format!("{} ({})", gap.path, gap.reason);
        self.tally.skipped.push((reason, place));
    }

    /// Checks what a reader gives, which can be read only once.
    pub(super) fn stream(&mut self, relative: &str, reader: &mut dyn Read) {
        let mut head = Vec::new();
        // Where an archive ends too soon, what came before is checked; the gap is told by itself.
        let read = reader.take(MOST_BYTES + 1).read_to_end(&mut head);
        let mut rest = (read.is_ok() && head.len() as u64 > MOST_BYTES).then_some(reader);
        self.read(relative, &mut || {
            let rest: Box<dyn Read + '_> = match rest.take() {
                Some(rest) => Box::new(rest),
                None => Box::new(io::empty()),
            };
            Ok(head.as_slice().chain(rest))
        });
    }
}
