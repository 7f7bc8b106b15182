//! Two rounds of edits as one.

use std::ops::Range;

use super::Edit;

/// The edits of `before` that do what `first` does and then, in its result, `second`. Both are in the
/// order of their spans.
#[must_use]
pub(crate) fn compose(before: &[u8], first: &[Edit], second: &[Edit]) -> Vec<Edit> {
    let mut first = placed(first).peekable();
    let mut composed: Vec<Edit> = Vec::new();
    // Bytes that the edits of the first round have added, less those that they took away.
    let mut shift: isize = 0;
    for edit in second {
        while let Some((after, earlier)) = first.peek() {
            if after.end > edit.span.start
                || after.start >= edit.span.end && after.end >= edit.span.end
            {
                break;
            }
            shift = moved(earlier);
            composed.push(earlier.edit.clone());
            first.next();
        }
        // What the second round writes over belongs to one edit with it.
        let mut span = edit.span.clone();
        let mut new = edit.new.clone();
        let mut shift_after = shift;
        while let Some((after, earlier)) = first.peek() {
            if after.start >= edit.span.end {
                break;
            }
            let text = &earlier.edit.new;
            if after.start < span.start {
                let kept = &text[..span.start - after.start];
                new = [kept, &new].concat();
                span.start = after.start;
            }
            if after.end > span.end {
                new.extend_from_slice(&text[text.len() - (after.end - span.end)..]);
                span.end = after.end;
            }
            shift_after = moved(earlier);
            first.next();
        }
        let span = back(span.start, shift)..back(span.end, shift_after);
        shift = shift_after;
        composed.push(Edit {
            old: before.get(span.clone()).unwrap_or_default().to_vec(),
            span,
            new,
        });
    }
    composed.extend(first.map(|(_, earlier)| earlier.edit.clone()));
    composed
}

/// Where a byte of the result of edits was before them; none in what they wrote.
#[must_use]
pub(crate) fn before_edits(edits: &[Edit], at: usize) -> Option<usize> {
    let mut shift = 0;
    for (after, earlier) in placed(edits) {
        if at < after.start {
            break;
        }
        if at < after.end {
            return None;
        }
        shift = moved(&earlier);
    }
    Some(back(at, shift))
}

/// An edit, and by how much the text after it has moved.
struct Placed<'e> {
    edit: &'e Edit,
    shift: isize,
}

/// Edits with the ranges of what they write.
fn placed(edits: &[Edit]) -> impl Iterator<Item = (Range<usize>, Placed<'_>)> {
    let mut shift: isize = 0;
    edits.iter().map(move |edit| {
        let start = edit.span.start.saturating_add_signed(shift);
        let lengths = (edit.new.len().cast_signed(), edit.span.len().cast_signed());
        shift += lengths.0 - lengths.1;
        (start..start + edit.new.len(), Placed { edit, shift })
    })
}

fn moved(earlier: &Placed<'_>) -> isize {
    earlier.shift
}

fn back(at: usize, shift: isize) -> usize {
    at.saturating_add_signed(-shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    fn edits(text: &str, all: &[(Range<usize>, &str)]) -> Vec<Edit> {
        all.iter()
            .map(|(span, new)| Edit {
                span: span.clone(),
                old: text.as_bytes()[span.clone()].to_vec(),
                new: new.as_bytes().to_vec(),
            })
            .collect()
    }

    #[test]
    fn two_rounds_are_one() {
        const TEXT: &str = "0123456789";
        let pieces = [
            (0..0, "ab"),
            (0..2, ""),
            (1..3, "xyz"),
            (2..4, "x"),
            (5..6, "long"),
            (7..9, ""),
        ];
        for one in &pieces {
            for two in pieces.iter().filter(|two| two.0.start >= one.0.end) {
                let first = edits(TEXT, &[one.clone(), two.clone()]);
                let middle = String::from_utf8(apply(TEXT.as_bytes(), &first)).expect("text");
                for start in 0..middle.len() {
                    for end in start + 1..=middle.len() {
                        for new in ["", "!", "<<>>"] {
                            let second = edits(&middle, &[(start..end, new)]);
                            let expected = apply(middle.as_bytes(), &second);
                            let both = compose(TEXT.as_bytes(), &first, &second);
                            let got = apply(TEXT.as_bytes(), &both);
                            assert_eq!(got, expected, "{first:?} {second:?} {both:?}");
                            let order = both.windows(2).all(|p| p[0].span.end <= p[1].span.start);
                            assert!(order, "{both:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn bytes_are_found_again() {
        let first = edits("0123456789", &[(1..3, "x"), (5..5, "yy")]);
        let found: Vec<_> = (0..6).map(|at| before_edits(&first, at)).collect();
        assert_eq!(found, [Some(0), None, Some(3), Some(4), None, None]);
        assert_eq!(before_edits(&first, 6), Some(5));
    }
}
