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
mod tests;
