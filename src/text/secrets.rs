//! Credentials in text that is shown, masked.

use std::sync::LazyLock;

use regex::Regex;

/// Masks user information of URLs, and values of keys that say that they are secret.
#[must_use]
pub(crate) fn mask(text: &str) -> String {
    static USER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(://)[^/\s@"'<>]+@"#).ok());
    static SECRET: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"(?i)((?:password|passwd|pwd|secret|token|api[_-]?key|credential|private[_-]?key|\.key|["']auth)[a-z0-9_-]*["']?(?:\s*[:=]\s*|\s+value=)["']?)[^\s"'<>&,;]+"#,
        )
        .ok()
    });
    let mut text = text.to_owned();
    for (pattern, with) in [(&*USER, "${1}***@"), (&*SECRET, "${1}***")] {
        if let Some(pattern) = pattern {
            text = pattern.replace_all(&text, with).into_owned();
        }
    }
    text
}

/// Masks long runs that look encoded: nobody reads them, and they may hold what is secret.
pub(super) fn veil(text: &str) -> String {
    static ENCODED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[A-Za-z0-9+/_-]{24,}={0,2}").ok());
    let Some(pattern) = &*ENCODED else {
        return text.to_owned();
    };
    let veiled = pattern.replace_all(text, |found: &regex::Captures<'_>| {
        let run = &found[0];
        // `api.example/referrals/v1`: the path of a URL, of which each part is looked at by itself.
        let start = found.get(0).map_or(0, |found| found.start());
        if text[..start].ends_with('.') && run.contains('/') {
            let parts = run.split('/').map(|part| {
                if part.len() < 24 {
                    part.to_owned()
                } else {
                    veil(part)
                }
            });
            return parts.collect::<Vec<_>>().join("/");
        }
        let holds = |is: fn(&u8) -> bool| run.bytes().any(|b| is(&b));
        let mixed = holds(u8::is_ascii_uppercase)
            && holds(u8::is_ascii_lowercase)
            && holds(u8::is_ascii_digit);
        if mixed {
            format!("{}***", &run[..4])
        } else {
            run.to_owned()
        }
    });
    veiled.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_encoded_runs_are_veiled_and_paths_of_urls_are_not() {
        let url = "https://api.example.org/Orders/REST/STU3/v1/Organization";
        assert_eq!(veil(url), url);
        let key = "Ab3dEf6hIj9lMn2pQr5tUv8x";
        assert_eq!(veil(key), "Ab3d***");
        let hook = format!("https://hooks.example.org/services/T1/{key}");
        assert_eq!(veil(&hook), "https://hooks.example.org/services/T1/Ab3d***");
        assert_eq!(veil(&format!("k={key}/x+y")), "k=Ab3d***");
    }

    #[test]
    fn credentials_are_masked() {
        assert_eq!(mask("https://user:pw@host/"), "https://***@host/");
        assert_eq!(mask("https://host/?a=b@c"), "https://host/?a=b@c");
        assert_eq!(mask("PASSWORD=hunter2 x"), "PASSWORD=*** x");
        assert_eq!(
            mask(r#""clientSecret": "abc","#),
            r#""clientSecret": "***","#
        );
        assert_eq!(mask("token count: 3"), "token count: 3");
    }
}
