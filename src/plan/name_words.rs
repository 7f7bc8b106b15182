//! The words of names: `clientCert`, `CLIENT_CERT` and `client-cert` are the same two.

/// Cuts a name at everything except letters and digits, and at the humps of camel case. Words are
/// in lower case.
pub(super) fn cut_into_words(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, &c) in characters.iter().enumerate() {
        let next = characters.get(at + 1);
        let before = at.checked_sub(1).map(|at| characters[at]);
        // `XMLFile`: the hump is at the last capital. `SIDs` is one word.
        let hump = c.is_uppercase()
            && (before.is_some_and(|b| b.is_lowercase() || b.is_numeric())
                || before.is_some_and(char::is_uppercase)
                    && next.is_some_and(|n| n.is_lowercase() && *n != 's'));
        if hump || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Letters from which on a word may be glued to others before and after it.
const GLUED_BEHIND: usize = 4;
const GLUED_BEFORE: usize = 6;

/// Where a phrase is in the words of a name: the end of the last of its places, in words. Its words
/// follow each other, are written as one, or are glued to others: `MYPARTYKEY`.
pub(super) fn end_of_phrase(words: &[String], phrase: &str) -> Option<usize> {
    (1..=words.len()).rev().find(|&end| {
        let mut joined = String::new();
        (0..end).rev().any(|start| {
            joined.insert_str(0, &words[start]);
            let plain = joined.strip_suffix('s').unwrap_or(&joined);
            joined == phrase
                || plain == phrase
                || end - start == 1
                    && (phrase.len() >= GLUED_BEHIND && plain.ends_with(phrase)
                        || phrase.len() >= GLUED_BEFORE && joined.starts_with(phrase))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        for (name, expected) in [
            ("larkfield.party-key", "larkfield party key"),
            ("acmeMHSPartyKey", "acme mhs party key"),
            ("consumerUNID", "consumer unid"),
            ("UNIDs", "unids"),
            ("MY_CA_FILE", "my ca file"),
            ("key2Store", "key2 store"),
            ("größeÄndern", "größe ändern"),
            ("--", ""),
        ] {
            assert_eq!(cut_into_words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn phrases_are_found_in_any_spelling_and_not_in_other_words() {
        let find = |name: &str, phrase: &str| end_of_phrase(&cut_into_words(name), phrase);
        for name in [
            "ACCOUNTID",
            "account-id",
            "accountIds",
            "ACCOUNT_ID",
            "MYACCOUNTID",
            "accountid2",
        ] {
            assert!(find(name, "accountid").is_some(), "{name}");
        }
        assert_eq!(find("client_cert_issuer", "clientcert"), Some(2));
        assert_eq!(find("client_cert_issuer", "certissuer"), Some(3));
        assert_eq!(find("ABCUNID", "unid"), Some(1));
        assert_eq!(find("unidle", "unid"), None);
        assert_eq!(find("un_idle", "unid"), None);
        assert_eq!(find("account", "accountid"), None);
        assert_eq!(find("", "unid"), None);
    }
}
