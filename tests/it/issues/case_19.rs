//! Where a name may go on after `=` at the end of a line, the whole file was searched for the word
//! `quoted-printable`, for each name.

use super::{HOST, grows_like_its_input};

#[test]
fn the_kind_of_line_breaks_is_asked_once() {
    grows_like_its_input("a.txt", 500, |count| "spine2.ncrs=\n.nhs.uk ".repeat(count));
    grows_like_its_input("b.txt", 200, |count| {
        format!("{}=\n{}\n", &HOST[..9], &HOST[9..]).repeat(count)
    });
}

#[test]
fn so_is_a_long_run_of_base64_decoded() {
    // Characters of a host in base64, which mark a text to decode.
    grows_like_its_input("c.txt", 2_000, |count| "bmhzLnVr".repeat(count));
}
