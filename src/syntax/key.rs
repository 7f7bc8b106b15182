//! The key before a value on its line, by the separators that formats share.

/// The name of the key, attribute or element whose value begins where `before` ends; `before` is
/// the text of the line up to a host name. Without a separator there is no key.
#[must_use]
pub(crate) fn nearest_key(before: &str) -> Option<&str> {
    let rest = strip_url_head(before);
    let rest = rest.trim_end_matches(|c: char| c == '\\' || is_quote(c) || c.is_whitespace());
    let rest = rest
        .strip_suffix("=>")
        .or_else(|| rest.strip_suffix([':', '=', '>']))?;
    let rest =
        rest.trim_end_matches(|c: char| c == '\\' || is_quote(c) || c.is_whitespace() || c == ':');
    let start = rest
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_key_char(*c))
        .last()
        .map(|(at, _)| at)?;
    let name = &rest[start..];
    let head = &rest[..start];
    // `<system value="...`: the element names the value, not the attribute.
    if matches!(name, "value" | "url" | "uri")
        && let Some(open) = head.rfind('<')
    {
        let element = head[open + 1..].split(|c: char| !is_key_char(c)).next()?;
        if !element.is_empty() {
            return Some(element);
        }
    }
    (!name.is_empty()).then_some(name)
}

/// Takes `scheme://user@` off the end.
fn strip_url_head(before: &str) -> &str {
    let rest = match before.rfind('@') {
        Some(at) if !before[at..].contains(char::is_whitespace) && before[..at].contains("//") => {
            &before[..at]
        }
        _ => before,
    };
    let Some(slashes) = rest
        .rfind("//")
        .or_else(|| rest.rfind(r"\/\/"))
        .filter(|at| !rest[*at..].contains(|c: char| c.is_whitespace() || is_quote(c)))
    else {
        return rest;
    };
    rest[..slashes]
        .trim_end_matches([':', '\\', '/'])
        .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

fn is_key_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_the_common_formats() {
        for (before, key) in [
            (r#"  "system": "https://"#, Some("system")),
            ("  system: https://", Some("system")),
            ("system = ldaps://", Some("system")),
            (r#"<system value="https://"#, Some("system")),
            ("<system>https://", Some("system")),
            (r#"{\"system\":\"https:\/\/"#, Some("system")),
            ("export SERVICE_URL=https://user:pw@", Some("SERVICE_URL")),
            ("'system' => 'https://", Some("system")),
            ("ldapsearch -x -H ldaps://", None),
            ("- https://", None),
            ("", None),
        ] {
            assert_eq!(nearest_key(before), key, "{before}");
        }
    }
}
