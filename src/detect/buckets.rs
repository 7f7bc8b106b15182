//! Which bytes of each literal the SIMD search looks at first, and which literals share a bucket.
//!
//! The search looks up the nibbles of a few bytes, or six of their bits, for all literals of a bucket
//! at once: literals that have little in common make each other's false candidates. Good places cost
//! several times fewer candidates than any places.

use crate::catalogue::{frequency, is_common};

/// Buckets of the search.
pub(super) const BUCKETS: usize = 8;
/// Bytes of a literal that are looked up, its fingerprint.
pub(super) const COMPARED: usize = 4;
/// The low nibble of a byte.
pub(super) const NIBBLE: u8 = 15;
/// The low six bits of a byte. Letters share them with digits and signs.
pub(super) const SIX: u8 = 63;
/// Rounds of improvement, at most.
const ROUNDS: usize = 4;
/// The share of places of ordinary text that a part of a common word takes, roughly.
const COMMON: f64 = 5e-4;
/// How much rarer upper case is.
const UPPER_CASE: f64 = 0.1;

/// Where a literal is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    /// Where its fingerprint begins.
    pub offset: usize,
    /// Its bucket.
    pub bucket: usize,
}

/// Chooses the fingerprints and buckets of literals in lower case, each at least as long as a
/// fingerprint, so that few places of ordinary text look like one.
pub(super) fn choose_slots<T: AsRef<[u8]>>(literals: &[T]) -> Vec<Slot> {
    let fingerprints: Vec<Vec<Looks>> = literals
        .iter()
        .map(|l| {
            l.as_ref()
                .windows(COMPARED)
                .map(Looks::of_fingerprint)
                .collect()
        })
        .collect();
    let penalties: Vec<Vec<f64>> = literals
        .iter()
        .map(|l| l.as_ref().windows(COMPARED).map(penalty).collect())
        .collect();
    let frequencies = Frequencies::new();
    let mut places: Vec<Option<Slot>> = vec![None; literals.len()];
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
                        let with = frequencies.cost(others.joined_with(*own));
                        let added = with - without + penalties[offset];
                        (added, Slot { offset, bucket })
                    })
                })
                // The first of the best, so that literals move only for a gain.
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

/// What is looked up for all literals of a bucket.
fn members(fingerprints: &[Vec<Looks>], places: &[Option<Slot>], bucket: usize) -> Looks {
    let mut all = Looks::default();
    for (offsets, place) in fingerprints.iter().zip(places) {
        if let Some(place) = place
            && place.bucket == bucket
        {
            all = all.joined_with(offsets[place.offset]);
        }
    }
    all
}

/// What is looked up of each byte of some fingerprints, a bit for each value.
#[derive(Debug, Clone, Copy, Default)]
struct Looks {
    /// The high nibbles.
    high: [u16; COMPARED],
    /// The low nibbles.
    low: [u16; COMPARED],
    /// The low six bits.
    six: [u64; COMPARED],
}

impl Looks {
    /// That of one fingerprint in both cases.
    fn of_fingerprint(text: &[u8]) -> Self {
        let mut looks = Self::default();
        for (at, &byte) in text.iter().enumerate() {
            looks.high[at] = 1 << (byte >> 4) | 1 << (byte.to_ascii_uppercase() >> 4);
            looks.low[at] = 1 << (byte & NIBBLE);
            looks.six[at] = 1 << (byte & SIX) | 1 << (byte.to_ascii_uppercase() & SIX);
        }
        looks
    }

    fn joined_with(mut self, other: Self) -> Self {
        for at in 0..COMPARED {
            self.high[at] |= other.high[at];
            self.low[at] |= other.low[at];
            self.six[at] |= other.six[at];
        }
        self
    }
}

/// How often a byte is met.
struct Frequencies {
    /// By high and low nibble.
    nibbles: [[f64; 16]; 16],
    /// By the low six bits.
    six: [f64; 64],
}

impl Frequencies {
    fn new() -> Self {
        let (mut nibbles, mut six) = ([[0.0; 16]; 16], [0.0; 64]);
        for byte in 0..=127u8 {
            let often = if byte.is_ascii_uppercase() {
                frequency(byte.to_ascii_lowercase()) * UPPER_CASE
            } else {
                frequency(byte)
            };
            nibbles[usize::from(byte >> 4)][usize::from(byte & NIBBLE)] = often;
            six[usize::from(byte & SIX)] += often;
        }
        Self { nibbles, six }
    }

    /// The share of places that look like one of the fingerprints, by nibbles and by six bits.
    fn cost(&self, looks: Looks) -> f64 {
        let pairs = looks.high.into_iter().zip(looks.low);
        let by_nibbles: f64 = pairs.map(|(high, low)| self.share(high, low)).product();
        let by_six: f64 = looks.six.map(|six| self.share_of_six(six)).iter().product();
        by_nibbles + by_six
    }

    /// The share of bytes with one of the six low bits.
    fn share_of_six(&self, six: u64) -> f64 {
        bits(six).map(|six| self.six[six]).sum()
    }

    /// The share of bytes with one of the high nibbles and one of the low nibbles.
    fn share(&self, high: u16, low: u16) -> f64 {
        let mut sum = 0.0;
        for high in bits(high.into()) {
            let row = &self.nibbles[high];
            for low in bits(low.into()) {
                sum += row[low];
            }
        }
        sum
    }
}

/// The members of a set, the lowest first. This is asked tens of thousands of times at every start.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        lowest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(literals: &[&str], places: &[Slot]) -> f64 {
        let mut buckets = [Looks::default(); BUCKETS];
        for (literal, place) in literals.iter().zip(places) {
            let fingerprint = &literal.as_bytes()[place.offset..place.offset + COMPARED];
            buckets[place.bucket] =
                buckets[place.bucket].joined_with(Looks::of_fingerprint(fingerprint));
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
        let any: Vec<Slot> = (0..literals.len())
            .map(|n| Slot {
                offset: 0,
                bucket: n % BUCKETS,
            })
            .collect();
        let places = choose_slots(&literals);
        assert!(total(&literals, &places) * 3.0 < total(&literals, &any));
    }

    #[test]
    fn the_rare_part_of_a_literal_is_its_fingerprint() {
        assert_eq!(choose_slots(&["the_qx7z"])[0].offset, 4);
        // The letters of `vel_` are the rarest, but it is met in many texts.
        assert!(penalty(b"vel_") > 0.0);
        assert_eq!(choose_slots(&["level_o"])[0].offset, 3);
        assert_eq!(choose_slots::<&str>(&[]), []);
    }
}
