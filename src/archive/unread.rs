//! Files that are packed in a way that is not read, by their first bytes or by their names.

use std::io::Read as _;

/// How they begin: bzip2, xz, zstd, 7z, rar, lz4 and its first form, lzip, lzop, cabinets, RPM and Debian
/// packages, git bundles, framed snappy, Parquet, the output of `compress`.
const MARKS: [&[u8]; 17] = [
    b"BZh",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x04\x22\x4d\x18",
    b"\x02\x21\x4c\x18",
    b"LZIP\x01",
    b"\x89LZO\0",
    b"MSCF\0\0\0\0",
    b"\xed\xab\xee\xdb",
    b"!<arch>\ndebian-binary",
    b"# v2 git bundle\n",
    b"# v3 git bundle\n",
    b"\xff\x06\0\0sNaPpY",
    b"PAR1\x15",
    b"\x1f\x9d\x90",
];
/// The endings of names of files without a mark of their own.
const ENDINGS: [&str; 2] = [".br", ".lzma"];
/// How zlib begins, at its levels of compression.
const ZLIB: [&[u8]; 4] = [b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"];

/// Says whether a file that begins like this is packed in a way that is not read.
#[must_use]
pub(crate) fn is_unread_format(head: &[u8]) -> bool {
    // Text may begin with the letters of bzip2, whose fourth byte tells the size of its blocks.
    MARKS.iter().any(|mark| head.starts_with(mark))
        && (!head.starts_with(b"BZh") || head.get(4..10) == Some(b"1AY&SY"))
        || is_zlib(head)
}

/// Says whether a file with this path and beginning is packed without a mark.
#[must_use]
pub(crate) fn is_unread_name(path: &str, head: &[u8]) -> bool {
    let is_named = ENDINGS.iter().any(|ending| {
        let start = path.len().checked_sub(ending.len());
        start.is_some_and(|at| path.as_bytes()[at..].eq_ignore_ascii_case(ending.as_bytes()))
    });
    is_named && std::str::from_utf8(&head[..head.len().min(64)]).is_err()
}

/// Two bytes prove little, so the rest must decompress.
fn is_zlib(head: &[u8]) -> bool {
    const PROBE: usize = 64;
    if !ZLIB.iter().any(|mark| head.starts_with(mark)) {
        return false;
    }
    let mut out = Vec::new();
    let read = flate2::read::ZlibDecoder::new(head)
        .take(PROBE as u64)
        .read_to_end(&mut out);
    // A beginning may end before the probe is full.
    !out.is_empty() && (read.is_ok() || out.len() >= PROBE / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_files_are_known() {
        use std::io::Write as _;
        let mut writer =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        writer
            .write_all(&b"some text ".repeat(20))
            .expect("in memory");
        let zlib = writer.finish().expect("in memory");
        for head in [
            &zlib[..],
            b"\x04\x22\x4d\x18abc",
            b"\x1f\x9d\x90abc",
            b"LZIP\x01abc",
            b"MSCF\0\0\0\0abc",
            b"\xed\xab\xee\xdb\x03",
            b"!<arch>\ndebian-binary   1",
            b"# v2 git bundle\nabc",
            b"\xff\x06\0\0sNaPpYabc",
            b"PAR1\x15\x04",
        ] {
            assert!(is_unread_format(head), "{head:?}");
        }
        for head in [
            &b"x^2 + y^2 is a sum of squares, and text"[..],
            b"PAR1 is a name",
            b"!<arch>\nfoo.o/",
            b"# v2 git bundles\n",
            b"LZIP is a packer",
            b"",
        ] {
            assert!(!is_unread_format(head), "{head:?}");
        }
        assert!(is_unread_name("a/b.js.BR", b"\x8b\xff\x80"));
        assert!(!is_unread_name("a/b.br", b"text"));
        assert!(!is_unread_name("é", b"\xff"));
    }
}
