//! Counts what is read, and ends the reading at the limits.

use super::{GapReason, HEAD, Limits};
use flate2::Crc;
use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// Below this much output a high ratio is harmless, and common in small repetitive files.
const RATIO_FROM: u64 = 1 << 20;

/// What is left for one outermost archive. All that is within it draws on the same.
pub(super) struct Budget<'a> {
    /// The limits set by the caller.
    pub(super) limits: &'a Limits,
    bytes: Cell<u64>,
    members: Cell<u64>,
    spent: Cell<bool>,
}

impl<'a> Budget<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            bytes: Cell::new(limits.total_bytes),
            members: Cell::new(limits.members),
            spent: Cell::new(false),
        }
    }

    /// Asks for one more member, of whatever kind.
    pub(super) fn member(&self) -> Result<(), GapReason> {
        self.check_total()?;
        let left = self
            .members
            .get()
            .checked_sub(1)
            .ok_or(GapReason::Members)?;
        self.members.set(left);
        Ok(())
    }

    /// Fails if no more bytes may be read.
    pub(super) fn check_total(&self) -> Result<(), GapReason> {
        if self.spent.get() {
            Err(GapReason::TotalSize)
        } else {
            Ok(())
        }
    }
}

/// What an archive says of a member, to be held against what it gives.
#[derive(Clone, Copy)]
pub(super) struct Claim {
    pub(super) size: u64,
    pub(super) crc: Option<u32>,
}

/// A reader that ends in an error where a limit is reached or a claim turns out wrong.
///
/// It remembers why, as whoever reads may not tell.
pub(super) struct Meter<'a> {
    inner: &'a mut dyn Read,
    budget: &'a Budget<'a>,
    limit: u64,
    charged: bool,
    eaten: Option<&'a Cell<u64>>,
    claim: Option<Claim>,
    out: u64,
    crc: Crc,
    head: Vec<u8>,
    given: usize,
    ended: bool,
    fault: Option<GapReason>,
}

impl<'a> Meter<'a> {
    /// A meter without a limit of its own that costs nothing of the budget.
    pub(super) fn new(inner: &'a mut dyn Read, budget: &'a Budget<'a>) -> Self {
        Self {
            inner,
            budget,
            limit: u64::MAX,
            charged: false,
            eaten: None,
            claim: None,
            out: 0,
            crc: Crc::new(),
            head: Vec::new(),
            given: 0,
            ended: false,
            fault: None,
        }
    }

    /// What it gives is taken from the budget.
    pub(super) fn charged(mut self) -> Self {
        self.charged = true;
        self
    }

    /// What it gives is compared with what was `eaten` for it.
    pub(super) fn against(mut self, eaten: &'a Cell<u64>) -> Self {
        self.eaten = Some(eaten);
        self
    }

    /// What it gives has to be what was claimed.
    pub(super) fn claimed(mut self, claim: Claim) -> Self {
        self.claim = Some(claim);
        self
    }

    /// Sets how many bytes it may give in all.
    pub(super) fn set_limit(&mut self, limit: u64) {
        self.limit = limit;
    }

    /// Looks at the first bytes, which are still given to whoever reads next.
    pub(super) fn peek(&mut self) -> &[u8] {
        if self.head.is_empty() {
            let mut head = vec![0; HEAD];
            let mut filled = 0;
            while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
                match self.next(rest) {
                    Ok(0) => break,
                    Ok(count) => filled += count,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    // The fault is kept, and met again by whoever reads on.
                    Err(_) => break,
                }
            }
            head.truncate(filled);
            self.head = head;
        }
        &self.head
    }

    /// Why it ended early, when it did.
    pub(super) fn fault(self) -> Option<GapReason> {
        self.fault
    }

    fn next(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ended || buffer.is_empty() {
            return Ok(0);
        }
        if let Some(reason) = &self.fault {
            return Err(io::Error::other(reason.clone()));
        }
        self.pass(buffer).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            let reason = reason(&error);
            self.fault = Some(reason.clone());
            io::Error::other(reason)
        })
    }

    fn pass(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut room = self.limit.saturating_sub(self.out);
        if self.charged {
            room = room.min(self.budget.bytes.get());
        }
        if room == 0 {
            return self.past_the_limit();
        }
        let most = usize::try_from(room).unwrap_or(usize::MAX);
        let part = match buffer.get_mut(..most) {
            Some(part) => part,
            None => buffer,
        };
        let count = self.inner.read(part)?;
        if count == 0 {
            return self.end();
        }
        self.count(part.get(..count).unwrap_or_default());
        Ok(count)
    }

    /// What ends exactly at the limit is within it, so one byte more is tried.
    fn past_the_limit(&mut self) -> io::Result<usize> {
        if self.inner.read(&mut [0])? == 0 {
            return self.end();
        }
        Err(io::Error::other(if self.out >= self.limit {
            GapReason::MemberSize
        } else {
            self.budget.spent.set(true);
            GapReason::TotalSize
        }))
    }

    fn count(&mut self, bytes: &[u8]) {
        let count = bytes.len() as u64;
        self.out += count;
        if self.charged {
            let left = self.budget.bytes.get().saturating_sub(count);
            self.budget.bytes.set(left);
        }
        if self.claim.is_some_and(|claim| claim.crc.is_some()) {
            self.crc.update(bytes);
        }
        if let Some(eaten) = self.eaten
            && self.out > RATIO_FROM
            && self.out > eaten.get().saturating_mul(self.budget.limits.ratio)
        {
            self.fault = Some(GapReason::Ratio);
        }
    }

    fn end(&mut self) -> io::Result<usize> {
        if let Some(claim) = self.claim {
            let damage = if self.out != claim.size {
                Some(format!(
                    "{} bytes where {} were declared",
                    self.out, claim.size
                ))
            } else if claim.crc.is_some_and(|crc| crc != self.crc.sum()) {
                Some("the checksum is another".to_owned())
            } else {
                None
            };
            if let Some(damage) = damage {
                return Err(io::Error::other(GapReason::Damaged(damage)));
            }
        }
        self.ended = true;
        Ok(0)
    }
}

impl Read for Meter<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let held = self.head.get(self.given..).unwrap_or_default();
        if held.is_empty() {
            return self.next(buffer);
        }
        let count = held.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(held) {
            *to = *from;
        }
        self.given += count;
        Ok(count)
    }
}

/// A buffered reader that tells how much was taken from it.
pub(super) struct Counted<'a, R> {
    inner: R,
    eaten: &'a Cell<u64>,
}

impl<'a, R> Counted<'a, R> {
    pub(super) fn new(inner: R, eaten: &'a Cell<u64>) -> Self {
        Self { inner, eaten }
    }
}

impl<R: BufRead> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.eaten.set(self.eaten.get() + count as u64);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
        self.eaten.set(self.eaten.get() + count as u64);
    }
}

/// The reason that an error carries through the readers above it, or damage in its own words.
pub(super) fn reason(error: &io::Error) -> GapReason {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<GapReason>())
        .cloned()
        .unwrap_or_else(|| GapReason::Damaged(error.to_string()))
}
