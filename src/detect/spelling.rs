//! How formats spell a character of a host name: plainly, or as `\.`, `[.]`, `%2E`, `%252E`,
//! `&#46;`, `\u002e`, `\x2e`, `=2E`. Both directions give the character and the length of its spelling.

/// The host character at `at` and the length of its spelling.
pub(super) fn forward(text: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = &text[at..];
    let first = *rest.first()?;
    if is_host_byte(first) || first == b'.' {
        return Some((first, 1));
    }
    let unit = |escaped: (u8, usize)| {
        let (byte, length) = escaped;
        (is_host_byte(byte) || byte == b'.').then_some((byte, length))
    };
    match first {
        b'\\' => {
            let slashes = rest.iter().take(5).take_while(|b| **b == b'\\').count();
            let after = &rest[slashes..];
            match after.first()? {
                b'.' if slashes <= 4 => Some((b'.', slashes + 1)),
                b'u' => unit((hex(after.get(1..5)?)?, slashes + 5)),
                b'x' => unit((hex(after.get(1..3)?)?, slashes + 3)),
                _ => None,
            }
        }
        b'%' if rest.get(1..3) == Some(b"25") => {
            let again = rest[1..]
                .chunks_exact(2)
                .take(4)
                .take_while(|two| two == b"25")
                .count();
            let pair = rest.get(1 + 2 * again..3 + 2 * again)?;
            unit((hex(pair)?, 3 + 2 * again))
        }
        b'%' => unit((hex(rest.get(1..3)?)?, 3)),
        b'&' => entity(rest).and_then(unit),
        b'[' if rest.get(1..3) == Some(b".]") => Some((b'.', 3)),
        b'=' => (rest.get(1..3)? == b"2E").then_some((b'.', 3)),
        _ => None,
    }
}

/// The host character that `text` ends with and the length of its spelling.
pub(super) fn backward(text: &[u8]) -> Option<(u8, usize)> {
    let last = *text.last()?;
    if let Some((byte, length)) = escape_before(text) {
        return (is_host_byte(byte) || byte == b'.').then_some((byte, length));
    }
    match last {
        b'.' => {
            let slashes = text[..text.len() - 1]
                .iter()
                .rev()
                .take(4)
                .take_while(|b| **b == b'\\')
                .count();
            Some((b'.', slashes + 1))
        }
        _ => is_host_byte(last).then_some((last, 1)),
    }
}

/// The escape that ends `text`, as the byte that it means and its length. A byte outside ASCII is
/// given as 0xff, which is never in a host name.
fn escape_before(text: &[u8]) -> Option<(u8, usize)> {
    let tail = |length: usize| text.len().checked_sub(length).map(|at| &text[at..]);
    if let Some([b'2', b'5', pair @ ..]) = tail(4)
        && let Some(byte) = hex(pair)
    {
        // Encoded once more for each `25` between the sign and the pair.
        let head = &text[..text.len() - 2];
        let again = head
            .rchunks_exact(2)
            .take(4)
            .take_while(|two| two == b"25")
            .count();
        if again > 0 && head[..head.len() - 2 * again].ends_with(b"%") {
            return Some((byte, 3 + 2 * again));
        }
    }
    if let Some([b'%', high, low]) = tail(3)
        && let Some(byte) = hex(&[*high, *low])
        // `LIKE '%dev.…'` has no escape: characters outside ASCII take several of them.
        && (byte.is_ascii() || matches!(tail(6), Some([b'%', _, _, b'%', ..])))
    {
        return Some((byte, 3));
    }
    if let Some([b'=', high, low]) = tail(3)
        && !high.is_ascii_lowercase()
        && !low.is_ascii_lowercase()
        && let Some(byte) = hex(&[*high, *low])
        // `=` before a hex pair is common in plain text: only what quoted-printable has to
        // escape counts, and the dots that some writers escape too.
        && !byte.is_ascii_alphanumeric()
    {
        return Some((byte, 3));
    }
    for (length, kind) in [(6, b'u'), (4, b'x')] {
        if let Some(window) = tail(length)
            && window[0] == b'\\'
            && window[1] == kind
            && let Some(byte) = hex(&window[2..])
        {
            let more = text[..text.len() - length]
                .iter()
                .rev()
                .take(3)
                .take_while(|b| **b == b'\\')
                .count();
            return Some((byte, length + more));
        }
    }
    if text.last() == Some(&b';') {
        let start = text.iter().rev().take(10).position(|b| *b == b'&')?;
        let entity_text = &text[text.len() - start - 1..];
        return entity(entity_text).filter(|(_, length)| *length == entity_text.len());
    }
    if text.ends_with(b"[.]") {
        return Some((b'.', 3));
    }
    None
}

/// A numeric or named character reference at the beginning of `text`, for the characters of hosts.
fn entity(text: &[u8]) -> Option<(u8, usize)> {
    let end = text.iter().take(10).position(|b| *b == b';')?;
    let name = &text[1..end];
    let byte = match name {
        b"period" => b'.',
        b"hyphen" | b"dash" => b'-',
        b"lowbar" => b'_',
        [b'#', b'x' | b'X', digits @ ..] => hex(digits)?,
        [b'#', digits @ ..] => std::str::from_utf8(digits).ok()?.parse::<u8>().ok()?,
        _ => return None,
    };
    Some((byte, end + 1))
}

/// The value of hex digits; 0xff when it is past ASCII.
fn hex(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(text, 16).ok()?;
    Some(
        u8::try_from(value)
            .ok()
            .filter(u8::is_ascii)
            .unwrap_or(0xff),
    )
}

#[inline]
pub(super) fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}
