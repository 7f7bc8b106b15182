//! Names of environments in service that a thread has read lately. Repositories repeat the same
//! few hosts, and clean ones need not be asked of the catalogue again.

/// Names, each in the one slot that its bytes lead to.
#[derive(Debug)]
pub(super) struct QuietNames {
    slots: Vec<Box<[u8]>>,
}

/// Slots; more than a repository has hosts.
const SLOTS: usize = 64;

impl Default for QuietNames {
    fn default() -> Self {
        Self {
            slots: vec![Box::default(); SLOTS],
        }
    }
}

impl QuietNames {
    /// Says whether these very bytes were entered and not replaced since.
    pub(super) fn has(&self, name: &[u8]) -> bool {
        !name.is_empty() && *self.slots[slot_of(name)] == *name
    }

    /// Enters a name, in the slot of another one.
    pub(super) fn enter(&mut self, name: &[u8]) {
        self.slots[slot_of(name)] = name.into();
    }
}

fn slot_of(name: &[u8]) -> usize {
    let byte = |at: usize| usize::from(name[at.min(name.len() - 1)]);
    (name.len() * 7 + byte(0) + byte(1) * 3 + byte(4) * 5 + byte(name.len() / 2)) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_name_is_quiet() {
        let mut names = QuietNames::default();
        names.enter(b"a.example.org");
        assert!(names.has(b"a.example.org"));
        assert!(!names.has(b"a.example.orh"));
        assert!(!names.has(b"b.example.org"));
        assert!(!names.has(b""));
        // A name that leads to the same slot replaces it.
        let other = (0..1000)
            .map(|number| format!("{number}.example.net"))
            .find(|name| slot_of(name.as_bytes()) == slot_of(b"a.example.org"))
            .expect("a thousand names lead to all slots");
        names.enter(other.as_bytes());
        assert!(names.has(other.as_bytes()));
        assert!(!names.has(b"a.example.org"));
    }
}
