//! SIMD search for many short literals in any case of their letters, after the algorithm that is
//! known as Teddy.
//!
//! Of each literal a few bytes are its fingerprint, and each literal is in one of eight buckets. For
//! every place of the text, table look-ups tell in which buckets a literal may be there; only such
//! candidates are compared. Bytes are looked up by their two nibbles, or by six of their bits where
//! the processor has tables of that size. Case costs nothing, since the tables hold a letter in both
//! cases, so the text is searched as it is. The same tables find the literals in UTF-16, where every
//! other byte is skipped.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch};

use super::buckets::{self, BUCKETS, COMPARED, NIBBLE, SIX};

/// More literals than this make too many candidates.
const MOST: usize = 64;
/// Bytes of a fingerprint after its first one.
const REACH: usize = COMPARED - 1;
/// Bytes of the widest vector.
const WIDEST: usize = 64;
/// Fills the last vector: no byte of a literal, and no NUL.
const FILLER: u8 = 0xff;

/// Compiled literals.
#[derive(Debug)]
pub(super) struct Teddy {
    level: Level,
    tables: Tables,
    buckets: [Vec<BucketLiteral>; BUCKETS],
}

/// A literal in its bucket.
#[derive(Debug)]
struct BucketLiteral {
    literal: usize,
    /// In lower case.
    text: Vec<u8>,
    /// Where its fingerprint begins.
    offset: usize,
    /// Its fingerprint, as [`folded`] gives it.
    fingerprint: u32,
}

/// Four bytes in one number, the same for a letter in both cases.
fn folded(bytes: [u8; COMPARED]) -> u32 {
    u32::from_le_bytes(bytes) | 0x2020_2020
}

/// The look-up tables of each byte of a fingerprint.
type Tables = [ByteTables; COMPARED];

/// The buckets of which a literal has such a byte, a bit each.
#[derive(Debug, Clone, Copy)]
struct ByteTables {
    /// By the high nibble, once for each 16 bytes of a vector.
    high: [u8; WIDEST],
    /// By the low nibble, likewise.
    low: [u8; WIDEST],
    /// By the low six bits.
    six: [u8; 64],
}

impl ByteTables {
    const EMPTY: Self = Self {
        high: [0; WIDEST],
        low: [0; WIDEST],
        six: [0; 64],
    };

    fn enter(&mut self, byte: u8, bucket: usize) {
        let bit = 1 << bucket;
        self.six[usize::from(byte & SIX)] |= bit;
        for (table, nibble) in [(&mut self.high, byte >> 4), (&mut self.low, byte & NIBBLE)] {
            for block in table.chunks_exact_mut(16) {
                block[usize::from(nibble)] |= bit;
            }
        }
    }
}

/// How far apart the characters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// One byte each.
    Narrow,
    /// Two bytes each, one of them NUL: UTF-16 of either byte order.
    Wide,
}

impl Teddy {
    /// Compiles literals in lower case, or `None` where another search is the better one: too many
    /// literals, one that is too short, or a processor that cannot look up bytes.
    pub(super) fn new(literals: &[Vec<u8>], level: Level) -> Option<Self> {
        let short = literals.iter().any(|l| l.len() < COMPARED);
        if short || literals.len() > MOST || !looks_up_bytes(level) {
            return None;
        }
        let mut tables = [ByteTables::EMPTY; COMPARED];
        let mut buckets: [Vec<BucketLiteral>; BUCKETS] = Default::default();
        let slots = buckets::choose_slots(literals);
        for (literal, (text, slot)) in literals.iter().zip(slots).enumerate() {
            for (table, &byte) in tables.iter_mut().zip(&text[slot.offset..]) {
                table.enter(byte, slot.bucket);
                table.enter(byte.to_ascii_uppercase(), slot.bucket);
            }
            buckets[slot.bucket].push(BucketLiteral {
                literal,
                text: text.clone(),
                offset: slot.offset,
                fingerprint: folded(std::array::from_fn(|n| text[slot.offset + n])),
            });
        }
        Some(Self {
            level,
            tables,
            buckets,
        })
    }

    /// Calls `found` with the offset and the number of each literal, in the order of their places
    /// but for literals that overlap. Says whether the text holds a NUL.
    pub(super) fn search(
        &self,
        text: &[u8],
        width: Width,
        found: &mut dyn FnMut(usize, usize),
    ) -> bool {
        let mut candidate = |at: usize, buckets: u8| match width {
            Width::Narrow => self.compare::<1>(text, at, buckets, found),
            Width::Wide => self.compare::<2>(text, at, buckets, found),
        };
        let (level, tables) = (self.level, &self.tables);
        match width {
            Width::Narrow => {
                dispatch!(level, simd => scan::<_, 1>(simd, tables, text, &mut candidate))
            }
            Width::Wide => {
                dispatch!(level, simd => scan::<_, 2>(simd, tables, text, &mut candidate))
            }
        }
    }

    /// Compares the literals of some buckets with the text around a candidate.
    fn compare<const STEP: usize>(
        &self,
        text: &[u8],
        at: usize,
        mut buckets: u8,
        found: &mut dyn FnMut(usize, usize),
    ) {
        let Some(bytes) = text.get(at..=at + REACH * STEP) else {
            return;
        };
        let fingerprint = folded(std::array::from_fn(|n| bytes[n * STEP]));
        while buckets != 0 {
            for member in &self.buckets[buckets.trailing_zeros() as usize] {
                if member.fingerprint != fingerprint {
                    continue;
                }
                let Some(start) = at.checked_sub(member.offset * STEP) else {
                    continue;
                };
                let end = start + (member.text.len() - 1) * STEP + 1;
                let Some(stretch) = text.get(start..end) else {
                    continue;
                };
                let mut letters = stretch.iter().step_by(STEP).zip(&member.text);
                let mut between = stretch.iter().skip(1).step_by(STEP);
                if letters.all(|(a, b)| a.to_ascii_lowercase() == *b)
                    && (STEP == 1 || between.all(|byte| *byte == 0))
                {
                    found(start, member.literal);
                }
            }
            buckets &= buckets - 1;
        }
    }
}

/// Says whether the processor has an instruction that looks bytes up in a table.
fn looks_up_bytes(level: Level) -> bool {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    return level.as_sse4_2().is_some();
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    return !level.is_fallback();
}

/// Calls `candidate` with each place where a fingerprint may begin and the buckets it may be of.
/// Says whether the text holds a NUL.
// What uses vectors has to be compiled into `dispatch!`, where the processor's level is known: hence
// no closures and `inline(always)` from here on.
#[allow(clippy::inline_always)]
#[inline(always)]
fn scan<S: Simd, const STEP: usize>(
    simd: S,
    tables: &Tables,
    text: &[u8],
    candidate: &mut dyn FnMut(usize, u8),
) -> bool {
    let mut scanner = Scanner::<S, STEP> {
        simd,
        least: S::u8s::splat(simd, FILLER),
    };
    let (lanes, reach) = (S::u8s::LEN, REACH * STEP);
    let mut filled = [FILLER; WIDEST + REACH * 2];
    let text = if text.len() < lanes + reach {
        filled[..text.len()].copy_from_slice(text);
        &filled[..lanes + reach]
    } else {
        text
    };
    scanner.scan(tables, text, 0, candidate);
    // The last vector, which may overlap the one before. No fingerprint begins after it.
    let last = text.len() - lanes - reach;
    if last > 0 {
        scanner.scan(tables, &text[last..], last, candidate);
    }
    scanner.keep_least(&text[text.len() - lanes..]);
    scanner.least.simd_eq(S::u8s::splat(simd, 0)).any_true()
}

struct Scanner<S: Simd, const STEP: usize> {
    simd: S,
    /// The least byte that was met in each lane: whether there is a NUL.
    least: S::u8s,
}

impl<S: Simd, const STEP: usize> Scanner<S, STEP> {
    /// Scans whole vectors; `base` is the offset of the text.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn scan(
        &mut self,
        tables: &Tables,
        text: &[u8],
        base: usize,
        candidate: &mut dyn FnMut(usize, u8),
    ) {
        let mut at = 0;
        // The offset after each vector.
        while let Some(buckets) = self.next(tables, text, &mut at) {
            let mut places = !buckets.simd_eq(S::u8s::splat(self.simd, 0)).to_bitmask();
            places &= u64::MAX >> (64 - S::u8s::LEN);
            let buckets = buckets.as_slice();
            while places != 0 {
                let place = places.trailing_zeros() as usize;
                candidate(base + at - S::u8s::LEN + place, buckets[place]);
                places &= places - 1;
            }
        }
    }

    /// Keeps the least byte of one more vector in each lane.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn keep_least(&mut self, bytes: &[u8]) {
        self.least = self.least.min(S::u8s::from_slice(self.simd, bytes));
    }

    /// The buckets of the next vector in which there are any; moves after it.
    // Nothing is called in its loop, so that the tables stay in registers.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn next(&mut self, tables: &Tables, text: &[u8], at: &mut usize) -> Option<S::u8s> {
        let (simd, lanes) = (self.simd, S::u8s::LEN);
        let zero = S::u8s::splat(simd, 0);
        let by_six = lanes == 64;
        let (mut first, mut second) = ([zero; COMPARED], [zero; COMPARED]);
        for (n, table) in tables.iter().enumerate() {
            if by_six {
                first[n] = S::u8s::from_slice(simd, &table.six);
            } else {
                first[n] = S::u8s::from_slice(simd, &table.high[..lanes]);
                second[n] = S::u8s::from_slice(simd, &table.low[..lanes]);
            }
        }
        let mut least = self.least;
        let mut result = None;
        while let Some(chunk) = text.get(*at..*at + lanes + REACH * STEP) {
            *at += lanes;
            let mut buckets = S::u8s::splat(simd, 0xff);
            for n in 0..COMPARED {
                let bytes = S::u8s::from_slice(simd, &chunk[n * STEP..n * STEP + lanes]);
                if n == 0 {
                    least = least.min(bytes);
                }
                buckets &= if by_six {
                    first[n].swizzle_dyn(bytes & SIX)
                } else {
                    first[n].swizzle_dyn_within_blocks(bytes >> 4)
                        & second[n].swizzle_dyn_within_blocks(bytes & NIBBLE)
                };
            }
            if !buckets.simd_eq(zero).all_true() {
                result = Some(buckets);
                break;
            }
        }
        self.least = least;
        result
    }
}

#[cfg(test)]
mod tests;
