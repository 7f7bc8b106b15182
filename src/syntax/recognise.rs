//! Which format a file has, by its name, its first line, and its content.

use super::file_format::FileFormat;
use super::formats::{FORMATS, FormatId};

/// The format of the file at `path`, whose text is `text`, if a reader can read it.
#[must_use]
pub fn format_of_file(path: &str, text: &str) -> Option<&'static FileFormat> {
    let name = file_name(path);
    let text = text.trim_start_matches('\u{feff}');
    match readable_by_name(name) {
        Some(named) => Some(corrected(named, name, text)),
        None if text.starts_with("<?xml") => Some(FormatId::Xml.row()),
        None => by_shebang(text).or_else(|| {
            let bare = !name.contains('.');
            // A changelog may begin like a list, and a note like an element.
            bare.then(|| by_sound_content(text, false)).flatten()
        }),
    }
}

/// The format that the name of a file means, whatever its text is; it may have no reader.
#[must_use]
pub fn format_by_name(path: &str) -> &'static FileFormat {
    let name = file_name(path);
    let last = name.rsplit('.').next().unwrap_or(name);
    by_name(name, |_| true)
        .or_else(|| by_extension(last))
        .unwrap_or(FormatId::Unknown.row())
}

/// The format with a reader that the name of a file means.
pub(super) fn readable_by_name(name: &str) -> Option<&'static FileFormat> {
    by_name(name, |format| format.reader.is_some())
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Corrects the format of a name if the text shows that it means something else: many tools call their
/// XML files by an extension of their own, and others call files `.config` that are not XML.
fn corrected(named: &'static FileFormat, name: &str, text: &str) -> &'static FileFormat {
    let declared = text.starts_with("<?xml");
    let start = text.trim_start();
    let is_xml = declared || named.id == FormatId::Ini && start.starts_with("<!");
    let elements = || text.contains("</") || text.contains("/>");
    let is_config = || name.to_ascii_lowercase().contains(".config");
    if named.is_markup() && !declared && !start.is_empty() && is_config() && !elements() {
        FormatId::Ini.row()
    } else if !named.is_markup() && is_xml {
        FormatId::Xml.row()
    } else {
        named
    }
}

/// Extensions that say nothing about the format.
const NEUTRAL: &[&str] = &[
    "example", "sample", "template", "tmpl", "dist", "j2", "jinja", "jinja2", "erb", "gotmpl",
    "tpl", "local", "test", "bak", "old", "orig", "save", "in",
];

fn has(list: &[&str], word: &str) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(word))
}

fn by_extension(extension: &str) -> Option<&'static FileFormat> {
    FORMATS
        .iter()
        .find(|format| has(format.extensions, extension))
}

/// The format among the `wanted` ones that a file name means: by its last extension that is not neutral,
/// otherwise by its first part.
fn by_name(name: &str, wanted: impl Fn(&FileFormat) -> bool) -> Option<&'static FileFormat> {
    let stem = name.split('.').find(|part| !part.is_empty())?;
    let bare = !name.trim_start_matches('.').contains('.');
    let special = FORMATS.iter().find(|format| {
        has(format.names, stem) && (bare || format.reader.is_some()) && wanted(format)
    });
    // `Dockerfile.go` builds something in Go; `dockerfile.go` and `env.ts` are sources.
    if special.is_some_and(|format| format.id == FormatId::Dockerfile)
        && name.starts_with(|c: char| c.is_ascii_uppercase())
    {
        return special;
    }
    let mut neutral = None;
    let mut parts = name.rsplit('.').peekable();
    while let Some(part) = parts.next() {
        // The first part of a name is not an extension.
        if parts.peek().is_none() {
            break;
        }
        let known = by_extension(part).filter(|format| wanted(format));
        if has(NEUTRAL, part) {
            neutral = neutral.or(known);
        } else if known.is_some() {
            return known;
        } else {
            break;
        }
    }
    special.or(neutral)
}

fn by_shebang(text: &str) -> Option<&'static FileFormat> {
    let line = text.strip_prefix("#!")?.lines().next()?;
    let program = line
        .split([' ', '/'])
        .rfind(|word| !word.is_empty() && !word.starts_with('-'))?
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    FORMATS
        .iter()
        .find(|format| format.shebangs.contains(&program))
}

/// The format with a reader that the word at the fence of a block of code means.
pub(super) fn by_fence(word: &str) -> Option<&'static FileFormat> {
    FORMATS.iter().find(|format| {
        format.reader.is_some() && (has(format.extensions, word) || has(format.fences, word))
    })
}

/// What a text is by its first character, if it is a document at all.
pub(super) fn by_content(text: &str) -> Option<&'static FileFormat> {
    let id = match text.trim_start().as_bytes().first()? {
        b'{' | b'[' => FormatId::Json,
        b'<' => FormatId::Xml,
        _ => return None,
    };
    Some(id.row())
}

/// What a text is by its first character and by what a reader makes of it. Where it is `likely` a
/// document, most of one is enough.
pub(super) fn by_sound_content(text: &str, likely: bool) -> Option<&'static FileFormat> {
    let format = by_content(text)?;
    let tree = format.read(text);
    // `[a]` and `<b>` alone are too little for a document.
    let least = if text.trim_start().starts_with('{') {
        2
    } else {
        3
    };
    let sound = tree.problem().is_none() && tree.nodes().len() >= least;
    (sound || likely && tree.nodes().len() > 8).then_some(format)
}

#[cfg(test)]
mod tests {
    use super::super::code::BeforeMark;
    use super::super::file_format::Prose;
    use super::*;

    #[test]
    fn formats_are_told_by_names_shebangs_and_content() {
        for (path, text, expected) in [
            ("a/b.yml", "", Some("YAML")),
            ("values.yaml.tpl", "", Some("YAML")),
            (".env.test", "", Some("environment file")),
            (".env.json", "", Some("JSON")),
            ("env.local", "", Some("environment file")),
            ("overlays/env.yaml", "", Some("YAML")),
            ("src/Env.json", "", Some("JSON")),
            ("profile.yml.j2", "", Some("YAML")),
            ("profile.xml", "", Some("XML")),
            (".profile", "", Some("shell script")),
            ("Dockerfile.py", "", Some("Dockerfile")),
            ("production.env", "", Some("environment file")),
            ("Dockerfile.build", "", Some("Dockerfile")),
            ("build.dockerfile", "", Some("Dockerfile")),
            ("App.config", "", Some("XML")),
            ("app.properties.example", "", Some("Properties")),
            ("deploy", "#!/usr/bin/env bash\n", Some("shell script")),
            ("document", " {\"a\": 1}", Some("JSON")),
            ("README.md", "", Some("Markdown")),
            ("yaml", "", None),
            ("photo.jpeg", "{", None),
            // A name that is that of a special file too.
            ("src/env.rs", "", Some("Rust")),
            ("lib/Env.pm", "", Some("Perl")),
            ("env.yml", "", Some("YAML")),
            ("Makefile.PL", "", Some("Perl")),
            ("Makefile.am", "", Some("makefile")),
            ("dockerfile.go", "", Some("Go")),
            ("Dockerfile.go", "", Some("Dockerfile")),
            // Text that begins like a document.
            ("ABOUT", "<https://a.example> is the place\n", None),
            (
                "changelog",
                "[1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\n- first\n",
                None,
            ),
            // Names that several formats share.
            ("session.conf", "<!DOCTYPE busconfig>\n<a/>", Some("XML")),
            (
                "site.conf",
                "<VirtualHost *>\n</VirtualHost>",
                Some("configuration file"),
            ),
            (
                "man.config",
                "# a\nMAP /bin /man\n",
                Some("configuration file"),
            ),
            ("Web.config", "\u{feff}<configuration/>", Some("XML")),
        ] {
            let name = format_of_file(path, text).map(|f| f.name);
            assert_eq!(name, expected, "{path}");
        }
    }

    #[test]
    fn a_page_with_an_xml_declaration_is_still_written_for_people() {
        let page = format_of_file("a.html", "<?xml version='1.0'?><html/>").expect("a format");
        assert_eq!(page.prose, Prose::ElementText);
    }

    #[test]
    fn prose_and_comment_marks_follow_the_name() {
        let marks = |path| format_by_name(path).language;
        for (path, documentation) in [
            ("docs/README.md", true),
            ("README", true),
            ("README.old", false),
            ("readme.py", false),
            ("src/app.yml", false),
            ("a.mht", true),
        ] {
            let format = format_by_name(path);
            assert_eq!(format.is_documentation(), documentation, "{path}");
        }
        assert_eq!(marks(".env.test").line, ["#"]);
        assert_eq!(marks("src/env.rs").line, ["//"]);
        assert_eq!(marks("page.xml.tpl").blocks.len(), 1);
        assert_eq!(marks("hosts").line, ["#", ";"]);
        assert_eq!(
            marks("deploy/Dockerfile.build").before,
            BeforeMark::LineStart
        );
        assert_eq!(marks("application.properties.example").line, ["#", "!"]);
    }

    #[test]
    fn a_name_without_a_reader_does_not_hide_one_with_a_reader() {
        let read = format_of_file(".env.txt", "").map(|f| f.id);
        assert_eq!(read, Some(FormatId::Dotenv));
        assert_eq!(format_by_name(".env.txt").id, FormatId::Text);
    }
}
