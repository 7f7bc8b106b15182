//! The mask: what replaces actions.

use std::ops::Range;

use super::TemplateAction;

/// The text with these actions masked.
#[must_use]
pub(crate) fn mask_actions(source: &str, actions: &[TemplateAction]) -> String {
    let lines = lines(source, actions);
    let mut masked = source.as_bytes().to_vec();
    for action in actions {
        fill(&mut masked, action.span.clone(), b'$');
        // `key:{{ … | nindent 2 }}` begins a new line by itself, which ends the key.
        let before = action.span.start.checked_sub(1);
        let text = &source[action.span.clone()];
        if before.is_some_and(|at| masked[at] == b':') && text.contains("nindent") {
            masked[action.span.start] = b' ';
        }
    }
    for line in &lines {
        if line.own {
            fill(&mut masked, line.start..line.after_actions, b' ');
        } else if line.continued {
            // Its indentation is part of the action, and needed.
            fill(&mut masked, line.start..line.start + line.indent, b' ');
        }
    }
    fill_begun_lines(&mut masked, source, &lines);
    fill_blocks(&mut masked, &lines);
    String::from_utf8(masked).unwrap_or_else(|_| source.to_owned())
}

/// `key: {{ … | nindent 4 }}` with more members on the next lines: the action writes the first of
/// them, so that it is not a value.
fn fill_begun_lines(masked: &mut [u8], source: &str, lines: &[MaskLine]) {
    for (number, line) in lines.iter().enumerate() {
        let Some(start) = line.last_action.filter(|_| !line.own) else {
            continue;
        };
        let ends_line = source[line.after_actions..line.end].trim().is_empty();
        let begins = ends_line && source[start..line.after_actions].contains("nindent");
        if !begins || !masked[line.start..start].trim_ascii_end().ends_with(b":") {
            continue;
        }
        let mut rest = lines[number + 1..].iter();
        let next = rest.find(|next| !next.own && !next.blank);
        if next.is_some_and(|next| next.indent > line.indent) {
            fill(masked, start..line.after_actions, b' ');
        }
    }
}

fn fill(masked: &mut [u8], range: Range<usize>, with: u8) {
    for byte in masked.get_mut(range).unwrap_or_default() {
        if !matches!(byte, b'\n' | b'\r') {
            *byte = with;
        }
    }
}

struct MaskLine {
    start: usize,
    /// Without the line break.
    end: usize,
    /// Bytes of blank space at its start.
    indent: usize,
    blank: bool,
    /// Actions are alone on it, or have a comment after them.
    own: bool,
    /// An action of the line before goes on in it.
    continued: bool,
    /// The start of the last action on it.
    last_action: Option<usize>,
    /// The end of the last action on it that is not in a comment.
    after_actions: usize,
}

fn lines(source: &str, actions: &[TemplateAction]) -> Vec<MaskLine> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut next = 0;
    for text in source.split_inclusive('\n') {
        let end = start + text.trim_end_matches(['\n', '\r']).len();
        while actions.get(next).is_some_and(|a| a.span.end <= start) {
            next += 1;
        }
        let mut at = start;
        let mut own = true;
        let mut last_action = None;
        let continued = actions.get(next).is_some_and(|a| a.span.start < start);
        for action in actions[next..].iter().take_while(|a| a.span.start < end) {
            let gap = source[at..action.span.start.max(at)].trim_start();
            if gap.starts_with('#') {
                break;
            }
            own &= gap.is_empty();
            at = action.span.end.min(end);
            last_action = Some(action.span.start.max(start));
        }
        let rest = source[at..end].trim_start();
        own &= at > start && (rest.is_empty() || rest.starts_with('#'));
        let content = source[start..end].trim_start_matches([' ', '\t']);
        lines.push(MaskLine {
            start,
            end,
            indent: end - start - content.len(),
            blank: content.is_empty(),
            own,
            continued,
            last_action,
            after_actions: at,
        });
        start += text.len();
    }
    lines
}

/// Inside block scalars (`key: |`) lines of actions become text of the scalar: blank lines at its
/// beginning would say where its text begins.
fn fill_blocks(masked: &mut [u8], lines: &[MaskLine]) {
    let mut number = 0;
    while let Some(line) = lines.get(number) {
        number += 1;
        let header = (!line.own).then(|| block_header(&masked[line.start..line.end]));
        let Some(minimum) = header.flatten() else {
            continue;
        };
        let first = number;
        let mut content: Option<usize> = None;
        let mut last = first;
        while let Some(line) = lines.get(number) {
            if !line.blank && !line.own {
                let text = &masked[line.start..line.end];
                if line.indent < minimum || (minimum == 0 && text.starts_with(b"---")) {
                    break;
                }
                content.get_or_insert(line.indent);
                last = number;
            }
            number += 1;
        }
        let actions = || lines[first..number].iter().filter(|l| l.own);
        let column = match (content, actions().next()) {
            (Some(column), _) => column,
            (None, Some(line)) if line.indent >= minimum => line.indent,
            (None, _) => minimum,
        };
        let mut is_first = content.is_none();
        let mut ended = false;
        for (offset, line) in lines[first..number].iter().enumerate() {
            if !line.own || ended {
                continue;
            }
            let within = content.is_some() && first + offset < last;
            if within || is_first || line.indent >= minimum {
                let start = line.start + column;
                if start < line.after_actions {
                    fill(masked, start..line.after_actions, b'$');
                }
            } else {
                // Blank space would be text of the scalar as well; a comment ends it.
                let start = line.start + line.indent;
                fill(masked, start..line.after_actions, b'$');
                fill(masked, start..start + 1, b'#');
                ended = true;
            }
            is_first = false;
        }
    }
}

/// The least indentation of the text of the block scalar that a line begins, if it does.
fn block_header(line: &[u8]) -> Option<usize> {
    let line = std::str::from_utf8(line).ok()?;
    let text = line.split(" #").next()?.trim_end();
    let (before, mark) = text.rsplit_once([' ', '\t'])?;
    let mark = mark.strip_prefix(['|', '>'])?;
    if mark.len() > 2 || !mark.bytes().all(|b| matches!(b, b'+' | b'-' | b'1'..=b'9')) {
        return None;
    }
    let word = before.split_whitespace().next_back()?;
    let begins = word.ends_with(':') || word.starts_with(['!', '&']) || matches!(word, "-" | "?");
    if before.trim_start().starts_with('#') || !(begins || word == "---") {
        return None;
    }
    if before.trim_start().starts_with("---") {
        return Some(0);
    }
    // `- - key: |` is indented as its key, `- |` as its dash.
    let mut parent = 0;
    let mut at = 0;
    for word in before.split_inclusive([' ', '\t']) {
        let name = word.trim_end();
        if !name.is_empty() {
            if name.starts_with(['!', '&']) {
                break;
            }
            parent = at;
            if !matches!(name, "-" | "?") {
                break;
            }
        }
        at += word.len();
    }
    Some(parent + 1)
}

#[cfg(test)]
mod tests {
    use super::super::mask;

    #[test]
    fn masks_keep_lengths_and_lines() {
        for (source, masked) in [
            ("a: {{ x }}\n", "a: $$$$$$$\n"),
            (
                "{{- if .x }}\na: b\n{{ end }}\n",
                "            \na: b\n         \n",
            ),
            ("a: \"{{ f \"}}\" }}\"", "a: \"$$$$$$$$$$$$\""),
            ("a: {{ `}}` }}z", "a: $$$$$$$$$$z"),
            ("a: \"{{ f \\\"x\\\" }}\" # \"", "a: \"$$$$$$$$$$$$$\" # \""),
            ("# {{ x\na: {{ y }}", "# {{ x\na: $$$$$$$"),
            ("a: {{ x\n  | y }}\r\nb: c", "a: $$$$\n        \r\nb: c"),
            ("a: {{ x\n  }}/z\n", "a: $$$$\n  $$/z\n"),
            ("{% if x %}\na: <%= é %>b\n", "          \na: $$$$$$$$$b\n"),
            ("{{ end }} # {{ c }}\n", "          # $$$$$$$\n"),
            ("{{ end }} # c\n", "          # c\n"),
            ("a:{{ x | nindent 2 }}", "a: $$$$$$$$$$$$$$$$$$"),
            (
                "a: {{ x | nindent 2 }}\n{{ y }}\n  b: c",
                "a:                    \n       \n  b: c",
            ),
            ("a: b:{{ x }}", "a: b:$$$$$$$"),
            ("a: {{{ x }}}", "a: $$$$$$$$$"),
            ("{a: {{ x }}}", "{a: $$$$$$$}"),
        ] {
            let result = mask(source).expect("an action");
            assert_eq!(result, masked, "{source:?}");
        }
        for source in [
            "a: b",
            "a: {{ x",
            "}} {{",
            "a: {b: {c: d}}",
            "{",
            "<",
            "{{/* x }}",
        ] {
            assert_eq!(mask(source), None, "{source:?}");
        }
    }

    #[test]
    fn lines_of_actions_are_text_inside_block_scalars() {
        for (source, masked) in [
            ("a: |\n  {{ x }}\n  y\n", "a: |\n  $$$$$$$\n  y\n"),
            ("a: |\n    {{ x }}\n  y\n", "a: |\n  $$$$$$$$$\n  y\n"),
            ("a: |\n{{ x }}\nb: c\n", "a: |\n $$$$$$\nb: c\n"),
            ("a: |\n  x\n{{ y }}\nb: c\n", "a: |\n  x\n#$$$$$$\nb: c\n"),
            ("a: >-\n  x\n{{ y }}\n  z\n", "a: >-\n  x\n  $$$$$\n  z\n"),
            ("- - a: |\n{{ x }}\n", "- - a: |\n     $$\n"),
            ("- |\n  {{ x }}\n", "- |\n  $$$$$$$\n"),
            ("# a: |\n  {{ x }}\n", "# a: |\n         \n"),
        ] {
            assert_eq!(mask(source).as_deref(), Some(masked), "{source:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_mask_keeps_its_length(source in "([{}%<>#*/\" \n\ra:|é-]|\\{\\{|\\}\\}|: \\|\n){0,60}") {
            if let Some(masked) = mask(&source) {
                assert_eq!(masked.len(), source.len());
                for (old, new) in source.bytes().zip(masked.bytes()) {
                    assert_eq!(old == b'\n', new == b'\n');
                    assert!(old == new || matches!(new, b'$' | b' ' | b'#'));
                }
            }
        }
    }
}
