//! Which reader a file, or a text inside a file, is for.

use super::code::{Code, language};
use super::{NodeKind, Step, Syntax, Tree};
use super::{
    dockerfile, dotenv, hcl, ini, json, makefile, markdown, properties, registry, shell, toml, xml,
    yaml,
};

/// A reader, and which of its values are written for people.
pub struct Format {
    /// The reader.
    pub syntax: Box<dyn Syntax>,
    /// What in it is prose.
    pub prose: Prose,
    /// It is source code.
    pub code: bool,
}

/// Which values of a format are prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prose {
    /// None.
    Nothing,
    /// All but blocks of code.
    AllButCode,
    /// The text of elements, but not attributes.
    ElementText,
    /// Cells of a notebook that are no code, and what code has printed.
    Notebook,
}

impl Format {
    fn new(syntax: impl Syntax + 'static) -> Self {
        Self {
            syntax: Box::new(syntax),
            prose: Prose::Nothing,
            code: false,
        }
    }

    fn with(mut self, prose: Prose) -> Self {
        self.prose = prose;
        self
    }
}

/// The format of the file at `path`, whose text is `text`.
#[must_use]
pub fn of_file(path: &str, text: &str) -> Option<Format> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let text = text.trim_start_matches('\u{feff}');
    match by_name(name) {
        Some(named) => Some(corrected(named, name, text)),
        None if text.starts_with("<?xml") => Some(Format::new(xml::Xml)),
        None => by_shebang(text).or_else(|| {
            let bare = !name.contains('.');
            // A changelog may begin like a list, and a note like an element.
            bare.then(|| by_sound_content(text, false)).flatten()
        }),
    }
}

/// Where the text shows that the name means something else: many tools call their XML files by an
/// extension of their own, and others call what is no XML `.config`.
fn corrected(named: Format, name: &str, text: &str) -> Format {
    let format = named.syntax.name();
    let declared = text.starts_with("<?xml");
    let start = text.trim_start();
    let is_xml = declared || format == CONFIGURATION && start.starts_with("<!");
    let elements = || text.contains("</") || text.contains("/>");
    let is_config = || name.to_ascii_lowercase().contains(".config");
    if format == XML && !declared && !start.is_empty() && is_config() && !elements() {
        Format::new(ini::Ini)
    } else if format != XML && is_xml {
        Format::new(xml::Xml)
    } else {
        named
    }
}

/// The names of two formats.
const XML: &str = "XML";
const CONFIGURATION: &str = "configuration file";

/// Endings that say nothing about the format.
const NEUTRAL: &[&str] = &[
    "example", "sample", "template", "tmpl", "dist", "j2", "jinja", "jinja2", "erb", "gotmpl",
    "tpl", "local", "test", "bak", "old", "orig", "save", "in",
];

/// The part of a file's name, in lower case, that tells what it is: its extension where `known`
/// knows that, otherwise the kind of file that its first part names.
pub(super) fn telling_part(name: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let stem = lower.split('.').find(|part| !part.is_empty())?;
    let named = match stem {
        "env" | "envrc" => Some("env"),
        "dockerfile" | "containerfile" => Some("dockerfile"),
        "makefile" | "gnumakefile" => Some("mk"),
        "jenkinsfile" => Some("groovy"),
        "bashrc" | "bash_profile" | "profile" | "zshrc" => Some("sh"),
        _ => None,
    };
    // `Dockerfile.go` builds something in Go; `dockerfile.go` and `env.ts` are sources.
    if named == Some("dockerfile") && name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return named.map(str::to_owned);
    }
    let mut neutral = None;
    let mut parts = lower.split('.').rev().peekable();
    while let Some(part) = parts.next() {
        // The first part of a name is no extension.
        if parts.peek().is_none() {
            break;
        }
        if NEUTRAL.contains(&part) {
            neutral = neutral.or(known(part).then_some(part));
        } else if known(part) {
            return Some(part.to_owned());
        } else {
            break;
        }
    }
    named.or(neutral).map(str::to_owned)
}

fn by_name(name: &str) -> Option<Format> {
    let part = telling_part(name, &|part| by_extension(part).is_some())?;
    by_extension(&part)
}

/// The format that a file extension in lower case, or the name of a language, stands for.
fn by_extension(extension: &str) -> Option<Format> {
    Some(match extension {
        "yml" | "yaml" | "eyaml" | "cwl" | "sls" => Format::new(yaml::Yaml),
        "ipynb" => Format::new(json::Json).with(Prose::Notebook),
        "json" | "jsonc" | "json5" | "avsc" | "webmanifest" | "geojson" | "jsonl" | "ndjson"
        | "har" | "tfstate" => Format::new(json::Json),
        "html" | "htm" | "xhtml" | "vue" | "svelte" => {
            Format::new(xml::Xml).with(Prose::ElementText)
        }
        "xml" | "config" | "csproj" | "vbproj" | "fsproj" | "props" | "targets" | "xsd"
        | "wsdl" | "xsl" | "xslt" | "plist" | "svg" | "nuspec" | "resx" | "admx" | "adml"
        | "jmx" | "wadl" | "pom" | "xaml" | "soap" => Format::new(xml::Xml),
        "toml" => Format::new(toml::Toml),
        "properties" => Format::new(properties::Properties),
        "env" => Format::new(dotenv::Dotenv),
        "reg" => Format::new(registry::Registry),
        "ini" | "conf" | "cfg" | "cnf" | "inf" | "service" | "desktop" | "rdp" => {
            Format::new(ini::Ini)
        }
        "tf" | "tfvars" | "hcl" | "nomad" => Format::new(hcl::Hcl),
        "dockerfile" | "containerfile" => Format::new(dockerfile::Dockerfile),
        "mk" | "makefile" => Format::new(makefile::Makefile),
        "sh" | "bash" | "zsh" | "ksh" | "shell" | "console" | "shellscript" => {
            Format::new(shell::Shell)
        }
        "md" | "markdown" | "mdx" => Format::new(markdown::Markdown).with(Prose::AllButCode),
        other => return code(other),
    })
}

fn code(extension: &str) -> Option<Format> {
    language(extension).map(|language| Format {
        code: true,
        ..Format::new(Code(language))
    })
}

fn by_shebang(text: &str) -> Option<Format> {
    let line = text.strip_prefix("#!")?.lines().next()?;
    let program = line
        .split([' ', '/'])
        .rfind(|word| !word.is_empty() && !word.starts_with('-'))?
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    match program {
        "sh" | "bash" | "dash" | "zsh" | "ksh" | "ash" => Some(Format::new(shell::Shell)),
        "python" | "pypy" => code("py"),
        "node" | "deno" | "bun" => code("js"),
        "ruby" => code("rb"),
        "perl" => code("pl"),
        "pwsh" => code("ps1"),
        "groovy" => code("groovy"),
        _ => None,
    }
}

/// What a text is by its first character, if it is a document at all.
fn by_content(text: &str) -> Option<Format> {
    let text = text.trim_start();
    let format = match text.as_bytes().first()? {
        b'{' | b'[' => Format::new(json::Json),
        b'<' => Format::new(xml::Xml),
        _ => return None,
    };
    Some(format)
}

/// The name of the format of scripts.
pub const SHELL: &str = "shell script";

/// Keys whose value is a script.
const SCRIPTS: &[&str] = &[
    "run",
    "script",
    "scripts",
    "before_script",
    "after_script",
    "command",
    "commands",
    "args",
    "inline",
    "bash",
    "sh",
    "shell",
    "entrypoint",
    "user_data",
    "RUN",
    "CMD",
    "ENTRYPOINT",
];

/// The format of a text that is the value of a node: documents are kept in values.
#[must_use]
pub fn of_value(tree: &Tree, node: usize, text: &str, format: &str) -> Option<Format> {
    if format == "makefile" && matches!(tree.node(node).step, Step::Item(_)) {
        return Some(Format::new(shell::Shell));
    }
    let names = std::iter::once(node)
        .chain(tree.groups(node))
        .find_map(|number| match &tree.node(number).step {
            Step::Key(name) => Some(name.as_str()),
            _ => None,
        })?;
    let lower = names.to_ascii_lowercase();
    let lines = text.trim_end().contains('\n');
    // In XML such a name says nothing about the language.
    if format != XML && SCRIPTS.contains(&names) && (lines || text.contains(' ')) {
        return Some(Format::new(shell::Shell));
    }
    if lines
        && lower.contains('.')
        && let Some(format) = by_name(names)
    {
        return Some(format);
    }
    by_sound_content(text, true)
}

/// The language of the text of an element of a page: of scripts, unless their type says that they
/// are data, and of styles.
pub fn of_element(tree: &Tree, node: usize) -> Option<Format> {
    let element = tree.groups(node).next()?;
    let Step::Key(name) = &tree.node(element).step else {
        return None;
    };
    if name.eq_ignore_ascii_case("style") {
        return code("css");
    }
    let is_data = |number: usize| {
        let member = tree.node(number);
        matches!(&member.step, Step::Attribute(name) if name.eq_ignore_ascii_case("type"))
            && member.span.len() > "text/javascript".len()
    };
    let script = name.eq_ignore_ascii_case("script") && !tree.members(element).any(is_data);
    script.then(|| code("js")).flatten()
}

/// What a text is by its first character and by what a reader makes of it. Where it is `likely` a
/// document, most of one is enough.
fn by_sound_content(text: &str, likely: bool) -> Option<Format> {
    let format = by_content(text)?;
    let tree = format.syntax.read(text);
    // `[a]` and `<b>` alone are no documents.
    let least = if text.trim_start().starts_with('{') {
        2
    } else {
        3
    };
    let sound = tree.problem().is_none() && tree.nodes().len() >= least;
    (sound || likely && tree.nodes().len() > 8).then_some(format)
}

/// The format of a block of code in a document, from the word at its fence.
#[must_use]
pub fn of_block(tree: &Tree, node: usize, text: &str) -> Option<Format> {
    let Step::Key(word) = &tree.node(node).step else {
        return None;
    };
    if tree.node(node).kind != NodeKind::Scalar {
        return None;
    }
    match word.to_ascii_lowercase().as_str() {
        "code" => by_content(text),
        "front-matter" => Some(Format::new(yaml::Yaml)),
        "python" => code("py"),
        "javascript" => code("js"),
        "typescript" => code("ts"),
        "csharp" => code("cs"),
        "ruby" => code("rb"),
        "powershell" => code("ps1"),
        "terraform" => Some(Format::new(hcl::Hcl)),
        "docker" => Some(Format::new(dockerfile::Dockerfile)),
        "dotenv" => Some(Format::new(dotenv::Dotenv)),
        "nginx" => Some(Format::new(ini::Ini)),
        other => by_extension(other),
    }
}

#[cfg(test)]
mod tests {
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
            let name = of_file(path, text).map(|f| f.syntax.name());
            assert_eq!(name, expected, "{path}");
        }
    }

    #[test]
    fn a_page_with_an_xml_declaration_is_still_written_for_people() {
        let page = of_file("a.html", "<?xml version='1.0'?><html/>").expect("a format");
        assert_eq!(page.prose, Prose::ElementText);
    }
}
