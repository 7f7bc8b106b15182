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
    for name in ["c.json", "c.yml", "c.toml", "c.properties"] {
        grows_like_its_input(name, 300, |count| {
            format!("a: \"{}\"", format!("https://{HOST}/x ").repeat(count))
        });
    }
    grows_like_its_input("b.json", 100, |count| {
        let members: Vec<String> = (0..count)
            .map(|number| format!("\"k{number}\": \"https:\\/\\/{HOST}\\/x\""))
            .collect();
        format!("{{{}}}", members.join(", "))
    });
}

#[test]
fn the_members_of_a_large_group_are_read_once() {
    let int = HOST.replace(".dev.", ".int.");
    // Old and new names under keys that do not name an environment.
    grows_like_its_input("a.json", 60, |count| {
        let members: Vec<String> = (0..count)
            .map(|number| format!("\"k{number}\": \"{HOST}\", \"l{number}\": \"{int}\""))
            .collect();
        format!("{{{}}}", members.join(", "))
    });
    // Hosts that are lists of labels, next to a long value.
    grows_like_its_input("b.json", 100, |count| {
        let labels = HOST.split('.').collect::<Vec<_>>().join("\", \"");
        let members: Vec<String> = (0..count)
            .map(|number| format!("\"k{number}\": [\"{labels}\"]"))
            .collect();
        let long = "x".repeat(1_000 * count);
        format!("{{\"a\": \"{long}\", {}}}", members.join(", "))
    });
}

#[test]
fn the_rest_of_a_line_is_not_read_for_each_reference() {
    for name in ["a.txt", "a.sh", "a.py", "a.csv", "a.unknown"] {
        grows_like_its_input(name, 100, |count| {
            " ".repeat(1_000 * count) + &format!("https://{HOST}/x ").repeat(count)
        });
        grows_like_its_input(name, 100, |count| format!("x/{HOST} ").repeat(count));
    }
}

#[test]
fn many_directives_are_each_read_once() {
    let host = format!("a: https://{HOST}/x\n");
    for (name, directive) in [
        ("a.txt", "ptlint: "),
        ("a.md", "<!-- ptlint: ignore[dev-host] kept --> "),
        ("a.yml", "# ptlint: ignore[dev-host] kept\n"),
        ("b.yml", "# ptlint: ignore-start[dev-host] kept\n"),
        ("a.conf", "# ptlint: ignore[dev-host] kept \\\n"),
        ("a.js", "/* ptlint: ignore[dev-host] kept */ "),
    ] {
        grows_like_its_input(name, 1_000, |count| {
            format!("{host}{}{host}", directive.repeat(count))
        });
    }
}

#[test]
fn nor_are_brackets_looked_for_again() {
    for (name, opening) in [
        ("a.sh", "(("),
        ("a.tf", "{"),
        ("a.js", "a("),
        ("a.ts", "a<"),
        ("a.toml", "[a]\n"),
    ] {
        grows_like_its_input(name, 5_000, |count| {
            format!("a https://{HOST}/x\n{}", opening.repeat(count))
        });
    }
}
