//! Values that are one address or a list of addresses.

/// Bytes of a list of addresses.
const LIST: usize = 4_000;

/// Says whether a text is an address, or a list of addresses, and not an expression or a command. A long text
/// is not known to be one.
pub(super) fn holds_names_only(text: &str) -> bool {
    let text = text.trim();
    if text.len() > LIST {
        return false;
    }
    let is_expression = !text.starts_with("jdbc:")
        && (has_operator(text.as_bytes())
            || text.contains('{') && !text.contains("${") && !text.contains("{{"));
    !is_expression
        && (memchr::memchr(b' ', text.as_bytes()).is_none()
            || text.split([',', ';', ' ', '\n', '|']).all(is_address_like))
}

/// Says whether a text compares or joins, in one pass.
fn has_operator(text: &[u8]) -> bool {
    text.windows(2).enumerate().any(|(at, pair)| match pair {
        b"==" | b"=~" | b"(`" | b"~ " | b"&&" | b"||" => true,
        b" i" => text[at..].starts_with(b" if "),
        _ => false,
    })
}

fn is_address_like(word: &str) -> bool {
    word.is_empty() || word.contains(['.', '/', ':', '=', '*']) || word.starts_with("localhost")
}
