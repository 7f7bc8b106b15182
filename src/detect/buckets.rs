//! Which bytes of each literal the SIMD search looks at first, and which literals share a bucket.
//!
//! The search looks up the nibbles of a few bytes, for all literals of a bucket at once: literals
//! that share no nibbles make each other's false candidates. Good places cost several times fewer
//! candidates than any places.

use crate::catalogue::{frequency, is_common};

/// Buckets of the search.
pub(super) const BUCKETS: usize = 8;
/// Bytes of a literal that are looked up, its fingerprint.
pub(super) const COMPARED: usize = 4;
/// Rounds of improvement, at most.
const ROUNDS: usize = 4;
/// The share of places of ordinary text that a part of a common word takes, roughly.
const COMMON: f64 = 5e-4;
/// How much rarer upper case is.
const UPPER_CASE: f64 = 0.1;

/// Where a literal is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Where its fingerprint begins.
    pub offset: usize,
    /// Its bucket.
    pub bucket: usize,
}

/// Chooses the places of literals in lower case, each at least as long as a fingerprint, so that few
/// places of ordinary text look like one.
pub(super) fn deal<T: AsRef<[u8]>>(literals: &[T]) -> Vec<Place> {
    let fingerprints: Vec<Vec<Nibbles>> = literals
        .iter()
        .map(|l| l.as_ref().windows(COMPARED).map(Nibbles::of).collect())
        .collect();
    let penalties: Vec<Vec<f64>> = literals
        .iter()
        .map(|l| l.as_ref().windows(COMPARED).map(penalty).collect())
        .collect();
    let frequencies = Frequencies::new();
    let mut places: Vec<Option<Place>> = vec![None; literals.len()];
    for _ in 0..ROUNDS {
        let mut better = false;
        for literal in 0..literals.len() {
            let before = places[literal].take();
            let best = (0..BUCKETS)
                .flat_map(|bucket| {
                    let others = members(&fingerprints, &places, bucket);
                    let without = frequencies.cost(others);
                    let offsets = fingerprints[literal].iter().enumerate();
                    let (frequencies, penalties) = (&frequencies, &penalties[literal]);
                    offsets.map(move |(offset, own)| {
                        let with = frequencies.cost(others.with(*own));
                        let added = with - without + penalties[offset];
                        (added, Place { offset, bucket })
                    })
                })
                // The first of the best, so that nothing moves for nothing.
                .min_by(|a, b| a.0.total_cmp(&b.0))
                .map(|(_, place)| place);
            better |= best != before;
            places[literal] = best;
        }
        if !better {
            break;
        }
    }
    places.into_iter().flatten().collect()
}

/// What the frequencies of single letters do not tell: a part of a common word is met often.
fn penalty(fingerprint: &[u8]) -> f64 {
    std::str::from_utf8(fingerprint).map_or(0.0, |text| if is_common(text) { COMMON } else { 0.0 })
}

/// The nibbles of all literals of a bucket.
fn members(fingerprints: &[Vec<Nibbles>], places: &[Option<Place>], bucket: usize) -> Nibbles {
    let mut all = Nibbles::default();
    for (offsets, place) in fingerprints.iter().zip(places) {
        if let Some(place) = place
            && place.bucket == bucket
        {
            all = all.with(offsets[place.offset]);
        }
    }
    all
}

/// The nibbles of each byte of some fingerprints, a bit each.
#[derive(Debug, Clone, Copy, Default)]
struct Nibbles {
    high: [u16; COMPARED],
    low: [u16; COMPARED],
}

impl Nibbles {
    /// The nibbles of one fingerprint in both cases.
    fn of(text: &[u8]) -> Self {
        let mut nibbles = Self::default();
        for (at, &byte) in text.iter().enumerate() {
            nibbles.high[at] = 1 << (byte >> 4) | 1 << (byte.to_ascii_uppercase() >> 4);
            nibbles.low[at] = 1 << (byte & 15);
        }
        nibbles
    }

    fn with(mut self, other: Self) -> Self {
        for at in 0..COMPARED {
            self.high[at] |= other.high[at];
            self.low[at] |= other.low[at];
        }
        self
    }
}

/// How often a byte with given nibbles is met, by high and low nibble.
struct Frequencies([[f64; 16]; 16]);

impl Frequencies {
    fn new() -> Self {
        let mut table = [[0.0; 16]; 16];
        for byte in 0..=127u8 {
            let often = if byte.is_ascii_uppercase() {
                frequency(byte.to_ascii_lowercase()) * UPPER_CASE
            } else {
                frequency(byte)
            };
            table[usize::from(byte >> 4)][usize::from(byte & 15)] = often;
        }
        Self(table)
    }

    /// The share of places that look like one of the fingerprints.
    fn cost(&self, nibbles: Nibbles) -> f64 {
        let pairs = nibbles.high.into_iter().zip(nibbles.low);
        pairs.map(|(high, low)| self.share(high, low)).product()
    }

    /// The share of bytes with one of the high nibbles and one of the low nibbles.
    fn share(&self, high: u16, low: u16) -> f64 {
        let mut sum = 0.0;
        for high in bits(high) {
            let row = &self.0[high];
            for low in bits(low) {
                sum += row[low];
            }
        }
        sum
    }
}

/// The nibbles of a set, the lowest first. This is asked tens of thousands of times at every start.
fn bits(mut set: u16) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        lowest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(literals: &[&str], places: &[Place]) -> f64 {
        let mut buckets = [Nibbles::default(); BUCKETS];
        for (literal, place) in literals.iter().zip(places) {
            let fingerprint = &literal.as_bytes()[place.offset..place.offset + COMPARED];
            buckets[place.bucket] = buckets[place.bucket].with(Nibbles::of(fingerprint));
        }
        let frequencies = Frequencies::new();
        buckets.into_iter().map(|b| frequencies.cost(b)).sum()
    }

    #[test]
    fn good_places_make_few_candidates() {
        let literals = [
            "able", "a.b1", "cert", "_key", "dev1", "dev2", "leve", "n.sp", "xcvb", "abc_", "p.na",
            "sdev", "v.sp", "qw03", "bmhz", "5ocy", "uahm", "ls0t",
        ];
        let any: Vec<Place> = (0..literals.len())
            .map(|n| Place {
                offset: 0,
                bucket: n % BUCKETS,
            })
            .collect();
        let places = deal(&literals);
        assert!(total(&literals, &places) * 4.0 < total(&literals, &any));
    }

    #[test]
    fn the_rare_part_of_a_literal_is_its_fingerprint() {
        assert_eq!(deal(&["the_qx7z"])[0].offset, 4);
        // The letters of `vel_` are the rarest, but it is met in many texts.
        assert!(penalty(b"vel_") > 0.0);
        assert_eq!(deal(&["level_o"])[0].offset, 3);
        assert_eq!(deal::<&str>(&[]), []);
    }
}
