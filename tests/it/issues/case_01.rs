//! A line with many references took time in the square of their number, in every format: for each of them
//! the whole line was searched for an address and for the replacement.

use super::{HOST, grows_like_its_input};

#[test]
fn a_long_line_with_many_references_is_read_once() {
    for name in [
        "a.txt",
        "a.json",
        "a.yml",
        "a.html",
        "a.csv",
        "a.py",
        "a.md",
        "a.sh",
        "a.xml",
        "a.sql",
        "a.unknown",
    ] {
        grows_like_its_input(name, 100, |count| {
            format!("https://{HOST}/x ").repeat(count)
        });
    }
}

#[test]
fn so_are_the_values_next_to_many_references() {
    grows_like_its_input("a.json", 100, |count| {
        let text = format!("https://{HOST}/x ").repeat(count);
        format!("{{\"a\": {{\"b\": \"{text}\", \"c\": \"{text}\"}}}}")
    });
    grows_like_its_input("b.json", 100, |count| {
        let members: Vec<String> = (0..count)
            .map(|number| format!("\"k{number}\": \"https:\\/\\/{HOST}\\/x\""))
            .collect();
        format!("{{{}}}", members.join(", "))
    });
}
