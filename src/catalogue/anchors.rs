//! Which short literals to search every file for, so that each reportable text is met.
//!
//! A text gets two anchors where it can: when a line break of quoted-printable falls into one, the
//! other is still whole. Few and rare anchors make the search fast, so windows that several texts
//! share and whose characters are rare are preferred.

use std::collections::{HashMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// The literals to search for, in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnchorSet {
    /// Parts of the texts to report; at least 4 bytes each, sorted, none a part of another.
    pub literals: Vec<String>,
    /// Parts of encoded text that may hold one.
    pub markers: Vec<(String, Marker)>,
}

/// What an encoded text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Marker {
    /// Base64 of a text to report, in one of its three alignments.
    Base64,
    /// A certificate in PEM.
    Certificate,
}

/// The shortest literal worth searching for.
const LEAST: usize = 4;
/// Longer ones are as frequent in practice.
const MOST: usize = 8;

/// Words so common in code and prose that a part of one is a bad anchor however rare its letters.
const COMMON_WORDS: &str = "national training level endpoint bundle certificate services server \
    example development integration environment internal external message messaging platform \
    authority root proxy portal index begin lint";

/// Occurrences per 10,000 characters of code and prose, roughly; other bytes count as 30.
#[must_use]
pub(crate) fn frequency(byte: u8) -> f64 {
    let per_ten_thousand = match byte {
        b'e' => 850,
        b't' => 650,
        b'a' | b'i' | b'o' | b'n' | b'r' | b's' => 550,
        b'l' | b'c' | b'd' => 330,
        b'u' | b'p' | b'm' | b'h' | b'f' => 220,
        b'g' | b'y' | b'b' | b'v' | b'w' => 130,
        b' ' => 1500,
        b'.' | b'_' | b'-' | b'/' => 150,
        b'0' | b'1' => 120,
        b'2'..=b'9' => 60,
        _ => 30,
    };
    f64::from(per_ten_thousand) / 10_000.0
}

/// Whether what a text has of letters, three at least, is a part of a common word.
#[must_use]
pub(crate) fn is_common(text: &str) -> bool {
    let letters = text.trim_matches(|c: char| !c.is_ascii_alphabetic());
    letters.len() >= 3 && COMMON_WORDS.contains(letters)
}

/// What a window costs: one for being there, more the more often it is met, and more again the more
/// often its beginning is met, which is all that the search compares at first.
fn cost(window: &str) -> f64 {
    let chance = |bytes: usize| -> f64 { window.bytes().take(bytes).map(frequency).product() };
    let common = is_common(window);
    // A beginning that such a word has is met as often as the word.
    let candidate = window
        .get(..LEAST)
        .is_some_and(|head| COMMON_WORDS.contains(head));
    let penalty = match (common, candidate) {
        (true, _) => 50.0,
        (false, true) => 5.0,
        (false, false) => 0.0,
    };
    1.0 + chance(LEAST) * 3e5 + chance(window.len()) * 1e6 + penalty
}

/// All windows of a text that may serve as its anchor. A window without a dot is met in every
/// spelling of the dots; one with dots serves only texts that have no other.
fn windows(text: &str) -> Vec<(usize, &str)> {
    let all = |with_dots: bool| -> Vec<(usize, &str)> {
        (LEAST..=MOST)
            .step_by(4)
            .flat_map(|length| {
                (0..text.len().saturating_sub(length - 1)).filter_map(move |at| {
                    let window = text.get(at..at + length)?;
                    (with_dots || !window.contains('.')).then_some((at, window))
                })
            })
            .collect()
    };
    let plain = all(false);
    if plain.is_empty() { all(true) } else { plain }
}

/// The rarest window of a text (in lower case), or none when it is too short.
pub(super) fn anchor_text(text: &str) -> Option<&str> {
    windows(text)
        .into_iter()
        .map(|(_, window)| window)
        .min_by(|a, b| cost(a).total_cmp(&cost(b)))
}

/// The texts to choose anchors for, all in lower case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts<'t> {
    /// Zones and hosts to report: two anchors each.
    pub hosts: &'t [String],
    /// Other texts to report: one anchor each.
    pub literals: &'t [String],
    /// Names that clean files are full of; an anchor within many of them is a bad one.
    pub quiet: &'t [String],
}

/// Chooses anchors.
#[must_use]
pub(super) fn anchors(texts: Texts<'_>) -> AnchorSet {
    let mut cover = GreedyCover {
        quiet: HashMap::new(),
        chosen: Vec::new(),
    };
    for name in texts.quiet {
        let windows: HashSet<&str> = windows_with_dots(name)
            .into_iter()
            .map(|(_, w)| w)
            .collect();
        for window in windows {
            *cover.quiet.entry(window).or_default() += 1;
        }
    }
    let first = texts.hosts.iter().chain(texts.literals);
    cover.extend(first.map(|text| windows(text)).collect());
    // The second anchors: what is left of each host when its first one is broken.
    let second = texts
        .hosts
        .iter()
        .map(|text| {
            let first = cover
                .chosen
                .iter()
                .find_map(|c| text.find(c).map(|at| (at, c.len())));
            windows_with_dots(text)
                .into_iter()
                .filter(|(at, window)| {
                    first.is_none_or(|(from, length)| {
                        at + window.len() <= from || *at >= from + length
                    })
                })
                .collect()
        })
        .collect();
    cover.extend(second);
    let chosen = cover.chosen;
    let mut literals: Vec<String> = chosen
        .iter()
        .filter(|c| !chosen.iter().any(|other| other != *c && c.contains(other)))
        .map(|c| (*c).to_owned())
        .collect();
    literals.sort();
    literals.dedup();
    AnchorSet {
        literals,
        markers: markers(texts),
    }
}

/// How a certificate in PEM begins, and the part of it to search for.
const PEM: (&str, &str) = ("-----BEGIN CERTIFICATE-----", "begin ce");
/// The version of an X.509 certificate (v3) and the tag of its serial number, in DER, after two tags
/// with lengths of two bytes each.
const VERSION: (&[u8], usize) = (&[0xa0, 0x03, 0x02, 0x01, 0x02, 0x02], 8);

/// Markers of encoded text: base64 of each host, wherever it begins in the encoded text, and
/// certificates, as PEM, as base64 of that and as bare base64. Hosts are met in lower case and in
/// upper case, but not in a mixture.
fn markers(texts: Texts<'_>) -> Vec<(String, Marker)> {
    // A certificate may name any text to report, a host or an authority.
    let any = !texts.hosts.is_empty() || !texts.literals.is_empty();
    let mut encoded: Vec<String> = texts
        .hosts
        .iter()
        .flat_map(|host| [host.clone(), host.to_ascii_uppercase()])
        .flat_map(|host| (0..3).map(move |alignment| base64_part(host.as_bytes(), alignment)))
        .collect();
    if any {
        encoded.push(base64_part(PEM.0.as_bytes(), 0));
        encoded.push(base64_part(VERSION.0, VERSION.1 % 3));
    }
    let mut cover = GreedyCover {
        quiet: HashMap::new(),
        chosen: Vec::new(),
    };
    cover.extend(encoded.iter().map(|text| windows(text)).collect());
    let mut markers: Vec<(String, Marker)> = cover
        .chosen
        .iter()
        .map(|window| ((*window).to_owned(), Marker::Base64))
        .collect();
    if any {
        markers.push((PEM.1.to_owned(), Marker::Certificate));
    }
    markers.sort();
    markers
}

/// The base64 characters that some bytes decide wholly, in lower case, when `alignment` bytes of a
/// group of three precede it.
fn base64_part(content: &[u8], alignment: usize) -> String {
    let mut bytes = vec![0; alignment];
    bytes.extend_from_slice(content);
    let encoded = STANDARD_NO_PAD.encode(&bytes);
    let first = (8 * alignment).div_ceil(6);
    let end = 8 * bytes.len() / 6;
    encoded
        .get(first..end)
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// A line break does not fall into an escaped dot, so here dots do no harm.
fn windows_with_dots(text: &str) -> Vec<(usize, &str)> {
    (LEAST..=MOST)
        .step_by(4)
        .flat_map(|length| {
            (0..text.len().saturating_sub(length - 1))
                .filter_map(move |at| Some((at, text.get(at..at + length)?)))
        })
        .collect()
}

/// Greedy cover: in each round the window that serves most open texts for its cost.
struct GreedyCover<'t> {
    /// In how many quiet names each window occurs.
    quiet: HashMap<&'t str, u32>,
    chosen: Vec<&'t str>,
}

/// A window and the texts that it may serve.
struct Window<'t> {
    text: &'t str,
    cost: f64,
    /// All texts that hold it.
    serves: Vec<usize>,
    /// How many of them have no chosen window yet.
    open: u32,
}

impl Window<'_> {
    fn worth(&self) -> f64 {
        f64::from(self.open) / self.cost
    }
}

impl<'t> GreedyCover<'t> {
    /// Chooses windows until each text has one. Texts that a chosen literal already serves, or
    /// that have no window, are left out.
    fn extend(&mut self, mut texts: Vec<Vec<(usize, &'t str)>>) {
        texts.retain(|windows| {
            !windows.is_empty() && !windows.iter().any(|(_, w)| self.chosen.contains(w))
        });
        // Every start of the program waits for this, so windows are numbers and what a choice
        // changes is counted down, not counted again.
        let mut numbers: HashMap<&'t str, usize> = HashMap::new();
        let mut windows: Vec<Window<'t>> = Vec::new();
        let mut members: Vec<Vec<usize>> = Vec::with_capacity(texts.len());
        for (text, all) in texts.iter().enumerate() {
            let mut distinct: Vec<usize> = Vec::with_capacity(all.len());
            for (_, window) in all {
                let number = *numbers.entry(window).or_insert_with(|| {
                    windows.push(Window {
                        text: window,
                        cost: self.cost(window),
                        serves: Vec::new(),
                        open: 0,
                    });
                    windows.len() - 1
                });
                let entry = &mut windows[number];
                if entry.serves.last() != Some(&text) {
                    entry.serves.push(text);
                    entry.open += 1;
                    distinct.push(number);
                }
            }
            members.push(distinct);
        }
        let mut open = vec![true; members.len()];
        while let Some(best) = windows.iter().filter(|w| w.open > 0).max_by(|a, b| {
            let order = a.worth().total_cmp(&b.worth());
            order.then_with(|| b.text.cmp(a.text))
        }) {
            self.chosen.push(best.text);
            for text in best.serves.clone() {
                if std::mem::take(&mut open[text]) {
                    for &window in &members[text] {
                        windows[window].open -= 1;
                    }
                }
            }
        }
    }

    fn cost(&self, window: &str) -> f64 {
        cost(window) + f64::from(self.quiet.get(window).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|t| (*t).to_owned()).collect()
    }

    #[test]
    fn every_text_has_two_anchors_apart_where_it_is_long_enough() {
        let texts = texts(&[
            "dev.alpha7.example.org",
            "tst.beta.example.org",
            "xy_ca_cert",
        ]);
        let set = anchors(Texts {
            hosts: &texts[..2],
            literals: &texts[2..],
            quiet: &[],
        });
        for text in &texts {
            let at: Vec<usize> = set
                .literals
                .iter()
                .filter_map(|l| text.find(l.as_str()))
                .collect();
            let least = if text.contains('.') { 2 } else { 1 };
            assert!(at.len() >= least, "{text}: {set:?}");
        }
        assert!(set.literals.iter().all(|l| l.len() >= LEAST), "{set:?}");
    }

    #[test]
    fn base64_of_a_host_holds_a_marker_wherever_it_begins() {
        let hosts = texts(&["dev.alpha7.example.org", "tst.beta.example.org"]);
        let set = anchors(Texts {
            hosts: &hosts,
            literals: &[],
            quiet: &[],
        });
        for host in &hosts {
            for before in 0..6 {
                for host in [host.clone(), host.to_ascii_uppercase()] {
                    let text = format!("{}{host}/x", "y".repeat(before));
                    let encoded = STANDARD_NO_PAD.encode(text).to_ascii_lowercase();
                    assert!(
                        set.markers.iter().any(|(m, _)| encoded.contains(m)),
                        "{encoded}: {set:?}"
                    );
                }
            }
        }
        // The hosts share their end, so they share the markers.
        assert!(set.markers.len() <= 9, "{set:?}");
    }

    #[test]
    fn a_short_text_has_no_anchor() {
        assert_eq!(anchor_text("dev"), None);
        assert!(anchor_text("10.200.40.136").is_some());
    }
}
