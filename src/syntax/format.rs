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
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    // Many tools call their XML files by an extension of their own.
    if text.trim_start_matches('\u{feff}').starts_with("<?xml") {
        return Some(Format::new(xml::Xml));
    }
    by_name(&name).or_else(|| by_shebang(text)).or_else(|| {
        let bare = !name.contains('.');
        bare.then(|| by_content(text)).flatten()
    })
}

/// Endings that say nothing about the format.
const NEUTRAL: &[&str] = &[
    "example", "sample", "template", "tmpl", "dist", "j2", "jinja", "jinja2", "erb", "gotmpl",
    "tpl", "local", "test", "bak", "old", "orig", "save", "in",
];

fn by_name(name: &str) -> Option<Format> {
    let by_stem = by_stem(name);
    // `env.ts` is a program, as `profile.yml` is YAML; but `.env.ts` holds variables, and
    // `Dockerfile.py` builds an image.
    let is_weak = ["env.", "envrc.", "profile."]
        .iter()
        .any(|stem| name.starts_with(stem));
    if is_weak {
        by_endings(name).or(by_stem)
    } else {
        by_stem.or_else(|| by_endings(name))
    }
}

fn by_stem(name: &str) -> Option<Format> {
    let stem = name.split('.').find(|part| !part.is_empty())?;
    match stem {
        "env" | "envrc" => Some(Format::new(dotenv::Dotenv)),
        "dockerfile" | "containerfile" => Some(Format::new(dockerfile::Dockerfile)),
        "makefile" | "gnumakefile" => Some(Format::new(makefile::Makefile)),
        "jenkinsfile" => code("groovy"),
        "bashrc" | "bash_profile" | "profile" | "zshrc" => Some(Format::new(shell::Shell)),
        _ => None,
    }
}

fn by_endings(name: &str) -> Option<Format> {
    let mut parts = name.split('.').rev().peekable();
    while let Some(part) = parts.next() {
        // The first part of a name is no extension.
        parts.peek()?;
        if let Some(format) = by_extension(part) {
            return Some(format);
        }
        if !NEUTRAL.contains(&part) {
            return None;
        }
    }
    None
}

/// The format that a file extension in lower case, or the name of a language, stands for.
fn by_extension(extension: &str) -> Option<Format> {
    Some(match extension {
        "yml" | "yaml" | "eyaml" | "cwl" | "sls" => Format::new(yaml::Yaml),
        "json" | "jsonc" | "json5" | "ipynb" | "avsc" | "webmanifest" | "geojson" | "jsonl"
        | "ndjson" | "har" | "tfstate" => Format::new(json::Json),
        "html" | "htm" | "xhtml" => Format::new(xml::Xml).with(Prose::ElementText),
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

/// A document is told by its first character only where it is well formed.
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
    if format != "XML" && SCRIPTS.contains(&names) && (lines || text.contains(' ')) {
        return Some(Format::new(shell::Shell));
    }
    if lines
        && lower.contains('.')
        && let Some(format) = by_name(&lower)
    {
        return Some(format);
    }
    let format = by_content(text)?;
    let tree = format.syntax.read(text);
    // `[a]` and `<b>` alone are no documents.
    let least = if text.trim_start().starts_with('{') {
        2
    } else {
        3
    };
    let sound = tree.problem().is_none() && tree.nodes().len() >= least;
    (sound || tree.nodes().len() > 8).then_some(format)
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
            (".env.json", "", Some("environment file")),
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
        ] {
            let name = of_file(path, text).map(|f| f.syntax.name());
            assert_eq!(name, expected, "{path}");
        }
    }
}
