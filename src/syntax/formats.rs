//! The table of file formats: all that tells one from another is here, a row for each. A new format is a
//! row, and a reader if it has keys and values to find.

use super::code::c_family::{
    BICEP, C, C_SHARP, COFFEE_SCRIPT, DART, F_SHARP, GO, GROOVY, JAVA, JAVA_SCRIPT, KOTLIN, PHP,
    PROTO, RUST, SCALA, SWIFT, TYPE_SCRIPT,
};
use super::code::marks::{self, HASH_LINES, INI, MARKUP, PROPERTIES, SHELL, TEXT, UNKNOWN};
use super::code::scripts::{
    ADA, BASIC, ELIXIR, ERLANG, HASKELL, JULIA, LISP, LUA, PERL, POWER_SHELL, PYTHON, R, RUBY, SQL,
    X_QUERY,
};
use super::file_format::{DirectivePlace, FileFormat, Prose, Wrap};
use super::{
    dockerfile, dotenv, hcl, ini, json, makefile, markdown, properties, registry, shell, toml, xml,
    yaml,
};

/// Makes the enum of ids and the table from rows `Id = row`.
macro_rules! formats {
    ($($id:ident = $row:expr),* $(,)?) => {
        /// Which format it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FormatId {
            $(#[doc = concat!("Row `", stringify!($id), "` of the table.")] $id),*
        }

        /// All formats, in the order of their ids.
        pub static FORMATS: &[FileFormat] = &[$(FileFormat { id: FormatId::$id, ..$row }),*];
    };
}

impl FormatId {
    /// The row of the format.
    #[must_use]
    pub fn row(self) -> &'static FileFormat {
        &FORMATS[self as usize]
    }
}

formats![
    // Formats with a reader of their own.
    Yaml = FileFormat::data(
        "YAML",
        &["yml", "yaml", "eyaml", "cwl", "sls"],
        &SHELL,
        &yaml::Yaml
    )
    .directives(DirectivePlace::LineEnd),
    Json = FileFormat::data(
        "JSON",
        &[
            "json",
            "avsc",
            "webmanifest",
            "geojson",
            "jsonl",
            "ndjson",
            "har",
            "tfstate"
        ],
        &marks::JSON,
        &json::Json
    )
    .directives(DirectivePlace::Nowhere),
    JsonWithComments = FileFormat::data(
        "JSON with comments",
        &["jsonc", "json5"],
        &marks::JSON,
        &json::Json
    )
    .directives(DirectivePlace::LineEnd),
    Notebook = FileFormat::data("notebook", &["ipynb"], &marks::JSON, &json::Json)
        .prose(Prose::Notebook)
        .directives(DirectivePlace::Nowhere),
    Xml = FileFormat::data(
        "XML",
        &[
            "xml", "config", "csproj", "vbproj", "fsproj", "props", "targets", "xsd", "wsdl",
            "xsl", "xslt", "plist", "svg", "nuspec", "resx", "admx", "adml", "jmx", "wadl", "pom",
            "xaml", "soap",
        ],
        &MARKUP,
        &xml::Xml
    ),
    Html = FileFormat::data(
        "HTML",
        &["html", "htm", "xhtml", "vue", "svelte"],
        &MARKUP,
        &xml::Xml
    )
    .prose(Prose::ElementText),
    Toml = FileFormat::data("TOML", &["toml"], &marks::TOML, &toml::Toml)
        .directives(DirectivePlace::LineEnd),
    Properties = FileFormat::data(
        "Properties",
        &["properties"],
        &PROPERTIES,
        &properties::Properties
    ),
    Dotenv = FileFormat::data("environment file", &["env"], &SHELL, &dotenv::Dotenv)
        .names(&["env", "envrc"])
        .fences(&["dotenv"]),
    Registry = FileFormat::data(
        "registry export",
        &["reg"],
        &marks::REGISTRY,
        &registry::Registry
    ),
    Ini = FileFormat::data(
        "configuration file",
        &[
            "ini", "conf", "cfg", "cnf", "inf", "service", "desktop", "rdp"
        ],
        &INI,
        &ini::Ini
    )
    .fences(&["nginx"]),
    Hcl = FileFormat::data(
        "HCL",
        &["tf", "tfvars", "hcl", "nomad"],
        &marks::HCL,
        &hcl::Hcl
    )
    .fences(&["terraform"])
    .directives(DirectivePlace::LineEnd),
    Dockerfile = FileFormat::data(
        "Dockerfile",
        &["dockerfile", "containerfile"],
        &HASH_LINES,
        &dockerfile::Dockerfile
    )
    .names(&["dockerfile", "containerfile"])
    .fences(&["docker"]),
    Makefile = FileFormat::data("makefile", &["mk", "makefile"], &SHELL, &makefile::Makefile)
        .names(&["makefile", "gnumakefile"]),
    Shell = FileFormat::data(
        "shell script",
        &[
            "sh",
            "bash",
            "zsh",
            "ksh",
            "shell",
            "console",
            "shellscript"
        ],
        &SHELL,
        &shell::Shell
    )
    .names(&["bashrc", "bash_profile", "profile", "zshrc"])
    .shebangs(&["sh", "bash", "dash", "zsh", "ksh", "ash"]),
    Markdown = FileFormat::data(
        "Markdown",
        &["md", "markdown"],
        &MARKUP,
        &markdown::Markdown::Plain
    )
    .prose(Prose::AllButCode),
    Mdx = FileFormat::data("MDX", &["mdx"], &marks::MDX, &markdown::Markdown::Mdx)
        .prose(Prose::AllButCode),
    // Programming languages.
    C = FileFormat::code(
        "C",
        &["c", "h", "cc", "cpp", "cxx", "hpp", "hh", "hxx", "m", "mm"],
        &C
    ),
    Java = FileFormat::code("Java", &["java"], &JAVA),
    Kotlin = FileFormat::code("Kotlin", &["kt", "kts"], &KOTLIN),
    Scala = FileFormat::code("Scala", &["scala", "sbt", "sc"], &SCALA),
    CSharp = FileFormat::code("C#", &["cs", "csx"], &C_SHARP).fences(&["csharp"]),
    FSharp = FileFormat::code("F#", &["fs", "fsx"], &F_SHARP),
    JavaScript = FileFormat::code("JavaScript", &["js", "jsx", "mjs", "cjs"], &JAVA_SCRIPT)
        .shebangs(&["node", "deno", "bun"])
        .fences(&["javascript"]),
    TypeScript = FileFormat::code("TypeScript", &["ts", "tsx", "mts", "cts"], &TYPE_SCRIPT)
        .fences(&["typescript"]),
    CoffeeScript = FileFormat::code("CoffeeScript", &["coffee"], &COFFEE_SCRIPT),
    Go = FileFormat::code("Go", &["go"], &GO),
    Swift = FileFormat::code("Swift", &["swift"], &SWIFT),
    Rust = FileFormat::code("Rust", &["rs"], &RUST),
    Groovy = FileFormat::code("Groovy", &["groovy", "gradle", "gvy"], &GROOVY)
        .names(&["jenkinsfile"])
        .shebangs(&["groovy"]),
    Dart = FileFormat::code("Dart", &["dart"], &DART),
    Php = FileFormat::code("PHP", &["php", "phtml"], &PHP),
    Bicep = FileFormat::code("Bicep", &["bicep"], &BICEP),
    Proto = FileFormat::code("Protocol Buffers", &["proto"], &PROTO),
    Python = FileFormat::code("Python", &["py", "pyi", "pyw"], &PYTHON)
        .shebangs(&["python", "pypy"])
        .fences(&["python"]),
    Julia = FileFormat::code("Julia", &["jl"], &JULIA),
    Ruby = FileFormat::code("Ruby", &["rb", "rake", "gemspec"], &RUBY)
        .shebangs(&["ruby"])
        .fences(&["ruby"]),
    Perl = FileFormat::code("Perl", &["pl", "pm"], &PERL).shebangs(&["perl"]),
    R = FileFormat::code("R", &["r"], &R),
    PowerShell = FileFormat::code("PowerShell", &["ps1", "psm1", "psd1"], &POWER_SHELL)
        .shebangs(&["pwsh"])
        .fences(&["powershell"]),
    Elixir = FileFormat::code("Elixir", &["ex", "exs"], &ELIXIR),
    Basic = FileFormat::code("Visual Basic", &["vb", "vbs", "bas", "cls"], &BASIC),
    Sql = FileFormat::code("SQL", &["sql"], &SQL),
    Lua = FileFormat::code("Lua", &["lua"], &LUA),
    Haskell = FileFormat::code("Haskell", &["hs", "elm"], &HASKELL),
    Ada = FileFormat::code("Ada", &["adb", "ads"], &ADA),
    Lisp = FileFormat::code(
        "Lisp",
        &["lisp", "cl", "clj", "cljs", "edn", "el", "scm"],
        &LISP
    ),
    Erlang = FileFormat::code("Erlang", &["erl", "hrl"], &ERLANG),
    XQuery = FileFormat::code("XQuery", &["xq", "xql", "xqm", "xqy", "xquery"], &X_QUERY),
    // Formats of which only comments are known.
    Css = FileFormat::lexical("CSS", &["css", "scss", "less"], &marks::CSS),
    Nix = FileFormat::lexical("Nix", &["nix"], &marks::TOML),
    Tcl = FileFormat::lexical("Tcl", &["tcl"], &marks::TOML),
    Fish = FileFormat::lexical("fish", &["fish"], &SHELL),
    Awk = FileFormat::lexical("AWK", &["awk"], &SHELL),
    Batch = FileFormat::lexical("batch file", &["bat", "cmd"], &marks::BATCH),
    Assembly = FileFormat::lexical("assembler", &["asm"], &marks::ASSEMBLY),
    Jsp = FileFormat::lexical("JSP", &["jsp"], &MARKUP),
    Template = FileFormat::lexical("template", &["tpl"], &SHELL),
    Ignore = FileFormat::lexical("ignore file", &["gitignore", "dockerignore"], &HASH_LINES),
    Hosts = FileFormat::lexical("hosts file", &["hosts", "zone"], &INI),
    Tex = FileFormat::lexical("TeX", &["tex"], &marks::TEX).prose(Prose::Everything),
    // Text.
    Table = FileFormat::lexical("CSV", &["csv", "tsv"], &TEXT),
    Log = FileFormat::lexical("log", &["log"], &TEXT),
    Text = FileFormat::lexical("plain text", &["txt", "text", "rst", "adoc"], &TEXT)
        .prose(Prose::Everything),
    Document = FileFormat::lexical(
        "document",
        &["asciidoc", "org", "textile", "wiki", "rtf"],
        &UNKNOWN
    )
    .names(&["readme", "changelog", "license", "notes", "contributing"])
    .prose(Prose::Everything),
    Mail = FileFormat::lexical("mail", &["eml", "mht", "mhtml"], &UNKNOWN)
        .prose(Prose::Everything)
        .wrap(Wrap::QuotedPrintable),
    Directory = FileFormat::lexical("LDIF", &["ldif", "ldf"], &UNKNOWN).wrap(Wrap::Folded),
    Calendar = FileFormat::lexical("iCalendar", &["ics"], &UNKNOWN).wrap(Wrap::Folded),
    Contact = FileFormat::lexical("vCard", &["vcf"], &UNKNOWN).wrap(Wrap::Folded),
    Unknown = FileFormat::lexical("unknown format", &[], &UNKNOWN),
];

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::code::{BeforeMark, Comments};
    use super::super::recognise::{by_fence, format_by_name, format_of_file};
    use super::*;

    #[track_caller]
    fn check_mark(format: &FileFormat, text: &str, expected: bool) {
        let at = text.find("HOST").expect("marked");
        let covers = Comments::new(text.as_bytes(), format.language).covers(at);
        assert_eq!(covers, expected, "{}: {text:?}", format.name);
    }

    #[test]
    fn ids_and_rows_are_in_the_same_order() {
        for (place, format) in FORMATS.iter().enumerate() {
            assert_eq!(format.id as usize, place, "{}", format.name);
            assert_eq!(format.id.row().name, format.name);
        }
    }

    #[test]
    fn a_word_means_one_format() {
        let columns: [fn(&FileFormat) -> Vec<&str>; 4] = [
            |format| vec![format.name],
            |format| format.names.to_vec(),
            |format| format.shebangs.to_vec(),
            |format| [format.extensions, format.fences].concat(),
        ];
        for column in columns {
            let mut known: HashMap<&str, &str> = HashMap::new();
            for format in FORMATS {
                for word in column(format) {
                    let other = known.insert(word, format.name);
                    assert_eq!(other, None, "{word} means {}, too", format.name);
                }
            }
        }
    }

    #[test]
    fn a_file_has_the_format_that_its_row_says() {
        for format in FORMATS {
            let readable = format.reader.is_some();
            let expected = readable.then_some(format.id);
            let extensions = format.extensions.iter();
            let upper = extensions
                .clone()
                .map(|e| format!("A.{}", e.to_uppercase()));
            let paths = extensions.map(|extension| format!("b/a.{extension}"));
            let names = format.names.iter().map(|name| (*name).to_owned());
            for path in paths.chain(upper).chain(names) {
                assert_eq!(format_by_name(&path).id, format.id, "{path}");
                assert_eq!(format_of_file(&path, "").map(|f| f.id), expected, "{path}");
            }
            for program in format.shebangs {
                for line in [
                    format!("#!/usr/bin/env {program}\n"),
                    format!("#!/bin/{program}3.1 -x"),
                ] {
                    let found = format_of_file("deploy", &line).map(|f| f.id);
                    assert_eq!(found, expected, "{line}");
                }
            }
            for word in format.extensions.iter().chain(format.fences) {
                assert_eq!(by_fence(word).map(|f| f.id), expected, "{word}");
            }
        }
    }

    #[test]
    fn comments_are_found_by_the_marks_of_the_row() {
        for format in FORMATS {
            let language = format.language;
            for mark in language.line {
                let (before, anything) = (language.before, BeforeMark::Anything);
                check_mark(format, &format!("1\n  {mark} HOST"), true);
                check_mark(format, &format!("1\n{mark}\nHOST"), false);
                check_mark(
                    format,
                    &format!("1 {mark} HOST"),
                    before != BeforeMark::LineStart,
                );
                check_mark(format, &format!("){mark} HOST"), before == anything);
                for string in language.strings {
                    let quote = string.mark;
                    check_mark(format, &format!("{quote} {mark} HOST{quote}"), false);
                }
            }
            for block in language.blocks {
                let (open, close) = (block.open, block.close);
                check_mark(format, &format!("1 {open} a\n HOST {close}"), true);
                check_mark(format, &format!("1 {open} a {close} HOST"), false);
            }
        }
    }

    #[test]
    fn the_reader_sees_the_same_line_comments() {
        for format in FORMATS.iter().filter(|format| format.reader.is_some()) {
            for mark in format.language.line {
                let text = format!("\n{mark} HOST\n");
                let at = text.find("HOST").expect("marked");
                assert!(format.read(&text).is_comment(at), "{}: {mark}", format.name);
            }
        }
    }
}
