//! The search for literals against a search that compares at each place.

use proptest::prelude::*;

use super::*;

/// The levels that this machine has and that look bytes up; without any, nothing is tested.
fn levels() -> Vec<Level> {
    let best = Level::new();
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    let levels: Vec<Level> = [
        best.as_avx512().map(Level::Avx512),
        best.as_avx2().map(Level::Avx2),
        best.as_sse4_2().map(Level::Sse4_2),
    ]
    .into_iter()
    .flatten()
    .collect();
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    let levels: Vec<Level> = [best].into_iter().filter(|l| looks_up_bytes(*l)).collect();
    assert!(!levels.is_empty(), "this processor has no vectors of bytes");
    levels
}

fn found(teddy: &Teddy, text: &[u8], width: Width) -> (Vec<(usize, usize)>, bool) {
    let mut all = Vec::new();
    let has_nul = teddy.search(text, width, &mut |at, literal| all.push((at, literal)));
    all.sort_unstable();
    all.dedup();
    (all, has_nul)
}

/// The same, one place after the other.
fn expected(literals: &[Vec<u8>], text: &[u8], width: Width) -> Vec<(usize, usize)> {
    let apart = |literal: &[u8]| -> Vec<u8> {
        let mut bytes: Vec<u8> = literal.iter().flat_map(|b| [*b, 0]).collect();
        bytes.pop();
        bytes
    };
    let mut all = Vec::new();
    for (number, literal) in literals.iter().enumerate() {
        let bytes = match width {
            Width::Narrow => literal.clone(),
            Width::Wide => apart(literal),
        };
        for (at, window) in text.windows(bytes.len()).enumerate() {
            if window.eq_ignore_ascii_case(&bytes) {
                all.push((at, number));
            }
        }
    }
    all.sort_unstable();
    all
}

/// Literals, and a text of pieces of them, of noise and of NULs.
fn searches() -> impl Strategy<Value = (Vec<Vec<u8>>, Vec<u8>)> {
    let literal = "[a-e0-2._-]{4,9}".prop_map(String::into_bytes);
    let literals = prop::collection::vec(literal, 1..40);
    let piece = (any::<prop::sample::Index>(), 0..7u8, any::<[u8; 3]>());
    (literals, prop::collection::vec(piece, 0..40)).prop_map(|(literals, pieces)| {
        let mut text = Vec::new();
        for (index, kind, noise) in pieces {
            let literal = index.get(&literals);
            match kind {
                0 => text.extend(literal),
                1 => text.extend(literal.to_ascii_uppercase()),
                2 => text.extend(literal.iter().flat_map(|b| [*b, 0])),
                3 => text.extend(literal.iter().flat_map(|b| [0, b.to_ascii_uppercase()])),
                4 => text.extend(&literal[1..]),
                5 => text.extend([b'-'; 61]),
                _ => text.extend(noise),
            }
        }
        (literals, text)
    })
}

proptest! {
    #[test]
    fn every_level_finds_what_comparing_at_each_place_finds((literals, text) in searches()) {
        for level in levels() {
            let teddy = Teddy::new(&literals, level).expect("few literals");
            for width in [Width::Narrow, Width::Wide] {
                let (all, has_nul) = found(&teddy, &text, width);
                prop_assert_eq!(&all, &expected(&literals, &text, width), "{:?}", level);
                prop_assert_eq!(has_nul, text.contains(&0), "{:?}", level);
            }
        }
    }
}

#[test]
fn a_literal_is_found_wherever_it_stands_in_a_text_of_any_length() {
    let literals = [b"anchor".to_vec()];
    for level in levels() {
        let teddy = Teddy::new(&literals, level).expect("one literal");
        for length in 6..200 {
            for at in 0..=length - 6 {
                let mut text = vec![b'a'; length];
                text[at..at + 6].copy_from_slice(b"AnchoR");
                assert_eq!(found(&teddy, &text, Width::Narrow), (vec![(at, 0)], false));
            }
        }
    }
}

#[test]
fn a_nul_is_met_wherever_it_stands() {
    for level in levels() {
        let teddy = Teddy::new(&[b"anchor".to_vec()], level).expect("one literal");
        for length in 1..200 {
            let mut text = vec![b'a'; length];
            assert!(!found(&teddy, &text, Width::Narrow).1);
            for at in 0..length {
                text[at] = 0;
                assert!(found(&teddy, &text, Width::Narrow).1, "{at} of {length}");
                text[at] = b'a';
            }
        }
    }
}

#[test]
fn many_or_short_literals_are_for_another_search() {
    let level = Level::new();
    let many: Vec<Vec<u8>> = (0..=MOST)
        .map(|n| format!("word{n:02}").into_bytes())
        .collect();
    assert!(Teddy::new(&many, level).is_none());
    assert!(Teddy::new(&[b"abc".to_vec()], level).is_none());
}
