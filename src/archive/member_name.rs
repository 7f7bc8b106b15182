//! Names of members, made fit for a report.

/// Longer names are cut in the middle: a report has to name many members, each within others.
const LONGEST: usize = 1024;

/// Makes a path out of a member's name that stays within its archive, and on its line.
pub(super) fn shown(name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name);
    let mut parts: Vec<String> = Vec::new();
    // Zip files made on Windows hold backslashes.
    for part in text.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(clean(part)),
        }
    }
    if parts.is_empty() {
        return "unnamed".to_owned();
    }
    cut(parts.join("/"))
}

/// The name of what a gzip file holds, by the path of that file.
pub(super) fn unpacked(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let inner = name.rsplit_once('.').and_then(|(stem, extension)| {
        if extension.eq_ignore_ascii_case("gz") {
            Some(stem.to_owned())
        } else if extension.eq_ignore_ascii_case("tgz") {
            Some(format!("{stem}.tar"))
        } else {
            None
        }
    });
    shown(inner.as_deref().unwrap_or(name).as_bytes())
}

/// Takes out what would break or turn a line, and what would look like the border of an archive.
fn clean(part: &str) -> String {
    let mut text: String = part
        .chars()
        .map(|char| {
            let turns = matches!(char, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if char.is_control() || turns {
                char::REPLACEMENT_CHARACTER
            } else {
                char
            }
        })
        .collect();
    if text.ends_with('!') {
        text.pop();
        text.push_str("%21");
    }
    text
}

/// Keeps the beginning and the end, which has the extension.
fn cut(text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let half = LONGEST / 2;
    let from = text.len() - half;
    let start: String = text
        .char_indices()
        .take_while(|(at, _)| *at < half)
        .map(|(_, char)| char)
        .collect();
    let end: String = text
        .char_indices()
        .skip_while(|(at, _)| *at < from)
        .map(|(_, char)| char)
        .collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_within_their_archive() {
        for (name, expected) in [
            ("a/b.txt", "a/b.txt"),
            ("/etc/hosts", "etc/hosts"),
            ("../../etc/hosts", "etc/hosts"),
            ("a/../../b", "b"),
            ("./a//b/./c", "a/b/c"),
            ("..\\..\\windows\\x.ini", "windows/x.ini"),
            ("\\\\server\\share\\x", "server/share/x"),
            ("a.jar!/b.txt", "a.jar%21/b.txt"),
            ("wow!", "wow%21"),
            ("a!b", "a!b"),
            ("one\ntwo\x1b[31m", "one\u{fffd}two\u{fffd}[31m"),
            ("exe\u{202e}txt", "exe\u{fffd}txt"),
            ("", "unnamed"),
            ("..", "unnamed"),
            ("grün/ß", "grün/ß"),
        ] {
            assert_eq!(shown(name.as_bytes()), expected, "{name:?}");
        }
        assert_eq!(shown(b"caf\xe9.txt"), "caf\u{fffd}.txt");
    }

    #[test]
    fn long_names_keep_both_ends() {
        let name = format!("start{}.yml", "ü".repeat(5_000));
        let text = shown(name.as_bytes());
        assert!(text.len() < LONGEST + 8, "{}", text.len());
        assert!(text.starts_with("startü") && text.ends_with("ü.yml") && text.contains('…'));
        let fits = "x".repeat(LONGEST);
        assert_eq!(shown(fits.as_bytes()), fits);
    }

    #[test]
    fn the_name_within_a_gzip_file() {
        for (path, expected) in [
            ("logs/app.log.gz", "app.log"),
            ("logs\\app.log.GZ", "app.log"),
            ("a.zip!/x.tgz", "x.tar"),
            ("blob", "blob"),
            (".gz", "unnamed"),
            ("a/...gz", "unnamed"),
        ] {
            assert_eq!(unpacked(path), expected, "{path}");
        }
    }
}
