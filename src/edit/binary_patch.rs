//! A change in git's binary patch form, for files that are not text to git: both contents, compressed
//! and in base 85. `git apply` reads the form; git writes it in `emit_binary_diff` of its `diff.c`.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use sha1::{Digest as _, Sha1};

use crate::text::hex;

/// The digits of git's base 85, which has other signs than that of RFC 1924.
const DIGITS: &[u8; 85] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/// Bytes that a line holds at most.
const LINE: usize = 52;

/// Writes what makes `after` of a file that holds `before`, and the way back.
pub(super) fn write(before: &[u8], after: &[u8], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "index {}..{}", object_id(before), object_id(after))?;
    writeln!(out, "GIT binary patch")?;
    literal(after, out)?;
    literal(before, out)
}

/// The name that git gives to a content, in repositories that use SHA-1.
fn object_id(content: &[u8]) -> String {
    let mut sha1 = Sha1::new();
    sha1.update(format!("blob {}\0", content.len()));
    sha1.update(content);
    hex(&sha1.finalize())
}

/// Writes a content whole.
fn literal(content: &[u8], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "literal {}", content.len())?;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content)?;
    for line in encoder.finish()?.chunks(LINE) {
        let length = u8::try_from(line.len()).unwrap_or_default();
        let letter = match length {
            1..=26 => b'A' + length - 1,
            more => b'a' + more - 27,
        };
        out.write_all(&[letter])?;
        for group in line.chunks(4) {
            out.write_all(&five_digits(group))?;
        }
        writeln!(out)?;
    }
    writeln!(out)
}

/// Up to four bytes, filled up with zeros, as five digits.
fn five_digits(group: &[u8]) -> [u8; 5] {
    let mut bytes = [0; 4];
    bytes[..group.len()].copy_from_slice(group);
    let mut number = u32::from_be_bytes(bytes);
    let mut digits = [0; 5];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(number % 85) as usize];
        number /= 85;
    }
    digits
}
