//! Keys of property lists: the text of `<key>` names the element after it.

use std::ops::Range;

use super::{NodeKind, Step, XmlReader};

impl XmlReader<'_> {
    /// Says whether the element that begins is a key of a property list. Records the key before it, which has no
    /// value.
    pub(super) fn is_plist_key(&mut self, name: &Range<usize>) -> bool {
        let parent = self.stack.last().map(|frame| self.slice(&frame.name));
        let is_key = parent == Some("dict") && self.slice(name) == "key";
        if is_key {
            self.record_lost_key();
        }
        is_key
    }

    /// Ends the run of text before the end tag of the innermost element. In a key of a property
    /// list it names the element after it.
    pub(super) fn end_key_or_run(&mut self) {
        let is_key = self.stack.last().is_some_and(|frame| frame.is_key);
        if !is_key {
            return self.end_run();
        }
        let value = self.run.finish(self.source, &mut self.entities);
        if let [.., parent, _] = self.stack.as_mut_slice() {
            parent.key = value.map(Box::new);
        }
    }

    /// Records a key of a property list that has more than text in it.
    pub(super) fn open_key(&mut self) {
        if let Some(frame) = self.stack.last_mut()
            && frame.is_key
        {
            frame.is_key = false;
            let name = frame.name.clone();
            let step = Step::Key(self.slice(&name).to_owned());
            let end = name.end;
            self.builder.open(NodeKind::Mapping, step, Some(name), end);
        }
    }

    /// Records a key of a property list that has no value.
    pub(super) fn record_lost_key(&mut self) {
        let key = self.stack.last_mut().and_then(|frame| frame.key.take());
        if let Some(value) = key {
            self.value(Step::Key("key".to_owned()), None, *value);
        }
    }
}
