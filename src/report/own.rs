//! Knowing a report of ptlint by its content: it names what it reports, so that checking it again would find
//! everything twice.

/// Says whether a content that begins like this is a report of ptlint, in a format that says what it is.
pub(crate) fn is_own_report(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    is_json(head) || is_markup(head) || is_table(head)
}

/// JSON, with any white space between its parts.
fn is_json(head: &str) -> bool {
    if !head.starts_with(['{', '[']) {
        return false;
    }
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
    let is_markdown = head.starts_with("# ptlint\n\n")
        && head.contains("\n| place | severity | rule | what | remedy |\n| --- |");
    let columns = super::csv::COLUMNS.map(|column| format!("\"{column}\""));
    is_markdown || head.starts_with(&columns.join(","))
}
