//! Counts with a few samples of each.

use std::collections::BTreeMap;

/// Counts by label.
#[derive(Default)]
pub struct Figures(BTreeMap<String, (usize, Vec<String>)>);

/// Samples kept of each label; `PTLINT_SAMPLES` asks for more when somebody looks at them.
fn most_samples() -> usize {
    std::env::var("PTLINT_SAMPLES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(3)
}

impl Figures {
    /// One more, without a sample.
    pub fn count(&mut self, label: impl Into<String>) {
        self.0.entry(label.into()).or_default().0 += 1;
    }

    /// One more; `sample` is asked for while there are few.
    pub fn note(&mut self, label: impl Into<String>, sample: impl FnOnce() -> String) {
        let entry = self.0.entry(label.into()).or_default();
        entry.0 += 1;
        if entry.1.len() < most_samples() {
            entry.1.push(sample());
        }
    }

    /// How many there are of a label.
    pub fn of(&self, label: &str) -> usize {
        self.0.get(label).map_or(0, |entry| entry.0)
    }

    /// How many there are of all labels that begin with `start`.
    pub fn under(&self, start: &str) -> usize {
        let all = self.0.iter().filter(|(label, _)| label.starts_with(start));
        all.map(|(_, entry)| entry.0).sum()
    }

    /// What is between `start` and `end` in the labels that have both.
    pub fn names(&self, start: &str, end: &str) -> Vec<String> {
        let inner = |label: &String| Some(label.strip_prefix(start)?.strip_suffix(end)?.to_owned());
        self.0.keys().filter_map(inner).collect()
    }

    /// Samples of the labels that begin with `start`.
    pub fn samples(&self, start: &str) -> Vec<&String> {
        self.0
            .iter()
            .filter(|(label, _)| label.starts_with(start))
            .flat_map(|(_, entry)| &entry.1)
            .collect()
    }

    /// Adds those of another thread.
    pub fn add(&mut self, other: Self) {
        for (label, (count, samples)) in other.0 {
            let entry = self.0.entry(label).or_default();
            entry.0 += count;
            entry.1.extend(samples);
            entry.1.sort();
            entry.1.truncate(most_samples());
        }
    }

    /// Prints everything.
    pub fn print(&self, title: &str) {
        println!("== {title}");
        for (label, (count, samples)) in &self.0 {
            println!("{count:8} {label}");
            for sample in samples {
                println!("             {sample}");
            }
        }
    }
}
