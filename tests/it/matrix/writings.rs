//! The views of the matrix: the ways in which a format can write one host.
//!
//! `⟦` and `⟧` mark the host in a text, so that its bytes are known without asking ptlint.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ptlint::facts::{Context, View};

use super::formats::Format;

const OPEN: char = '⟦';
const CLOSE: char = '⟧';

/// What is around a host in a value.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub name: &'static str,
    pub before: &'static str,
    pub after: &'static str,
}

const fn shape(name: &'static str, before: &'static str, after: &'static str) -> Shape {
    Shape {
        name,
        before,
        after,
    }
}

pub const URL: Shape = shape("url", "https://", "/x");
pub const PLAIN: &[Shape] = &[
    URL,
    shape("bare host", "", ""),
    shape("host and port", "", ":443"),
];
/// Mutations of a URL that name the same host.
pub const MUTATED: &[Shape] = &[
    shape("url with port", "https://", ":443/x"),
    shape("trailing dot", "", "."),
    shape("trailing dot in a url", "https://", "./x"),
    shape("userinfo", "https://user:secret@", "/x"),
    shape("no path", "ldaps://", ""),
    shape("long path", "https://", "/a/b.html?c=d"),
];
/// Heads of a URL so that the host begins at each place of a group of three bytes.
const ALIGNED: [&str; 3] = ["https://usr@", "https://u@", "https://"];

/// A file that names a host.
#[derive(Debug, Clone)]
pub struct Writing {
    /// The view, for the message of a failure.
    pub label: String,
    pub content: Vec<u8>,
    /// The bytes of the host, or of the groups of base64 that hold it.
    pub span: Range<usize>,
    pub view: View,
    pub key: String,
    pub context: Context,
}

/// How to write: in which shape, and where a host is cut in two.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'m> {
    pub shape: Shape,
    pub cuts: &'m [usize],
}

/// The host unchanged, with the first and the further templates.
pub fn plain(format: &Format, host: &str, shape: Shape) -> Vec<Writing> {
    let value = around(shape, &marked(host));
    let templates = format.templates.iter().enumerate();
    templates
        .map(|(number, template)| {
            let label = format!("{}, template {number}", shape.name);
            write(format, template, &value, label)
        })
        .collect()
}

/// The host in each other view that the format has.
pub fn others(format: &Format, host: &str, manner: Manner<'_>) -> Vec<Writing> {
    let mut all = escaped(format, host, manner.shape);
    all.extend(cut(format, host, manner));
    all.extend(percent(format, host, manner.shape));
    all.extend(encoded(format, host, manner.shape));
    all.extend(document(format, host, manner.shape));
    all.extend(labels(format, host));
    all
}

/// Dots as the format escapes them, the first one and all of them; and slashes.
fn escaped(format: &Format, host: &str, shape: Shape) -> Vec<Writing> {
    let mut all = Vec::new();
    for &(template, dot, view) in format.dots {
        for (which, written) in [
            ("the first dot", host.replacen('.', dot, 1)),
            ("all dots", host.replace('.', dot)),
        ] {
            // Where the reader is needed, the first look has to meet a plain part of the name.
            let value = around(shape, &marked(&written));
            let label = format!("{}, {which} as {dot}", shape.name);
            let writing = write(format, format.templates[template], &value, label);
            all.push(Writing { view, ..writing });
        }
    }
    if let Some(template) = format.slashes {
        let value = around(shape, &marked(host)).replace('/', "\\/");
        let label = format!("{}, slashes escaped", shape.name);
        all.push(write(format, format.templates[template], &value, label));
    }
    all
}

/// The host over two lines or in two strings.
fn cut(format: &Format, host: &str, manner: Manner<'_>) -> Vec<Writing> {
    let breaks = format.breaks.iter().map(|b| (View::Escaped, b));
    let joins = format.joins.iter().map(|j| (View::Joined, j));
    let mut all = Vec::new();
    for (view, &(template, between)) in breaks.chain(joins) {
        for &at in manner.cuts {
            let (head, tail) = host.split_at(at);
            let value = around(manner.shape, &marked(&format!("{head}{between}{tail}")));
            let label = format!("{}, {head}|{tail} with {between:?}", manner.shape.name);
            let writing = write(format, format.templates[template], &value, label);
            all.push(Writing { view, ..writing });
        }
    }
    all
}

/// The URL in the query of another one.
fn percent(format: &Format, host: &str, shape: Shape) -> Vec<Writing> {
    let inner = |text: &str| {
        text.replace(':', "%3A")
            .replace('/', "%2F")
            .replace('@', "%40")
            .replace('?', "%3F")
            .replace('=', "%3D")
    };
    let (before, after) = (inner(shape.before), inner(shape.after));
    [("dots", host.to_owned()), ("%2E", host.replace('.', "%2E"))]
        .into_iter()
        .map(|(dots, written)| {
            let host = marked(&written);
            let value = format!("https://gate.example.org/?to={before}{host}{after}");
            let label = format!("{}, in a query with {dots}", shape.name);
            write(format, format.templates[0], &value, label)
        })
        .collect()
}

/// Base64 of the URL and of a document.
fn encoded(format: &Format, host: &str, shape: Shape) -> Vec<Writing> {
    // Bytes of UTF-16 are not looked at for base64.
    if format.wide {
        return Vec::new();
    }
    let mut texts: Vec<(String, String, Option<&str>)> = Vec::new();
    let heads: &[&str] = if shape.name == URL.name {
        &ALIGNED
    } else {
        &[shape.before]
    };
    for before in heads {
        let text = format!("{before}{}{}", marked(host), shape.after);
        let alignment = before.len() % 3;
        texts.push((format!("base64 at {alignment}"), text, None));
    }
    let url = around(shape, &marked(host));
    let json = format!("{{\"hub\":{{\"address\":\"{url}\"}}}}");
    texts.push(("base64 of json".to_owned(), json, Some("hub.address")));
    texts
        .into_iter()
        .map(|(view, text, inner)| {
            let (text, place) = read_marks(&text);
            let base64 = STANDARD.encode(&text);
            let characters = base64.trim_end_matches('=').len();
            let first = place.start / 3 * 4;
            let end = (place.end.div_ceil(3) * 4).min(characters);
            let value = format!(
                "{}{}{}",
                &base64[..first],
                marked(&base64[first..end]),
                &base64[end..]
            );
            let label = format!("{}, {view}", shape.name);
            let writing = write(format, format.templates[0], &value, label);
            let context = match format.context {
                Context::Value => Context::Encoded,
                other => other,
            };
            Writing {
                view: View::Base64,
                context,
                ..below(writing, inner)
            }
        })
        .collect()
}

/// The URL in a JSON document in the value.
fn document(format: &Format, host: &str, shape: Shape) -> Option<Writing> {
    let (template, writer) = format.document?;
    let url = around(shape, &marked(host));
    let json = format!("{{\"hub\": {{\"port\": 443, \"address\": \"{url}\"}}}}");
    let label = format!("{}, in json", shape.name);
    let writing = write(format, template, &writer(&json), label);
    Some(below(writing, Some("hub.address")))
}

/// The labels of the host as a list.
fn labels(format: &Format, host: &str) -> Option<Writing> {
    let (template, key) = format.labels?;
    let list = format!("\"{}\"", host.replace('.', "\", \""));
    // The marks are inside the outer quotes.
    let value = format!("\"{}\"", marked(&list[1..list.len() - 1]));
    let writing = write(format, template, &value, "list of labels".to_owned());
    Some(Writing {
        view: View::Joined,
        key: key.to_owned(),
        ..writing
    })
}

fn below(writing: Writing, inner: Option<&str>) -> Writing {
    match inner {
        Some(inner) => Writing {
            key: format!("{} > {inner}", writing.key),
            ..writing
        },
        None => writing,
    }
}

fn marked(host: &str) -> String {
    format!("{OPEN}{host}{CLOSE}")
}

fn around(shape: Shape, host: &str) -> String {
    format!("{}{host}{}", shape.before, shape.after)
}

/// A text without its marks, and the bytes between them.
fn read_marks(text: &str) -> (String, Range<usize>) {
    let (head, rest) = text.split_once(OPEN).expect("an opening mark");
    let (host, tail) = rest.split_once(CLOSE).expect("a closing mark");
    let place = head.len()..head.len() + host.len();
    (format!("{head}{host}{tail}"), place)
}

fn write(format: &Format, template: &str, value: &str, label: String) -> Writing {
    let (text, place) = read_marks(&template.replace('§', value));
    let (content, span) = if format.wide {
        // All of it is ASCII: two bytes a character, after the mark.
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        let content = units.flat_map(u16::to_le_bytes).collect();
        (content, 2 + 2 * place.start..2 + 2 * place.end)
    } else {
        (text.into_bytes(), place)
    };
    Writing {
        label,
        content,
        span,
        view: View::Plain,
        key: format.key.to_owned(),
        context: format.context,
    }
}
