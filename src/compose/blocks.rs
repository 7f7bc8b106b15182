//! The blocks of a program or a script: which parts of a text are inside which.

use std::ops::Range;

/// A block.
#[derive(Debug, Clone)]
pub(crate) struct NestedBlock {
    /// Its bytes.
    pub span: Range<usize>,
    /// Names that are given a value in it keep it after it, unless they are declared there.
    pub is_branch: bool,
    around: Option<usize>,
}

/// The blocks of a text, in the order in which they begin.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    blocks: Vec<NestedBlock>,
    /// The numbers of those that have not ended.
    open: Vec<usize>,
}

impl Blocks {
    /// Begins a block after everything else.
    pub(crate) fn open(&mut self, at: usize, is_branch: bool) {
        let around = self.open.last().copied();
        self.open.push(self.blocks.len());
        self.blocks.push(NestedBlock {
            span: at..usize::MAX,
            is_branch,
            around,
        });
    }

    /// Ends the innermost block, if there is one.
    pub(crate) fn close(&mut self, at: usize) -> bool {
        let closed = self.open.pop();
        if let Some(number) = closed {
            self.blocks[number].span.end = at;
        }
        closed.is_some()
    }

    /// The blocks around a byte, the innermost first.
    pub(crate) fn around(&self, at: usize) -> impl Iterator<Item = &NestedBlock> + '_ {
        let after = self.blocks.partition_point(|block| block.span.start < at);
        let mut next = after.checked_sub(1);
        let all = std::iter::from_fn(move || {
            let block = &self.blocks[next?];
            next = block.around;
            Some(block)
        });
        all.filter(move |block| at < block.span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Blocks;

    #[test]
    fn blocks_see_what_is_around_them() {
        let text = "a { b { c } d } e { f }";
        let mut blocks = Blocks::default();
        for (at, sign) in text.bytes().enumerate() {
            match sign {
                b'{' => blocks.open(at, false),
                b'}' => assert!(blocks.close(at)),
                _ => {}
            }
        }
        let at = |name: &str| text.find(name).expect("there");
        let sees = |from: usize, definition: usize| {
            let block = blocks.around(definition).next();
            block.is_none_or(|block| block.span.contains(&from))
        };
        for (from, definition, expected) in [
            ("b", "a", true),
            ("c", "a", true),
            ("c", "b", true),
            ("d", "c", false),
            ("b", "d", true),
            ("f", "d", false),
            ("e", "f", false),
            ("f", "a", true),
        ] {
            assert_eq!(sees(at(from), at(definition)), expected, "{from}");
        }
        assert!(!blocks.close(text.len()));
    }
}
