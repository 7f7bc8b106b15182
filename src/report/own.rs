//! Knowing a report of ptlint by its content: it names what it reports, so that checking it again would find
//! everything twice.

use std::borrow::Cow;
use std::io::{self, Read};

use super::own_lines::{LineReport, is_plan_or_patch, without_escapes};
use crate::text::{Encoding, first_bytes};

/// The most bytes of a report that is known by all of its lines.
const MOST_BYTES: u64 = 64 << 20;

/// Bytes of a report in JSON in which it names its format and its program.
const BEGINNING_OF_JSON: usize = 4 << 10;

/// Says whether a content that begins with `head` is a report of ptlint. `whole` gives all of it, which is read
/// only where every line counts.
pub(crate) fn is_own_report<R: Read>(head: &[u8], whole: impl FnOnce() -> io::Result<R>) -> bool {
    let text = plain(head, false);
    let begin = text.trim_start();
    if is_json(begin) || is_markup(begin) || is_table(begin) || is_plan_or_patch(begin) {
        return true;
    }
    let Some(report) = LineReport::by_beginning(&text) else {
        return false;
    };
    let mut bytes = Vec::new();
    let read = whole().and_then(|whole| whole.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.is_ok() && bytes.len() as u64 <= MOST_BYTES && report.is_all_of(&plain(&bytes, true))
}

/// The text without a byte order mark, colours and carriage returns: a shell may add them when it writes the output
/// of a program to a file.
fn plain(bytes: &[u8], is_whole: bool) -> Cow<'_, str> {
    let mut text = Encoding::detect(bytes, is_whole).decode(bytes);
    if text.starts_with('\u{feff}') {
        text = text.trim_start_matches('\u{feff}').to_owned().into();
    }
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace("\r\n", "\n").into();
    }
    if memchr::memchr(0x1b, text.as_bytes()).is_some() {
        text = without_escapes(&text).into();
    }
    text
}

/// JSON, with any white space between its parts.
fn is_json(head: &str) -> bool {
    if !head.starts_with(['{', '[']) {
        return false;
    }
    let head = first_bytes(head, BEGINNING_OF_JSON);
    let packed: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    let begins = [
        r#"{"schema":"ptlint.report/"#,
        r#"{"schema":"ptlint.plan/"#,
        r#"{"type":"run","schema":"ptlint.report/"#,
        r#"{"source":{"name":"ptlint"}"#,
    ];
    let is_sarif = packed.starts_with(r#"{"$schema":"https://docs.oasis-open.org/sarif/"#)
        && packed.contains(r#""runs":[{"tool":{"driver":{"name":"ptlint""#);
    let is_code_quality = packed.starts_with(r#"[{"type":"issue","check_name":""#)
        && packed.contains(r#""categories":["Compatibility"],"fingerprint":""#);
    begins.iter().any(|begin| packed.starts_with(begin)) || is_sarif || is_code_quality
}

fn is_markup(head: &str) -> bool {
    let is_html = head.starts_with("<!doctype html>")
        && head.contains("<meta name=\"generator\" content=\"ptlint ");
    let is_xml = head.starts_with("<?xml");
    let is_junit = is_xml && head.contains("<testsuites name=\"ptlint\"");
    let is_checkstyle = is_xml
        && head.contains("<checkstyle version=\"8.0\"")
        && head.contains(" source=\"ptlint.");
    is_html || is_junit || is_checkstyle
}

fn is_table(head: &str) -> bool {
    if !head.starts_with(['#', '"']) {
        return false;
    }
    let is_markdown = head.starts_with("# ptlint\n\n")
        && head.contains("\n| place | severity | rule | what | remedy |\n| --- |");
    let columns = super::csv::COLUMNS.map(|column| format!("\"{column}\""));
    let is_plan = head.starts_with(
        r#""kind","number","environment","service","item","what to do","ask","after","#,
    );
    is_markdown || is_plan || head.starts_with(&columns.join(","))
}
