//! Text from files made safe to print: on terminals, and in the logs of build servers.

/// Replaces what a terminal would act on: control characters by their symbols, and characters
/// that reorder or hide text by the replacement character. So is the second `#` where build servers
/// read a command in the middle of any line of a log.
#[must_use]
pub(crate) fn printable(text: &str) -> String {
    let shown = shown(text);
    let commands = ["##[", "##vso[", "##teamcity["];
    let starts = |at: usize| {
        let rest = &shown.as_bytes()[at..];
        commands.iter().any(|c| {
            rest.get(..c.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(c.as_bytes()))
        })
    };
    let mut safe = String::with_capacity(shown.len());
    let mut from = 0;
    for (at, _) in shown.match_indices('#') {
        if starts(at) {
            safe.push_str(&shown[from..=at]);
            safe.push('\u{fffd}');
            from = at + 2;
        }
    }
    safe.push_str(&shown[from..]);
    safe
}

fn shown(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => '\t',
            '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            '\u{80}'..='\u{9f}'
            | '\u{61c}'
            // Not the joiners 200c and 200d: emoji and some scripts are written with them.
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_bidi_characters_are_shown_not_sent() {
        assert_eq!(
            printable("a\u{1b}[31m\u{202e}b\u{7}\u{9b}"),
            "a␛[31m\u{fffd}b␇\u{fffd}"
        );
    }

    #[test]
    fn commands_to_build_servers_are_shown_not_sent() {
        assert_eq!(
            printable("a ##VSO[task.x]##teamcity[y '##[error]### ##x"),
            "a #\u{fffd}VSO[task.x]#\u{fffd}teamcity[y '#\u{fffd}[error]### ##x"
        );
        assert_eq!(printable("###vso[x"), "##\u{fffd}vso[x");
    }
}
