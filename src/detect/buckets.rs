//! The order in which literals are given to the SIMD search.
//!
//! The search deals its literals round-robin into eight buckets and compares only the nibbles of
//! their first bytes, all literals of a bucket at once: literals that share no nibbles make each
//! other's false candidates. Which literals meet in a bucket is decided by their order, and a good
//! order costs several times fewer candidates than an alphabetical one.

use crate::catalogue::frequency;

/// Buckets of the search.
const BUCKETS: usize = 8;
/// First bytes that it compares.
const COMPARED: usize = 4;
/// Rounds of improvement; two are enough for twenty literals.
const ROUNDS: usize = 3;
/// More literals than this are searched for in another way.
const MOST: usize = 64;

/// Orders literals, each at least four bytes long, so that few places of ordinary text look like
/// one. The result does not depend on the order given.
pub(super) fn order<T: AsRef<[u8]>>(literals: &mut [T]) {
    literals.sort_by(|a, b| a.as_ref().cmp(b.as_ref()));
    let short = literals.iter().any(|l| l.as_ref().len() < COMPARED);
    if short || literals.len() <= BUCKETS || literals.len() > MOST {
        return;
    }
    let heads: Vec<[u8; COMPARED]> = literals
        .iter()
        .map(|l| std::array::from_fn(|at| l.as_ref()[at]))
        .collect();
    let frequencies = Frequencies::new();
    let mut places: Vec<usize> = (0..heads.len()).collect();
    let mut costs: Vec<f64> = (0..BUCKETS)
        .map(|bucket| frequencies.cost(&heads, &places, bucket))
        .collect();
    for _ in 0..ROUNDS {
        let mut better = false;
        for left in 0..places.len() {
            for right in left + 1..places.len() {
                let (a, b) = (left % BUCKETS, right % BUCKETS);
                if a == b {
                    continue;
                }
                places.swap(left, right);
                let swapped = (
                    frequencies.cost(&heads, &places, a),
                    frequencies.cost(&heads, &places, b),
                );
                if swapped.0 + swapped.1 < costs[a] + costs[b] {
                    (costs[a], costs[b]) = swapped;
                    better = true;
                } else {
                    places.swap(left, right);
                }
            }
        }
        if !better {
            break;
        }
    }
    permute(literals, &places);
}

/// Puts `literals[places[n]]` at `n`.
fn permute<T>(literals: &mut [T], places: &[usize]) {
    let mut targets = vec![0; places.len()];
    for (target, &source) in places.iter().enumerate() {
        targets[source] = target;
    }
    for at in 0..literals.len() {
        while targets[at] != at {
            let target = targets[at];
            literals.swap(at, target);
            targets.swap(at, target);
        }
    }
}

/// How often a byte with given nibbles is met, by high and low nibble.
struct Frequencies([[f64; 16]; 16]);

impl Frequencies {
    fn new() -> Self {
        let mut table = [[0.0; 16]; 16];
        for byte in 0..=127u8 {
            // The text is searched in lower case.
            if !byte.is_ascii_uppercase() {
                table[usize::from(byte >> 4)][usize::from(byte & 15)] = frequency(byte);
            }
        }
        Self(table)
    }

    /// The share of places that look like a literal of the bucket.
    fn cost(&self, heads: &[[u8; COMPARED]], places: &[usize], bucket: usize) -> f64 {
        let (mut high, mut low) = ([0u16; COMPARED], [0u16; COMPARED]);
        for &member in places.iter().skip(bucket).step_by(BUCKETS) {
            for (at, byte) in heads[member].iter().enumerate() {
                high[at] |= 1 << (byte >> 4);
                low[at] |= 1 << (byte & 15);
            }
        }
        high.into_iter()
            .zip(low)
            .map(|(high, low)| self.share(high, low))
            .product()
    }

    /// The share of bytes with one of the high nibbles and one of the low nibbles.
    fn share(&self, high: u16, low: u16) -> f64 {
        let mut sum = 0.0;
        for high in members(high) {
            let row = &self.0[high];
            for low in members(low) {
                sum += row[low];
            }
        }
        sum
    }
}

/// The nibbles of a set, the lowest first. This is asked tens of thousands of times at every start.
fn members(mut set: u16) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        lowest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(literals: &[&str]) -> f64 {
        let heads: Vec<[u8; COMPARED]> = literals
            .iter()
            .map(|l| std::array::from_fn(|at| l.as_bytes()[at]))
            .collect();
        let places: Vec<usize> = (0..heads.len()).collect();
        let frequencies = Frequencies::new();
        (0..BUCKETS)
            .map(|bucket| frequencies.cost(&heads, &places, bucket))
            .sum()
    }

    #[test]
    fn the_order_makes_few_candidates_and_keeps_every_literal() {
        let mut literals = [
            "able", "a.b1", "cert", "_key", "dev1", "dev2", "leve", "n.sp", "xcvb", "abc_", "p.na",
            "sdev", "v.sp", "qw03", "bmhz", "5ocy", "uahm", "ls0t",
        ];
        let mut sorted = literals;
        sorted.sort_unstable();
        order(&mut literals);
        assert!(total(&literals) * 4.0 < total(&sorted), "{literals:?}");
        let mut again = literals;
        again.reverse();
        order(&mut again);
        assert_eq!(again, literals);
        literals.sort_unstable();
        assert_eq!(literals, sorted);
    }

    #[test]
    fn few_or_short_literals_are_only_sorted() {
        let mut few = ["bbbb", "aaaa"];
        order(&mut few);
        assert_eq!(few, ["aaaa", "bbbb"]);
        let mut short = ["zzz", "bb", "cccc", "d", "e", "f", "g", "h", "i", "j"];
        order(&mut short);
        assert!(short.is_sorted());
    }
}
