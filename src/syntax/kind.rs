//! What kind of file a path names: how it writes comments, and whether it is prose.

use super::format::telling_part;

/// The comment syntax of a file, and whether it is written for people.
#[derive(Debug, Clone, Copy)]
pub struct FileKind {
    /// How comments are written.
    pub comments: &'static CommentSyntax,
    /// The file is documentation.
    pub prose: bool,
}

/// Where comments begin and end.
#[derive(Debug, Clone, Copy)]
pub struct CommentSyntax {
    /// Marks that begin a comment up to the end of the line.
    pub line: &'static [&'static str],
    /// What may stand before such a mark.
    pub before: Before,
    /// Marks around a comment that may span lines.
    pub blocks: &'static [(&'static str, &'static str)],
    /// Quotes within which no comment begins. A string ends with its line, except those in
    /// backquotes.
    pub quotes: &'static [u8],
    /// Three quotes begin a string that may span lines.
    pub tripled: bool,
}

/// What may stand before a line comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Anything.
    Anything,
    /// White space or nothing.
    Space,
    /// Only white space from the beginning of the line.
    LineStart,
}

const NONE: CommentSyntax = CommentSyntax {
    line: &[],
    before: Before::Anything,
    blocks: &[],
    quotes: b"",
    tripled: false,
};
/// Without knowledge of the language only lines that begin with a common mark are comments.
const UNKNOWN: CommentSyntax = CommentSyntax {
    line: &["#", "//", ";", "--"],
    before: Before::LineStart,
    ..NONE
};
const C: CommentSyntax = CommentSyntax {
    line: &["//"],
    blocks: &[("/*", "*/")],
    quotes: b"\"'`",
    tripled: true,
    ..NONE
};
const RUST: CommentSyntax = CommentSyntax { quotes: b"\"", ..C };
const PHP: CommentSyntax = CommentSyntax {
    line: &["//", "#"],
    blocks: &[("/*", "*/"), ("<!--", "-->")],
    ..C
};
const HCL: CommentSyntax = CommentSyntax {
    line: &["#", "//"],
    quotes: b"\"",
    ..C
};
const CSS: CommentSyntax = CommentSyntax { line: &[], ..C };
const HASH: CommentSyntax = CommentSyntax {
    line: &["#"],
    quotes: b"\"'",
    tripled: true,
    ..NONE
};
const POWERSHELL: CommentSyntax = CommentSyntax {
    blocks: &[("<#", "#>")],
    ..HASH
};
const HASH_AFTER_SPACE: CommentSyntax = CommentSyntax {
    before: Before::Space,
    tripled: false,
    // Comments of the template languages that such files are written in.
    blocks: &[("{{/*", "*/"), ("{{- /*", "*/"), ("{#", "#}")],
    ..HASH
};
const HASH_FIRST: CommentSyntax = CommentSyntax {
    before: Before::LineStart,
    quotes: b"",
    ..HASH
};
const PROPERTIES: CommentSyntax = CommentSyntax {
    line: &["#", "!"],
    ..HASH_FIRST
};
const INI: CommentSyntax = CommentSyntax {
    line: &["#", ";"],
    before: Before::Space,
    quotes: b"\"",
    ..NONE
};
const REGISTRY: CommentSyntax = CommentSyntax {
    line: &[";"],
    before: Before::LineStart,
    ..NONE
};
const MARKUP: CommentSyntax = CommentSyntax {
    blocks: &[("<!--", "-->")],
    ..NONE
};
const SQL: CommentSyntax = CommentSyntax {
    line: &["--"],
    blocks: &[("/*", "*/")],
    quotes: b"'\"",
    ..NONE
};
const BASIC: CommentSyntax = CommentSyntax {
    line: &["'"],
    quotes: b"\"",
    ..NONE
};
const BATCH: CommentSyntax = CommentSyntax {
    line: &["rem ", "::", "@rem "],
    before: Before::LineStart,
    ..NONE
};
const LISP: CommentSyntax = CommentSyntax {
    line: &[";"],
    quotes: b"\"",
    ..NONE
};
const XQUERY: CommentSyntax = CommentSyntax {
    blocks: &[("(:", ":)")],
    quotes: b"\"'",
    ..NONE
};
const PERCENT: CommentSyntax = CommentSyntax {
    line: &["%"],
    ..NONE
};

const BY_EXTENSION: &[(&[&str], &CommentSyntax)] = &[
    (
        &[
            "c", "h", "cc", "cpp", "cxx", "hpp", "cs", "java", "kt", "kts", "scala", "js", "jsx",
            "mjs", "cjs", "ts", "tsx", "mts", "cts", "go", "swift", "groovy", "gradle", "dart",
            "json", "jsonc", "json5", "proto", "bicep", "fs", "fsx", "m", "mm", "svelte", "hh",
            "hxx", "sbt", "sc", "csx", "gvy",
        ],
        &C,
    ),
    (&["rs"], &RUST),
    (&["php", "phtml"], &PHP),
    (&["tf", "tfvars", "hcl", "nomad"], &HCL),
    (&["css", "scss", "less"], &CSS),
    (
        &[
            "py", "pyi", "pyw", "rb", "rake", "gemspec", "pl", "pm", "r", "toml", "ex", "exs",
            "jl", "nix", "coffee", "tcl",
        ],
        &HASH,
    ),
    (&["ps1", "psm1", "psd1"], &POWERSHELL),
    (
        &[
            "yml", "yaml", "sh", "bash", "zsh", "ksh", "fish", "env", "mk", "tpl", "awk",
            "service", "eyaml", "cwl", "sls", "makefile",
        ],
        &HASH_AFTER_SPACE,
    ),
    (
        &["dockerfile", "containerfile", "gitignore", "dockerignore"],
        &HASH_FIRST,
    ),
    (&["properties"], &PROPERTIES),
    (
        &[
            "ini", "conf", "cfg", "cnf", "inf", "hosts", "zone", "desktop", "rdp",
        ],
        &INI,
    ),
    (&["reg"], &REGISTRY),
    (
        &[
            "xml", "html", "htm", "xhtml", "svg", "config", "csproj", "vbproj", "fsproj", "props",
            "targets", "xsd", "wsdl", "xsl", "xslt", "plist", "jsp", "vue", "nuspec", "resx",
            "admx", "adml", "md", "markdown", "mdx", "jmx", "wadl", "pom", "xaml", "soap",
        ],
        &MARKUP,
    ),
    (&["sql", "lua", "hs", "elm", "adb", "ads"], &SQL),
    (&["vb", "vbs", "bas", "cls"], &BASIC),
    (&["bat", "cmd"], &BATCH),
    (
        &["lisp", "cl", "clj", "cljs", "edn", "el", "scm", "asm"],
        &LISP,
    ),
    (&["tex", "erl", "hrl"], &PERCENT),
    (&["xq", "xql", "xqm", "xqy", "xquery"], &XQUERY),
    (&["csv", "tsv", "txt", "text", "rst", "adoc", "log"], &NONE),
];

/// Formats written for people; mail and saved pages among them.
const PROSE: &[&str] = &[
    "eml", "mht", "mhtml", "md", "markdown", "mdx", "rst", "adoc", "asciidoc", "txt", "text",
    "org", "textile", "wiki", "tex", "rtf",
];

impl FileKind {
    /// Tells the kind from a path with forward slashes.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let listed = |part: &str| {
            let mut all = BY_EXTENSION.iter();
            all.any(|(parts, _)| parts.contains(&part)) || PROSE.contains(&part)
        };
        let told = telling_part(name, &listed);
        let name = name.to_ascii_lowercase();
        let extension = match &told {
            Some(part) => part.as_str(),
            None => name.rsplit('.').next().unwrap_or_default(),
        };
        let comments = BY_EXTENSION
            .iter()
            .find(|(extensions, _)| extensions.contains(&extension))
            .map_or(&UNKNOWN, |(_, syntax)| *syntax);
        let stem = name.split('.').find(|part| !part.is_empty());
        let named = matches!(
            stem.unwrap_or_default(),
            "readme" | "changelog" | "license" | "notes" | "contributing"
        ) && !name.trim_start_matches('.').contains('.');
        Self {
            comments,
            prose: named || PROSE.contains(&extension),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_comment_marks_follow_the_name() {
        assert!(FileKind::of("docs/README.md").prose);
        assert!(FileKind::of("README").prose);
        assert!(!FileKind::of("readme.py").prose);
        assert!(!FileKind::of("src/app.yml").prose);
        assert_eq!(FileKind::of(".env.test").comments.line, ["#"]);
        assert_eq!(FileKind::of("src/env.rs").comments.line, ["//"]);
        assert_eq!(FileKind::of("page.xml.tpl").comments.blocks.len(), 1);
        assert_eq!(FileKind::of("hosts").comments.line, ["#", ";"]);
        assert_eq!(
            FileKind::of("deploy/Dockerfile.build").comments.before,
            Before::LineStart
        );
        assert_eq!(
            FileKind::of("application.properties.example").comments.line,
            ["#", "!"]
        );
    }
}
